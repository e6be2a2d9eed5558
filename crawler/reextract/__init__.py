"""Captures read again with the layouts of today."""
