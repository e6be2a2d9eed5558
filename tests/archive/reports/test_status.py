"""The archive at a glance: its numbers, and a warning for each thing to look at."""

from __future__ import annotations

from datetime import timedelta

from archive.alarms import Finding
from archive.archive import Archive
from archive.reports.status import health, status
from tests.archive.reports.conftest import ran


def warnings(shelf, now):
    return list(status(shelf.connection, shelf.folder, now=now).warnings)


def test_status_counts(ledger):
    found = status(ledger.connection, ledger.folder, now="2026-11-24T00:00:00.000Z")
    assert (found.articles, found.revisions, found.captures) == (3, 3, 3)
    assert found.frontier == {"blocked": 1, "done": 2, "due": 1, "failed": 1, "gone": 1}
    assert found.database_bytes > 10_000


def test_a_crawl_too_old_is_said(ledger):
    assert warnings(ledger, "2026-11-03T00:00:00.000Z") == ["no crawl has ended well yet"]
    ran(ledger, "2026-11-01T16:00:00.000Z")
    assert warnings(ledger, "2026-11-03T17:00:00.000Z") == []
    assert warnings(ledger, "2026-11-03T19:00:00.000Z") == [
        "the last good crawl was 2 days ago, on 2026-11-01"
    ]


def test_a_crawl_that_failed_is_said(ledger):
    ran(ledger, "2026-11-01T16:00:00.000Z")
    ran(ledger, "2026-11-02T16:00:00.000Z", code=4)
    assert warnings(ledger, "2026-11-03T00:00:00.000Z") == ["the last crawl ended with code 4: why"]


def test_pages_that_could_not_be_read_are_said(ledger):
    ran(ledger, "2026-11-01T16:00:00.000Z")
    ledger.connection.execute("UPDATE captures SET outcome = 'failed' WHERE id = 1")
    assert warnings(ledger, "2026-11-02T00:00:00.000Z") == [
        "1 captured page could not be read; see khobao reextract"
    ]


def test_a_file_left_open_is_said(ledger):
    ran(ledger, "2026-11-01T16:00:00.000Z")
    folder = ledger.folder / "captures" / "2026"
    folder.mkdir(parents=True)
    (folder / "khobao.warc.gz.open").write_bytes(b"")
    assert warnings(ledger, "2026-11-02T00:00:00.000Z") == [
        "a capture file was left open; the next crawl closes it"
    ]


def test_a_monitor_reads_alarms_and_age(tmp_path):
    """Critical while an alarm is open, or when no crawl has ended well for too long."""
    with Archive.open(tmp_path, create=True) as archive:
        look = lambda at: health(  # noqa: E731
            status(archive.connection, tmp_path, now=at), now=at, max_age=timedelta(hours=36)
        )
        assert look("2026-11-20T00:00:00.000Z").level == 2  # no crawl yet
        crawl = archive.begin_crawl("crawl", {}, "2026-11-20T20:00:00.000Z")
        archive.finish_crawl(crawl, exit_code=0, reason="done", counts={})
        assert look("2026-11-21T07:00:00.000Z").line.startswith("OK - ")
        late = look("2026-11-22T09:00:00.000Z")
        assert (late.level, "37 hours" in late.line) == (2, True)
        archive.update_alarms(
            [Finding("blocked", "the site blocks us")],
            paper="dto",
            exit_code=3,
            crawl_id=crawl,
            judged=False,
        )
        assert "CRITICAL - the site blocks us" in look("2026-11-21T07:00:00.000Z").line
