"""The newspaper as data: its addresses, sections, and the meaning of its responses."""
