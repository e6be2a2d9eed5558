"""The desk where a crawl hands in what it fetched: the Scrapy side of the archivist.

An extension that starts the archivist in a process of its own when a crawl begins, and has it close
the books when the crawl ends. The reactor never waits for a disk. Pages are read over there, where
the reactor need not wait for them either; only when several are waiting for the archivist, which
never happens to a crawl that pauses between two of them, the next is read on this side.
"""

from __future__ import annotations

import asyncio
import logging
import os
from collections import Counter
from collections.abc import Awaitable
from dataclasses import dataclass
from http import HTTPStatus
from importlib.metadata import version
from operator import attrgetter
from pathlib import Path
from typing import Any, Self, TypeVar

from scrapy import Spider, signals
from scrapy.crawler import Crawler
from scrapy.http import Headers, Response
from scrapy.http.request import Request

from archive.clock import now
from archive.errors import DiskFull, KhobaoError
from archive.frontier import Due
from archive.models import Capture, Found
from archive.warc.reader import Exchange, received
from crawler.http.politeness import Politeness
from crawler.ingest import classify
from crawler.ingest.cdx import Entry
from crawler.ingest.classify import Outcome
from crawler.ingest.writer import Received
from crawler.processes import Worker, WorkerDied
from crawler.run import exit_status
from crawler.site.urls import read_address

logger = logging.getLogger(__name__)

T = TypeVar("T")

#: Settings that make somebody take items; without one, articles stay where they are written.
_TAKERS = ("FEEDS", "ITEM_PIPELINES", "CLOSESPIDER_ITEMCOUNT")

#: So many articles wait for the archivist before the next page is read on this side; then the two
#: share the work. Fewer, and the archivist runs dry while this side reads; more, and this side
#: waits long for what a list brings (benchmarks/crawl.py, November 2026).
_BEHIND = 16

_values_of = attrgetter(*Exchange.__dataclass_fields__)


@dataclass(frozen=True, slots=True)
class HandedIn:
    """A response that is on its way into the WARC."""

    number: int
    """What the archivist knows it by."""
    exchange: Exchange
    cut_short: bool | None
    capture: asyncio.Future[tuple[Any, ...]]
    """The values of its `Capture`, once it is written."""


class Desk:
    """The near end of one crawl's `crawler.ingest.writer.Archivist`."""

    def __init__(self, crawler: Crawler):
        settings = crawler.settings
        self.crawler = crawler
        self.counts: Counter[str] = Counter()
        self.verdict = exit_status.Verdict(1, "the crawl did not start")
        self.disk_full: DiskFull | None = None
        self.stopped: exit_status.Verdict | None = None
        """Why the run ends before everything was asked for, if the site gave the reason."""
        self.politeness = Politeness(self._is_over)
        self._closing: asyncio.Future[None] | None = None
        self._handed_in = 0
        self._waiting = 0
        """Articles that the archivist was given and has not answered for."""
        self._archivist = Worker(
            "crawler.ingest.writer:Archivist",
            Path(settings["KHOBAO_ARCHIVE"]).absolute(),
            command=settings["KHOBAO_COMMAND"] or f"scrapy crawl {crawler.spidercls.name}",
            arguments=settings.getdict("KHOBAO_ARGUMENTS"),
            info={
                "software": f"khobao/{version('khobao')} Scrapy/{version('scrapy')}",
                "robots": "obey" if settings.getbool("ROBOTSTXT_OBEY") else "ignore",
                "operator": settings["KHOBAO_CONTACT"] or "not stated",
                "http-header-user-agent": settings["USER_AGENT"],
            },
            mirror=settings["KHOBAO_BASE_URL"],
            hand_back=any(settings[name] for name in _TAKERS),
            process=os.getpid(),
        )
        self._archivist.failed = self._failed
        self.crawl_id: int = self._archivist.hello
        self.archivist_process = self._archivist.process.pid

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Open the archive; raises ArchiveLocked, DiskFull or SchemaTooNew before anything runs."""
        desk = cls(crawler)
        crawler.signals.connect(desk.spider_opened, signal=signals.spider_opened)
        crawler.signals.connect(desk.spider_closed, signal=signals.spider_closed)
        return desk

    async def spider_opened(self) -> None:
        """The event loop runs: from now on things may be handed in."""
        await self._archivist.attach()

    async def _answer(self, answer: Awaitable[T]) -> T:
        try:
            return await answer
        except (DiskFull, WorkerDied) as error:
            self._failed(error)
            raise

    def _failed(self, error: BaseException) -> None:
        """End the crawl: what is on the disk stays whole, and the next run goes on.

        Not waited for here, since the engine waits for what is under way, this request among it.
        """
        if isinstance(error, DiskFull):
            self.disk_full = self.disk_full or error
        elif not isinstance(error, WorkerDied):  # a mistake of ours, which the verdict will tell
            logger.error("the archivist failed", exc_info=error)
            self.counts["errors"] += 1
            return
        self._close("disk_full" if self.disk_full else "archivist_died")

    def stop(self, exit_code: int, reason: str) -> None:
        """End the run because of the site: nothing more is sent to it. The first reason counts."""
        if self.stopped is None:
            self.stopped = exit_status.Verdict(exit_code, reason)
            self._close("stopped")

    def _close(self, reason: str) -> None:
        if self._closing is None:
            engine = self.crawler.engine
            assert engine is not None
            self._closing = asyncio.ensure_future(engine.close_spider_async(reason=reason))

    def _is_over(self) -> bool:
        """Whether nothing more is to be sent: the run was stopped, or is being shut down."""
        engine = self.crawler.engine
        return self.stopped is not None or not (engine and engine.running)

    # --- captures -------------------------------------------------------------------------------

    def hand_in(self, request: Request, response: Response) -> HandedIn:
        """Have *response* put into the WARC, as received.

        Nothing is waited for: the archivist does one thing after another, and whatever is asked
        about it comes after the record is written.
        """
        exchange = Exchange(
            url=request.url,
            fetched_at=now(),
            method=request.method,
            request_headers=_header_list(request.headers),
            status=response.status,
            reason=_reason_phrase(response.status),
            protocol=response.protocol or "HTTP/1.1",
            response_headers=_header_list(response.headers),
            body=response.body,
            ip=str(response.ip_address) if response.ip_address else None,
            truncated="disconnect" if "dataloss" in response.flags else None,
        )
        return self.keep(exchange, cut_short="dataloss" in response.flags)

    def keep(self, exchange: Exchange, cut_short: bool | None = None) -> HandedIn:
        """Have *exchange* put into the WARC."""
        self.counts["fetched"] += 1
        self.counts["bytes"] += len(exchange.body)
        self._handed_in += 1
        number = self._handed_in
        capture = self._archivist.call("keep", number, _values_of(exchange), cut_short)
        capture.add_done_callback(self._written)
        return HandedIn(number, exchange, cut_short, capture)

    def _written(self, capture: asyncio.Future[Any]) -> None:
        if not capture.cancelled() and (error := capture.exception()) is not None:
            self._failed(error)

    def aside(self, handed: HandedIn) -> None:
        """See `Archivist.aside`."""
        self._archivist.send("aside", handed.number)

    # --- articles -------------------------------------------------------------------------------

    async def receive(self, response: Response, *, follow: bool = False) -> Received:
        """See `Archivist.receive`."""
        outcome = await self._read_here(response) if self._waiting >= _BEHIND else None
        self._waiting += 1
        try:
            result: Received = await self._answer(
                self._archivist.call("receive", *_known_as(response), follow, outcome)
            )
        finally:
            self._waiting -= 1
        self.counts += result.counts
        self._delivered(response, result.kind, result.why)
        return result

    async def _read_here(self, response: Response) -> Outcome:
        """What *response* means, found on this side; not before it is in the WARC."""
        handed: HandedIn = response.meta["capture"]
        capture = Capture(*await self._answer(handed.capture))
        return classify.judge(capture, received(handed.exchange), cut_short=handed.cut_short)

    async def take(self, response: Response, outcome: Outcome) -> None:
        """See `Archivist.take`."""
        self.counts += await self._answer(
            self._archivist.call("take", *_known_as(response), outcome)
        )
        self._delivered(response, outcome.kind, outcome.why)

    def _delivered(self, response: Response, kind: classify.Kind, why: str | None) -> None:
        """Note whether the site gives what it is asked for; that a page is gone is an answer."""
        if kind in ("blocked", "error") and response.status not in (404, 410):
            what = (why or f"status {response.status}").partition(";")[0]
            self._undelivered(f"{what}, {response.url}")
        else:
            self.politeness.well()

    def _undelivered(self, what: str) -> None:
        if (reason := self.politeness.trouble(what)) is not None:
            self.stop(3, reason)

    async def receive_memento(self, handed: HandedIn) -> None:
        """See `Archivist.receive_memento`."""
        counts: Counter[str] = await self._answer(
            self._archivist.call("receive_memento", handed.number)
        )
        # That the paper blocked somebody years ago is no trouble of this run.
        counts["blocked_then"] = counts.pop("blocked", 0)
        self.counts += counts

    def unfetched(self, canonical: str, error: str) -> None:
        """See `Archivist.unfetched`."""
        article = read_address(canonical).kind == "article"
        self.counts["failed" if article else "lists_failed"] += 1
        self._archivist.send("unfetched", canonical, error)
        self._undelivered(f"{error}, {canonical}")

    def forbidden(self, canonical: str, error: str) -> None:
        """robots.txt forbids *canonical*: nothing was sent."""
        self.counts["forbidden"] += 1
        self._archivist.send("unfetched", canonical, error)

    # --- lists ----------------------------------------------------------------------------------

    async def read_list(self, response: Response) -> tuple[Outcome, list[Found]]:
        """See `Archivist.read_list`."""
        number, _ = _known_as(response)
        return await self._answer(self._archivist.call("read_list", number))

    async def listed(self, response: Response, found: list[Found]) -> set[str]:
        """See `Archivist.listed`."""
        fresh = await self._answer(self._archivist.call("listed", *_known_as(response), found))
        self.counts["listed"] += sum(f.kind == "article" for f in found)
        self.politeness.well()
        return set(fresh)

    def ask_again(self, urls: list[str]) -> None:
        """See `Archivist.ask_again`."""
        if urls:
            self._archivist.send("ask_again", urls)

    async def asked_to_wait(self) -> bool:
        """Stop the run if the site asked the one before to leave it alone for longer; see
        `Archivist.left_alone_until`.
        """
        until = await self._answer(self._archivist.call("left_alone_until"))
        if until is not None:
            self.stop(
                3, f"the site asked to be left alone until {until} (Retry-After); nothing was asked"
            )
        return until is not None

    async def due(self, **which: Any) -> list[Due]:
        """See `Archivist.due`."""
        return await self._answer(self._archivist.call("due", which))

    async def lists_read(self) -> set[str]:
        """See `Archivist.lists_read`."""
        return await self._answer(self._archivist.call("lists_read"))

    async def worth_fetching(self, entries: list[Entry]) -> tuple[list[Entry], int]:
        """See `Archivist.worth_fetching`."""
        return await self._answer(self._archivist.call("worth_fetching", entries))

    # --- the end --------------------------------------------------------------------------------

    async def spider_closed(self, spider: Spider, reason: str) -> None:
        """Have the run judged, the books closed and the lock released."""
        stats = self.crawler.stats.get_stats()
        for name, value in stats.items():
            if name.startswith("khobao/"):
                self.counts[name.removeprefix("khobao/")] += value
        # What a callback raised is logged by Scrapy, and then forgotten by it.
        self.counts["errors"] += int(stats.get("spider_exceptions/count", 0))
        try:
            self.verdict, self.counts = await self._archivist.call(
                "close", self.counts, reason, self.disk_full, self.stopped
            )
        except (DiskFull, WorkerDied) as error:  # the next run salvages what could not be closed
            code = error.exit_code if isinstance(error, KhobaoError) else 1
            self.verdict = exit_status.Verdict(code, str(error))
        finally:
            self._archivist.end()


def _known_as(response: Response) -> tuple[int, str]:
    """The number of the capture, and the canonical address that was asked for."""
    return response.meta["capture"].number, response.meta["canonical"]


def _header_list(headers: Headers) -> list[tuple[bytes, bytes]]:
    """Every header in the order it came, repeats kept (``headers[name]`` gives the last only)."""
    # As the dictionary that it is: `Headers.items` makes every name canonical once more.
    return [(name, value) for name, values in dict.items(headers) for value in values]


def _reason_phrase(status: int) -> str:
    """The standard's words for *status*: what the server wrote there, Scrapy does not hand over."""
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return ""
