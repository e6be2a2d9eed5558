"""Coverage: each known address is counted once, and what did not happen is said."""

from __future__ import annotations

import pytest

from archive.errors import UsageError
from archive.reports import charts
from archive.reports.coverage import MIN_NUMBER_GAP, coverage
from tests.archive.reports.conftest import ran


def test_each_thing_known_is_counted_once(ledger):
    found = coverage(ledger.connection)
    assert found.days["2018-01-01"].to_dict() == {
        "listed": 1, "stored": 1, "failed": 0, "blocked": 0, "gone": 0, "due": 0,
    }  # fmt: skip
    assert found.days["2018-01-05"].to_dict() == {
        "listed": 4, "stored": 1, "failed": 1, "blocked": 1, "gone": 1, "due": 0,
    }  # fmt: skip
    assert found.days["2018-01-09"].due == 1
    assert found.total.listed == 7
    assert found.sections["xa-hoi"].listed == 6
    assert found.sections["(none)"].due == 1
    assert (found.first, found.last) == ("2018-01-01", "2018-01-09")


def test_days_without_an_article(ledger):
    gaps = coverage(ledger.connection).empty
    assert [(gap.first, gap.last, gap.days) for gap in gaps] == [
        ("2018-01-06", "2018-01-09", 4), ("2018-01-03", "2018-01-04", 2),
    ]  # fmt: skip


def test_a_span_is_kept_to(ledger):
    found = coverage(ledger.connection, since="2018-01-02", until="2018-01-04")
    assert list(found.days) == ["2018-01-02"]
    assert [(gap.first, gap.last) for gap in found.empty] == [("2018-01-03", "2018-01-04")]


def test_nights_without_a_crawl(ledger):
    for started in (
        "2026-11-01T16:00:00.000Z",  # 23:00 on the 1st in Vietnam
        "2026-11-02T18:00:00.000Z",  # 01:00 on the 3rd: the night of the 2nd to the 3rd
        "2026-11-05T16:00:00.000Z",
    ):
        ran(ledger, started)
    ran(ledger, "2026-11-04T16:00:00.000Z", command="reextract")
    found = coverage(ledger.connection)
    assert found.runs == 3
    assert [(gap.first, gap.last) for gap in found.days_without_a_crawl] == [
        ("2026-11-02", "2026-11-02"), ("2026-11-04", "2026-11-04"),
    ]  # fmt: skip


def test_runs_that_did_not_end_well(ledger):
    ran(ledger, "2026-11-01T16:00:00.000Z", code=3)
    ran(ledger, "2026-11-02T16:00:00.000Z", finished=False)
    ran(ledger, "2026-11-03T16:00:00.000Z")
    failed = coverage(ledger.connection).failed_runs
    assert [(run.started_at[:10], run.exit_code) for run in failed] == [
        ("2026-11-01", 3), ("2026-11-02", -1),
    ]  # fmt: skip


def test_holes_in_the_numbers_of_the_site(ledger):
    ledger.add("C", key="dto:a235000")
    ledger.add("C", key=f"dto:a{235001 + MIN_NUMBER_GAP - 1}")
    ledger.add("Video", key="dto:video-297")
    series = {each.series: each for each in coverage(ledger.connection).series}
    assert set(series) == {"dto:", "dto:a", "dto:video-"}
    a = series["dto:"]
    assert (a.first, a.last, a.known) == (80100, 80500, 4)
    # 80300 is known to be gone, so it is no hole.
    assert [(gap.first, gap.last, gap.numbers) for gap in a.gaps] == [
        (80301, 80499, 199), (80101, 80199, 99), (80201, 80299, 99),
    ]  # fmt: skip
    assert a.gaps[0].before[:10] == "2018-01-05"
    assert series["dto:a"].gaps == ()


def test_an_empty_archive(shelf):
    found = coverage(shelf.connection)
    assert (found.first, found.total.listed, found.series) == (None, 0, ())
    with pytest.raises(UsageError, match="nothing in the archive"):
        charts.calendar(found.days, found.first, found.last)
