"""The reading room: the archive in the browser, with Datasette.

Datasette is imported only when the server starts: it is an extra (``khobao[web]``), and the rest of
khobao must not need it.
"""

from archive.web.server import serve

__all__ = ["serve"]
