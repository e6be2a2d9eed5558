"""The one clock: when something was observed."""

from __future__ import annotations

import os
import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo

#: Seconds added to the time of day, from the environment. For rehearsals only (the demo, the
#: tests): a crawl of tomorrow's newsroom must find the re-check ladder as it will stand tomorrow.
SHIFT = "KHOBAO_CLOCK_SHIFT"


def now() -> str:
    """The time in UTC, to the millisecond: ``2026-11-24T06:47:55.123Z``."""
    return _text(datetime.now(UTC) + shift())


def shift() -> timedelta:
    """What a rehearsal adds to the time of day; nothing otherwise."""
    return timedelta(seconds=float(os.environ.get(SHIFT) or 0))


#: No web archive holds a capture from before: the first one began that year.
FIRST_CAPTURES = "1996-01-01T00:00:00.000Z"

_MOMENT = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)"
    r"(?:[Tt ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?\s?([Zz]|[+-]\d\d:?\d\d)?)?",
    re.ASCII,
)
_DIGITS = re.compile(r"(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)", re.ASCII)


class NoMoment(ValueError):
    """A text that states no time, or a time at which no capture can have been made."""


def capture_time(stated: str, *, until: str) -> str:
    """The time that another tool's record states, in UTC to the millisecond, as `now` gives it.

    WARC-Date is in UTC unless it says otherwise; a date of ARC files is fourteen digits. A month or
    a year is refused, because it does not give the order of an article's versions. A time after
    *until*, or before the first web archive, is refused too. Raises NoMoment.
    """
    text = stated.strip()
    found = _MOMENT.fullmatch(text) or _DIGITS.fullmatch(text)
    if found is None:
        raise NoMoment(f"a day, or a day and time, was expected as its date, found {text[:40]!r}")
    *parts, fraction, zone = [*found.groups(), None, None][:8]
    year, month, day, hour, minute, second = (int(part or 0) for part in parts)
    try:
        moment = datetime(
            *(year, month, day, hour, minute, second),
            microsecond=int(f"{fraction or 0:0<6}"[:6]),
            tzinfo=_zone(zone),
        ).astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise NoMoment(f"no such time: {text[:40]!r} ({error})") from error
    at = _text(moment)
    if at > until:
        raise NoMoment(f"{text} lies after {until}, when it was read")
    if at < FIRST_CAPTURES:
        raise NoMoment(f"{text} is before {FIRST_CAPTURES[:4]}, when web archives began")
    return at


def _zone(stated: str | None) -> tzinfo:
    if not stated or stated in "Zz":
        return UTC
    minutes = 60 * int(stated[1:3]) + int(stated[-2:])
    return timezone(timedelta(minutes=-minutes if stated[0] == "-" else minutes))


def _text(moment: datetime) -> str:
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")
