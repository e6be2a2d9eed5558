"""WARC files: records written, read and checked."""
