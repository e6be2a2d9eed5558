"""The one clock: when something was observed."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta

#: Seconds added to the time of day, from the environment. For rehearsals only (the demo, the
#: tests): a crawl of tomorrow's newsroom must find the re-check ladder as it will stand tomorrow.
SHIFT = "KHOBAO_CLOCK_SHIFT"


def now() -> str:
    """The time in UTC, to the millisecond: ``2026-11-24T06:47:55.123Z``."""
    moment = datetime.now(UTC) + timedelta(seconds=float(os.environ.get(SHIFT) or 0))
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")
