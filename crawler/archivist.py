"""The one who writes: everything a crawl puts into the archive passes through here.

A Scrapy extension that opens the archive under its lock when a crawl starts and closes its books
when it ends. WARC writing, extraction and SQLite run in one worker thread of its own: the reactor
never waits for a disk, and the archive has exactly one writer, in the order of arrival.
"""

from __future__ import annotations

import asyncio
import logging
import sqlite3
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from functools import partial
from http import HTTPStatus
from importlib.metadata import version
from pathlib import Path
from typing import Any, Self, TypeVar

from scrapy import Spider, signals
from scrapy.crawler import Crawler
from scrapy.http import Headers, Response
from scrapy.http.request import Request

from archive.captures import CaptureWriter, Exchange, Stored
from archive.clock import now
from archive.errors import DiskFull
from archive.frontier import Due, Found, Frontier, State
from archive.locks import is_disk_full
from archive.models import Capture
from archive.recovery import recover
from archive.store import Archive, check_free_space, crawl_lock, write_heartbeat
from crawler import health, intake
from crawler.intake import Outcome
from crawler.reextract import catch_up
from crawler.site import read_address

logger = logging.getLogger(__name__)

T = TypeVar("T")

#: Below this the crawl stops while it can still close its files: one crawl's largest WARC.
MIN_FREE_BYTES = 500_000_000


#: How many writes, and how many seconds of them, may share a commit: it halves the time of a write,
#: since each commit writes a segment of both search indexes (measured: 5.4 ms for a new article by
#: itself, 2.7 in batches). A kill loses nothing but work: the WARC leads.
BATCH = 256
COMMIT_AFTER = 0.5

#: What the frontier is told of each kind of outcome; a redirect is told when its target is read.
STATES: dict[intake.Kind, State | None] = {
    "article": "done",
    "unchanged": "done",
    "list": "done",
    "other": "done",
    "redirect": None,
    "gone": "gone",
    "blocked": "blocked",
    "failed": "failed",
    "error": "failed",
}


class Archivist:
    """The open archive of one crawl."""

    def __init__(self, crawler: Crawler):
        settings = crawler.settings
        self.crawler = crawler
        self.path = Path(settings["KHOBAO_ARCHIVE"])
        self.counts: Counter[str] = Counter()
        self.verdict = health.Verdict(1, "the crawl did not start")
        self.fill = health.FillRates()
        self.disk_full: DiskFull | None = None
        self._open = ExitStack()
        self._open.enter_context(crawl_lock(self.path))
        self.archive = self._open.enter_context(Archive.open(self.path, create=True))
        check_free_space(self.path, MIN_FREE_BYTES)
        for loss in recover(self.archive, now()):
            logger.warning("%s", loss)
        self.counts["caught_up"] = catch_up(self.archive)
        self.frontier = Frontier(self.archive)
        self.started_at = now()
        self.crawl_id = self.archive.begin_crawl(
            settings["KHOBAO_COMMAND"] or f"scrapy crawl {crawler.spidercls.name}",
            settings.getdict("KHOBAO_ARGUMENTS"),
        )
        self.writer = CaptureWriter(
            self.path,
            crawl_id=self.crawl_id,
            started_at=self.started_at,
            info={
                "software": f"khobao/{version('khobao')} Scrapy/{version('scrapy')}",
                "robots": "obey" if settings.getbool("ROBOTSTXT_OBEY") else "ignore",
                "operator": settings["KHOBAO_CONTACT"] or "not stated",
                "http-header-user-agent": settings["USER_AGENT"],
            },
        )
        self.archive.reread = partial(intake.article_again, self.archive)
        self.archive.batch_size = BATCH
        self.archive.before_commit = self.writer.sync
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="archivist")
        self._commit: asyncio.TimerHandle | None = None
        self._closing: asyncio.Future[None] | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Open the archive; raises ArchiveLocked, DiskFull or SchemaTooNew before anything runs."""
        archivist = cls(crawler)
        crawler.signals.connect(archivist.spider_closed, signal=signals.spider_closed)
        return archivist

    async def run(self, work: Callable[..., T], *args: Any, **options: Any) -> T:
        """Do *work* in the archive's thread; what it wrote is committed within `COMMIT_AFTER`."""
        loop = asyncio.get_running_loop()
        try:
            result = await loop.run_in_executor(self._thread, partial(work, *args, **options))
        except (OSError, sqlite3.OperationalError) as error:
            if not is_disk_full(error):
                raise
            raise self._stop(DiskFull(f"cannot write to {self.path}: {error}")) from error
        except DiskFull as error:
            raise self._stop(error) from error
        if self._commit is None:
            self._commit = loop.call_later(COMMIT_AFTER, self._commit_soon)
        return result

    def _stop(self, error: DiskFull) -> DiskFull:
        """End the crawl: what is on the disk stays whole, and the next run goes on.

        Not waited for here, since the engine waits for what is under way, this request among it.
        """
        if self.disk_full is None:
            self.disk_full = error
            engine = self.crawler.engine
            self._closing = asyncio.ensure_future(engine.close_spider_async(reason="disk_full"))
        return error

    def _commit_soon(self) -> None:
        self._commit = None
        self._thread.submit(self.archive.commit)

    # --- captures -------------------------------------------------------------------------------

    async def capture(self, request: Request, response: Response) -> Capture:
        """Put *response* into the WARC, as received; returns once it is flushed."""
        return await self.keep(
            Exchange(
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
        )

    async def keep(self, exchange: Exchange) -> Capture:
        """Put *exchange* into the WARC; returns once it is flushed."""
        self.counts["fetched"] += 1
        self.counts["bytes"] += len(exchange.body)
        return await self.run(self._write, exchange)

    def _write(self, exchange: Exchange) -> Capture:
        if self.counts["fetched"] % 256 == 0:
            check_free_space(self.path, MIN_FREE_BYTES)
        earlier = self.archive.capture_with_payload(
            exchange.url, exchange.body, exchange.fetched_at
        )
        return self.writer.write(exchange, revisit_of=earlier)

    async def aside(self, response: Response, capture: Capture) -> None:
        """Keep the row of a capture that no spider sees: robots.txt, and what is asked again.

        Judged like any other, for a rebuild will judge it too; but not counted.
        """
        outcome = await self.judge(response, capture)
        await self.run(
            self.archive.record,
            capture,
            crawl_id=self.crawl_id,
            outcome=outcome.kind,
            error=outcome.why,
        )

    # --- articles -------------------------------------------------------------------------------

    async def judge(self, response: Response, capture: Capture) -> Outcome:
        """What *response* means, be it of a list, of an article or of neither."""
        if read_address(capture.url).kind != "article":  # nothing to extract: not worth a hand-over
            return self._judge(response, capture)
        return await self.run(self._judge, response, capture)

    def _judge(self, response: Response, capture: Capture) -> Outcome:
        stored = Stored(
            url=capture.url,
            fetched_at=capture.fetched_at,
            status=response.status,
            headers=_header_list(response.headers),
            body=response.body,
            raw_body=b"",
        )
        return intake.judge(capture, stored, cut_short="dataloss" in response.flags)

    async def receive(self, response: Response, capture: Capture) -> Outcome:
        """Judge an article's *response* and keep what it turned out to be."""
        outcome, counts = await self.run(self._receive, response, capture)
        self.counts += counts
        if outcome.article is not None:
            self.fill.add(outcome.article)
        return outcome

    def _receive(self, response: Response, capture: Capture) -> tuple[Outcome, Counter[str]]:
        outcome = self._judge(response, capture)
        return outcome, self._take(response, capture, outcome)

    async def take(self, response: Response, capture: Capture, outcome: Outcome) -> None:
        """Keep an *outcome* that was judged before, and tell the frontier."""
        self.counts += await self.run(self._take, response, capture, outcome)

    def _take(self, response: Response, capture: Capture, outcome: Outcome) -> Counter[str]:
        taken = intake.take(self.archive, capture, outcome, crawl_id=self.crawl_id)
        state = STATES[outcome.kind]
        if state is not None:
            self._fetched(response, capture, state, article_id=taken.article_id, error=outcome.why)
        return taken.counts

    async def unfetched(self, canonical: str, error: str) -> None:
        """Nothing was received at all from the address known as *canonical*."""
        self.counts["failed"] += 1
        await self.run(
            self.frontier.fetched, canonical, at=now(), status=0, state="failed", error=error
        )

    # --- lists ----------------------------------------------------------------------------------

    async def listed(self, response: Response, capture: Capture, found: list[Found]) -> list[str]:
        """Keep what a list page named; returns the addresses never fetched before.

        Only a first page that names articles is read again by every crawl: later pages are as long
        as the newest ones bring something unknown, and a page without articles is no list.
        """
        fresh = await self.run(self._listed, response, capture, found)
        self.counts["listed"] += sum(f.kind == "article" for f in found)
        return fresh

    def _listed(self, response: Response, capture: Capture, found: list[Found]) -> list[str]:
        self.archive.record(capture, crawl_id=self.crawl_id, outcome="list")
        fresh = self.frontier.add(found, found_on=response.url, at=capture.fetched_at)
        again = read_address(response.url).page == 1 and any(f.kind == "article" for f in found)
        self._fetched(response, capture, "done", again=again)
        return fresh

    async def ask_again(self, urls: list[str]) -> None:
        """Make known list pages due, so that a run cut short is gone on with."""
        if urls:
            await self.run(self.frontier.ask_again, urls, self.started_at)

    async def due(self, **which: Any) -> list[Due]:
        """What the frontier wants fetched now."""
        return await self.run(self.frontier.due, self.started_at, **which)

    def _fetched(self, response: Response, capture: Capture, state: State, **facts: Any) -> None:
        headers = response.headers
        # A page reached through a redirect answers for both addresses.
        for url in {response.meta["canonical"], read_address(capture.url).canonical}:
            self.frontier.fetched(
                url,
                at=capture.fetched_at,
                status=response.status,
                state=state,
                etag=_text(headers.get("ETag")),
                last_modified=_text(headers.get("Last-Modified")),
                payload_digest=capture.payload_digest,
                **facts,
            )

    # --- the end --------------------------------------------------------------------------------

    async def spider_closed(self, spider: Spider, reason: str) -> None:
        """Judge the run, close the books, release the lock."""
        stats = self.crawler.stats.get_stats()
        for name, value in stats.items():
            if name.startswith("khobao/"):
                self.counts[name.removeprefix("khobao/")] += value
        # What a callback raised is logged by Scrapy, and then forgotten by it.
        self.counts["errors"] += int(stats.get("spider_exceptions/count", 0))
        if self._commit is not None:
            self._commit.cancel()
        self.verdict = health.judge(self.counts, self.fill, reason=reason, disk_full=self.disk_full)
        try:
            await self.run(self._close)
        except DiskFull as error:  # the next run salvages what could not be closed
            self.verdict = health.Verdict(error.exit_code, str(error))
        finally:
            self._thread.shutdown()
            self._open.close()

    def _close(self) -> None:
        summary = {
            "crawl": self.crawl_id,
            "command": self.crawler.settings["KHOBAO_COMMAND"],
            "started_at": self.started_at,
            "finished_at": now(),
            "exit_code": self.verdict.exit_code,
            "reason": self.verdict.reason,
            "counts": dict(self.counts),
        }
        self.writer.write_metadata(summary)
        self.writer.close()
        self.archive.finish_crawl(
            self.crawl_id,
            exit_code=self.verdict.exit_code,
            reason=self.verdict.reason,
            counts=self.counts | self.fill.rules,
        )
        write_heartbeat(self.path, summary)


def _header_list(headers: Headers) -> list[tuple[bytes, bytes]]:
    """Every header in the order it came, repeats kept (``headers[name]`` gives the last only)."""
    return [(name, value) for name in headers for value in headers.getlist(name)]


def _reason_phrase(status: int) -> str:
    """The standard's words for *status*: what the server wrote there, Scrapy does not hand over."""
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return ""


def _text(value: bytes | None) -> str | None:
    return value.decode("latin-1") if value else None
