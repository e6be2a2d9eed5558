"""What a crawl asks for: lists and what is new on them first, then known articles that are due."""

from collections import Counter

import pytest

from crawler.site.urls import read_address
from tests.crawler.nights import Night
from tests.crawler.small_paper import running


def test_a_second_run_fetches_the_lists_and_nothing_else(crawled, newsroom):
    newsroom.requests.clear()
    summary = crawled.crawl(minutes=15)
    asked = Counter(request.target for request in newsroom.requests)
    assert (summary["new"], summary["revised"], summary["gone"]) == (0, 0, 0)
    articles = {url.split("/", 3)[3] for (url,) in crawled.rows("SELECT url FROM article_urls")}
    assert not {path.lstrip("/") for path in asked} & articles
    assert max(asked.values()) <= 4  # robots.txt, once for each host


def test_the_re_check_ladder_finds_what_young_articles_do(crawled, newsroom):
    """A plain crawl on the next night looks at last week's articles again, and at no old one."""
    newsroom.set_day(1)
    newsroom.requests.clear()
    summary = crawled.crawl()
    script = newsroom.script(younger_than=7)
    assert (summary["new"], summary["revised"], summary["missing"], summary["gone"]) == (
        script.counts["new"],
        script.counts["revised"],
        script.counts["gone"],
        0,
    )
    assert summary["fetched"] < 100


def test_max_articles_and_going_on(operator, newsroom):
    assert operator.crawl("--max-articles", 20)["new"] <= 20
    operator.crawl()
    kept = {key for (key,) in operator.rows("SELECT key FROM articles")}
    assert kept == set(newsroom.expected())


def test_one_section_only(operator):
    operator.crawl("--section", "xa-hoi")
    sections = {row[0] for row in operator.rows("SELECT DISTINCT section_slug FROM articles")}
    assert "xa-hoi" in sections
    # Flat addresses name no section, so the front page's may be among them.
    lists = {row[0] for row in operator.rows("SELECT url FROM captures WHERE outcome = 'list'")}
    assert {read_address(url).section_slug for url in lists} == {None, "xa-hoi"}


@pytest.fixture
def paper():
    with running() as paper:
        yield paper


@pytest.mark.parametrize(("most", "rechecked"), [(2, 0), (3, 0), (5, 2), (20, 6)])
def test_new_articles_come_before_re_checks(tmp_path, paper, most, rechecked):
    """The six known articles are all due, and --max-articles counts the new ones first."""
    night = Night(tmp_path / "archive", paper)
    night.crawl(0, code=0)
    paper.articles = 9
    paper.requests.clear()
    summary = night.crawl(400, "--max-articles", most, code=0)
    new = {paper.path(number) for number in (6, 7, 8)}
    asked = [path for path in paper.requests if path.endswith(".aspx")]
    assert summary["new"] == min(most, 3) == len(new & set(asked[:3]))
    assert len(set(asked) - new) == rechecked
    assert len(asked) == len(set(asked))


def test_articles_listed_and_never_fetched_come_before_re_checks(tmp_path, paper):
    night = Night(tmp_path / "archive", paper)
    night.crawl(0, "--max-articles", 4, code=0)
    paper.requests.clear()
    assert night.crawl(400, "--max-articles", 2, code=0)["new"] == 2


def test_without_a_limit_everything_due_is_asked_for(tmp_path, paper):
    night = Night(tmp_path / "archive", paper)
    night.crawl(0, code=0)
    paper.requests.clear()
    summary = night.crawl(400, code=None)
    assert (summary["new"], summary["unchanged"] + summary["revised"]) == (0, 6)
