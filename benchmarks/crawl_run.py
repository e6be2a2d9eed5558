"""One measured crawl in this process: ``full BASE_URL ARCHIVE`` or ``bare BASE_URL URLS``.

Prints one line of JSON. See `benchmarks.crawl`.
"""

# ruff: noqa: E402
from __future__ import annotations

import argparse
import cProfile
import json
import resource
import sys
import time
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any, Self
from urllib.parse import urlsplit

# Not there where khobao is installed without extras; sqlite-utils would load them: 70 MB.
sys.modules["pandas"] = sys.modules["numpy"] = None  # type: ignore[assignment]

import scrapy
from scrapy import signals
from scrapy.crawler import AsyncCrawlerProcess, Crawler
from scrapy.http import Request, Response
from scrapy.settings import Settings

from crawler import settings as defaults
from crawler.run.run import run_spider
from crawler.site.paper import DONGTHAP
from crawler.spiders.base import SLOT

#: No pause and no throttle: the crawl is measured, not the politeness.
UNTHROTTLED = {
    "DOWNLOAD_DELAY": 0,
    "AUTOTHROTTLE_ENABLED": False,
    "KHOBAO_RETRY_PAUSE": 0.05,
    "LOG_LEVEL": "ERROR",
}
_EVERY = 250


class Clock:
    """Runs from the opening of the spider; looks at the memory every 250 responses."""

    running: Clock

    def __init__(self, crawler: Crawler) -> None:
        self.pages = 0
        self.memory: list[tuple[int, int]] = []
        self.wall = self.cpu = 0.0

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Scrapy's way to make an extension."""
        clock = cls(crawler)
        Clock.running = clock
        crawler.signals.connect(clock.opened, signal=signals.spider_opened)
        crawler.signals.connect(clock.received, signal=signals.response_received)
        return clock

    def opened(self) -> None:
        """The crawl begins."""
        self.wall = time.perf_counter()
        self.cpu = time.process_time()

    def received(self) -> None:
        """One more response."""
        self.pages += 1
        if self.pages % _EVERY == 0:
            self.look()

    def look(self) -> None:
        """Remember how much memory is held."""
        held = int(Path("/proc/self/statm").read_text("ascii").split()[1])
        self.memory.append((self.pages, held * resource.getpagesize()))

    def report(self) -> dict[str, Any]:
        """All that was measured, the end of the run included."""
        if not self.memory:
            self.look()
        return {
            "pages": self.pages,
            "seconds": time.perf_counter() - self.wall,
            "cpu": time.process_time() - self.cpu,
            "memory": self.memory,
        }


class BareSpider(scrapy.Spider):
    """Fetches a list of addresses and does nothing with them."""

    name = "bare"

    async def start(self) -> AsyncIterator[Request]:
        """Every address of the list, from the mirror, under its own host's name."""
        for url in Path(self.urls).read_text("utf-8").splitlines():
            parts = urlsplit(url)
            target = parts._replace(scheme="http", netloc=urlsplit(self.base_url).netloc).geturl()
            yield Request(
                target,
                headers={"Host": parts.netloc},
                dont_filter=True,
                meta={
                    "download_slot": SLOT,
                    "dont_redirect": True,
                    "dont_retry": True,
                    "handle_httpstatus_all": True,
                },
            )

    def parse(self, response: Response) -> None:
        """Nothing: this is what the full crawl is measured against."""


def full(base_url: str, archive: Path) -> None:
    """The crawl of the command line, with a clock."""
    run_spider(
        "recent",
        archive,
        paper=DONGTHAP,
        command="crawl",
        settings={
            **UNTHROTTLED,
            "KHOBAO_BASE_URL": base_url,
            "EXTENSIONS": {**defaults.EXTENSIONS, "benchmarks.crawl_run.Clock": 900},
        },
        arguments={},
    )


def bare(base_url: str, urls: Path) -> None:
    """The same settings without anything of ours in them."""
    project = Settings()
    project.setmodule(defaults, priority="project")
    project.update(
        {
            **UNTHROTTLED,
            "DOWNLOADER_MIDDLEWARES": {},
            "SPIDER_MIDDLEWARES": {},
            "DOWNLOADER_STATS": True,
            "METAREFRESH_ENABLED": True,
            "DOWNLOAD_HANDLERS": {},
            "ITEM_PIPELINES": {},
            "EXTENSIONS": {
                "scrapy.extensions.telnet.TelnetConsole": None,
                "scrapy.extensions.remote_control.RemoteControl": None,
                "benchmarks.crawl_run.Clock": 900,
            },
        },
        priority="cmdline",
    )
    process = AsyncCrawlerProcess(project)
    process.crawl(BareSpider, base_url=base_url, urls=str(urls))
    process.start()


def main() -> None:
    """Run and report."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.crawl_run", description=__doc__)
    parser.add_argument("kind", choices=("full", "bare"))
    parser.add_argument("base_url")
    parser.add_argument("path", type=Path)
    parser.add_argument("--profile", type=Path)
    given = parser.parse_args()
    work = full if given.kind == "full" else bare
    if given.profile:
        profiler = cProfile.Profile()
        profiler.runcall(work, given.base_url, given.path)
        profiler.dump_stats(given.profile)
    else:
        work(given.base_url, given.path)
    print(json.dumps(Clock.running.report()))


if __name__ == "__main__":
    # By its full name, so that Scrapy's import of the extension is this very class.
    from benchmarks.crawl_run import main as run

    run()
