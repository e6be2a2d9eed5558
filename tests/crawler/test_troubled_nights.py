"""Nights on which the site is not itself, as processes over HTTP: exit code, and what they leave."""

import pytest

from tests.crawler.nights import Night
from tests.crawler.small_paper import RUBRICS, away, page, running
from tests.crawler.trouble_pages import TROUBLE, bare, site


@pytest.fixture
def paper():
    with running() as paper:
        yield paper


@pytest.fixture
def operator(tmp_path, paper):
    night = Night(tmp_path / "archive", paper)
    night.crawl(0, code=0)
    return night


def gone(operator):
    return operator.rows("SELECT count(*) FROM articles WHERE gone_at IS NOT NULL")[0][0]


def due_lists(operator):
    return operator.rows(
        "SELECT count(*) FROM frontier WHERE kind = 'list' AND due_at IS NOT NULL"
        " AND named_at IS NOT NULL"
    )[0][0]


@pytest.mark.parametrize(
    "trouble",
    [
        lambda path: page(TROUBLE["cookie-challenge"][0]),
        lambda path: away("/bao-tri.html") if path != "/bao-tri.html" else page(bare("Bảo trì")),
        lambda path: page(site("<p>Mời bạn quay lại.</p>", sidebar="")),
    ],
    ids=["challenge", "bao-tri", "in-dress"],
)
def test_everything_is_trouble(operator, paper, trouble):
    paper.trouble = trouble
    summary = operator.crawl(1, "--full", code=3)
    assert (gone(operator), summary["revised"], due_lists(operator)) == (0, 0, 3)
    # What came in the meantime is there when the site is well again.
    paper.trouble = lambda path: "as ever"
    paper.articles = 9
    assert operator.crawl(2, code=0)["new"] == 3


def test_a_silent_front_page(operator, paper):
    paper.trouble = lambda path: None if path == "/" else "as ever"
    assert "front page" in operator.crawl(1, code=3)["reason"]


def test_lists_that_scripts_draw(operator, paper):
    paper.trouble = lambda path: page(TROUBLE["react"][0]) if path in ("/", *RUBRICS) else "as ever"
    assert "scripts" in operator.crawl(1, code=4)["reason"]


def test_new_articles_that_scripts_draw(operator, paper):
    paper.articles = 8
    new = [paper.path(6), paper.path(7)]
    paper.trouble = lambda path: page(TROUBLE["shell-in-dress"][0]) if path in new else "as ever"
    assert "2 pages of no known layout" in operator.crawl(1, code=4)["reason"]
    assert gone(operator) == 0


def test_articles_at_addresses_of_a_new_shape(operator, paper):
    moved = paper.list_page(lambda number: f"/2027/03/14{paper.path(number)[7:-11]}")
    paper.trouble = lambda path: (
        page(moved)
        if path in ("/", *RUBRICS)
        else away(f"/2027/03/14{path[7:-11]}")
        if path.endswith(".aspx")
        else "as ever"
    )
    reason = operator.crawl(1, "--full", code=4)["reason"]
    assert "no address of a known shape" in reason
    assert reason.count("/2027/03/14/") == 3
    assert gone(operator) == 0


def test_one_hopeless_page_is_no_alarm_night_after_night(operator, paper):
    paper.articles = 7
    hopeless = paper.path(6)
    paper.trouble = lambda path: (500, {}, "") if path == hopeless else "as ever"
    codes = []
    for day in (1, 2, 3, 5, 7):
        codes.append(operator.crawl(day, code=None)["exit_code"])
        paper.articles = min(paper.articles + 1, 10)
    assert codes[2:] == [0, 0, 0]


def nights(operator):
    return operator.rows("SELECT lists, silent, doubt FROM nights ORDER BY started_at")


@pytest.mark.parametrize(
    "answer", [None, (500, {}, "")], ids=["closes the connection", "answers with 500"]
)
def test_a_list_that_fails_makes_the_night_doubtful(operator, paper, answer):
    """One of three lists, and the one that gives no answer leaves no capture."""
    paper.articles = 7
    paper.trouble = lambda path: answer if path == RUBRICS[0] else "as ever"
    operator.crawl(1, code=None)
    assert nights(operator) == [(0, 0, None), (3, 1, "silent")]
    # A rebuild knows it too, and judging all nights again.
    operator.khobao("reextract", "-a", operator.path)
    assert nights(operator) == [(0, 0, None), (3, 1, "silent")]
    for file in operator.path.glob("archive.db*"):
        file.unlink()
    operator.khobao("reextract", "-a", operator.path)
    assert nights(operator) == [(0, 0, None), (3, 1, "silent")]


def test_a_list_that_gives_no_answer_for_a_month_is_believed(operator, paper):
    paper.articles = 7
    paper.trouble = lambda path: None if path == RUBRICS[0] else "as ever"
    operator.crawl(31, code=None)
    assert nights(operator)[-1] == (2, 0, None)
