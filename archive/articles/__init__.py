"""Articles to read: one with its versions, their differences, citations."""
