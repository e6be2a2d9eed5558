"""The paper's past as web archives keep it: listed by an index, fetched one by one, with patience.

What the two spiders of web archives share. The index is asked first, to its end; then what tells
something new (`cdx.worth_fetching`) is fetched, oldest first. A run that is interrupted is simply
run again: what the archive has by then is passed over.
"""

from __future__ import annotations

import asyncio
from abc import abstractmethod
from collections import deque
from collections.abc import AsyncIterator, Iterator
from typing import Any, ClassVar

from scrapy.exceptions import CloseSpider
from scrapy.http import Request, Response
from twisted.python.failure import Failure

from archive import content_encoding
from archive.captures import Exchange, payload_digest
from archive.errors import DiskFull, UsageError
from crawler import cdx
from crawler.cdx import Entry, Listing, Wanted
from crawler.mementos import NotTheCapture
from crawler.politeness import asked_to_wait
from crawler.spiders.base import DeskSpider

#: Statuses of an archive that is busy, or has had enough of us.
_BUSY = frozenset({429, 500, 502, 503, 504, 520, 522, 524})
#: Requests that wait for their turn: one is under way, one follows while the first is put away.
_AHEAD = 2
#: How often one thing is asked for, with a pause that doubles.
_ATTEMPTS = 6
#: An index's answer, unpacked, is longer than a page.
_LONGEST_ANSWER = 64 << 20
#: So many things in a row not given, for all that patience: the archive means us.
_REFUSALS = 3
#: No pause is longer, whatever is asked: an hour of waiting is better spent until the next run.
_LONGEST_PAUSE = 900.0


class ArchivedSpider(DeskSpider):
    """A spider of a web archive.

    Arguments (``-a name=value``): ``server`` (the index's address), ``shape`` (see `Wanted`),
    ``since`` and ``until`` (days, of the capture), ``limit`` (fetch no more than so many).
    """

    #: What captures are marked with.
    origin: ClassVar[str]

    custom_settings: ClassVar[dict[str, Any]] = {  # type: ignore[misc]
        # Indexes and replay are offered to programs; robots.txt of an archive speaks of its pages.
        "ROBOTSTXT_OBEY": False,
        "CONCURRENT_REQUESTS": 1,
        # Bodies are wanted as the paper sent them, still compressed.
        "COMPRESSION_ENABLED": False,
        "DOWNLOAD_MAXSIZE": 256 * 1024 * 1024,
        "DOWNLOAD_WARNSIZE": 0,
    }

    def __init__(
        self,
        server: str = "",
        shape: str = "article",
        since: str | None = None,
        until: str | None = None,
        limit: str | int | None = None,
        **arguments: Any,
    ):
        super().__init__(**arguments)
        if not server.startswith(("http://", "https://")):
            raise UsageError(f"the index's address must begin with http:// or https://: {server!r}")
        self.server = server
        self.wanted = Wanted(shape, since, until)
        self.limit = int(limit) if limit else None
        self.entries: list[Entry] = []
        self.left: deque[Entry] = deque()
        self.refusals = 0
        self._domains = list(cdx.DOMAINS)

    # --- the index --------------------------------------------------------------------------------

    async def start(self) -> AsyncIterator[Any]:
        """Ask the index for everything of the first of the paper's names."""
        yield self._index_request(**self.first_question())

    @abstractmethod
    def first_question(self) -> dict[str, Any]:
        """What is added to the first question for a name."""

    @abstractmethod
    def next_questions(self, listing: Listing, asked: dict[str, Any]) -> list[dict[str, Any]]:
        """What must still be asked after *listing*, the answer to *asked*."""

    def _index_request(self, **asked: Any) -> Request:
        wanted = self.wanted
        url = cdx.question(
            self.server, self._domains[0], since=wanted.since, until=wanted.until, **asked
        )
        # An index may have moved (http to https); a capture that is elsewhere is another capture.
        may = {"dont_redirect": False, "handle_httpstatus_all": False}
        return self._ask(
            url, self.parse_index, asked=asked, handle_httpstatus_list=range(400, 600), **may
        )

    async def parse_index(self, response: Response) -> AsyncIterator[Any]:
        """Take the captures of one answer; after the last answer, fetch what is worth it."""
        if response.status not in (200, 404):
            async for request in self._again(response):
                yield request
            return
        self.desk.counts["index_pages"] += 1
        listing = Listing([])
        if response.status == 200:
            text = self._body(response).decode("utf-8", "replace")
            try:
                listing = cdx.parse(text)
            except cdx.NotAnIndex as error:
                self.logger.warning("%s: %s", response.url, error)
                async for request in self._again(response):
                    yield request
                return
        self.desk.counts["indexed"] += listing.rows
        self.entries += (entry for entry in listing.entries if entry in self.wanted)
        waiting: list[dict[str, Any]] = [
            *response.meta.get("waiting", ()),
            *self.next_questions(listing, response.meta["asked"]),
        ]
        if not waiting:
            self._domains.pop(0)
            waiting = [self.first_question()] if self._domains else []
        if waiting:
            request = self._index_request(**waiting[0])
            request.meta["waiting"] = waiting[1:]
            yield request
            return
        await self._plan()
        for _ in range(_AHEAD):
            for request in self._next():
                yield request

    async def _plan(self) -> None:
        """Decide what is fetched; requests are made one by one, for there may be a million."""
        chosen, passed = await self.desk.worth_fetching(self.entries)
        self.desk.counts["listed"] += len(chosen) + passed
        self.desk.counts["passed_over"] += passed
        self.entries = []
        self.left = deque(chosen[: self.limit])

    def _next(self) -> Iterator[Request]:
        if self.left:
            yield self.request_for(self.left.popleft())

    # --- captures ---------------------------------------------------------------------------------

    @abstractmethod
    def request_for(self, entry: Entry) -> Request:
        """The request that brings *entry*."""

    @abstractmethod
    def exchange_in(self, entry: Entry, response: Response) -> Exchange:
        """The exchange with the paper in *response*; raises NotTheCapture."""

    async def parse_capture(self, response: Response) -> AsyncIterator[Any]:
        """Put what came into the archive, in its place in time; then the next."""
        entry: Entry = response.meta["entry"]
        try:
            exchange = self.exchange_in(entry, response)
        except NotTheCapture as error:
            if response.status in _BUSY:
                async for request in self._again(response):
                    yield request
                return
            self.desk.counts["not_given"] += 1
            self.logger.info("%s of %s: %s", entry.url, entry.fetched_at, error)
        else:
            await self._keep(entry, exchange)
        for request in self._next():
            yield request

    async def _keep(self, entry: Entry, exchange: Exchange) -> None:
        self.refusals = 0
        if entry.digest and payload_digest(exchange.body) != entry.digest:
            self.desk.counts["digest_differs"] += 1
        try:
            await self.desk.receive_memento(self.desk.keep(exchange))
        except DiskFull as error:
            raise CloseSpider("disk_full") from error

    # --- patience ---------------------------------------------------------------------------------

    def _ask(self, url: str, callback: Any, **meta: Any) -> Request:
        return Request(
            url,
            callback=callback,
            errback=self.parse_failure,
            headers={"Accept-Encoding": "gzip, br, zstd"} | meta.pop("headers", {}),
            dont_filter=True,
            meta={
                "from_archive": True,
                "allow_offsite": True,
                "dont_retry": True,
                "dont_redirect": True,
                "handle_httpstatus_all": True,
                "download_slot": "web archive",
                "attempts": 1,
                **meta,
            },
        )

    async def parse_failure(self, failure: Failure) -> AsyncIterator[Any]:
        """No answer at all: later again."""
        request: Request = failure.request  # type: ignore[attr-defined]
        self.logger.info("%s: %s", request.url, failure.getErrorMessage())
        async for again in self._again(request):
            yield again

    async def _again(self, about: Request | Response) -> AsyncIterator[Request]:
        """Wait, everybody, and ask once more; after many times, leave it or end the run."""
        response = about if isinstance(about, Response) else None
        request = about.request if isinstance(about, Response) else about
        assert request is not None
        attempts: int = request.meta["attempts"]
        engine = self.crawler.engine
        assert engine is not None
        if attempts < _ATTEMPTS:
            self.desk.counts["waited"] += 1
            asked = asked_to_wait(response) if response is not None else None
            doubled = self.settings.getfloat("KHOBAO_RETRY_PAUSE") * 2 ** (attempts - 1)
            engine.pause()
            try:
                await asyncio.sleep(min(doubled if asked is None else asked, _LONGEST_PAUSE))
            finally:
                engine.unpause()
            yield request.replace(meta={**request.meta, "attempts": attempts + 1})
            return
        self.refusals += 1
        self.desk.counts["failed"] += 1
        if self.refusals >= _REFUSALS or request.callback == self.parse_index:
            self.desk.counts["refused"] += 1
            raise CloseSpider("refused")
        for following in self._next():
            yield following

    def _body(self, response: Response) -> bytes:
        encodings = [v.decode("latin-1") for v in response.headers.getlist("Content-Encoding")]
        decoded = content_encoding.decode(response.body, encodings, limit=_LONGEST_ANSWER)
        if decoded.problem:
            self.logger.error("%s: %s; the rest is left out", response.url, decoded.problem)
        return decoded.body
