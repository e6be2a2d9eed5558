"""Limits on the number, time and size of requests.

Each kind of heavy request has a few slots and a short queue; a request beyond that gets 503 at
once. So a hundred slow queries do not delay the guide, an article or a search. A response is sent
in pieces, each after the client has read the last.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from contextvars import ContextVar
from dataclasses import dataclass, field
from html import escape
from typing import Any
from urllib.parse import parse_qsl

from archive.web.headers import Application, Receive, Scope, Send
from archive.web.i18n import Translator, language_of

#: How long the work of one request may take, in seconds; `khobao serve --time-limit` changes it.
TIME_LIMIT = 2.0

#: How long a request waits for a slot, in seconds.
PATIENCE = 0.5

#: The Retry-After of a refusal, in seconds.
RETRY_AFTER = 3

#: Responses are sent in pieces of this size, so that a slow client holds only one in the socket.
PIECE = 1 << 16

#: The most bytes of all responses that are being sent. A single response may be longer.
MAX_IN_TRANSIT = 64_000_000

#: When the work of the current request must be done, by `time.monotonic`.
_deadline: ContextVar[float | None] = ContextVar("khobao_deadline", default=None)


class Busy(Exception):
    """No slot is free."""


class _Ended(BaseException):
    """The rest of a response is not needed. Not an Exception: Datasette would catch it."""


@dataclass
class Slots:
    """The slots of one kind of request."""

    running: int
    waiting: int = 0
    _free: asyncio.Semaphore = field(init=False)
    _queue: int = 0

    def __post_init__(self) -> None:
        self._free = asyncio.Semaphore(self.running)

    async def take(self) -> None:
        """Take a slot, or raise Busy."""
        if not self._free.locked():
            await self._free.acquire()
            return
        if self._queue >= self.waiting:
            raise Busy
        self._queue += 1
        try:
            await asyncio.wait_for(self._free.acquire(), PATIENCE)
        except TimeoutError:
            raise Busy from None
        finally:
            self._queue -= 1

    def leave(self) -> None:
        """Free the slot."""
        self._free.release()


class Limits:
    """The slots of each kind of request, and the bytes of responses that are being sent."""

    def __init__(self, *, base_url: str = "/", time_limit: float = TIME_LIMIT) -> None:
        self.time_limit = time_limit
        self._base_url = base_url
        self._in_transit = 0
        # Together they are fewer than the threads of the pool (`app.THREADS`).
        self.slots = {
            "search": Slots(2, 12),
            "trends": Slots(1, 4),
            "page": Slots(3, 24),
            "data": Slots(3, 6),
            "download": Slots(4),
        }

    def kind(self, path: str, query: str) -> str | None:
        """The kind of a request; None for a cheap one."""
        if self._base_url != "/" and path.startswith(self._base_url):
            path = "/" + path[len(self._base_url) :]
        if path in ("/guide", "/questions", "/robots.txt", "/favicon.ico") or path.startswith(
            ("/static/", "/-/static/")
        ):
            return None
        if path in ("/search.csv", "/search-excel.csv") or path.endswith(".db"):
            return "download"
        if path.endswith(".csv") and any(name == "_stream" for name, _ in parse_qsl(query)):
            return "download"
        if path in ("/search", "/trends", "/trends.csv"):
            return path.removesuffix(".csv")[1:]
        if path in ("/", "/coverage") or path.startswith("/article/"):
            return "page"
        return "data"

    def limited(self, application: Application) -> Application:
        """Wrap *application*: apply the limits."""

        async def answer(scope: Scope, receive: Receive, send: Send) -> None:
            if scope["type"] != "http":
                await application(scope, receive, send)
                return
            query = scope.get("query_string", b"").decode("latin-1")
            kind = self.kind(scope["path"], query)
            slots = self.slots[kind] if kind else None
            # Waiting counts against the time limit. A download has no limit as a whole; each of its
            # reads has a time limit of its own.
            deadline = None if kind == "download" else time.monotonic() + self.time_limit
            if slots is not None:
                try:
                    await slots.take()
                except Busy:
                    await refuse(scope, send, 503, "error.busy")
                    return
            answered = _Answer(self, scope, receive, send)
            if slots is not None:
                answered.leave = slots.leave
                answered.leave_at_start = kind != "download"
            token = _deadline.set(deadline)
            try:
                async with answered:
                    await application(scope, receive, answered.send)
            finally:
                _deadline.reset(token)

        return answer

    @asynccontextmanager
    async def transit(self, size: int) -> AsyncIterator[None]:
        """Hold *size* bytes while they are sent; raises Busy if there are too many already."""
        if self._in_transit and self._in_transit + size > MAX_IN_TRANSIT:
            raise Busy
        self._in_transit += size
        try:
            yield
        finally:
            self._in_transit -= size


class _Answer:
    """One response: sent in pieces, without a body for HEAD, ended when the client disconnects."""

    def __init__(self, limits: Limits, scope: Scope, receive: Receive, send: Send) -> None:
        self._limits = limits
        self._scope = scope
        self._send = send
        self._start: Any = None
        self._begun = False
        self._gone = asyncio.ensure_future(_disconnected(receive))
        self.leave: Callable[[], None] | None = None
        self.leave_at_start = True

    async def __aenter__(self) -> _Answer:
        return self

    async def __aexit__(self, kind: Any, error: Any, traceback: Any) -> bool:
        self._left()
        self._gone.cancel()
        with suppress(asyncio.CancelledError, Exception):
            await self._gone
        return isinstance(error, _Ended)

    def _left(self) -> None:
        leave, self.leave = self.leave, None
        if leave is not None:
            leave()

    async def send(self, message: Any) -> None:
        """Send *message* as fast as the client reads."""
        if self._gone.done():
            raise _Ended
        if message["type"] == "http.response.start":
            if self._begun:  # an error in the middle of a response: the connection must be cut
                raise _Ended
            self._start = message  # held until it is sure that the body can follow
            return
        body = message.get("body", b"")
        if self._start is not None:
            if self.leave_at_start:
                self._left()
            if self._scope["method"] == "HEAD":
                await self._send(self._start)
                await self._send({"type": "http.response.body"})
                raise _Ended
        try:
            async with self._limits.transit(len(body)):
                if self._start is not None:
                    start, self._start, self._begun = self._start, None, True
                    await self._send(start)
                await self._pieces(body, more=message.get("more_body", False))
        except Busy:
            if self._start is None:  # the beginning is sent: the connection must be cut
                raise _Ended from None
            await refuse(self._scope, self._send, 503, "error.busy")
            raise _Ended from None

    async def _pieces(self, body: bytes, *, more: bool) -> None:
        for first in range(0, max(len(body), 1), PIECE):
            if self._gone.done():
                raise _Ended
            rest = first + PIECE < len(body)
            await self._send(
                {
                    "type": "http.response.body",
                    "body": body[first : first + PIECE],
                    "more_body": rest or more,
                }
            )


async def _disconnected(receive: Callable[[], Awaitable[Any]]) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


def time_left(limit: float) -> float:
    """The seconds that the current request has left; *limit* where it has no deadline."""
    deadline = _deadline.get()
    return limit if deadline is None else deadline - time.monotonic()


async def refuse(scope: Scope, send: Send, status: int, key: str, **values: Any) -> None:
    """Answer with a short page. It is cheap, because a flood of requests gets it."""
    t = Translator(language_of(scope))
    text = (
        f'<!doctype html>\n<html lang="{t.language}"><meta charset="utf-8">'
        f"<title>Kho Báo</title>\n<h1>Kho Báo</h1>\n<p>{escape(t(key, **values))}</p>\n</html>\n"
    ).encode()
    headers = [
        (b"content-type", b"text/html; charset=utf-8"),
        (b"content-length", str(len(text)).encode()),
        (b"cache-control", b"no-store"),
    ]
    if status == 503:
        headers.append((b"retry-after", str(RETRY_AFTER).encode()))
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": text})
