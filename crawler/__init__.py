"""Everything about the site: from a URL to bytes, from bytes to an `archive.models.Article`."""
