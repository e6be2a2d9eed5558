"""The room's own files may be cached for ever, because their address has their digest."""

from __future__ import annotations

import re
from typing import Any

from archive.web.static import asset


def test_an_address_changes_with_the_file() -> None:
    path = asset("room.css")
    assert re.fullmatch(r"/static/room\.css\?v=[0-9a-f]{10}", path)
    assert asset("room.js") != path


def test_only_files_named_by_digest_are_cached(client: Any) -> None:
    named = client.get(asset("room.css"))
    assert "immutable" in named.headers["cache-control"]
    for path in ("/static/room.css", "/guide", "/static/nothing.css?v=1"):
        assert "immutable" not in client.get(path).headers.get("cache-control", ""), path
