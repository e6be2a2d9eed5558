"""When the site may be asked again, and when a run must leave it alone.

A server that says 429 or 503 speaks for the whole site: nobody else asks meanwhile. A server that
fails again and again is down or refuses us, and the run ends: the next one goes on from there.
"""

from __future__ import annotations

import asyncio
import math
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response

from archive.clock import now

#: Statuses with which a server speaks for the whole site: it is busy, or we ask too often.
BUSY = frozenset({429, 503})

#: Addresses in a row that the site did not deliver, each asked for as often as `RETRY_TIMES` says:
#: after so many the run ends. A silent site would otherwise cost minutes for every address that is
#: due; articles that fail for themselves do not come so many in a row.
MOST_IN_A_ROW = 10

#: After so many in a row nothing is asked for twice: it is no longer this page that is in trouble.
DOUBTFUL_AFTER = 3

#: The longest time that the next runs leave the site alone, whatever it asked for: a server that
#: asks for years has a typing error, one that wants nobody says so in robots.txt, and a run that
#: comes every night is on time again.
LONGEST = timedelta(hours=20)


class RunEnded(IgnoreRequest):
    """The run ends, so that the request was not sent: it says nothing about its address."""


class Politeness:
    """The pauses of one run, and the troubles it has met in a row."""

    def __init__(self, is_over: Callable[[], bool]):
        """*is_over* tells whether the run ends: nobody waits any longer, and nothing is sent."""
        self._is_over = is_over
        self._until = 0.0
        self._troubles: list[str] = []

    def leave_alone(self, seconds: float) -> None:
        """Let nothing be sent to the site for so long."""
        self._until = max(self._until, time.monotonic() + seconds)

    async def turn(self) -> None:
        """Return when a request may be sent; raises RunEnded if none may any more."""
        while (left := self._until - time.monotonic()) > 0 and not self._is_over():
            await asyncio.sleep(min(left, 0.25))
        if self._is_over():
            raise RunEnded

    @property
    def doubtful(self) -> bool:
        """Whether the site seems to be in trouble, and not the page that was asked for."""
        return len(self._troubles) >= DOUBTFUL_AFTER

    def well(self) -> None:
        """The site delivered what it was asked for."""
        self._troubles.clear()

    def trouble(self, what: str) -> str | None:
        """The site did not deliver, for the reason *what*; returns why the run must end, if so."""
        self._troubles.append(what)
        if len(self._troubles) < MOST_IN_A_ROW:
            return None
        return (
            f"the site did not deliver {len(self._troubles)} addresses in a row"
            f" (the last: {what}); the run ended there, the next one goes on"
        )


def no_answer(error: BaseException) -> str:
    """Why there was no answer, in the words of the innermost *error*."""
    for one in (error, error.__cause__):
        if reasons := getattr(one, "reasons", None):  # Twisted wraps what it met, in a list
            return str(reasons[-1].value)
    return str(error) or type(error).__name__


def asked_to_wait(response: Response) -> float | None:
    """Seconds that the server asks to wait; None if it does not say."""
    value = response.headers.get("Retry-After")
    return retry_after(value.decode("latin-1") if value else None, now())


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
