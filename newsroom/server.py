"""The newsroom on a socket: a small HTTP/1.1 server, fast enough to benchmark a crawler against.

It runs in a thread of its own. Keep-alive, gzip when asked, conditional requests; and, where the
reply says so, silence or half a body. Standard library only.
"""

from __future__ import annotations

import asyncio
import threading
from collections import deque
from datetime import date
from types import TracebackType

from archive.models import Article
from newsroom.connection import Connection, Request
from newsroom.dress import SISTERS
from newsroom.newspaper import ARTICLES, TODAY, Newspaper, Script
from newsroom.responses import Reply, Responder


class Newsroom:
    """The newspaper, served on loopback.

    >>> with Newsroom() as newsroom:
    ...     newsroom.base_url.startswith("http://127.0.0.1:")
    True
    """

    def __init__(
        self,
        day: int = 0,
        *,
        articles: int = ARTICLES,
        today: date = TODAY,
        seed: int = 0,
        port: int = 0,
        crawl_delay: float = 0.02,
        patience: float = 1.0,
        cache_bytes: int = 64_000_000,
        sister: str | None = None,
    ) -> None:
        """*sister* names the paper in whose dress it is (`newsroom.dress`). *patience* is how long
        a silent reply keeps its reader waiting before it hangs up.
        """
        dress = SISTERS[sister] if sister else None
        self.paper = Newspaper(articles, today=today, seed=seed, dress=dress)
        self.patience = patience
        self.requests: deque[Request] = deque(maxlen=200_000)
        self.accepted = 0
        """How many connections were made."""
        self._port = port
        self._crawl_delay = crawl_delay
        self._cache_bytes = cache_bytes
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: threading.Thread | None = None
        self._connections: set[Connection] = set()
        self.set_day(day)

    # ── What it means ───────────────────────────────────────────────────────────────────────────

    def expected(self, day: int | None = None) -> dict[str, Article]:
        """Every article served on *day* (now, if not given) as it was meant, by key."""
        return self.paper.edition(self.day if day is None else day).expected()

    def kept(self, day: int | None = None) -> dict[str, Article]:
        """The same, with the articles that vanished: what a daily crawl holds on *day*."""
        return self.paper.edition(self.day if day is None else day).kept()

    def script(self, day: int | None = None, *, younger_than: int | None = None) -> Script:
        """What a crawl must find on *day*, measured against the day before."""
        return self.paper.script(self.day if day is None else day, younger_than=younger_than)

    # ── What it does ────────────────────────────────────────────────────────────────────────────

    def set_day(self, day: int) -> None:
        """Let it be *day*: new edition, and once-a-day faults happen once more."""
        self.day = day
        self.responder = Responder(
            self.paper.edition(day), crawl_delay=self._crawl_delay, cache_bytes=self._cache_bytes
        )

    def override(self, path: str, reply: Reply | None) -> None:
        """Answer *path* with *reply* until the day changes; with None, as before."""
        if reply is None:
            self.responder.overrides.pop(path, None)
        else:
            self.responder.overrides[path] = reply

    def close_for_maintenance(self, closed: bool = True) -> None:
        """Show the maintenance page, with status 200, at every address until the day changes."""
        self.responder.closed = closed

    def start(self) -> Newsroom:
        """Open the doors; returns when the port is listening."""
        ready = threading.Event()
        failure: list[OSError] = []

        def run() -> None:
            loop = asyncio.new_event_loop()
            try:
                server = loop.run_until_complete(
                    loop.create_server(self._connect, "127.0.0.1", self._port)
                )
            except OSError as error:
                failure.append(error)
                loop.close()
                ready.set()
                return
            self._port = server.sockets[0].getsockname()[1]
            self._loop = loop
            ready.set()
            try:
                loop.run_forever()
            finally:
                server.close()
                for connection in list(self._connections):
                    connection.hang_up()
                loop.run_until_complete(server.wait_closed())
                loop.close()

        self._thread = threading.Thread(target=run, name="newsroom", daemon=True)
        self._thread.start()
        ready.wait()
        if failure:
            self._thread.join()
            raise failure[0]
        return self

    def stop(self) -> None:
        """Close the doors and every connection."""
        if self._loop and self._thread:
            self._loop.call_soon_threadsafe(self._loop.stop)
            self._thread.join()
            self._loop = self._thread = None

    def __enter__(self) -> Newsroom:
        return self.start()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    def _connect(self) -> Connection:
        self.accepted += 1
        return Connection(
            # The pressroom changes with the day, also under open connections.
            lambda host, target, headers: self.responder.answer(host, target, headers),
            self.requests.append,
            self._connections,
            self.patience,
        )

    @property
    def base_url(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self._port}"
