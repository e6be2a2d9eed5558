"""The base of every spider: requests, and what the callbacks do with a captured response."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import AsyncIterator, Iterable, Iterator
from functools import cached_property
from typing import Any

import scrapy
from scrapy.http import Request, Response
from twisted.python.failure import Failure

from archive.errors import DiskFull
from archive.frontier import FrontierEntry
from archive.models import Article, Link
from crawler.http.politeness import RunEnded, no_answer
from crawler.http.robots import Forbidden
from crawler.ingest.classify import Outcome
from crawler.ingest.earlier_runs import asked_to_wait_until
from crawler.run.extension import CrawlExtension, extension_of
from crawler.settings import SLOT
from crawler.site.paper import Paper

#: Redirects in a row that are followed; the paper has had three CMS generations.
MAX_REDIRECTS = 5

#: An article is worth more than the next list: it may vanish, and --since looks at its date.
ARTICLE_PRIORITY = 10


class ArchiveSpider(scrapy.Spider, ABC):
    """A spider that saves what it fetches into the archive of the crawl."""

    @cached_property
    def extension(self) -> CrawlExtension:
        """The crawl: its archive, its counts, its pauses."""
        return extension_of(self.crawler)

    @property
    def paper(self) -> Paper:
        """The newspaper that is crawled."""
        return self.extension.paper

    @property
    def allowed_domains(self) -> list[str]:
        """The hosts that Scrapy lets requests through to."""
        return sorted(self.paper.hosts)


class SiteSpider(ArchiveSpider):
    """A spider of the paper: article pages are the same to all of them."""

    def __init__(self, **arguments: Any):
        super().__init__(**arguments)
        self.asked_for: set[str] = set()
        """Canonical addresses; Scrapy's own filter would take two spellings for two pages."""

    def ask(self, due: FrontierEntry, **facts: Any) -> Request | None:
        """The request for what the frontier wants, once in a run; for an article conditional.

        A list is asked for whole: the night is judged by what the lists name, and a 304 names
        nothing.
        """
        if due.url in self.asked_for:
            return None
        self.asked_for.add(due.url)
        headers = {}
        if due.etag and due.kind == "article":
            headers["If-None-Match"] = due.etag
        if due.last_modified and due.kind == "article":
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
                # Redirects and error statuses are facts about an article (`classify`).
                "dont_redirect": True,
                "handle_httpstatus_all": True,
            },
            **options,
        )

    async def start(self) -> AsyncIterator[Any]:
        """The first requests; none if the site asked the run before for a longer pause."""
        until = asked_to_wait_until(self.extension.writer.archive, self.paper)
        if until is not None:
            self.extension.stop(
                3,
                "wait",
                f"the site asked to be left alone until {until} (Retry-After); nothing was asked",
            )
            return
        for request in self.first_requests():
            if request is not None:
                yield request

    @abstractmethod
    def first_requests(self) -> Iterable[Request | None]:
        """The requests with which the run begins."""

    @abstractmethod
    def parse_list(self, response: Response) -> Iterator[Any]:
        """Find addresses on a list page."""

    def parse_article(self, response: Response) -> Iterator[Any]:
        """Save an article's response; the article is also a Scrapy item."""
        outcome, _ = self.extension.save_article(response)
        yield from self.results(response, outcome)

    def results(self, response: Response, outcome: Outcome) -> Iterator[Article | Request]:
        """The article on the page, or the request for the page that it leads to."""
        if outcome.article is not None:
            self.article_read(response, outcome.article)
            yield outcome.article
        elif again := self._follow(response, outcome.target):
            yield again

    def dispose(self, response: Response, outcome: Outcome) -> Iterator[Request]:
        """Save the outcome of a list that cannot be read, and follow it if it leads on."""
        self.extension.save_outcome(response, outcome)
        if again := self._follow(response, outcome.target):
            yield again
        elif response.meta["canonical"] == self.paper.home:
            self.extension.counts["unreachable_lists"] += 1

    def _follow(self, response: Response, target: str | None) -> Request | None:
        if target is None:
            return None
        meta = response.meta
        if meta["hops"] >= MAX_REDIRECTS:
            self.extension.unfetched(meta["canonical"], "redirects without end")
            return None
        return self._request(
            target, meta["canonical"], meta["kind"], meta["facts"], meta["hops"] + 1
        )

    def article_read(self, response: Response, article: Article) -> None:
        """Called for every article read."""

    def parse_failure(self, failure: Failure) -> None:
        """Keep with the address why no response came."""
        request: Request = failure.request  # type: ignore[attr-defined]
        assert failure.value is not None
        error = no_answer(failure.value)
        if isinstance(failure.value, RunEnded | DiskFull):  # nothing is known; it stays due
            return
        if isinstance(failure.value, Forbidden):
            self.extension.forbidden(request.meta["canonical"], error)
            return
        if request.url == self.paper.home:
            self.extension.counts["unreachable_lists"] += 1
        self.extension.unfetched(request.meta["canonical"], error)


def due_for(found: Link) -> FrontierEntry:
    """The frontier entry for a link that a page named."""
    return FrontierEntry(
        found.url, found.kind, address=found.address, section_slug=found.section_slug
    )
