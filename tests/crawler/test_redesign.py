"""Crawls of a paper in a new dress that costs text: exit code 4 says so, `status` names it."""

import re

import pytest

from tests.crawler.nights import Night
from tests.crawler.small_paper import headline, page, running
from tests.crawler.trouble_pages import FIRST, SECOND, article, site

LINK = "<a href='/xa-hoi/cho-noi-cai-be-71901.aspx'>chợ nổi</a>"
STAMP = "<div class='date'><span>Cập nhật ngày: 05/08/2019 05:14:51</span></div>"


@pytest.fixture
def paper():
    with running() as paper:
        yield paper


@pytest.fixture
def operator(tmp_path, paper):
    return Night(tmp_path / "archive", paper)


def number_of(path):
    found = re.search(r"-(\d+)\.aspx$", path)
    return int(found[1]) - 71001 if found else -1


def linked(number):
    """The text in a box of its own, so full of links that it looks like a list of others."""
    text = "".join(f"<p>{each} {number} {LINK} {LINK} {LINK}</p>" for each in (FIRST, SECOND) * 2)
    return site(
        f"<div class='contentView'><h1>{headline(number)}</h1>{STAMP}<p>Bài số {number}: {FIRST}</p>"
        f"</div><div class='teaser'>{text}</div>",
        headline(number),
    )


def test_text_that_is_left_over_is_an_alarm(operator, paper):
    operator.crawl(0, code=0)
    paper.articles = 10
    paper.trouble = lambda path: page(linked(number_of(path))) if number_of(path) > 5 else "as ever"
    summary = operator.crawl(1, code=4)
    assert "4 of 4 articles are flagged body:left-over" in summary["reason"]
    assert (
        "body:left-over"
        in operator.khobao("status", "-a", operator.path, "--format", "json").stdout
    )


def test_bodies_that_shrink_are_an_alarm(operator, paper):
    def long(number):
        texts = [f"Bài số {number}, đoạn {n}: {FIRST}" for n in range(8)]
        return article(headline(number), *texts)

    paper.articles = 24
    paper.trouble = lambda path: page(long(number_of(path))) if number_of(path) >= 0 else "as ever"
    operator.crawl(0, code=0)
    paper.articles = 46
    paper.trouble = lambda path: "as ever"
    assert "aspx: an article has" in operator.crawl(1, code=4)["reason"]


def test_new_articles_without_bylines_ring_on_the_first_night_and_until_they_are_signed(
    operator, paper
):
    paper.articles = 36
    operator.crawl(0, code=0)
    paper.articles = 44

    def unsigned(number):
        whole = article(headline(number), f"Bài số {number}: {FIRST}", f"{SECOND} Số {number}.")
        return whole.replace("<p style='text-align:right'><b>Hữu Nghĩa</b></p>", "")

    paper.trouble = lambda path: (
        page(unsigned(number_of(path))) if number_of(path) >= 36 else "as ever"
    )
    reason = operator.crawl(1, code=4)["reason"]
    assert "byline is missing in 8 of 8 new articles" in reason
    assert reason.count("https://baodongthap.vn/") == 3
    assert "byline is missing" in operator.crawl(2, code=4)["reason"]  # nothing is new
    paper.articles = 76
    paper.trouble = lambda path: "as ever"
    operator.crawl(3, code=0)
