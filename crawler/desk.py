"""The desk where a crawl hands in what it fetched: the Scrapy side of the archivist.

An extension that starts the archivist in a process of its own when a crawl begins, and has it close
the books when the crawl ends. The reactor never waits for a disk, nor for a page to be read: what
it hands in is kept in the order in which it came.
"""

from __future__ import annotations

import asyncio
import logging
import os
from collections import Counter
from collections.abc import Awaitable
from http import HTTPStatus
from importlib.metadata import version
from operator import attrgetter
from pathlib import Path
from typing import Any, Self, TypeVar

from scrapy import Spider, signals
from scrapy.crawler import Crawler
from scrapy.http import Headers, Response
from scrapy.http.request import Request

from archive.captures import Exchange
from archive.clock import now
from archive.errors import DiskFull, KhobaoError
from archive.frontier import Due, Found
from crawler import health
from crawler.archivist import Received
from crawler.cdx import Entry
from crawler.intake import Outcome
from crawler.worker import Worker, WorkerDied

logger = logging.getLogger(__name__)

T = TypeVar("T")

#: Settings that make somebody take items; without one, articles stay where they are written.
_TAKERS = ("FEEDS", "ITEM_PIPELINES", "CLOSESPIDER_ITEMCOUNT")


class Desk:
    """The near end of one crawl's `crawler.archivist.Archivist`."""

    def __init__(self, crawler: Crawler):
        settings = crawler.settings
        self.crawler = crawler
        self.counts: Counter[str] = Counter()
        self.verdict = health.Verdict(1, "the crawl did not start")
        self.disk_full: DiskFull | None = None
        self._closing: asyncio.Future[None] | None = None
        self._handed_in = 0
        self._archivist = Worker(
            "crawler.archivist:Archivist",
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

    def _failed(self, error: Exception) -> None:
        """End the crawl: what is on the disk stays whole, and the next run goes on.

        Not waited for here, since the engine waits for what is under way, this request among it.
        """
        if isinstance(error, DiskFull):
            self.disk_full = self.disk_full or error
        elif not isinstance(error, WorkerDied):  # a mistake of ours, which the verdict will tell
            logger.error("the archivist failed", exc_info=error)
            self.counts["errors"] += 1
            return
        if self._closing is None:
            engine = self.crawler.engine
            assert engine is not None
            reason = "disk_full" if self.disk_full else "archivist_died"
            self._closing = asyncio.ensure_future(engine.close_spider_async(reason=reason))

    # --- captures -------------------------------------------------------------------------------

    def hand_in(self, request: Request, response: Response) -> int:
        """Have *response* put into the WARC, as received; returns its number.

        Nothing is waited for: the archivist does one thing after another, and whatever is asked
        about the number comes after the record is written.
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
        )
        return self.keep(exchange, cut_short="dataloss" in response.flags)

    def keep(self, exchange: Exchange, cut_short: bool | None = None) -> int:
        """Have *exchange* put into the WARC; returns its number."""
        self.counts["fetched"] += 1
        self.counts["bytes"] += len(exchange.body)
        self._handed_in += 1
        # As a tuple, for a frozen dataclass with slots takes ten times as long to pickle.
        self._archivist.send("keep", self._handed_in, _values(exchange), cut_short)
        return self._handed_in

    def aside(self, number: int) -> None:
        """See `Archivist.aside`."""
        self._archivist.send("aside", number)

    # --- articles -------------------------------------------------------------------------------

    async def receive(self, response: Response, *, follow: bool = False) -> Received:
        """See `Archivist.receive`."""
        received: Received = await self._answer(
            self._archivist.call("receive", *_known_as(response), follow)
        )
        self.counts += received.counts
        return received

    async def take(self, response: Response, outcome: Outcome) -> None:
        """See `Archivist.take`."""
        self.counts += await self._answer(
            self._archivist.call("take", *_known_as(response), outcome)
        )

    async def receive_memento(self, number: int) -> None:
        """See `Archivist.receive_memento`."""
        counts: Counter[str] = await self._answer(self._archivist.call("receive_memento", number))
        # That the paper blocked somebody years ago is no trouble of this run.
        counts["blocked_then"] = counts.pop("blocked", 0)
        self.counts += counts

    def unfetched(self, canonical: str, error: str) -> None:
        """See `Archivist.unfetched`."""
        self.counts["failed"] += 1
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
        return set(fresh)

    def ask_again(self, urls: list[str]) -> None:
        """See `Archivist.ask_again`."""
        if urls:
            self._archivist.send("ask_again", urls)

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
                "close", self.counts, reason, self.disk_full
            )
        except (DiskFull, WorkerDied) as error:  # the next run salvages what could not be closed
            code = error.exit_code if isinstance(error, KhobaoError) else 1
            self.verdict = health.Verdict(code, str(error))
        finally:
            self._archivist.end()


_values = attrgetter(*Exchange.__dataclass_fields__)


def _known_as(response: Response) -> tuple[int, str]:
    """The number of the capture, and the canonical address that was asked for."""
    return response.meta["capture"], response.meta["canonical"]


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
