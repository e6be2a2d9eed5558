"""The spider of `khobao backfill`: every list of the live site to its end, and linked articles."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from scrapy.http import Request, Response

from archive.frontier import FrontierEntry
from crawler.ingest.earlier_runs import lists_read
from crawler.site.urls import section_lists
from crawler.spiders.base import SiteSpider, due_for


class BackfillSpider(SiteSpider):
    """Walks the section lists page by page to the end, and fetches every article never fetched.

    It may take weeks, and be interrupted at any time: list pages that were read since the last
    backfill came to its end are not read again, and the articles they named are due until fetched.
    Articles name others ("tin liên quan"), older ones among them that no list shows any more.

    Arguments (``-a name=value``): ``section`` (one slug), ``max_articles`` (stop after these),
    ``again`` (begin at the first pages, whatever was read before).
    """

    name = "backfill"

    def __init__(
        self,
        section: str | None = None,
        max_articles: str | int | None = None,
        again: str | bool = False,
        **arguments: Any,
    ):
        super().__init__(**arguments)
        self.section = section
        self.left = int(max_articles) if max_articles else None
        self.again = again in (True, "1", "true", "yes")

    def first_requests(self) -> Iterator[Request | None]:
        """Pages that earlier runs left: articles first, then lists."""
        if not self.again:
            self.asked_for |= lists_read(self.extension.writer.archive.connection, self.paper)
        for due in self.extension.writer.due(kind="article"):
            if request := self._want(due):
                yield request
        for due in (
            FrontierEntry(self.paper.home, "list"),
            *self.extension.writer.due(kind="list", everything=True),
        ):
            if request := self._want(due):
                yield request
        for slug, url in section_lists(
            self.paper
        ):  # lists that were seen on some day, linked or not
            if request := self._want(FrontierEntry(url, "list", section_slug=slug), guessed=True):
                yield request

    def parse_list(self, response: Response) -> Iterator[Any]:
        """Requests for the articles never fetched, and for every list not yet read."""
        outcome, found = self.extension.read_list(response)
        if outcome.kind != "list":
            if response.meta["facts"].get("guessed"):  # nobody said that it is there
                self.extension.writer.record_only(response.meta["capture"])
                return
            yield from self.dispose(response, outcome)
            return
        fresh = self.extension.save_list(response, found)
        for one in found:
            if (one.kind == "list" or one.url in fresh) and (wanted := self._want(due_for(one))):
                yield wanted

    def parse_article(self, response: Response) -> Iterator[Any]:
        """The article, and the articles it leads to."""
        outcome, fresh = self.extension.save_article(response, follow=True)
        yield from self.results(response, outcome)
        for one in fresh:
            if request := self._want(due_for(one)):
                yield request

    def _want(self, due: FrontierEntry, **facts: Any) -> Request | None:
        """The request for *due*, if it is wanted, new in this run, and within the number asked."""
        if self.section and due.section_slug not in (None, self.section):
            return None
        if due.kind == "article":
            if self.left == 0:
                return None
            request = self.ask(due)
            if request is not None and self.left is not None:
                self.left -= 1
            return request
        # Without ETag: a list that has not changed since a crawl must still be read.
        return self.ask(FrontierEntry(due.url, due.kind, due.address, due.section_slug), **facts)
