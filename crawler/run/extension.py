"""The Scrapy extension of a crawl: it opens the archive, stops the run, and closes both.

The middlewares and the spiders reach the archive through it. Each call is done when it returns: a
page costs a few milliseconds of CPU time, which the reactor can wait.
"""

from __future__ import annotations

import asyncio
import logging
from collections import Counter
from importlib.metadata import version
from pathlib import Path
from typing import Self

from scrapy import Spider, signals
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.settings import BaseSettings
from twisted.internet.task import LoopingCall

from archive.alarms import Changes
from archive.errors import DiskFull
from archive.models import Link
from crawler.http.politeness import Politeness
from crawler.ingest.archive_writer import ArchiveWriter, PendingCapture
from crawler.ingest.classify import Kind, Outcome
from crawler.ingest.papers import paper_of_run
from crawler.run.exit_status import RunResult
from crawler.run.finish import finish
from crawler.run.log import log_event
from crawler.site.paper import Paper
from crawler.site.urls import read_address

#: Seconds between two commits. Each writes a segment of both search indexes: at 5,000 articles a
#: commit cost 0.40 ms for an article among 64, 0.27 among 1,024 (measured). A kill between two
#: commits loses no capture: the WARC is written first.
COMMIT_EVERY = 1.0


class CrawlExtension:
    """One crawl: its archive, its pauses, and why it ended."""

    def __init__(self, crawler: Crawler):
        settings = crawler.settings
        self.crawler = crawler
        self.result = RunResult.of(1, "not-started", "the crawl did not start")
        self.changes = Changes()
        """The alarms that the run opened and closed."""
        self.stopped: RunResult | None = None
        """Why the run ends before everything was asked for, if the site gave the reason."""
        self.politeness = Politeness(self._is_over, settings.getfloat("DOWNLOAD_DELAY"))
        self._closing: asyncio.Future[None] | None = None
        self._commits = LoopingCall(self._commit)
        self.writer = ArchiveWriter(
            Path(settings["KHOBAO_ARCHIVE"]).absolute(),
            command=settings["KHOBAO_COMMAND"] or f"scrapy crawl {crawler.spidercls.name}",
            arguments=settings.getdict("KHOBAO_ARGUMENTS"),
            info={
                "software": f"khobao/{version('khobao')} Scrapy/{version('scrapy')}",
                "robots": "obey" if settings.getbool("ROBOTSTXT_OBEY") else "ignore",
                "operator": settings["KHOBAO_CONTACT"] or "not stated",
                **_certificates(settings),
                "http-header-user-agent": settings["USER_AGENT"],
            },
            mirror=settings["KHOBAO_BASE_URL"],
            floors=settings.getdict("KHOBAO_FLOORS"),
            ladder=settings["KHOBAO_LADDER"],
            paper=paper_of_run(settings),
            on_disk_full=lambda: self._close("disk_full"),
        )

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Open the archive; raises ArchiveLocked, DiskFull or SchemaTooNew before anything runs."""
        extension = cls(crawler)
        crawler.signals.connect(extension.spider_opened, signal=signals.spider_opened)
        crawler.signals.connect(extension.spider_closed, signal=signals.spider_closed)
        return extension

    @property
    def paper(self) -> Paper:
        """The newspaper that is crawled."""
        return self.writer.paper

    @property
    def counts(self) -> Counter[str]:
        """What the run has counted so far."""
        return self.writer.counts

    def spider_opened(self) -> None:
        """Commit from now on, once a second."""
        number = self.writer.crawl_id
        log_event(logging.INFO, "start", f"run {number}: {self.writer.command}", run=number)
        # Twisted forgets cancelled timeouts (two a page) only when some timer runs out: without
        # this one, a crawl of 20,000 pages held 24 MB of them.
        self._commits.start(COMMIT_EVERY, now=False)

    def _commit(self) -> None:
        try:
            self.writer.commit()
        except DiskFull:  # the writer has called `_close`
            self._commits.stop()

    def stop(self, exit_code: int, kind: str, reason: str) -> None:
        """End the run because of the site: nothing more is sent to it. The first reason counts.

        *kind* names the alarm: another trouble on the next night is another alarm.
        """
        if self.stopped is None:
            log_event(logging.ERROR, "stop", reason)
            self.stopped = RunResult.of(exit_code, kind, reason)
            self._close("stopped")

    def _close(self, reason: str) -> None:
        """Have Scrapy close the spider; not awaited, since the engine awaits this request."""
        if self._closing is None:
            engine = self.crawler.engine
            assert engine is not None
            self._closing = asyncio.ensure_future(engine.close_spider_async(reason=reason))

    def _is_over(self) -> bool:
        """Whether nothing more is to be sent: the run was stopped, or is being shut down."""
        engine = self.crawler.engine
        return self.stopped is not None or not (engine and engine.running)

    # --- responses ------------------------------------------------------------------------------

    def save_article(
        self, response: Response, *, follow: bool = False
    ) -> tuple[Outcome, list[Link]]:
        """See `ArchiveWriter.save_article`."""
        outcome, fresh = self.writer.save_article(*_capture_of(response), follow=follow)
        self._delivered(response, outcome.kind, outcome.why)
        return outcome, fresh

    def save_outcome(self, response: Response, outcome: Outcome) -> None:
        """See `ArchiveWriter.save_outcome`."""
        self.writer.save_outcome(*_capture_of(response), outcome)
        self._delivered(response, outcome.kind, outcome.why)

    def read_list(self, response: Response) -> tuple[Outcome, list[Link]]:
        """See `ArchiveWriter.read_list`."""
        return self.writer.read_list(response.meta["capture"])

    def save_list(self, response: Response, found: list[Link]) -> set[str]:
        """See `ArchiveWriter.save_list`."""
        fresh = self.writer.save_list(*_capture_of(response), found)
        articles = sum(one.kind == "article" for one in found)
        log_event(
            logging.INFO,
            "list",
            f"{articles} articles named, {len(fresh)} addresses new",
            **_page(response),
        )
        self.politeness.well()
        return fresh

    def unfetched(self, canonical: str, error: str) -> None:
        """Note that no response came from the address *canonical*."""
        log_event(logging.WARNING, "no answer", error, url=canonical)
        article = read_address(canonical, self.paper).kind == "article"
        self.counts["failed" if article else "lists_failed"] += 1
        self.writer.unfetched(canonical, error)
        self._undelivered(f"{error}, {canonical}")

    def forbidden(self, canonical: str, error: str) -> None:
        """Note that robots.txt forbids *canonical*: nothing was sent."""
        log_event(logging.INFO, "forbidden", error, url=canonical)
        self.counts["forbidden"] += 1
        self.writer.unfetched(canonical, error)

    def _delivered(self, response: Response, kind: Kind, why: str | None) -> None:
        """Note whether the site answers; that a page is gone is an answer, too."""
        level = logging.WARNING if kind in ("blocked", "error", "failed") else logging.INFO
        log_event(level, kind, why or "", **_page(response))
        if kind in ("blocked", "error") and response.status not in (404, 410):
            trouble = (why or f"status {response.status}").partition(";")[0]
            self._undelivered(f"{trouble}, {response.url}")
        else:
            self.politeness.well()

    def _undelivered(self, trouble: str) -> None:
        if (reason := self.politeness.trouble(trouble)) is not None:
            self.stop(3, "undelivered", reason)

    # --- the end --------------------------------------------------------------------------------

    def spider_closed(self, spider: Spider, reason: str) -> None:
        """Judge the run, write its summary and release the lock."""
        if self._commits.running:
            self._commits.stop()
        # Scrapy logs what a callback raised, and then forgets it.
        self.counts["errors"] += int(self.crawler.stats.get_value("spider_exceptions/count", 0))
        try:
            self.result, self.changes = finish(self.writer, reason=reason, stopped=self.stopped)
        except DiskFull as error:  # the next run recovers the files that could not be closed
            self.result = RunResult.of(error.exit_code, "disk-full", str(error))
        for alarm in self.changes.opened:
            log_event(logging.ERROR, "alarm opened", alarm.text)
        for alarm in self.changes.closed:
            log_event(logging.INFO, "alarm closed", alarm.text)
        code = self.result.exit_code
        level = logging.ERROR if code else logging.INFO
        log_event(level, "end", f"{self.result.reason} (exit code {code})", exit_code=code)


def _certificates(settings: BaseSettings) -> dict[str, str]:
    """For the WARC's first record: whether servers had to prove who they are."""
    verified = settings.getbool("DOWNLOAD_VERIFY_CERTIFICATES")
    return {"tls": "certificates verified" if verified else "certificates not verified"}


def extension_of(crawler: Crawler) -> CrawlExtension:
    """The extension of *crawler*."""
    extension: CrawlExtension | None = crawler.get_extension(CrawlExtension)
    assert extension is not None
    return extension


def _page(response: Response) -> dict[str, object]:
    """For the log: which page."""
    return {"url": response.url, "status": response.status}


def _capture_of(response: Response) -> tuple[PendingCapture, str]:
    """The capture of *response*, and the canonical address that was asked for."""
    return response.meta["capture"], response.meta["canonical"]
