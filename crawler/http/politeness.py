"""When the site may be asked again, and when a run must leave it alone.

A server that says 429 or 503 speaks for the whole site: nobody else asks meanwhile. A server that
fails again and again is down or refuses us, and the run ends: the next one goes on from there.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterator

from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response

from archive.clock import now
from crawler.http.retry_after import retry_after

#: Statuses with which a server speaks for the whole site: it is busy, or we ask too often.
BUSY = frozenset({429, 503})

#: Addresses in a row that the site did not deliver, each asked for as often as `RETRY_TIMES` says:
#: after so many the run ends. A silent site would otherwise cost minutes for every address that is
#: due; articles that fail for themselves do not come so many in a row.
MOST_IN_A_ROW = 10

#: Failures in a row after which nothing is retried: the site is in trouble, not the page.
DOUBTFUL_AFTER = 3


class RunEnded(IgnoreRequest):
    """The run ends, so that the request was not sent: it says nothing about its address."""


class Politeness:
    """The pauses of one run, and the troubles it has met in a row."""

    def __init__(self, is_over: Callable[[], bool], delay: float = 0.0):
        """*is_over* tells whether the run ends: no request waits any longer, and none is sent."""
        self.delay = delay
        """Seconds between an answer, or none, and the next request; robots.txt may raise it."""
        self._is_over = is_over
        self._until = 0.0
        self._troubles: list[str] = []

    def leave_alone(self, seconds: float) -> None:
        """Send nothing to the site for *seconds*."""
        self._until = max(self._until, time.monotonic() + seconds)

    def exchange_ended(self) -> None:
        """An answer came, or none: the next request waits for the delay.

        Counted from the answer and not from the request: the server then never sees two requests
        closer together, however long the first was on its way.
        """
        self.leave_alone(self.delay)

    async def turn(self) -> None:
        """Return when a request may be sent; raises RunEnded once the run ends."""
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
    *_, innermost = _causes(error)
    return str(innermost) or str(error) or type(error).__name__


def _causes(error: BaseException) -> Iterator[BaseException]:
    """*error* and the errors in it: Scrapy states a cause, Twisted keeps a list of reasons."""
    yield error
    if error.__cause__ is not None:
        yield error.__cause__
    for one in (error, error.__cause__):
        for reason in getattr(one, "reasons", ()):
            yield reason.value


def certificate_fault(error: BaseException) -> str | None:
    """What is wrong with the server's certificate, if that is why there was no answer."""
    for one in _causes(error):
        if type(one).__module__.startswith("service_identity"):
            return "it is for another host name"
        if type(one).__module__.startswith("OpenSSL") and "certificate" in str(one):
            return "it has run out, or nobody known has signed it"
    return None


def asked_to_wait(response: Response) -> float | None:
    """Seconds that the server asks to wait; None if it does not say."""
    value = response.headers.get("Retry-After")
    return retry_after(value.decode("latin-1") if value else None, now())
