"""Days, months and years as people write them → the first and the last day. Pure; no clock."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from archive.errors import UsageError

_YEAR = re.compile(r"(?P<y>\d{4})")
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


def parse(text: str) -> Period | None:
    """Read a day, month, year or a range of them; None if it is none.

    Day comes before month, as in Vietnam and in the paper, unless the year stands first.

    >>> parse("03/2018"), parse("3/1/2018")
    (Period(first='2018-03-01', last='2018-03-31'), Period(first='2018-01-03', last='2018-01-03'))
    >>> parse("2015..2018").last, parse("31/2/2018"), parse("tháng ba")
    ('2018-12-31', None, None)
    """
    text = text.strip()
    if ".." in text:
        start, _, end = text.partition("..")
        first, last = parse(start), parse(end)
        return Period(first.first, last.last) if first and last else None
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
    """Read a period that must be one.

    >>> require("hôm qua")
    Traceback (most recent call last):
        ...
    archive.errors.UsageError: “hôm qua” is no date; write 2018, 03/2018, 3/1/2018 or 2018-01-03
    """
    period = parse(text)
    if period is None:
        raise UsageError(f"“{text}” is no date; write 2018, 03/2018, 3/1/2018 or 2018-01-03")
    return period
