"""The room's own files (style, scripts, fonts), at addresses with a digest of their content."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path
from typing import Any

from archive.web.headers import Application, Receive, Scope, Send

_FOLDER = Path(__file__).parent / "static"


@cache
def asset(name: str) -> str:
    """The path of a file with a digest of its content, so that browsers may cache it for ever."""
    digest = hashlib.sha256((_FOLDER / name).read_bytes()).hexdigest()[:10]
    return f"/static/{name}?v={digest}"


def cached(application: Application) -> Application:
    """Wrap *application*: browsers may cache the files that are requested with a digest."""

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        by_digest = scope.get("query_string", b"").startswith(b"v=")
        ours = "/static/" in scope.get("path", "") and by_digest

        async def send_cached(message: Any) -> None:
            if ours and message["type"] == "http.response.start" and message["status"] == 200:
                keep = (b"cache-control", b"public, max-age=31536000, immutable")
                message = {**message, "headers": [*message["headers"], keep]}
            await send(message)

        await application(scope, receive, send_cached)

    return answer
