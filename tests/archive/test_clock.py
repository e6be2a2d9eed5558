"""The clock, and times that other tools state."""

import re
from datetime import UTC, datetime, timedelta

import pytest

from archive import clock

UNTIL = "2026-12-01T00:00:00.000Z"


def test_now_is_utc_to_the_millisecond_and_can_be_shifted(monkeypatch):
    monkeypatch.delenv("KHOBAO_CLOCK_SHIFT", raising=False)
    at = datetime.fromisoformat(clock.now())
    assert abs(datetime.now(UTC) - at) < timedelta(seconds=5)
    assert re.fullmatch(r"[0-9-]{10}T[0-9:]{8}\.[0-9]{3}Z", clock.now())
    monkeypatch.setenv("KHOBAO_CLOCK_SHIFT", "86400")
    shifted = datetime.fromisoformat(clock.now())
    assert timedelta(hours=23) < shifted - at < timedelta(hours=25)


@pytest.mark.parametrize(
    ("stated", "utc"),
    [
        ("2019-08-05T08:00:00Z", "2019-08-05T08:00:00.000Z"),
        ("2019-08-05T08:00:00+07:00", "2019-08-05T01:00:00.000Z"),
        ("2019-08-05T08:00:00-0330", "2019-08-05T11:30:00.000Z"),
        ("2019-08-05T08:00:00.123456789Z", "2019-08-05T08:00:00.123Z"),
        ("2019-08-05t08:00z", "2019-08-05T08:00:00.000Z"),
        ("2019-08-05 08:00:00", "2019-08-05T08:00:00.000Z"),
        ("2019-08-05", "2019-08-05T00:00:00.000Z"),
        ("20190805080000", "2019-08-05T08:00:00.000Z"),
        (" 2019-08-05T08:00:00Z ", "2019-08-05T08:00:00.000Z"),
        ("1996-01-01T00:00:00Z", "1996-01-01T00:00:00.000Z"),
        (UNTIL, UNTIL),
    ],
)
def test_a_stated_time_in_utc(stated, utc):
    assert clock.capture_time(stated, until=UNTIL) == utc


@pytest.mark.parametrize(
    ("stated", "why"),
    [
        ("2019-08", "a day, or a day and time, was expected"),
        ("2019", "was expected"),
        ("yesterday", "was expected"),
        ("", "was expected"),
        ("٢٠١٩-٠٨-٠٥", "was expected"),
        ("2019-02-30T00:00:00Z", "no such time"),
        ("2019-08-05T25:00:00Z", "no such time"),
        ("0001-01-01T00:00:00+14:00", "no such time"),
        ("1995-12-31T23:59:59Z", "before 1996"),
        ("2026-12-01T00:00:00.001Z", "lies after"),
        ("2099-01-01T00:00:00Z", "lies after"),
    ],
)
def test_a_time_at_which_nothing_can_have_been_captured_is_refused(stated, why):
    with pytest.raises(clock.NoMoment, match=why):
        clock.capture_time(stated, until=UNTIL)
