"""Downloader middlewares: capture before anything else sees a response; retry with patience."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Coroutine
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any, Self

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.httpcompression import HttpCompressionMiddleware
from scrapy.downloadermiddlewares.retry import RetryMiddleware
from scrapy.extensions.throttle import AutoThrottle
from scrapy.http import Request, Response
from scrapy.http.request import NO_CALLBACK
from scrapy.robotstxt import RobotParser
from scrapy.utils.python import global_object_name

from archive.clock import now
from archive.numbers import whole_number
from crawler.desk import Desk
from crawler.settings import SLOT


class Capture:
    """Puts every response into the WARC, as received, before anything tries to understand it.

    A middleware and not a handler of the signal ``response_downloaded``: Scrapy logs and swallows
    what a signal handler raises, so a full disk would lose captures quietly. What is raised here
    fails the request, and no article is saved without its capture.
    """

    def __init__(self, crawler: Crawler):
        self.crawler = crawler
        self.desk: Desk | None = crawler.get_extension(Desk)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Join the crawl's desk."""
        return cls(crawler)

    def process_response(self, request: Request, response: Response) -> Response:
        """Hand *response* in and leave the number of its capture in ``request.meta``.

        What a web archive answers is no response of the paper; its spider keeps what is in it.
        """
        assert self.desk is not None
        if request.meta.get("from_archive"):
            return response
        request.meta["capture"] = self.desk.hand_in(request, response)
        if request.callback is NO_CALLBACK:  # robots.txt, asked for by Scrapy itself
            self.desk.aside(request.meta["capture"])
        return response


class Unpack(HttpCompressionMiddleware):
    """Scrapy's unpacking, for what is read on this side: robots.txt, the shell.

    A spider of the site hands bodies in as they were sent, and the archivist unpacks what it reads.
    To do it here as well took a tenth of what a page costs the reactor.
    """

    def process_response(  # type: ignore[override]
        self, request: Request, response: Response
    ) -> Request | Response:
        """Leave the body of what was handed in as it is."""
        if "capture" in request.meta and request.callback is not NO_CALLBACK:
            return response
        return super().process_response(request, response)


class Retry(RetryMiddleware):
    """Scrapy's retries, with a pause that doubles, and a body cut short counted as a failure.

    A 503 asks for time: Scrapy's own middleware would be back at once.
    """

    def __init__(self, crawler: Crawler):
        super().__init__(crawler.settings)
        self.crawler = crawler
        self.pause = crawler.settings.getfloat("KHOBAO_RETRY_PAUSE")
        self.longest = crawler.settings.getfloat("KHOBAO_RETRY_PAUSE_MAX")

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Take the pauses from the settings."""
        return cls(crawler)

    def process_response(  # type: ignore[override]
        self, request: Request, response: Response
    ) -> Response | Coroutine[Any, Any, Request | Response]:
        """Ask again for what failed for now; hand on everything else."""
        if request.meta.get("dont_retry"):
            return response
        if response.status in self.retry_http_codes:
            reason = f"status {response.status}"
        elif "dataloss" in response.flags:
            reason = "body cut short"
        else:
            return response
        return self._ask_again(request, response, reason)

    async def _ask_again(
        self, request: Request, response: Response, reason: str
    ) -> Request | Response:
        again = self._retry(request, reason)
        if again is None:
            return response
        if (desk := self.crawler.get_extension(Desk)) is not None:
            desk.aside(request.meta["capture"])
        await asyncio.sleep(self._pause_before(again, response))
        return again

    async def process_exception(  # type: ignore[override]
        self, request: Request, exception: Exception
    ) -> Request | None:
        """Ask again after a failed connection."""
        if request.meta.get("dont_retry") or not isinstance(exception, self.exceptions_to_retry):
            return None
        again = self._retry(request, global_object_name(exception.__class__))
        if again is not None:
            await asyncio.sleep(self._pause_before(again, None))
        return again

    def _pause_before(self, again: Request, response: Response | None) -> float:
        """Seconds to wait: what the server asks for, else the doubled pause, a little scattered."""
        asked = retry_after(response) if response is not None else None
        pause = asked if asked is not None else self.pause * 2 ** (again.meta["retry_times"] - 1)
        return min(pause, self.longest) * random.uniform(1.0, 1.2)


def retry_after(response: Response) -> float | None:
    """Seconds that the server asks to wait; None if it does not say."""
    value = (response.headers.get("Retry-After") or b"").decode("latin-1").strip()
    if (seconds := whole_number(value)) is not None:
        return float(seconds)
    try:
        until = parsedate_to_datetime(value)
    except ValueError:
        return None
    aware = until if until.tzinfo else until.replace(tzinfo=UTC)
    return max(0.0, (aware - datetime.fromisoformat(now())).total_seconds())


class CrawlDelay:
    """Obeys the ``Crawl-delay`` of robots.txt, which Scrapy only parses.

    It only ever slows a crawl down, and never below one page a minute: a delay of an hour is a
    typing error or a refusal, and a refusal is written ``Disallow``.
    """

    LONGEST = 60.0

    def __init__(self, crawler: Crawler):
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Listen for robots.txt."""
        delay = cls(crawler)
        crawler.signals.connect(delay.robots_parsed, signal=signals.robots_parsed)
        return delay

    def robots_parsed(self, robotparser: RobotParser, request: Request) -> None:
        """Raise the pause of the site's download slot to what is asked for."""
        agent = self.crawler.settings["ROBOTSTXT_USER_AGENT"]
        asked = min(float(robotparser.crawl_delay(agent) or 0), self.LONGEST)
        downloader = self.crawler.engine.downloader
        for name in {request.meta.get("download_slot", SLOT), SLOT}:
            own = downloader.per_slot_settings.setdefault(name, {})
            own["delay"] = max(
                asked, own.get("delay", self.crawler.settings.getfloat("DOWNLOAD_DELAY"))
            )
            if slot := downloader.slots.get(name):
                slot.delay = max(asked, slot.delay)
        if throttle := self.crawler.get_extension(AutoThrottle):
            throttle.mindelay = max(asked, throttle.mindelay)
