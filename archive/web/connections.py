"""Connections: how many, how long one may be idle, and which one is closed for a new one."""

from __future__ import annotations

import asyncio
import resource
from typing import Any

import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

#: The most connections at a time; fewer where the process may open fewer files.
MAX_CONNECTIONS = 512

#: How long a request may take to arrive, and a connection may be idle, in seconds.
ARRIVAL = 10.0

#: How long a client may take for a piece of a response (`request_limits.PIECE`), in seconds.
STALL = 30.0

#: How many connections asyncio accepts at a time. It does so up to four times before it hands over
#: the first, and each connection needs a descriptor.
BACKLOG = 16

#: How many connections the system keeps until the room accepts them.
QUEUE = 1024

#: Descriptors for everything else: databases, worker processes, static files.
RESERVED = 96


def most_connections() -> int:
    """How many connections this process can hold."""
    soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft == resource.RLIM_INFINITY:
        return MAX_CONNECTIONS
    return max(8, min(MAX_CONNECTIONS, soft - RESERVED - 4 * BACKLOG))


class BoundedProtocol(H11Protocol):
    """uvicorn's HTTP protocol; a connection whose client is silent is closed after a time.

    When there are too many, the one that has waited longest for a request makes room: a flood of
    half-open connections ends itself, and a reader gets in between.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._most = most_connections()
        self._since = self.loop.time()
        self._watch: asyncio.TimerHandle | None = None

    def connection_made(self, transport: Any) -> None:
        """Accept the connection; close an idle one if there are too many."""
        if len(self.connections) >= self._most and not self._make_room():
            # uvicorn's own handlers expect that connection_made was called.
            super().connection_made(transport)
            transport.abort()
            return
        super().connection_made(transport)
        self._since = self.loop.time()
        self._watch = self.loop.call_later(ARRIVAL, self._look)

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop watching."""
        if self._watch is not None:
            self._watch.cancel()
        super().connection_lost(exc)

    def resume_writing(self) -> None:
        """The client has read a piece."""
        self._since = self.loop.time()
        super().resume_writing()

    def on_response_complete(self) -> None:
        """Wait for the next request."""
        self._since = self.loop.time()
        super().on_response_complete()

    @property
    def _waits_for_request(self) -> bool:
        return self.cycle is None or self.cycle.response_complete

    def _make_room(self) -> bool:
        waiting = [
            other
            for other in self.connections
            if isinstance(other, BoundedProtocol) and other._waits_for_request
        ]
        if not waiting:
            return False
        oldest = min(waiting, key=lambda other: other._since)
        self.connections.discard(oldest)
        oldest.transport.abort()
        return True

    def _look(self) -> None:
        """Close the connection if its client has been silent too long; else look again later."""
        now = self.loop.time()
        unsent = self.transport.get_write_buffer_size() > 0
        if not unsent and not self._waits_for_request:
            self._since = now  # the response is being made
        silent = now - self._since
        if silent >= (STALL if unsent else ARRIVAL):
            self.transport.abort()
            return
        self._watch = self.loop.call_later(max(ARRIVAL - silent, 1.0), self._look)


def lengthen_queue(server: uvicorn.Server) -> None:
    """Let the system keep more waiting connections than `BACKLOG`, which asyncio gives it."""
    for each in server.servers:
        for listening in each.sockets:
            with listening.dup() as listener:
                listener.listen(QUEUE)


def settings() -> dict[str, Any]:
    """The settings of uvicorn."""
    return {
        "http": BoundedProtocol,
        "ws": "none",
        "lifespan": "on",
        "backlog": BACKLOG,
        "timeout_keep_alive": int(ARRIVAL),
        # One line for each broken request is a log without bound; errors of the room are errors.
        "log_level": "error",
        "access_log": False,
        "server_header": False,
    }
