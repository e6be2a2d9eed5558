"""What an outcome writes: the article, its end, its move, or the fact that there was none."""

import pytest

from archive.errors import DiskFull
from crawler.ingest.apply import apply, article_again
from crawler.ingest.classify import Outcome, classify
from crawler.site.paper import DONGTHAP
from tests.crawler.exchanges import exchange, run
from tests.crawler.trouble_pages import ARTICLE, HEADLINE


@pytest.fixture
def writer(tmp_path):
    with run(tmp_path / "archive") as writer:
        yield writer


def put(writer, outcome=None, **answer):
    """Apply the answer to the article's address, or *outcome* for it; what was done, and counts."""
    capture = writer.record(exchange(**answer)).capture
    outcome = outcome or classify(capture, writer.archive.read(capture))
    applied = apply(writer.archive, capture, outcome, crawl_id=writer.crawl_id)
    return applied, {name: n for name, n in applied.counts.items() if n}


def rows(writer, sql):
    return writer.archive.connection.execute(sql).fetchall()


def test_an_article_is_new_and_then_unchanged(writer):
    first, counts = put(writer)
    assert counts == {"new": 1}
    assert rows(writer, "SELECT id, title FROM articles") == [(first.article_id, HEADLINE)]
    again, counts = put(writer)
    assert counts == {"unchanged": 1}
    assert again.article_id == first.article_id
    assert rows(writer, "SELECT outcome, crawl_id FROM captures") == [("article", 1)] * 2


def test_not_modified_is_the_known_article(writer):
    first, _ = put(writer)
    again, counts = put(writer, html="", status=304)
    assert (again.article_id, counts) == (first.article_id, {"unchanged": 1})


def test_a_page_that_is_not_there_any_more(writer):
    put(writer)
    writer.archive.holding = False  # no night to be judged: the outcome counts at once
    put(writer, html="", status=404)
    assert rows(writer, "SELECT outcome, error FROM captures ORDER BY id DESC LIMIT 1") == [
        ("gone", "404")
    ]


def test_a_redirect_to_the_same_article_is_another_address_of_it(writer):
    old = "https://baodongthap.vn/xa-hoi/ten-cu-cua-bai-71001.aspx"
    first, _ = put(writer)
    to = [(b"Location", ARTICLE.encode())]
    applied, counts = put(writer, url=old, html="", status=301, headers=to)
    assert (applied.article_id, counts) == (None, {})
    assert set(rows(writer, "SELECT url, article_id FROM article_urls")) == {
        (ARTICLE, first.article_id),
        (old, first.article_id),
    }


def test_a_redirect_to_the_address_itself_is_no_other_address(writer):
    put(writer)
    to = [(b"Location", ARTICLE.replace("https", "http").encode())]
    put(writer, html="", status=301, headers=to)
    assert rows(writer, "SELECT url FROM article_urls") == [(ARTICLE,)]


@pytest.mark.parametrize(
    ("outcome", "counted"),
    [
        (Outcome("blocked", ARTICLE, why="status 403"), {"blocked": 1}),
        (
            Outcome("failed", ARTICLE, why="x", unknown_layout=True),
            {"failed": 1, "unknown_layout": 1},
        ),
        (Outcome("failed", ARTICLE, why="x", mistake=True), {"failed": 1, "errors": 1}),
        (Outcome("error", ARTICLE, why="status 500"), {"failed": 1}),
        (Outcome("list", ARTICLE, named=3), {}),
        (Outcome("other", ARTICLE), {}),
    ],
    ids=["blocked", "unknown layout", "mistake", "error", "list", "other"],
)
def test_without_an_article_the_capture_has_its_row_and_reason(writer, outcome, counted):
    applied, counts = put(writer, outcome)
    assert (applied.article_id, counts) == (None, counted)
    assert rows(writer, "SELECT outcome, error, named FROM captures") == [
        (outcome.kind, outcome.why, outcome.named)
    ]
    assert rows(writer, "SELECT count(*) FROM articles") == [(0,)]


def test_a_mistake_of_ours_is_recorded_and_raises_nothing(writer, caplog):
    capture = writer.record(exchange()).capture
    outcome = classify(capture, writer.archive.read(capture))
    object.__setattr__(outcome.article, "body", "bad \ud800")
    applied = apply(writer.archive, capture, outcome, crawl_id=writer.crawl_id)
    assert applied.counts == {"failed": 1, "errors": 1}
    [(kind, error)] = rows(writer, "SELECT outcome, error FROM captures")
    assert (kind, "khobao's own mistake" in error) == ("failed", True)


def test_the_disk_is_not_the_captures_mistake(writer):
    def full():
        raise DiskFull("the disk is full")

    writer.archive.batch_size, writer.archive.before_commit = 1, full
    with pytest.raises(DiskFull):
        put(writer)
    writer.archive.before_commit = None


def test_an_old_capture_is_read_with_todays_layouts(writer):
    page = writer.record(exchange()).capture
    notice = writer.record(exchange(html="<p>404</p>", status=404)).capture
    papers = (DONGTHAP,)
    assert article_again(writer.archive, papers, page).title == HEADLINE
    assert article_again(writer.archive, papers, notice) is None
