"""robots.txt, obeyed as RFC 9309 has it.

Scrapy's own middleware allows everything if robots.txt cannot be fetched, and of several requests
that wait for it only the first is checked (Scrapy 2.19: each waiter passes None to the next).
"""

from __future__ import annotations

import asyncio
import logging
import math
from typing import Self

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware
from scrapy.exceptions import IgnoreRequest
from scrapy.extensions.throttle import AutoThrottle
from scrapy.http import Request, Response
from scrapy.http.request import NO_CALLBACK
from scrapy.robotstxt import RobotParser
from scrapy.utils.httpobj import urlparse_cached
from scrapy.utils.misc import build_from_crawler

from crawler.http.politeness import RunEnded, no_answer
from crawler.run.extension import extension_of
from crawler.settings import SLOT
from crawler.site.urls import section_lists

logger = logging.getLogger(__name__)

#: The longest pause between two pages that robots.txt is given, in seconds.
LONGEST_CRAWL_DELAY = 60.0

#: Bytes of a robots.txt that are read: RFC 9309 asks for at least so many.
MOST_BYTES = 500 * 1024


class Forbidden(IgnoreRequest):
    """robots.txt says that this address is not to be fetched."""


class _Unreachable(RobotParser):
    """Stands for a robots.txt that cannot be fetched for now: nothing is allowed."""

    def __init__(self, why: str):
        self.why = why

    @classmethod
    def from_crawler(cls, crawler: Crawler, robotstxt_body: bytes) -> _Unreachable:
        return cls(robotstxt_body.decode())

    def allowed(self, url: str | bytes, user_agent: str | bytes) -> bool:
        return False


class Robots(RobotsTxtMiddleware):
    """Asks for each host's robots.txt once, and lets nothing pass before it has come.

    If the site's own host forbids everything, or if its robots.txt cannot be fetched for now (429,
    5xx, no answer), the run ends before another request. A robots.txt that does not exist (4xx, a
    redirect without end) forbids nothing.
    """

    def __init__(self, crawler: Crawler):
        super().__init__(crawler)
        self._asked: dict[str, asyncio.Future[RobotParser | None]] = {}

    def process_request_2(self, rp: RobotParser | None, request: Request) -> None:
        """Let *request* pass; raises Forbidden, or RunEnded if the run ends for it."""
        if rp is None or rp.allowed(request.url, str(self._robotstxt_useragent)):
            return
        extension = extension_of(self.crawler)
        host = urlparse_cached(request).hostname
        if isinstance(rp, _Unreachable):
            if host == extension.paper.host:
                extension.stop(
                    3,
                    "robots",
                    f"the site's robots.txt cannot be fetched ({rp.why}), so that nothing may be"
                    " fetched for now; the next run tries again",
                )
                raise RunEnded
            raise Forbidden(f"the robots.txt of {host} cannot be fetched ({rp.why})")
        self._stats.inc_value("robotstxt/forbidden")
        agent = str(self._robotstxt_useragent)
        paper = extension.paper
        # Where a crawl begins: if robots.txt forbids all of these, it forbids the crawl.
        entrances = (paper.home, *(url for _, url in section_lists(paper)))
        if host == paper.host and not any(rp.allowed(url, agent) for url in entrances):
            extension.stop(
                3,
                "robots",
                f"robots.txt of {host} forbids the front page and every list to {agent!r};"
                " nothing else was fetched",
            )
            raise RunEnded
        raise Forbidden("robots.txt forbids it")

    async def robot_parser(self, request: Request) -> RobotParser | None:
        """The robots.txt of the host of *request*, parsed; None if there is none."""
        netloc = urlparse_cached(request).netloc
        if netloc not in self._asked:
            self._asked[netloc] = asyncio.ensure_future(self._fetch(request))
        return await asyncio.shield(self._asked[netloc])

    async def _fetch(self, request: Request) -> RobotParser | None:
        url = urlparse_cached(request)
        robots = Request(
            f"{url.scheme}://{url.netloc}/robots.txt",
            priority=self.DOWNLOAD_PRIORITY,
            meta={"dont_obey_robotstxt": True, "download_slot": SLOT},
            callback=NO_CALLBACK,
        )
        engine = self.crawler.engine
        assert engine is not None
        self._stats.inc_value("robotstxt/request_count")
        try:
            response = await engine.download_async(robots)
        except RunEnded:
            raise
        except IgnoreRequest:  # redirects without end, or to another site
            return None
        except Exception as error:  # noqa: BLE001 (no answer has many names)
            return _Unreachable(no_answer(error))
        return await self._read(response, request)

    async def _read(self, response: Response, request: Request) -> RobotParser | None:
        self._stats.inc_value(f"robotstxt/response_status_count/{response.status}")
        if response.status == 429 or response.status >= 500:
            return _Unreachable(f"status {response.status}")
        if response.status >= 300:
            return None
        parser: RobotParser = build_from_crawler(
            self._parserimpl, self.crawler, response.body[:MOST_BYTES]
        )
        await self.crawler.signals.send_catch_log_async(
            signal=signals.robots_parsed, robotparser=parser, request=request
        )
        return parser


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
        """Raise the pause of the site's download slot to the stated delay."""
        agent = self.crawler.settings["ROBOTSTXT_USER_AGENT"]
        asked = stated_delay(robotparser, agent)
        politeness = extension_of(self.crawler).politeness
        politeness.delay = max(asked, politeness.delay)
        politeness.exchange_ended()  # robots.txt came before it could say so
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

    A value that is not a number of seconds (``nan``, ``-1``) counts as 0.
    """
    stated = float(robotparser.crawl_delay(agent) or 0)
    asked = 0.0 if math.isnan(stated) else max(0.0, min(stated, LONGEST_CRAWL_DELAY))
    if asked != stated:
        logger.info("robots.txt: Crawl-delay %s is taken as %g seconds", stated, asked)
    return asked
