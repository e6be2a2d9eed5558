"""The paper's past as web archives keep it: listed by an index, fetched one by one, with patience.

The base of the two spiders of web archives. The index is read first, to its end; then the captures
that tell something new (`cdx.worth_fetching`) are fetched, oldest first. An interrupted run is
simply started again: it skips the captures that the archive has by then.
"""

from __future__ import annotations

import asyncio
from abc import abstractmethod
from collections import deque
from collections.abc import AsyncIterator, Iterator
from functools import cached_property
from typing import Any, ClassVar, NoReturn

from scrapy.exceptions import CloseSpider
from scrapy.http import Request, Response
from twisted.python.failure import Failure

from archive.errors import DiskFull, UsageError
from archive.numbers import whole_number
from archive.warc import encoding, record
from archive.warc.exchange import Exchange, header_in, payload_digest
from crawler.http.politeness import asked_to_wait
from crawler.ingest import cdx
from crawler.ingest.cdx import Entry, Listing, Wanted
from crawler.ingest.memento import NotTheCapture
from crawler.spiders.base import MAX_REDIRECTS, ArchiveSpider

#: Statuses of an archive that is busy, or that limits our requests.
_BUSY = frozenset({429, 500, 502, 503, 504, 520, 522, 524})
#: Statuses by which an index says that it is elsewhere.
_MOVED = frozenset({301, 302, 303, 307, 308})
#: Answers and captures of one index, at most: no newspaper has as many.
_MOST_ANSWERS = 2000
_MOST_LISTED = 2_000_000
#: Requests in the queue: one is under way, the next starts while the first answer is saved.
_AHEAD = 2
#: Attempts for one address, with a pause that doubles.
_ATTEMPTS = 6
#: An index's answer, unpacked, is longer than a page.
_LONGEST_ANSWER = 64 << 20
#: Give up after this many consecutive refusals.
_REFUSALS = 3
_TORN = "the answer came shorter than it was announced"
#: The longest pause in seconds, even if the server asks for more: the next run is a better time.
_LONGEST_PAUSE = 900.0


class ArchivedSpider(ArchiveSpider):
    """A spider of a web archive.

    Arguments (``-a name=value``): ``server`` (the index's address), ``shape`` (see `Wanted`),
    ``since`` and ``until`` (days, of the capture), ``limit`` (the number of captures to fetch).
    """

    #: `Capture.origin` of its captures.
    origin: ClassVar[str]

    custom_settings: ClassVar[dict[str, Any]] = {  # type: ignore[misc]
        # Indexes and replay are offered to programs; robots.txt of an archive speaks of its pages.
        "ROBOTSTXT_OBEY": False,
        "CONCURRENT_REQUESTS": 1,
        # The archive keeps bodies as the paper sent them, still compressed.
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
        self._shape, self._since, self._until = shape, since, until
        self.limit = int(limit) if limit else None
        self.entries: list[Entry] = []
        self.left: deque[Entry] = deque()
        self.refusals = 0
        self._domains: list[str] = []
        self._resume_keys: set[str] = set()

    @cached_property
    def wanted(self) -> Wanted:
        """Which captures are looked for."""
        return Wanted(self._shape, self._since, self._until, self.paper)

    # --- the index --------------------------------------------------------------------------------

    async def start(self) -> AsyncIterator[Any]:
        """Ask the index for everything of the first of the paper's names."""
        # ``matchType=domain`` brings ``www`` and every other host with it.
        self._domains = list(self.paper.bare_hosts)
        yield self._index_request(**self.first_question())

    @abstractmethod
    def first_question(self) -> dict[str, Any]:
        """Parameters of the first question for one of the paper's names."""

    @abstractmethod
    def next_questions(self, listing: Listing, asked: dict[str, Any]) -> list[dict[str, Any]]:
        """Parameters of the questions that follow *listing*, the answer to *asked*."""

    def _index_request(self, **asked: Any) -> Request:
        wanted = self.wanted
        url = cdx.question(
            self.server, self._domains[0], since=wanted.since, until=wanted.until, **asked
        )
        return self._ask(url, self.parse_index, asked=asked)

    async def parse_index(self, response: Response) -> AsyncIterator[Any]:
        """Read the captures listed in one answer; after the last answer, fetch the new ones."""
        if response.status in _MOVED:
            yield self._moved(response)
            return
        listing = self._listing(response)
        if isinstance(listing, str):
            async for request in self._again(response, listing):
                yield request
            return
        self.extension.counts["index_pages"] += 1
        self.extension.counts["indexed"] += listing.rows
        self.extension.counts["odd_rows"] += listing.odd
        self.entries += (entry for entry in listing.entries if entry in self.wanted)
        waiting: list[dict[str, Any]] = [
            *response.meta.get("waiting", ()),
            *self.next_questions(listing, response.meta["asked"]),
        ]
        if waiting and (endless := self._endless(listing)):
            self.logger.warning("%s: %s; what it listed so far is fetched", self.server, endless)
            waiting = []
        if not waiting:
            self._domains.pop(0)
            waiting = [self.first_question()] if self._domains else []
        if waiting:
            request = self._index_request(**waiting[0])
            request.meta["waiting"] = waiting[1:]
            yield request
            return
        self._plan()
        for _ in range(_AHEAD):
            for request in self._next():
                yield request

    def _listing(self, response: Response) -> Listing | str:
        """The captures that *response* lists; or the reason why it cannot be read."""
        if "dataloss" in response.flags:
            return _TORN
        if response.status == 404:  # some servers say so of an address without captures
            return Listing([])
        if response.status != 200:
            return _refusal(response)
        try:
            listing = cdx.parse(self._body(response).decode("utf-8", "replace"))
        except cdx.NotAnIndex as error:
            self.logger.info("%s: %s", response.url, error)
            return str(error)
        if listing.is_torn and response.meta["attempts"] < _ATTEMPTS:
            return "the answer breaks off inside a row"
        return listing

    def _moved(self, response: Response) -> Request:
        """Follow an index that has moved within its own host: the operator named no other."""
        location = (response.headers.get("Location") or b"").decode("latin-1")
        hops = response.meta.get("hops", 0)
        try:
            target = response.urljoin(location)
        except ValueError:
            target = location
        if hops >= MAX_REDIRECTS or not location or not cdx.is_named(target, self.server):
            self._refused(
                f"the index at {self.server} leads to {target[:200]!r}, which was not named;"
                " if that is the index, name it with --cdx"
            )
        assert response.request is not None
        return response.request.replace(url=target, meta={**response.meta, "hops": hops + 1})

    def _endless(self, listing: Listing) -> str | None:
        """Why no more is asked of the index, if it goes on and on."""
        key = listing.resume_key
        if key is not None and (key in self._resume_keys or not listing.rows):
            return f"the index gives the resume key {key[:80]!r} again, or no rows with it"
        if key is not None:
            self._resume_keys.add(key)
        if self.extension.counts["index_pages"] > _MOST_ANSWERS or len(self.entries) > _MOST_LISTED:
            return f"the index lists more than {len(self.entries):,} captures and does not end"
        return None

    def _plan(self) -> None:
        """Choose the captures to fetch; requests are made one by one: it may be a million."""
        chosen, passed = self.extension.writer.worth_fetching(self.entries)
        self.extension.counts["listed"] += len(chosen) + passed
        self.extension.counts["passed_over"] += passed
        self.entries = []
        self.left = deque(chosen[: self.limit])

    def _next(self) -> Iterator[Request]:
        """The request for the next capture that can be asked for."""
        longest = self.settings.getint("URLLENGTH_LIMIT")
        while self.left:
            entry = self.left.popleft()
            try:
                request = self.request_for(entry)
                # Scrapy drops a longer address, and the chain of requests would end.
                if len(request.url) > longest:
                    raise NotTheCapture(f"its address is longer than {longest} characters")
            except (NotTheCapture, ValueError) as error:
                self.extension.counts["not_given"] += 1
                self.logger.info("%s of %s: %s", entry.url, entry.fetched_at, error)
            else:
                yield request
                return

    # --- captures ---------------------------------------------------------------------------------

    @abstractmethod
    def request_for(self, entry: Entry) -> Request:
        """The request that brings *entry*; raises NotTheCapture if its place is not known."""

    @abstractmethod
    def exchange_in(self, entry: Entry, response: Response) -> Exchange:
        """The exchange with the paper in *response*; raises NotTheCapture."""

    async def parse_capture(self, response: Response) -> AsyncIterator[Any]:
        """Save the capture in the answer; then request the next."""
        if "dataloss" in response.flags:
            async for request in self._again(response, _TORN):
                yield request
            return
        entry: Entry = response.meta["entry"]
        exchange = None
        try:
            exchange = self.exchange_in(entry, response)
        except NotTheCapture as error:
            if response.status in _BUSY:
                async for request in self._again(response, _refusal(response)):
                    yield request
                return
            self.extension.counts["not_given"] += 1
            self.logger.info("%s of %s: %s", entry.url, entry.fetched_at, error)
        except Exception:
            # One odd answer must not end the chain of requests, nor every later run at its place.
            self.logger.exception("%s of %s cannot be read", entry.url, entry.fetched_at)
            self.extension.counts["errors"] += 1
        if exchange is not None and _is_torn(response, exchange):
            async for request in self._again(response, _TORN):
                yield request
            return
        if exchange is not None:
            self._keep(entry, exchange)
        for request in self._next():
            yield request

    def _keep(self, entry: Entry, exchange: Exchange) -> None:
        self.refusals = 0
        digest = record.read_digest(entry.digest)
        if digest and digest[0] == "sha1" and digest != _sha1(exchange.body):
            self.extension.counts["digest_differs"] += 1
        try:
            self.extension.writer.save_memento(exchange)
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
        """Ask again later after no answer at all."""
        request: Request = failure.request  # type: ignore[attr-defined]
        self.logger.info("%s: %s", request.url, failure.getErrorMessage())
        async for again in self._again(request, failure.getErrorMessage()):
            yield again

    async def _again(self, about: Request | Response, why: str) -> AsyncIterator[Request]:
        """Pause all requests and ask once more; after `_ATTEMPTS`, leave it or end the run.

        *why* says what is wrong with the answer.
        """
        response = about if isinstance(about, Response) else None
        request = about.request if isinstance(about, Response) else about
        assert request is not None
        attempts: int = request.meta["attempts"]
        engine = self.crawler.engine
        assert engine is not None
        if attempts < _ATTEMPTS:
            self.extension.counts["waited"] += 1
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
        self.extension.counts["failed"] += 1
        later = "run again later, it goes on from here"
        if request.callback == self.parse_index:
            self._refused(f"the index at {self.server} cannot be read: {why}; {later}")
        if self.refusals >= _REFUSALS:
            self._refused(f"{self.refusals} captures in a row were not given: {why}; {later}")
        for following in self._next():
            yield following

    def _refused(self, reason: str) -> NoReturn:
        """End the run because of the web archive; *reason* is for the operator."""
        self.extension.counts["refused"] += 1
        raise CloseSpider(reason)

    def _body(self, response: Response) -> bytes:
        encodings = [v.decode("latin-1") for v in response.headers.getlist("Content-Encoding")]
        decoded = encoding.decode(response.body, encodings, limit=_LONGEST_ANSWER)
        if decoded.problem:
            self.logger.error("%s: %s; the rest is left out", response.url, decoded.problem)
        return decoded.body


def _refusal(response: Response) -> str:
    waits = "it asks to wait, with " if response.status in (429, 503) else ""
    return f"{waits}status {response.status}"


def _is_torn(response: Response, exchange: Exchange) -> bool:
    """Whether the body is shorter than the server announced: not a whole capture."""
    if "partial" not in response.flags:  # the transfer had an end, and came to it
        return False
    stated = header_in(exchange.response_headers, "Content-Length")
    announced = whole_number(stated) if stated else None
    return announced is not None and announced > len(exchange.body)


def _sha1(body: bytes) -> tuple[str, bytes] | None:
    return record.read_digest(payload_digest(body))
