"""What all spiders of the paper share: each address once, conditionally, and not round and round."""

import asyncio
from collections import Counter
from types import SimpleNamespace

import pytest
from scrapy.http import Response
from twisted.python.failure import Failure

from archive.errors import DiskFull
from archive.frontier import FrontierEntry
from archive.models import Article, Link
from crawler.http.politeness import RunEnded
from crawler.http.robots import Forbidden
from crawler.ingest.classify import Outcome
from crawler.site.paper import DONGTHAP
from crawler.spiders import base
from crawler.spiders.base import MAX_REDIRECTS, SiteSpider, due_for

ARTICLE = "https://baodongthap.vn/xa-hoi/cho-noi-cai-be-vao-mua-nuoc-noi-71001.aspx"
LIST = "https://baodongthap.vn/xa-hoi"


@pytest.fixture(autouse=True)
def _pause_of_the_archive(monkeypatch):
    """Until when the site asked to be left alone, as the stand-in's archive says."""
    monkeypatch.setattr(base, "asked_to_wait_until", lambda archive, paper: archive.until)


class Spider(SiteSpider):
    """The smallest spider: the front page and one list."""

    name = "smallest"

    def first_requests(self):
        yield self.ask(FrontierEntry(DONGTHAP.home, "list"))
        yield self.ask(FrontierEntry(LIST, "list"))
        yield self.ask(FrontierEntry(LIST, "list"))

    def parse_list(self, response):
        yield from ()


class Told:
    """Notes what the spider tells the crawl."""

    paper = DONGTHAP

    def __init__(self, until=None):
        self.counts = Counter()
        self.said = []
        self.writer = SimpleNamespace(archive=SimpleNamespace(until=until))

    def unfetched(self, canonical, error):
        self.said.append(("unfetched", canonical, error))

    def forbidden(self, canonical, error):
        self.said.append(("forbidden", canonical))

    def stop(self, code, kind, reason):
        self.said.append(("stop", code, reason))

    def save_outcome(self, response, outcome):
        self.said.append(("saved", outcome.kind))


@pytest.fixture
def spider():
    made = Spider()
    made.extension = Told()
    return made


def first(spider):
    async def collect():
        return [request async for request in spider.start()]

    return asyncio.run(collect())


def test_an_address_is_asked_for_once_in_a_run(spider):
    assert [request.url for request in first(spider)] == [DONGTHAP.home, LIST]


def test_a_site_that_asked_for_a_pause_is_not_asked_at_all(spider):
    spider.extension = Told(until="2026-12-02T00:00:00Z")
    assert first(spider) == []
    [(what, code, reason)] = spider.extension.said
    assert (what, code) == ("stop", 3)
    assert "2026-12-02" in reason


def test_what_the_server_said_of_a_page_makes_the_next_request_conditional(spider):
    due = FrontierEntry(
        ARTICLE, "article", etag='"1"', last_modified="Mon, 30 Nov 2026 00:00:00 GMT"
    )
    request = spider.ask(due)
    assert request.headers["If-None-Match"] == b'"1"'
    assert request.headers["If-Modified-Since"] == b"Mon, 30 Nov 2026 00:00:00 GMT"
    plain = spider.ask(FrontierEntry(LIST, "list"))
    assert not {b"If-None-Match", b"If-Modified-Since"} & plain.headers.keys()


def test_an_article_goes_before_lists_and_all_wait_in_one_queue(spider):
    article = spider.ask(FrontierEntry(ARTICLE, "article", address=f"{ARTICLE}?x=1"))
    other = spider.ask(FrontierEntry(LIST, "list"))
    assert article.priority > other.priority
    assert article.meta["download_slot"] == other.meta["download_slot"]
    assert (article.url, article.meta["canonical"]) == (f"{ARTICLE}?x=1", ARTICLE)
    assert (article.callback, other.callback) == (spider.parse_article, spider.parse_list)


def test_redirects_are_followed_so_often_and_no_further(spider):
    request, hops = spider.ask(FrontierEntry(ARTICLE, "article")), 0
    while True:
        response = Response(request.url, status=301, request=request)
        following = list(
            spider.results(response, Outcome("moved", ARTICLE, target=f"{ARTICLE}?{hops}"))
        )
        if not following:
            break
        [request], hops = following, hops + 1
        assert request.meta["canonical"] == ARTICLE
    assert hops == MAX_REDIRECTS
    assert spider.extension.said == [("unfetched", ARTICLE, "redirects without end")]


def test_an_article_is_an_item_of_scrapys(spider):
    read = Article("Chợ nổi", key="dto:71001")
    response = Response(ARTICLE, request=spider.ask(FrontierEntry(ARTICLE, "article")))
    assert list(spider.results(response, Outcome("article", ARTICLE, article=read))) == [read]


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (RunEnded(), []),
        (DiskFull("full"), []),
        (Forbidden("robots.txt forbids it"), [("forbidden", DONGTHAP.home)]),
        (OSError("closed"), [("unfetched", DONGTHAP.home)]),
    ],
    ids=["the run ended", "disk full", "forbidden", "no answer"],
)
def test_why_there_is_no_response(spider, error, said):
    """After the end of a run nothing is known of an address: it stays due."""
    failure = Failure(error)
    failure.request = spider.ask(FrontierEntry(DONGTHAP.home, "list"))
    spider.parse_failure(failure)
    assert [one[:2] for one in spider.extension.said] == said
    no_answer = any(what == "unfetched" for what, _ in said)
    assert spider.extension.counts["unreachable_lists"] == no_answer


def test_a_front_page_that_cannot_be_read_is_an_unreachable_list(spider):
    for address, unreachable in ((LIST, 0), (DONGTHAP.home, 1)):
        response = Response(address, request=spider.ask(FrontierEntry(address, "list")))
        assert list(spider.dispose(response, Outcome("error", address))) == []
        assert spider.extension.counts["unreachable_lists"] == unreachable
    assert spider.extension.said == [("saved", "error")] * 2


def test_a_link_becomes_an_entry_with_its_section():
    link = Link(ARTICLE, "article", address=f"{ARTICLE}?x", section_slug="xa-hoi")
    due = due_for(link)
    assert (due.url, due.address, due.kind, due.section_slug) == (
        ARTICLE,
        f"{ARTICLE}?x",
        "article",
        "xa-hoi",
    )
