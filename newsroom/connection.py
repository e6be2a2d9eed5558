"""One connection to the newsroom: reads requests, writes replies, misbehaves when told to."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass
from email.utils import formatdate
from http import HTTPStatus
from typing import cast

from newsroom.responses import Reply

_REASONS = {status.value: status.phrase for status in HTTPStatus}

#: More header than this is no browser's and no crawler's.
_MOST_HEADER = 64_000


@dataclass(frozen=True, slots=True)
class Request:
    """One request as it arrived, and the status it was answered with (0: silence)."""

    at: float
    """``time.monotonic()`` of its arrival."""
    method: str
    host: str
    target: str
    headers: dict[str, str]
    """By lower-case name."""
    status: int


class Connection(asyncio.Protocol):
    """Speaks HTTP/1.1 with one client; pipelined requests are answered in turn."""

    def __init__(
        self,
        answer: Callable[[str, str, dict[str, str]], Reply],
        log: Callable[[Request], None],
        opened: set[Connection],
        patience: float,
    ) -> None:
        self._answer = answer
        self._log = log
        self._opened = opened
        self._patience = patience
        self._buffer = b""
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """A client is there."""
        self._transport = cast(asyncio.Transport, transport)
        self._opened.add(self)

    def connection_lost(self, exc: Exception | None) -> None:
        """The client is gone."""
        self._opened.discard(self)

    def data_received(self, data: bytes) -> None:
        """Answer every request that is complete."""
        self._buffer += data
        while self._transport and not self._transport.is_closing():
            head, end, rest = self._buffer.partition(b"\r\n\r\n")
            if not end:
                if len(self._buffer) > _MOST_HEADER:
                    self._transport.abort()
                return
            self._buffer = rest
            self._serve(head.decode("latin-1"))

    def hang_up(self) -> None:
        """Cut the connection without a word."""
        if self._transport:
            self._transport.abort()

    def _serve(self, head: str) -> None:
        first, *lines = head.split("\r\n")
        method, _, rest = first.partition(" ")
        target = rest.rpartition(" ")[0]
        headers = {
            name.lower(): value.strip()
            for name, _, value in (line.partition(":") for line in lines)
        }
        if method in ("GET", "HEAD"):
            host = headers.get("host", "").partition(":")[0]
            reply = self._answer(host, target, headers)
        else:
            host, reply = headers.get("host", ""), Reply(405)
        status = 0 if reply.silent else reply.status
        self._log(Request(time.monotonic(), method, host, target, headers, status))
        if reply.silent:
            asyncio.get_running_loop().call_later(self._patience, self.hang_up)
        else:
            self._write(reply, headers, with_body=method != "HEAD")

    def _write(self, reply: Reply, headers: dict[str, str], *, with_body: bool) -> None:
        assert self._transport is not None  # data only arrives on an open connection
        body, encoding = reply.body, ""
        if "gzip" in headers.get("accept-encoding", "") and len(body) > 1000 and not reply.torn:
            body, encoding = reply.packed, "gzip"
        broken = reply.torn or reply.length is not None or reply.endless
        last = broken or headers.get("connection", "").lower() == "close"
        lines = [
            f"HTTP/1.1 {reply.status} {_REASONS.get(reply.status, 'Unknown')}",
            *(f"{name}: {value}" for name, value in _headers(reply)),
            *((f"Content-Encoding: {encoding}", "Vary: Accept-Encoding") if encoding else ()),
            *_framing(reply, len(body)),
            f"Connection: {'close' if last else 'keep-alive'}",
        ]
        if reply.torn:
            body = body[: len(body) // 2]
        elif reply.chunked or reply.endless:
            body = _in_chunks(body, last=not reply.endless)
        message = "\r\n".join(lines).encode() + b"\r\n\r\n"
        self._transport.write(message + body if with_body else message)
        if last:
            self._transport.close()


def _headers(reply: Reply) -> list[tuple[str, str]]:
    """What every reply says, unless this one says it itself, and its own headers, repeats kept."""
    own = {name for name, _ in reply.headers}
    usual = (("Date", formatdate(usegmt=True)), ("Server", "Microsoft-IIS/8.5"))
    return [*(one for one in usual if one[0] not in own), *reply.headers]


def _framing(reply: Reply, length: int) -> tuple[str, ...]:
    """How the client is to know where the body ends."""
    if reply.status == 304:
        return ()
    if reply.chunked or reply.endless:
        return ("Transfer-Encoding: chunked",)
    return (f"Content-Length: {length if reply.length is None else reply.length}",)


def _in_chunks(body: bytes, size: int = 16_384, *, last: bool = True) -> bytes:
    pieces = [body[start : start + size] for start in range(0, len(body), size)]
    framed = b"".join(b"%X\r\n%b\r\n" % (len(piece), piece) for piece in pieces)
    return framed + b"0\r\n\r\n" if last else framed
