"""The header Retry-After: for how long a server wants to be left alone. Knows no Scrapy."""

from __future__ import annotations

import math
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

#: The longest time that the next runs leave the site alone, whatever it asked for: a server that
#: asks for years has a typing error, one that wants nobody says so in robots.txt, and a run that
#: comes every night is on time again.
LONGEST = timedelta(hours=20)


def retry_after(value: str | None, at: str) -> float | None:
    """Seconds that a server asks to wait with ``Retry-After: VALUE`` at the time *at*.

    None if it asks for nothing that can be understood; 0 for a date that is past.

    >>> retry_after("120", "2026-11-30T00:00:00Z")
    120.0
    >>> retry_after("Mon, 30 Nov 2026 00:01:00 GMT", "2026-11-30T00:00:00Z")
    60.0
    >>> [retry_after(text, "2026-11-30T00:00:00Z") for text in ("²", "-5", "soon", None)]
    [None, None, None, None]
    """
    value = (value or "").strip()
    if value.isascii() and value.isdigit():
        # Nobody means more than twelve digits, and Python refuses to read some thousands of them.
        return float(value) if len(value) <= 12 else math.inf
    try:
        until = parsedate_to_datetime(value)
        aware = until if until.tzinfo else until.replace(tzinfo=UTC)
        return max(0.0, (aware - datetime.fromisoformat(at)).total_seconds())
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def left_alone_until(value: str | None, at: str) -> datetime | None:
    """Until when a server wants to be left alone that said ``Retry-After: VALUE`` at *at*.

    Never later than `LONGEST` after *at*.
    """
    asked = retry_after(value, at)
    if asked is None:
        return None
    return datetime.fromisoformat(at) + timedelta(seconds=min(asked, LONGEST.total_seconds()))


def in_words(seconds: float) -> str:
    """A pause as people say it.

    >>> [in_words(30), in_words(180), in_words(86400), in_words(float("inf"))]
    ['30 seconds', '3 minutes', '24 hours', 'for ever']
    """
    if seconds > 1e9:
        return "for ever"
    for size, unit in ((172_800, "days"), (7_200, "hours"), (120, "minutes")):
        if seconds >= size:
            return f"{seconds / {'days': 86_400, 'hours': 3_600, 'minutes': 60}[unit]:.0f} {unit}"
    return f"{seconds:.0f} seconds"
