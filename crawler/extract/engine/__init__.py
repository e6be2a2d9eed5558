"""The shared engine: reads a page whatever its layout."""
