"""WARC files: `writer` writes captures, `reader` reads them, `foreign` reads other tools' files."""
