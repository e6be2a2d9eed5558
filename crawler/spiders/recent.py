"""The spider of `khobao crawl`: new and changed pages since last time."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterator
from typing import Any, Self

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.exceptions import DontCloseSpider
from scrapy.http import Request, Response

from archive.frontier import FrontierEntry
from archive.models import Article, Link
from crawler.site.urls import read_address, section_lists
from crawler.spiders.base import SiteSpider, due_for

#: Re-checks that are requested at a time: an archive may know 100,000 articles.
_PORTION = 100


class RecentSpider(SiteSpider):
    """Reads the front page and the section lists until they name nothing new.

    Arguments (``-a name=value``): ``since`` (a day; older listings are left alone), ``section``
    (slugs, parted by commas), ``max_articles`` (stop after these), ``full`` (every list to its
    end, and every known article again).
    """

    name = "recent"

    def __init__(
        self,
        since: str | None = None,
        section: str | None = None,
        max_articles: str | int | None = None,
        full: str | bool = False,
        **arguments: Any,
    ):
        super().__init__(**arguments)
        self.since = since
        self.sections = frozenset(filter(None, (section or "").split(",")))
        self.max_articles = int(max_articles) if max_articles else None
        self.full = full in (True, "1", "true", "yes")
        self.asked = 0
        self.enough = False
        self.known: deque[FrontierEntry] = deque()
        """Articles fetched before that are due for a re-check."""
        # The newest stamp among the articles that each list page led to (see `_is_old`).
        self.newest: defaultdict[str, str] = defaultdict(str)

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **arguments: Any) -> Self:
        """Take the configured sections; re-check articles when nothing new is left to fetch."""
        spider = super().from_crawler(crawler, *args, **arguments)
        spider.sections = spider.sections or frozenset(crawler.settings.getlist("KHOBAO_SECTIONS"))
        crawler.signals.connect(spider.recheck, signal=signals.spider_idle)
        return spider

    def first_requests(self) -> Iterator[Request | None]:
        """The front page, the lists that bring news, and articles that were listed before."""
        yield self.ask(FrontierEntry(self.paper.home, "list"))
        for due in self.extension.writer.due(kind="list", everything=self.full):
            if self._wanted(due):
                yield self.ask(due)
        articles = self.extension.writer.due(kind="article", everything=self.full)
        self.known.extend(due for due in articles if due.fetched_at and self._wanted(due))
        for due in articles:
            if not due.fetched_at and self._wanted(due):
                yield self._ask_article(due)

    def recheck(self) -> None:
        """Request the next known articles that are due; raises DontCloseSpider if there are any.

        They come last: --max-articles is for new articles first.
        """
        engine = self.crawler.engine
        assert engine is not None
        requested = 0
        while self.known and requested < _PORTION and not self.enough:
            if request := self._ask_article(self.known.popleft()):
                engine.crawl(request)
                requested += 1
        if requested:
            raise DontCloseSpider

    def parse_list(self, response: Response) -> Iterator[Any]:
        """Requests for the articles that are new, and for the next page while there are any."""
        outcome, named = self.extension.read_list(response)
        if outcome.kind != "list":
            yield from self.dispose(response, outcome)
            return
        found = [f for f in named if self._wanted(f)]
        articles = [f for f in found if f.kind == "article" and not self._too_old(f)]
        lists = [f for f in found if f.kind == "list"]
        if (
            response.url == self.paper.home and not lists
        ):  # a front page drawn by scripts names nothing
            lists = [
                Link(url, "list", section_slug=slug) for slug, url in section_lists(self.paper)
            ]
        fresh = self.extension.save_list(response, articles + lists)
        news = [f for f in articles if f.url in fresh]
        for one in news:
            yield self._ask_article(due_for(one), listed_by=response.url)
        if self._is_old(response, found) or self.enough:
            return
        following = [
            f
            for f in lists
            if f.url in fresh or self.full or (news and self._is_next(response.url, f))
        ]
        self.extension.writer.ask_again([f.url for f in following])
        for one in following:
            yield self.ask(due_for(one), listed_by=response.url)

    def article_read(self, response: Response, article: Article) -> None:
        """Remember how recent the articles of each list page are."""
        if listed_by := response.meta["facts"].get("listed_by"):
            self.newest[listed_by] = max(self.newest[listed_by], article.updated_at or "")

    def _is_old(self, response: Response, found: list[Link]) -> bool:
        """Whether everything on this list, or all that the one before led to, is before `since`.

        Lists of one generation print days, those of the others do not; there the articles of the
        page before have been read by now, since articles go first.
        """
        if self.since is None:
            return False
        days = [f.listed_on for f in found if f.kind == "article"]
        if days and all(day is not None and day < self.since for day in days):
            return True
        before = self.newest.get(response.meta["facts"].get("listed_by", ""), "")
        return read_address(response.url, self.paper).page > 1 and "" < before[:10] < self.since

    def _too_old(self, found: Link) -> bool:
        return bool(self.since and found.listed_on and found.listed_on < self.since)

    def _wanted(self, one: Link | FrontierEntry) -> bool:
        if not self.sections or (one.kind == "article" and one.section_slug is None):
            return True
        return one.section_slug in self.sections

    def _ask_article(self, due: FrontierEntry, **facts: Any) -> Request | None:
        """The request for an article, once in a run, unless --max-articles is reached."""
        if self.max_articles is not None and self.asked >= self.max_articles:
            self.enough = True
            return None
        request = self.ask(due, **facts)
        self.asked += request is not None
        return request

    def _is_next(self, url: str, candidate: Link) -> bool:
        """Whether *candidate* is the page after the one at *url* in the same list."""
        here, there = (read_address(each, self.paper) for each in (url, candidate.url))
        return (there.section_slug, there.page) == (here.section_slug, here.page + 1)
