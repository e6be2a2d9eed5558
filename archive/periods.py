"""Days, months and years as people write them → the first and the last day. Pure; no clock."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from archive.errors import UsageError

#: A newspaper's site states no day outside these years. Any other year is a fault of the page: .NET
#: writes 01/01/0001 where there is no date, and 31/12/9999 is its last; 215 is a typing error.
FIRST_YEAR, LAST_YEAR = 2000, 2099

#: More than the longest range of two days with spaces around them.
_LONGEST = 40

_YEAR = re.compile(r"(?P<y>\d{4})")
_ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?![0-9])")
_MONTH = re.compile(r"(?P<y>\d{4})[-/.](?P<m>\d{1,2})|(?P<m2>\d{1,2})[-/.](?P<y2>\d{4})")
_DAY = re.compile(
    r"(?P<y>\d{4})[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})"
    r"|(?P<d2>\d{1,2})[-/.](?P<m2>\d{1,2})[-/.](?P<y2>\d{4})"
)


@dataclass(frozen=True, slots=True)
class Period:
    """From the first day to the last, both included."""

    first: str
    last: str

    def __str__(self) -> str:
        if self.first and self.first == self.last:
            return f"on {self.first}"
        said = [f"from {self.first}"] if self.first else []
        return " ".join([*said, f"to {self.last}"] if self.last else said)


def day_of(stamp: str | None) -> str | None:
    """The day of an ISO stamp; None if the day is impossible for a newspaper page.

    Every count by time goes through here, so that a stamp means the same day in all of them.

    >>> day_of("2018-01-03T10:12:28+07:00"), day_of("0001-01-01T00:00:00+07:00")
    ('2018-01-03', None)
    >>> day_of("2018-02-31"), day_of("31/12/9999"), day_of(None)
    (None, None, None)
    """
    if not isinstance(stamp, str) or not _ISO_DAY.match(stamp):
        return None
    try:
        day = date.fromisoformat(stamp[:10])
    except ValueError:
        return None
    return stamp[:10] if FIRST_YEAR <= day.year <= LAST_YEAR else None


def parse(text: str) -> Period | None:
    """Parse a day, month, year or a range; None if *text* is not a date.

    Day comes before month, as in Vietnam and in the paper, unless the year stands first.

    >>> parse("03/2018"), parse("3/1/2018")
    (Period(first='2018-03-01', last='2018-03-31'), Period(first='2018-01-03', last='2018-01-03'))
    >>> parse("2015..2018").last, parse("31/2/2018"), parse("tháng ba")
    ('2018-12-31', None, None)
    """
    if len(text) > _LONGEST:
        return None
    start, dots, end = text.partition("..")
    first = _one(start.strip())
    if not dots:
        return first
    last = _one(end.strip())
    return Period(first.first, last.last) if first and last else None


def _one(text: str) -> Period | None:
    """The period of one day, month or year (not a range)."""
    try:
        if found := _YEAR.fullmatch(text):
            year = int(found["y"])
            return Period(date(year, 1, 1).isoformat(), date(year, 12, 31).isoformat())
        if found := _MONTH.fullmatch(text):
            year, month = int(found["y"] or found["y2"]), int(found["m"] or found["m2"])
            days = monthrange(year, month)[1]
            return Period(date(year, month, 1).isoformat(), date(year, month, days).isoformat())
        if found := _DAY.fullmatch(text):
            day = date(
                int(found["y"] or found["y2"]),
                int(found["m"] or found["m2"]),
                int(found["d"] or found["d2"]),
            ).isoformat()
            return Period(day, day)
    except ValueError:
        # The digits have the shape of a date, but there is no such day.
        return None
    return None


def require(text: str) -> Period:
    """Parse a period; UsageError if *text* is not a date.

    >>> require("hôm qua")
    Traceback (most recent call last):
        ...
    archive.errors.UsageError: “hôm qua” is not a date; write 2018, 03/2018, 3/1/2018 or 2018-01-03
    """
    period = parse(text)
    if period is None:
        raise UsageError(f"“{text}” is not a date; write 2018, 03/2018, 3/1/2018 or 2018-01-03")
    return period
