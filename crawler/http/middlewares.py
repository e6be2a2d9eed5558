"""Downloader middlewares: capture before anything else sees a response; retry with patience."""

from __future__ import annotations

import asyncio
import logging
import math
import random
from collections.abc import Coroutine
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

from archive.warc import encoding
from crawler.http.politeness import BUSY, asked_to_wait
from crawler.http.retry_after import in_words
from crawler.ingest.desk import Desk
from crawler.settings import SLOT
from crawler.site.responses import is_whole

logger = logging.getLogger(__name__)

#: The longest pause between two pages that robots.txt is given.
LONGEST_CRAWL_DELAY = 60.0


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

    A 429 or 503 is the whole site's: nothing is sent to it until the pause is over. Where the
    server asks for more time than a run has, or says 429 after every pause, the run ends.
    """

    def __init__(self, crawler: Crawler):
        super().__init__(crawler.settings)
        self.crawler = crawler
        self.pause = crawler.settings.getfloat("KHOBAO_RETRY_PAUSE")
        self.longest = crawler.settings.getfloat("KHOBAO_RETRY_PAUSE_MAX")
        desk: Desk | None = crawler.get_extension(Desk)
        assert desk is not None
        self.desk = desk

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
        elif "dataloss" in response.flags and not is_whole(unpacked(response)):
            reason = "body cut short"
        else:
            return response
        asked = asked_to_wait(response)
        if asked is not None and asked > self.longest and response.status in BUSY:
            self.desk.stop(
                3,
                f"the site answers with status {response.status} and asks to be left alone"
                f" ({in_words(asked)}); the run ended there, the next one goes on",
            )
            return response
        return self._ask_again(request, response, reason, asked)

    async def _ask_again(
        self, request: Request, response: Response, reason: str, asked: float | None
    ) -> Request | Response:
        again = None if self.desk.politeness.doubtful else self._retry(request, reason)
        if again is None:
            if response.status == 429 and request.callback is not NO_CALLBACK:
                self.desk.stop(
                    3,
                    "the site answers with status 429 (too many requests), also after a pause;"
                    " the run ended there, the next one goes on",
                )
            return response
        if request.callback is not NO_CALLBACK:  # of robots.txt `Capture` has said it already
            self.desk.aside(request.meta["capture"])
        pause = self._pause_before(again, asked)
        if response.status in BUSY:
            self.desk.counts["waited"] += 1
            self.desk.politeness.leave_alone(pause)
        else:
            await asyncio.sleep(pause)
        return again

    async def process_exception(  # type: ignore[override]
        self, request: Request, exception: Exception
    ) -> Request | None:
        """Ask again after a failed connection."""
        if request.meta.get("dont_retry") or not isinstance(exception, self.exceptions_to_retry):
            return None
        if self.desk.politeness.doubtful or self.desk.stopped:
            return None
        again = self._retry(request, global_object_name(exception.__class__))
        if again is not None:
            await asyncio.sleep(self._pause_before(again, None))
        return again

    def _pause_before(self, again: Request, asked: float | None) -> float:
        """Seconds to wait: the doubled pause, or longer if asked to; a little scattered."""
        pause: float = min(self.pause * 2 ** (again.meta["retry_times"] - 1), self.longest)
        return max(pause, asked or 0.0) * random.uniform(1.0, 1.2)


def unpacked(response: Response) -> bytes:
    """The body as it was before it was compressed for the way."""
    encodings = b",".join(response.headers.getlist("Content-Encoding")).decode("latin-1")
    return encoding.decode(response.body, encodings.split(",")).body if encodings else response.body


class CrawlDelay:
    """Obeys the ``Crawl-delay`` of robots.txt, which Scrapy only parses.

    It only ever slows a crawl down, and never below one page a minute: a delay of an hour is a
    typing error or a refusal, and a refusal is written ``Disallow``.
    """

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
        asked = stated_delay(robotparser, agent)
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


def stated_delay(robotparser: RobotParser, agent: str) -> float:
    """The seconds between two pages that robots.txt asks of *agent*, as far as they are obeyed.

    What is no number of seconds (``nan``, ``-1``) is passed over.
    """
    stated = float(robotparser.crawl_delay(agent) or 0)
    asked = 0.0 if math.isnan(stated) else max(0.0, min(stated, LONGEST_CRAWL_DELAY))
    if asked != stated:
        logger.info("robots.txt: Crawl-delay %s is taken as %g seconds", stated, asked)
    return asked
