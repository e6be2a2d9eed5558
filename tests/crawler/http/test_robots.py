"""robots.txt is obeyed, whatever becomes of it (RFC 9309)."""

import asyncio
import os
import subprocess
import sys
from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace

import pytest
from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.http import Request, Response
from scrapy.robotstxt import ProtegoRobotParser
from scrapy.settings import Settings
from scrapy.statscollectors import MemoryStatsCollector

from crawler import settings
from crawler.http.politeness import Politeness, RunEnded
from crawler.http.robots import CrawlDelay, Forbidden, Robots, _Unreachable, stated_delay
from crawler.site.paper import DONGTHAP
from crawler.spiders.recent import RecentSpider
from newsroom import Reply

TEXT = (("Content-Type", "text/plain"),)


def targets(newsroom):
    return {one.target for one in newsroom.requests}


def test_disallow_everything(crawled, newsroom):
    """Of four requests that wait for robots.txt none passes, and the sentence names it (O10)."""
    before = crawled.rows("SELECT url, state, due_at FROM frontier ORDER BY url")
    newsroom.requests.clear()
    newsroom.override("/robots.txt", Reply(200, b"User-agent: *\nDisallow: /\n", TEXT))
    done = crawled.crawl("--full", code=3)
    assert targets(newsroom) == {"/robots.txt"}
    assert "robots.txt" in done["reason"]
    assert done["failed"] == 0
    # Nothing was asked, so nothing is known to have failed.
    assert crawled.rows("SELECT url, state, due_at FROM frontier ORDER BY url") == before


@pytest.mark.parametrize("status", [429, 500])
def test_a_robots_txt_that_cannot_be_fetched_for_now(operator, newsroom, status):
    """Complete disallow, one sentence, no traceback (O12, K01)."""
    newsroom.override("/robots.txt", Reply(status, b"<h1>Error</h1>"))
    done = operator.crawl(code=3)
    assert targets(newsroom) == {"/robots.txt"}
    assert f"robots.txt cannot be fetched (status {status})" in done["reason"]
    newsroom.override("/robots.txt", None)
    assert operator.crawl("--max-articles", 2, minutes=20)["new"] == 2


@pytest.mark.parametrize("patience", [0.0, 20.0])
def test_a_robots_txt_that_is_closed_or_hangs(operator, newsroom, patience):
    """Not taken for a permission (B5)."""
    newsroom.patience = patience
    newsroom.override("/robots.txt", Reply(200, silent=True))
    done = operator.khobao(
        *("crawl", "-a", operator.path, "--base-url", newsroom.base_url),
        *("--delay", 0, "--timeout", 1),
        code=3,
        **operator.clock(),
    )
    assert targets(newsroom) == {"/robots.txt"}
    assert "robots.txt cannot be fetched" in done.stdout.replace("\n", " ")
    assert done.stderr == ""


@pytest.mark.parametrize(
    "reply",
    [
        Reply(404, b"<h1>Not found</h1>"),
        Reply(403),
        Reply(301, b"", (("Location", "https://baodongthap.vn/robots.txt"),)),
        Reply(200, b"\xff\xfe\x00<html>Just a page</html>" * 40_000, TEXT),
    ],
    ids=["404", "403", "redirects without end", "a page"],
)
def test_a_robots_txt_that_is_not_there_forbids_nothing(operator, newsroom, reply):
    newsroom.override("/robots.txt", reply)
    assert operator.crawl("--max-articles", 2)["new"] == 2


def test_some_addresses_are_forbidden(operator, newsroom):
    """They are passed over and counted; the rest is fetched, and the run is a good one."""
    rules = b"User-agent: *\nDisallow: /xa-hoi\nDisallow: /newslist\n"
    newsroom.override("/robots.txt", Reply(200, rules, TEXT))
    done = operator.crawl()
    assert done["new"] > 20
    assert done["forbidden"] > 0
    assert done["failed"] == 0
    assert not [path for path in targets(newsroom) if path.startswith(("/xa-hoi", "/newslist"))]


@pytest.mark.parametrize(
    ("stated", "obeyed"),
    [("nan", 0), ("-5", 0), ("x", 0), ("inf", 0), ("1e400", 0), ("99999999999999999999", 60)],
)
def test_an_absurd_crawl_delay(stated, obeyed):
    """What is no pause is skipped; no pause is longer than a minute."""
    assert stated_delay(parser(f"User-agent: *\nCrawl-delay: {stated}\n"), "khobao") == obeyed


def test_a_crawl_delay_that_is_not_obeyed_is_logged(caplog):
    caplog.set_level("INFO")
    for stated in ("10", "3600"):
        stated_delay(parser(f"User-agent: *\nCrawl-delay: {stated}\n"), "khobao")
    assert caplog.messages == ["robots.txt: Crawl-delay 3600.0 is taken as 60 seconds"]


@pytest.mark.parametrize(("stated", "obeyed"), [("0.5", 0.5), ("59", 59), ("60", 60), ("3600", 60)])
def test_a_crawl_delay_is_obeyed_up_to_a_minute(stated, obeyed):
    parser = ProtegoRobotParser(f"User-agent: *\nCrawl-delay: {stated}\n".encode(), None)
    assert stated_delay(parser, "khobao") == obeyed


def parser(text):
    return ProtegoRobotParser(text.encode(), None)


class Extension:
    """Notes why the run was stopped."""

    paper = DONGTHAP

    def __init__(self):
        self.stopped = []

    def stop(self, code, kind, reason):
        self.stopped.append((code, reason))


@pytest.fixture
def robots(monkeypatch):
    """The middleware of a crawl, and what it told the extension."""
    project = Settings()
    project.setmodule(settings, priority="project")
    crawler = Crawler(RecentSpider, project)
    crawler.stats = MemoryStatsCollector(crawler)
    crawler.engine = object()
    middleware = Robots(crawler)
    extension = Extension()
    monkeypatch.setattr("crawler.http.robots.extension_of", lambda _: extension)
    return middleware, extension


ARTICLE = "https://baodongthap.vn/xa-hoi/cho-noi-cai-be-71001.aspx"


def refused(robots, rules, url=ARTICLE):
    """(what is raised for *url* under *rules*, why the run was stopped)."""
    middleware, extension = robots
    try:
        middleware.process_request_2(rules, Request(url))
    except (Forbidden, RunEnded) as error:
        return type(error), extension.stopped
    return None, extension.stopped


@pytest.mark.parametrize(
    "text",
    [
        None,
        "",
        "User-agent: *\nAllow: /\n",
        "User-agent: other\nDisallow: /\n",
        "User-agent: khobao\nAllow: /\n\nUser-agent: *\nDisallow: /\n",
    ],
)
def test_what_is_not_forbidden_to_us_is_allowed(robots, text):
    assert refused(robots, None if text is None else parser(text)) == (None, [])


def test_one_forbidden_address_does_not_end_the_run(robots):
    rules = parser("User-agent: khobao\nDisallow: /xa-hoi/\n")
    assert refused(robots, rules) == (Forbidden, [])
    assert refused(robots, rules, "https://baodongthap.vn/kinh-te") == (None, [])


def test_where_every_entrance_is_closed_the_run_ends_and_says_to_whom(robots):
    error, [(code, reason)] = refused(robots, parser("User-agent: *\nDisallow: /\n"))
    assert (error, code) == (RunEnded, 3)
    assert "baodongthap.vn forbids the front page and every list to 'khobao'" in reason


def test_one_open_entrance_is_enough(robots):
    rules = parser("User-agent: *\nDisallow: /\nAllow: /$\n")
    assert refused(robots, rules) == (Forbidden, [])


def test_another_host_closes_itself_only(robots):
    url = "https://m.baodongthap.vn/xa-hoi"
    assert refused(robots, parser("User-agent: *\nDisallow: /\n"), url) == (Forbidden, [])
    assert refused(robots, _Unreachable("status 500"), url) == (Forbidden, [])


def test_a_robots_txt_that_cannot_be_fetched_ends_the_run_and_says_why(robots):
    error, [(code, reason)] = refused(robots, _Unreachable("status 500"))
    assert (error, code) == (RunEnded, 3)
    assert "robots.txt cannot be fetched (status 500)" in reason
    assert "the next run tries again" in reason


def read(robots, status, body=b""):
    """The parser of a robots.txt that came so."""
    middleware, _ = robots
    url = "https://baodongthap.vn/robots.txt"
    response = Response(url, status=status, body=body)
    return asyncio.run(middleware._read(response, Request(ARTICLE)))


@pytest.mark.parametrize("status", [300, 301, 400, 401, 403, 404, 410, 428, 499])
def test_an_answer_without_robots_txt_forbids_nothing(robots, status):
    assert read(robots, status, b"User-agent: *\nDisallow: /\n") is None


@pytest.mark.parametrize("status", [429, 500, 503, 599])
def test_an_answer_that_may_be_another_tomorrow_forbids_everything(robots, status):
    found = read(robots, status)
    assert not found.allowed(ARTICLE, "khobao")
    assert found.why == f"status {status}"


def test_why_an_address_was_not_asked_for_is_said_and_counted(robots):
    middleware, _ = robots
    with pytest.raises(Forbidden, match=r"^robots.txt forbids it$"):
        middleware.process_request_2(parser("User-agent: *\nDisallow: /xa-hoi\n"), Request(ARTICLE))
    assert middleware._stats.get_value("robotstxt/forbidden") == 1
    url = "https://m.baodongthap.vn/xa-hoi"
    with pytest.raises(Forbidden, match=r"robots.txt of m.baodongthap.vn .*\(status 500\)"):
        middleware.process_request_2(_Unreachable("status 500"), Request(url))


def test_a_robots_txt_that_was_read_is_announced_with_its_request(robots):
    """`CrawlDelay` listens, and any other extension of Scrapy's."""
    heard = []

    def hear(robotparser, request):
        heard.append((robotparser, request.url))

    middleware, _ = robots
    middleware.crawler.signals.connect(hear, signal=signals.robots_parsed)
    rules = read(robots, 200, b"User-agent: *\nDisallow: /xa-hoi/\n")
    assert heard == [(rules, ARTICLE)]
    assert middleware._stats.get_value("robotstxt/response_status_count/200") == 1


def test_half_a_megabyte_of_robots_txt_is_read(robots):
    rules = b"User-agent: *\nDisallow: /xa-hoi/\n"
    filled = b"#" * (500 * 1024 - len(rules) - 1) + b"\n"
    assert not read(robots, 200, filled + rules).allowed(ARTICLE, "khobao")
    assert read(robots, 200, b"##" + filled + rules[:-10]).allowed(ARTICLE, "khobao")


@pytest.mark.parametrize(
    ("delay", "asked", "pause"),
    [(2.0, "10", 10), (20.0, "10", 20), (2.0, "3600", 60), (2.0, "", 2)],
)
def test_robots_txt_makes_a_crawl_slower_and_never_faster(monkeypatch, delay, asked, pause):
    """For requests to come, for the slot that exists, and for AutoThrottle's lowest pause."""
    politeness = Politeness(lambda: False, delay)
    extension = SimpleNamespace(politeness=politeness)
    monkeypatch.setattr("crawler.http.robots.extension_of", lambda _: extension)
    project = Settings({"DOWNLOAD_DELAY": delay, "ROBOTSTXT_USER_AGENT": "khobao"})
    throttle = SimpleNamespace(mindelay=delay)
    slot = SimpleNamespace(delay=delay)
    downloader = SimpleNamespace(per_slot_settings={}, slots={"site": slot})
    crawler = SimpleNamespace(
        settings=project,
        engine=SimpleNamespace(downloader=downloader),
        get_extension=lambda _: throttle,
    )
    text = f"User-agent: *\nCrawl-delay: {asked}\n" if asked else ""
    request = Request(ARTICLE, meta={"download_slot": "web archive"})
    CrawlDelay(crawler).robots_parsed(parser(text), request)
    # That of a second host asks for less, or for nothing: the first goes on to hold.
    CrawlDelay(crawler).robots_parsed(parser(""), Request(ARTICLE))
    assert downloader.per_slot_settings == {
        "site": {"delay": pause},
        "web archive": {"delay": pause},
    }
    assert slot.delay == throttle.mindelay == politeness.delay == pause


def test_a_crawl_delay_never_makes_a_crawl_faster(operator, newsroom):
    """Without AutoThrottle, which would put the pause right after the first page."""
    newsroom._crawl_delay = 0.01
    newsroom.set_day(0)
    settings = {
        "KHOBAO_ARCHIVE": operator.path,
        "KHOBAO_BASE_URL": newsroom.base_url,
        "AUTOTHROTTLE_ENABLED": False,
        "DOWNLOAD_DELAY": 0.3,
        "DOWNLOAD_DELAY_JITTER": 0,
    }
    subprocess.run(
        [
            *(sys.executable, "-m", "scrapy", "crawl", "recent", "-a", "max_articles=5"),
            *("-a", "section=xa-hoi"),
            *(part for name, value in settings.items() for part in ("-s", f"{name}={value}")),
        ],
        env=os.environ | operator.clock(),
        cwd=Path(__file__).parents[3],
        check=True,
        timeout=60,
    )
    at = [one.at for one in newsroom.requests if one.target != "/robots.txt"]
    gaps = [later - earlier for earlier, later in pairwise(at[1:])]
    assert len(gaps) >= 4
    assert min(gaps) >= 0.2
