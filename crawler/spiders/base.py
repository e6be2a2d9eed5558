"""What every spider of the site does with a response once it is captured."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import AsyncIterator, Iterator
from functools import cached_property
from typing import Any

import scrapy
from scrapy.http import Request, Response
from twisted.python.failure import Failure

from archive.frontier import Due
from archive.models import Article, Found
from crawler.http.politeness import RunEnded, no_answer
from crawler.http.robots import Forbidden
from crawler.ingest.classify import Outcome
from crawler.ingest.desk import Desk
from crawler.ingest.writer import Received
from crawler.settings import SLOT
from crawler.site.urls import HOME, HOSTS

#: An article is forwarded at most so often; the paper has had three CMS generations.
MAX_REDIRECTS = 5

#: An article is worth more than the next list: it may vanish, and --since looks at its date.
ARTICLE_PRIORITY = 10


class DeskSpider(scrapy.Spider, ABC):
    """A spider that hands in at the desk what it fetches, from whichever server."""

    allowed_domains = sorted(HOSTS)

    @cached_property
    def desk(self) -> Desk:
        """Where what is fetched is handed in."""
        desk: Desk | None = self.crawler.get_extension(Desk)
        assert desk is not None
        return desk


class SiteSpider(DeskSpider):
    """A spider of the paper: article pages are the same to all of them."""

    def __init__(self, **arguments: Any):
        super().__init__(**arguments)
        self.asked_for: set[str] = set()
        """Canonical addresses; Scrapy's own filter would take two spellings for two pages."""

    def ask(self, due: Due, **facts: Any) -> Request | None:
        """The request for what the frontier wants, once in a run; conditional where possible."""
        if due.url in self.asked_for:
            return None
        self.asked_for.add(due.url)
        headers = {}
        if due.etag:
            headers["If-None-Match"] = due.etag
        if due.last_modified:
            headers["If-Modified-Since"] = due.last_modified
        return self._request(due.address or due.url, due.url, due.kind, facts, headers=headers)

    def _request(
        self,
        address: str,
        canonical: str,
        kind: str,
        facts: dict[str, Any],
        hops: int = 0,
        **options: Any,
    ) -> Request:
        article = kind == "article"
        return Request(
            address,
            callback=self.parse_article if article else self.parse_list,
            errback=self.parse_failure,
            priority=ARTICLE_PRIORITY if article else 0,
            meta={
                "canonical": canonical,
                "kind": kind,
                "facts": facts,
                "hops": hops,
                "download_slot": SLOT,
                # Redirects and error statuses are facts about an article, not noise (verdict).
                "dont_redirect": True,
                "handle_httpstatus_all": True,
            },
            **options,
        )

    async def start(self) -> AsyncIterator[Any]:
        """What is due, unless the site asked to be left alone for longer."""
        if await self.desk.asked_to_wait():
            return
        async for request in self.first_requests():
            yield request

    @abstractmethod
    def first_requests(self) -> AsyncIterator[Request | None]:
        """What the run begins with."""

    @abstractmethod
    def parse_list(self, response: Response) -> AsyncIterator[Any]:
        """Find addresses on a list page."""

    async def parse_article(self, response: Response) -> AsyncIterator[Any]:
        """Have an article's response kept; an article is also an item, where items are taken."""
        received = await self.desk.receive(response)
        for result in self.results(response, received):
            yield result

    def results(self, response: Response, received: Received) -> Iterator[Article | Request]:
        """What Scrapy is given of an article's page: the article, or where the page leads."""
        if received.kind == "article":
            self.article_read(response, received)
            if received.article is not None:
                yield received.article
        elif again := self._follow(response, received.target):
            yield again

    async def dispose(self, response: Response, outcome: Outcome) -> AsyncIterator[Request]:
        """Keep the outcome of a list that cannot be read, and follow it if it leads on."""
        await self.desk.take(response, outcome)
        if again := self._follow(response, outcome.target):
            yield again
        elif response.meta["canonical"] == HOME:
            self.crawler.stats.inc_value("khobao/unreachable_lists")

    def _follow(self, response: Response, target: str | None) -> Request | None:
        if target is None:
            return None
        meta = response.meta
        if meta["hops"] >= MAX_REDIRECTS:
            self.desk.unfetched(meta["canonical"], "redirects without end")
            return None
        return self._request(
            target, meta["canonical"], meta["kind"], meta["facts"], meta["hops"] + 1
        )

    def article_read(self, response: Response, received: Received) -> None:
        """Called for every article read."""

    async def parse_failure(self, failure: Failure) -> None:
        """No response at all: the reason is kept with the address."""
        request: Request = failure.request  # type: ignore[attr-defined]
        assert failure.value is not None
        error = no_answer(failure.value)
        if isinstance(failure.value, RunEnded):  # it was not asked for, and stays due
            return
        if isinstance(failure.value, Forbidden):
            self.desk.forbidden(request.meta["canonical"], error)
            return
        if request.url == HOME:
            self.crawler.stats.inc_value("khobao/unreachable_lists")
        self.desk.unfetched(request.meta["canonical"], error)


def due_for(found: Found) -> Due:
    """What to ask for where a page named *found*."""
    return Due(found.url, found.kind, address=found.address, section_slug=found.section_slug)
