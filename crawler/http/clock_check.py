"""Is this machine's clock right? The first answer of the site says its time in ``Date``.

What is fetched under a wrong clock lies in the future or among older versions for as long as the
archive lives, and is due again in a year. So a run ends before its first page is kept if the
server's time fits the archive's last run, and this machine's does not, or much less. A server whose
clock is wrong stops nobody: then its time does not fit.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from archive import clock

#: A clock may differ from the server's by a time zone that was set wrongly, and a little more.
TOLERATED = timedelta(days=1)


def clock_fault(stated: bytes | None, at: str, last_run: str | None) -> str | None:
    """Why the time *at* is wrong; None if it is right, or if nobody can say.

    *stated* is the server's ``Date``, *last_run* the end of the archive's last whole run.

    >>> last = "2026-11-30T21:00:00Z"
    >>> clock_fault(b"Tue, 01 Dec 2026 20:17:00 GMT", "2027-12-01T20:17:00Z", last)
    "this machine's clock says 2027-12-01, the site's 2026-12-01; the last run was on 2026-11-30"
    >>> clock_fault(b"Thu, 01 Jan 1970 00:00:00 GMT", "2026-12-01T20:17:00Z", last)
    """
    if stated is None or last_run is None:
        return None
    try:
        theirs = parsedate_to_datetime(stated.decode("latin-1"))
    except ValueError:
        return None
    if theirs.tzinfo is None:
        theirs = theirs.replace(tzinfo=UTC)
    theirs += clock.shift()  # a rehearsal is one for the site, too
    ours, last = datetime.fromisoformat(at), datetime.fromisoformat(last_run)
    if abs(ours - theirs) <= TOLERATED or theirs < last:
        return None
    if last <= ours < theirs:  # the server's time is the stranger one
        return None
    return (
        f"this machine's clock says {ours:%Y-%m-%d}, the site's {theirs:%Y-%m-%d};"
        f" the last run was on {last:%Y-%m-%d}"
    )
