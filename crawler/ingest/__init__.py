"""A response becomes a record and rows, whichever way it came in."""
