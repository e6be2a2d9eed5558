"""The pages behind a run's exit code."""

import pytest

from archive.archive import Archive
from archive.errors import NotFound
from archive.reports.run import report


@pytest.fixture(scope="module")
def connection(made_demo):
    with Archive.open(made_demo, read_only=True) as archive:
        yield archive.connection


def test_the_pages_are_those_that_the_run_counted(connection):
    """The demo's last night: new and revised articles, one gone, one blocked."""
    found = report(connection, None, limit=50)
    row = connection.execute(
        "SELECT new, revised, blocked FROM crawls WHERE id = ?", (found.id,)
    ).fetchone()
    assert tuple(found.totals[name] for name in ("new", "revised", "blocked")) == row
    assert min(row) > 0
    assert {name: len(pages) for name, pages in found.pages.items()} == found.totals
    assert all("baodongthap.vn" in page.url for pages in found.pages.values() for page in pages)


def test_each_page_has_its_capture_and_what_was_wrong(connection):
    [page] = report(connection, None, limit=50).pages["blocked"]
    assert "maintenance" in page.said
    assert connection.execute(
        "SELECT outcome, url FROM captures WHERE id = ?", (page.capture,)
    ).fetchone() == ("blocked", page.url)


def test_a_limit_cuts_the_pages_and_not_the_totals(connection):
    found = report(connection, 1, limit=2)
    assert len(found.pages["new"]) == 2
    assert found.totals["new"] > 100


def test_addresses_without_an_answer_are_named(tmp_path):
    from archive.frontier import Frontier

    with Archive.open(tmp_path, create=True) as archive:
        crawl = archive.begin_crawl("crawl", {}, "2026-11-30T20:00:00.000Z")
        Frontier(archive).fetched(
            "https://baodongthap.vn/a-a1.html",
            at="2026-11-30T20:01:00.000Z",
            status=0,
            state="failed",
            error="timeout",
        )
        archive.finish_crawl(
            crawl, exit_code=5, reason="partial", counts={}, at="2026-11-30T20:02:00.000Z"
        )
        found = report(archive.connection, None, limit=9)
    assert [(page.capture, page.said) for page in found.pages["no answer"]] == [(None, "timeout")]


def test_a_run_that_is_not_there(connection):
    with pytest.raises(NotFound, match="there is no run 99; the last is"):
        report(connection, 99, limit=1)
