"""The download handler: where a request really goes.

Throughout Scrapy a request carries the site's own address, so that robots.txt, the off-site rule,
redirects and the records all speak of the paper. Only here, at the socket, a mirror may stand in.
"""

from __future__ import annotations

import asyncio
import ipaddress
from typing import Any, Self
from urllib.parse import urlsplit, urlunsplit

from scrapy import Request
from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.resolver import CachingThreadedResolver
from scrapy.utils.httpobj import urlparse_cached
from twisted.internet.defer import Deferred
from twisted.internet.error import DNSLookupError

from crawler.http.politeness import BUSY, asked_to_wait
from crawler.ingest.papers import paper_of_run
from crawler.run.extension import CrawlExtension
from crawler.site.paper import DONGTHAP, Paper


class SiteDownloadHandler(HTTP11DownloadHandler):
    """HTTP/1.1, from the site or, with ``KHOBAO_BASE_URL``, from a mirror of it."""

    def __init__(self, crawler: Crawler):
        super().__init__(crawler)
        settings = crawler.settings
        # Scrapy asks for the next page while the last one's connection is still being handed back,
        # and keeps only one: so every other page was a new connection to the paper's server, and
        # cost a quarter more to fetch (benchmarks/crawl.py, November 2026).
        self._pool.maxPersistentPerHost = settings.getint("CONCURRENT_REQUESTS")
        # Twisted would repeat a request on a broken connection at once, before anybody may wait.
        self._pool.retryAutomatically = False
        self.mirror = Mirror(settings["KHOBAO_BASE_URL"], paper_of_run(settings))
        # Scrapy 2.19 counts a request as under way one turn of the loop after it chose it, so that
        # without a delay all that wait are sent at once.
        self._at_once = asyncio.Semaphore(settings.getint("CONCURRENT_REQUESTS_PER_DOMAIN"))
        self._pause = settings.getfloat("KHOBAO_RETRY_PAUSE")
        self.extension: CrawlExtension | None = crawler.get_extension(CrawlExtension)

    async def download_request(self, request: Request) -> Response:
        """Fetch *request* when its turn has come; the site is left alone after a busy answer.

        The place to wait, since everything that is sent comes past here, robots.txt too; and
        the place to see the answer, since the next request is sent before any middleware sees it.
        """
        if self.extension is None or request.meta.get("from_archive"):
            return await self._fetch(request)
        async with self._at_once:
            await self.extension.politeness.turn()
            try:
                response = await self._fetch(request)
            finally:
                self.extension.politeness.exchange_ended()
            if response.status in BUSY:
                pause = max(asked_to_wait(response) or 0.0, self._pause)
                self.extension.politeness.leave_alone(pause)
        return response

    async def _fetch(self, request: Request) -> Response:
        """The response to *request*, which carries the site's own address either way."""
        if not self.mirror:
            return await super().download_request(request)
        request.headers["Host"] = urlparse_cached(request).netloc
        there = request.replace(url=self.mirror.there(request.url))
        response = await super().download_request(there)
        request.meta.update(there.meta)  # the latency, for AutoThrottle
        if location := response.headers.get("Location"):
            response.headers["Location"] = self.mirror.back(location.decode("latin-1"))
        return response.replace(url=request.url)


class Mirror:
    """A base URL from which every address of the site's hosts is fetched."""

    def __init__(self, base_url: str, paper: Paper = DONGTHAP):
        self.paper = paper
        self.base_url = base_url.rstrip("/")

    def __bool__(self) -> bool:
        return bool(self.base_url)

    def there(self, url: str) -> str:
        """The mirror's address for the site's *url*; other hosts are left alone."""
        parts = urlsplit(url)
        if parts.hostname not in self.paper.hosts:
            return url
        base = urlsplit(self.base_url)
        path = base.path + (parts.path or "/")
        return urlunsplit((base.scheme, base.netloc, path, parts.query, ""))

    def back(self, url: str) -> str:
        """The site's address for the mirror's *url*, as a redirect may name it."""
        if self.base_url and url.startswith(self.base_url):
            return self.paper.home.rstrip("/") + (url[len(self.base_url) :] or "/")
        return url


class PublicResolver(CachingThreadedResolver):
    """Resolves names as Scrapy does, but refuses a private address for one of the site's hosts.

    Checked on the address that will be connected to, not on the text of the URL.
    """

    hosts: tuple[str, ...] = DONGTHAP.hosts

    @classmethod
    def from_crawler(cls, crawler: Crawler, reactor: Any) -> Self:
        """The resolver of a run, which knows the hosts of its paper."""
        resolver = super().from_crawler(crawler, reactor)
        resolver.hosts = paper_of_run(crawler.settings).hosts
        return resolver

    def getHostByName(self, name: str, timeout: Any = ()) -> Deferred[str]:
        """Resolve *name*; fails with DNSLookupError if it leads inside the operator's network."""
        resolved: Deferred[str] = super().getHostByName(name, timeout)
        if name in self.hosts:
            resolved.addCallback(lambda address: _public(name, address))
        return resolved


def _public(name: str, address: str) -> str:
    if not ipaddress.ip_address(address).is_global:
        raise DNSLookupError(f"{name} resolves to {address}, which is not a public address")
    return address
