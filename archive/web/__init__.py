"""The reading room: the archive in the browser, from a published snapshot.

``publish`` makes the snapshot, ``serve`` opens it. Datasette is imported only when the room opens,
for it is an extra (``khobao[web]``) and the rest of khobao must not need it.
"""

from archive.web.server import serve
from archive.web.snapshot import publish

__all__ = ["publish", "serve"]
