"""A bound on the CPU time that reading one page may take.

The extraction bounds what a page may hold (`crawler.extract.page`), so a page costs
milliseconds; this is for the page that nobody thought of. Without it, one page could hold up a
crawl, and every run after it that reads the same capture.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

from archive.errors import ExtractionError

#: Seconds of CPU. The slowest page of the tests takes one; the margin is for slow machines, so that
#: they make the same archive of the same captures.
LONGEST = 60.0


class TookTooLong(ExtractionError):
    """ArticleCandidate the page took more CPU time than a page may."""


@contextmanager
def limited(
    seconds: float = LONGEST, error: Callable[[str], BaseException] = TookTooLong
) -> Iterator[None]:
    """Raise *error* where the block takes more than *seconds* of this process's CPU time.

    It is raised again each second, should something in the block swallow it.

    Signals reach the main thread only, and not every system has the timer: elsewhere the block has
    no limit. Pages are read in the main thread of their process.
    """
    if threading.current_thread() is not threading.main_thread() or not hasattr(
        signal, "setitimer"
    ):
        yield
        return

    def late(number: int, frame: FrameType | None) -> None:
        raise error(f"reading the page took more than {seconds:g} s of CPU time")

    before = signal.signal(signal.SIGVTALRM, late)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds, 1.0)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)
