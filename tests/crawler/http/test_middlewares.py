"""Capture and patience, observed from the newsroom's side of the wire."""

from dataclasses import replace
from itertools import pairwise
from urllib.parse import urlsplit

import pytest

from archive.history.capture_rows import find_captures
from archive.warc.reader import read
from crawler.http.politeness import DOUBTFUL_AFTER, MOST_IN_A_ROW
from crawler.ingest.classify import classify
from newsroom import Reply


def test_gzip_and_redirect_are_captured_as_received(crawled, newsroom):
    """The body still compressed, each hop of a redirect, header order and repeats."""
    with crawled.open() as archive:
        captures = find_captures(archive.connection, "status IN (200, 301)")
    stored = [read(crawled.path, capture) for capture in captures]
    packed = [one for one in stored if one.header("Content-Encoding") == "gzip"]
    assert packed
    for one in packed[:20]:
        assert one.raw_body[:2] == b"\x1f\x8b"
        assert b"<" in one.body
    assert any(one.status == 301 and one.header("Location") for one in stored)
    repeated = [[k for k, _ in one.headers if k.lower() == b"set-cookie"] for one in stored]
    assert any(len(names) > 1 for names in repeated)


def test_what_failed_for_now_is_asked_again_and_kept(crawled, newsroom):
    """A 503 and a body cut short: both answers are in the archive, the article too."""
    errors = dict(
        crawled.rows("SELECT error, url FROM captures WHERE outcome IN ('error', 'blocked')")
    )
    assert any("503" in error for error in errors)
    assert any("shorter" in error for error in errors)
    for url in errors.values():
        [(outcomes,)] = crawled.rows(
            "SELECT group_concat(outcome) FROM (SELECT outcome FROM captures WHERE url = ?"
            " ORDER BY fetched_at)",
            url,
        )
        assert outcomes.endswith("article")


def test_crawl_delay_is_obeyed(operator, newsroom):
    newsroom._crawl_delay = 0.2
    newsroom.set_day(0)
    operator.crawl("--max-articles", "6")
    pages = [one.at for one in newsroom.requests if one.target != "/robots.txt"]
    gaps = [later - earlier for earlier, later in pairwise(pages[1:])]
    assert len(gaps) >= 5
    # Scrapy scatters its pauses by half.
    assert min(gaps) >= 0.08
    assert sum(gaps) / len(gaps) >= 0.15


def without_robots(newsroom):
    return [one for one in newsroom.requests if one.target != "/robots.txt"]


class InTurn(dict):
    """Overrides of a newsroom: one address answers with one reply after another."""

    def __init__(self, path, *replies):
        super().__init__()
        self.path, self.replies = path, list(replies)

    def __contains__(self, path):
        return path == self.path and bool(self.replies)

    def __getitem__(self, path):
        return self.replies.pop(0) if len(self.replies) > 1 else self.replies[0]


class Once(InTurn):
    def __getitem__(self, path):
        return self.replies.pop(0)


def asked_to_wait(value, status=429):
    return Reply(
        status, b"<h1>Too many</h1>", (("Content-Type", "text/html"), ("Retry-After", value))
    )


@pytest.mark.parametrize("status", [429, 503])
def test_the_whole_site_is_left_alone_for_as_long_as_it_asks(operator, newsroom, status):
    """No other page either, and then the run goes on to its end (O11)."""
    newsroom.responder.overrides = Once("/xa-hoi", asked_to_wait("3", status))
    summary = operator.crawl()
    [refused] = [
        one for one in newsroom.requests if (one.target, one.status) == ("/xa-hoi", status)
    ]
    after = [one.at - refused.at for one in newsroom.requests if one.at > refused.at]
    assert min(after) >= 3
    assert summary["waited"] >= 1
    assert summary["new"] == len(newsroom.expected())


@pytest.mark.parametrize("value", ["86400", "9" * 6000, "Fri, 31 Dec 2100 23:59:59 GMT"])
def test_a_site_that_asks_for_more_time_than_a_run_has(operator, newsroom, value):
    """The run ends at once and says so; the next one asks for nothing while the time is not over."""
    newsroom.responder.overrides = Once("/xa-hoi", asked_to_wait(value))
    done = operator.crawl(code=3)
    assert without_robots(newsroom)[-1].target == "/xa-hoi"
    assert "left alone" in done["reason"]
    newsroom.requests.clear()
    later = operator.crawl(minutes=600, code=3)
    assert not newsroom.requests
    assert "left alone until" in later["reason"]
    # For a day at most, whatever was asked.
    assert operator.crawl("--max-articles", 2, minutes=10 + 24 * 60 + 1)["fetched"] > 2


@pytest.mark.parametrize("value", ["²", "-5", "soon"])
def test_a_retry_after_that_means_nothing(operator, newsroom, value):
    newsroom.responder.overrides = Once("/xa-hoi", asked_to_wait(value, 503))
    assert operator.crawl("--max-articles", 3)["new"] == 3


def test_429_after_every_pause_ends_the_run(operator, newsroom):
    newsroom.responder.overrides = InTurn("/xa-hoi", Reply(429))
    done = operator.crawl(code=3)
    assert "429" in done["reason"]
    asked = without_robots(newsroom)
    refused = [one.target for one in asked if one.status == 429]
    assert max(map(refused.count, refused)) == 3
    assert asked[-1].status == 429
    newsroom.responder.overrides = {}
    assert operator.crawl(minutes=90)["new"] + done["new"] == len(newsroom.expected())


class Everything(dict):
    """Overrides of a newsroom: everything but robots.txt answers the same."""

    def __init__(self, reply, but=("/robots.txt",)):
        super().__init__()
        self.reply, self.but = reply, but

    def __contains__(self, path):
        return path not in self.but

    def __getitem__(self, path):
        return self.reply


@pytest.mark.parametrize("status", [500, 503])
def test_a_site_that_only_fails(crawled, newsroom, status):
    """One sentence and exit code 3 (O12); not a request for everything that is due (C6)."""
    newsroom.requests.clear()
    newsroom.responder.overrides = Everything(Reply(status, b"<h1>Error</h1>"))
    done = crawled.crawl("--full", code=3)
    assert str(status) in done["reason"]
    assert len(newsroom.requests) <= 3 * DOUBTFUL_AFTER + MOST_IN_A_ROW + 10
    assert done["gone"] == done["revised"] == 0


def test_a_site_that_goes_silent(operator, newsroom):
    operator.crawl("--max-articles", 1)
    newsroom.patience = 0.05
    newsroom.requests.clear()
    newsroom.responder.overrides = Everything(Reply(200, silent=True), but=("/robots.txt", "/"))
    done = operator.crawl("--full", code=3)
    assert "in a row" in done["reason"]
    assert len(newsroom.requests) <= 3 * DOUBTFUL_AFTER + MOST_IN_A_ROW + 10


def test_a_silent_front_page(operator, newsroom):
    """The site is unreachable, not "1 of 1 articles" (K05)."""
    newsroom.patience = 0.05
    newsroom.override("/", Reply(200, silent=True))
    done = operator.crawl(code=3)
    assert "front page" in done["reason"]


def some_article(operator):
    """The path of one article that the archive holds."""
    operator.crawl("--max-articles", 1)
    [(url,)] = operator.rows("SELECT url FROM articles")
    return urlsplit(url).path


def last_capture(operator, path):
    """The last response from *path*, on whichever host; what it was taken for, and is by itself."""
    with operator.open() as archive:
        *_, capture = find_captures(archive.connection, "captures.url LIKE ?", (f"%{path}",))
        alone = classify(capture, archive.read(capture)).kind
    [(outcome,)] = operator.rows(
        "SELECT outcome FROM captures WHERE url LIKE ? ORDER BY id DESC LIMIT 1", f"%{path}"
    )
    return outcome, alone


@pytest.mark.parametrize("how", [{"length": 5_000_000}, {"endless": True}])
def test_a_whole_page_whose_transfer_ends_badly_is_read(operator, newsroom, how):
    """The length announced is the unpacked body's, or the last chunk is missing (B7)."""
    path = some_article(operator)
    reply = newsroom.responder.answer("baodongthap.vn", path, {})
    newsroom.override(path, replace(reply, chunked=False, **how))
    newsroom.requests.clear()
    operator.crawl("--full", code=None)
    assert [one.target for one in newsroom.requests].count(path) == 1
    assert last_capture(operator, path) == ("article", "article")


@pytest.mark.parametrize("how", [{"torn": True}, {"endless": True}])
def test_a_torn_page_is_never_called_whole(operator, newsroom, how):
    """Neither in the crawl nor by a rebuild, which knows the record only."""
    path = some_article(operator)
    reply = newsroom.responder.answer("baodongthap.vn", path, {})
    body = reply.body if how.get("torn") else reply.body[: len(reply.body) * 2 // 3]
    newsroom.override(path, replace(reply, body=body, chunked=False, **how))
    operator.crawl("--full", code=None)
    assert last_capture(operator, path) == ("error", "error")
    assert operator.rows("SELECT count(*) FROM revisions WHERE number > 1") == [(0,)]
