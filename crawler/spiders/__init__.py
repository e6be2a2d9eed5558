"""The spiders: they only find addresses; what becomes of a page is decided downstream."""
