"""Instruments of corpus linguistics over the articles that a query means. Read only.

The words of an article are those of its title, kicker, text and captions; its byline is searched,
but it is no running text. Each instrument streams the articles from SQLite and keeps no table.
"""
