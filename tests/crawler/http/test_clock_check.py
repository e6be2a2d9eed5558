"""A clock that is wrong: the run ends before a page is kept; a server's wrong clock stops nobody."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from archive.archive import Archive
from archive.clock import SHIFT
from crawler.http.clock_check import clock_fault
from tests.crawler.conftest import Operator
from tests.crawler.small_paper import running

LAST = datetime(2026, 11, 30, 21, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("ours", "theirs", "is_wrong"),
    [
        (LAST + DAY, LAST + DAY, False),
        (LAST + 366 * DAY, LAST + DAY, True),  # ahead
        (LAST - 300 * DAY, LAST + DAY, True),  # set back, as by an empty battery
        (LAST + DAY, datetime(1970, 1, 1, tzinfo=UTC), False),  # the server's is wrong
        (LAST + DAY, LAST + 400 * DAY, False),
        (LAST + 366 * DAY, LAST + 366 * DAY, False),  # switched off for a year
        (LAST + DAY + timedelta(hours=7), LAST + DAY, False),  # a time zone set wrongly
        (LAST - 2 * DAY, LAST - DAY, False),  # both before the last run: nobody can say
    ],
)
def test_which_clock_is_wrong(ours, theirs, is_wrong, monkeypatch):
    monkeypatch.delenv(SHIFT, raising=False)
    stated = format_datetime(theirs, usegmt=True).encode()
    assert (clock_fault(stated, ours.isoformat(), LAST.isoformat()) is not None) == is_wrong
    assert clock_fault(stated, ours.isoformat(), None) is None
    assert clock_fault(None, ours.isoformat(), LAST.isoformat()) is None
    assert clock_fault(b"yesterday", ours.isoformat(), LAST.isoformat()) is None


def test_a_night_under_a_clock_that_is_a_year_ahead_keeps_nothing(tmp_path):
    with running() as paper:
        operator = Operator(tmp_path / "archive", paper)
        options = ("--base-url", paper.base_url, "--delay", 0, "--timeout", 2)
        operator.khobao("crawl", "-a", operator.path, "--create", *options)
        year_ago = datetime.now(UTC) - 365 * DAY
        with Archive.open(operator.path) as archive:
            archive.connection.execute(
                "UPDATE crawls SET finished_at = ?", (year_ago.isoformat(timespec="seconds"),)
            )
        captures = operator.rows("SELECT count(*) FROM captures")
        paper.headers = {"Date": format_datetime(year_ago + DAY, usegmt=True)}
        asked = len(paper.requests)
        done = operator.khobao("crawl", "-a", operator.path, *options, code=1)
        assert "this machine's clock says" in done.stdout + done.stderr
        assert paper.requests[asked:] == ["/robots.txt"]
        assert operator.rows("SELECT count(*) FROM captures") == captures
        paper.headers = {}
        operator.khobao("crawl", "-a", operator.path, *options)
