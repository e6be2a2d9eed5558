"""One line that is redrawn while a crawl runs, on a terminal only; cron gets the summary alone."""

from __future__ import annotations

import logging
import sys
from collections import Counter
from typing import Any, Self

from rich.console import Console
from rich.live import Live
from rich.text import Text
from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured

from crawler.run.extension import CrawlExtension


class Progress:
    """The line: pages and articles so far, how many addresses wait, and the last page's address."""

    def __init__(self, crawler: Crawler):
        self.console = Console(stderr=True)
        if not self.console.is_terminal or self.console.is_dumb_terminal:
            raise NotConfigured  # without a message: that is every night's case under cron
        self.crawler = crawler
        self.url = ""
        self._live: Live | None = None
        self._handlers: list[logging.StreamHandler[Any]] = []

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Start and stop with the spider."""
        progress = cls(crawler)
        crawler.signals.connect(progress.start, signal=signals.spider_opened)
        crawler.signals.connect(progress.step, signal=signals.response_received)
        crawler.signals.connect(progress.stop, signal=signals.spider_closed)
        return progress

    def start(self) -> None:
        """Show the line. `Live` draws when it is made: it is made after the crawl has begun."""
        if self._live is not None:
            return
        stderr = sys.stderr
        self._live = Live(
            get_renderable=self._line,
            console=self.console,
            refresh_per_second=8,
            transient=True,
            redirect_stdout=False,
        )
        self._live.start()
        # Log lines go above the line, not into it.
        for handler in logging.root.handlers:
            if isinstance(handler, logging.StreamHandler) and handler.stream is stderr:
                handler.setStream(sys.stderr)
                self._handlers.append(handler)

    def step(self, response: Any) -> None:
        """Name the page that has just arrived."""
        self.url = response.url

    def stop(self) -> None:
        """Remove the line."""
        if self._live is None:
            return
        self._live.stop()
        self._live = None
        for handler in self._handlers:
            handler.setStream(sys.stderr)
        self._handlers.clear()

    def _line(self) -> Text:
        extension: CrawlExtension | None = self.crawler.get_extension(CrawlExtension)
        counts: Counter[str] = extension.counts if extension else Counter()
        asked = self.crawler.stats.get_value("scheduler/enqueued", 0)
        waiting = asked - self.crawler.stats.get_value("scheduler/dequeued", 0)
        line = Text.assemble(
            (f"{counts['fetched']:,} pages", "bold"),
            f" · {counts['new']:,} new · {counts['revised']:,} revised · ",
            f"{counts['failed'] + counts['blocked']:,} failed · {waiting:,} waiting  ",
            ("".join(c for c in self.url.removeprefix("https://") if c.isprintable()), "dim"),
        )
        line.truncate(max(1, self.console.width - 1), overflow="ellipsis")
        return line
