"""The archive at a glance: its numbers, and a warning for each thing to look at."""

from __future__ import annotations

from archive.reports.status import status
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
