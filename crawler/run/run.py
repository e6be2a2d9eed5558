"""One run of a spider inside this process, from settings to result."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scrapy.crawler import AsyncCrawlerProcess
from scrapy.settings import Settings

from archive.alarms import Changes
from archive.errors import KhobaoError
from crawler import settings as defaults
from crawler.run.extension import CrawlExtension
from crawler.run.progress import Progress
from crawler.site.paper import DONGTHAP, Paper


@dataclass(frozen=True, slots=True)
class Run:
    """The result of a run."""

    crawl_id: int
    exit_code: int
    reason: str
    counts: Mapping[str, int]
    seconds: float
    alarms: Changes
    """The alarms that it opened and closed."""


def run_spider(
    name: str,
    archive: Path,
    paper: Paper,
    *,
    command: str,
    settings: Mapping[str, Any],
    arguments: Mapping[str, Any],
) -> Run:
    """Crawl *paper* with spider *name* into *archive*; blocks until it ends.

    Once per process, because of Twisted. Raises ArchiveLocked, DiskFull and the other errors of
    opening an archive.
    """
    project = Settings()
    project.setmodule(defaults, priority="project")
    project.update(
        {
            "KHOBAO_ARCHIVE": str(archive),
            "KHOBAO_PAPER": paper,
            "KHOBAO_COMMAND": command,
            "KHOBAO_ARGUMENTS": _stated(arguments, paper),
            **settings,
        },
        priority="cmdline",
    )
    process = AsyncCrawlerProcess(project)
    # At DEBUG Scrapy makes two log records for every page.
    levels = logging.getLevelNamesMapping()
    logging.getLogger("scrapy").setLevel(min(levels[project["LOG_LEVEL"]], logging.INFO))
    # Scrapy logs 60 lines of traceback for a robots.txt that cannot be fetched; the result names
    # the reason in one.
    logging.getLogger("scrapy.downloadermiddlewares.robotstxt").setLevel(logging.CRITICAL)
    crawler = process.create_crawler(name)
    task = process.crawl(crawler, **arguments)
    process.start()
    if not task.done() or task.cancelled():
        # A second Ctrl-C stops the reactor at once; the next run recovers the rest.
        if (progress := crawler.get_extension(Progress)) is not None:
            progress.stop()  # the terminal's cursor is hidden as long as it runs
        raise KeyboardInterrupt
    if (error := task.exception()) is not None:
        raise error
    extension: CrawlExtension | None = crawler.get_extension(CrawlExtension)
    if extension is None:
        raise KhobaoError("the crawl ended before it began; run again with --log-level INFO")
    stats = crawler.stats.get_stats()
    return Run(
        extension.writer.crawl_id,
        extension.result.exit_code,
        extension.result.reason,
        extension.counts,
        float(stats.get("elapsed_time_seconds", 0.0)),
        extension.changes,
    )


def _stated(arguments: Mapping[str, Any], paper: Paper) -> dict[str, Any]:
    """The arguments as the row of the run keeps them."""
    stated = {name: value for name, value in arguments.items() if value not in (None, False)}
    return stated if paper.code == DONGTHAP.code else stated | {"paper": paper.code}
