"""One moving line while a crawl runs, on a terminal only: cron gets silence and the summary."""

from __future__ import annotations

from collections import Counter
from typing import Any, Self

from rich.console import Console
from rich.live import Live
from rich.text import Text
from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured

from crawler.desk import Desk


class Progress:
    """The line: pages and articles so far, what is waiting, and the page being read."""

    def __init__(self, crawler: Crawler):
        self.console = Console(stderr=True)
        if not self.console.is_terminal:
            raise NotConfigured  # without a word: cron is no terminal every night
        self.crawler = crawler
        self.url = ""
        self.live = Live(
            get_renderable=self._line, console=self.console, refresh_per_second=8, transient=True
        )

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Start and stop with the spider."""
        progress = cls(crawler)
        crawler.signals.connect(progress.start, signal=signals.spider_opened)
        crawler.signals.connect(progress.step, signal=signals.response_received)
        crawler.signals.connect(progress.stop, signal=signals.spider_closed)
        return progress

    def start(self) -> None:
        """Show the line."""
        self.live.start()

    def step(self, response: Any) -> None:
        """Name the page that has just arrived."""
        self.url = response.url

    def stop(self) -> None:
        """Take the line away again."""
        self.live.stop()

    def _line(self) -> Text:
        desk = self.crawler.get_extension(Desk)
        counts: Counter[str] = desk.counts if desk else Counter()
        asked = self.crawler.stats.get_value("scheduler/enqueued", 0)
        waiting = asked - self.crawler.stats.get_value("scheduler/dequeued", 0)
        line = Text.assemble(
            (f"{counts['fetched']:,} pages", "bold"),
            f" · {counts['new']:,} new · {counts['revised']:,} revised · ",
            f"{counts['failed'] + counts['blocked']:,} failed · {waiting:,} waiting  ",
            (self.url.removeprefix("https://"), "dim"),
        )
        line.truncate(max(20, self.console.width - 1), overflow="ellipsis")
        return line
