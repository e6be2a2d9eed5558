"""One run: its progress, summary and exit status."""
