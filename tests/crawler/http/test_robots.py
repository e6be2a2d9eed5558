"""robots.txt is obeyed, whatever becomes of it (RFC 9309)."""

import os
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest
from scrapy.robotstxt import ProtegoRobotParser

from crawler.http.robots import stated_delay
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


@pytest.mark.parametrize("stated", ["nan", "inf", "-5", "1e400", "x", "99999999999999999999"])
def test_an_absurd_crawl_delay(stated):
    """What is no pause is passed over; no pause is longer than a minute."""
    parser = ProtegoRobotParser(f"User-agent: *\nCrawl-delay: {stated}\n".encode(), None)
    assert stated_delay(parser, "khobao") in (0, 60)


@pytest.mark.parametrize(("stated", "obeyed"), [("0.5", 0.5), ("59", 59), ("60", 60), ("3600", 60)])
def test_a_crawl_delay_is_obeyed_up_to_a_minute(stated, obeyed):
    parser = ProtegoRobotParser(f"User-agent: *\nCrawl-delay: {stated}\n".encode(), None)
    assert stated_delay(parser, "khobao") == obeyed


def test_a_crawl_delay_never_makes_a_crawl_faster(operator, newsroom):
    """Without AutoThrottle, which would put the pause right after the first page."""
    newsroom._crawl_delay = 0.01
    newsroom.set_day(0)
    settings = {
        "KHOBAO_ARCHIVE": operator.path,
        "KHOBAO_BASE_URL": newsroom.base_url,
        "AUTOTHROTTLE_ENABLED": False,
        "DOWNLOAD_DELAY": 0.3,
        "RANDOMIZE_DOWNLOAD_DELAY": False,
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
