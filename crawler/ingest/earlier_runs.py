"""What earlier runs left: lists that are read already, a pause that is not over."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime

from archive.archive import Archive
from archive.clock import now
from archive.crawls import COMPLETE
from archive.errors import CorruptCapture
from archive.history.capture_rows import find_captures
from crawler.http.retry_after import left_alone_until
from crawler.site.paper import DONGTHAP, Paper
from crawler.site.urls import is_ours, read_address


def last_whole_run(connection: sqlite3.Connection) -> str | None:
    """When the last complete crawl ended, in UTC; None if there is none."""
    row = connection.execute(
        "SELECT finished_at FROM crawls WHERE command = 'crawl' AND finished_at IS NOT NULL"
        f" AND exit_code IN {COMPLETE} ORDER BY id DESC LIMIT 1"
    ).fetchone()
    return row and str(row[0])


def lists_read(connection: sqlite3.Connection, paper: Paper = DONGTHAP) -> set[str]:
    """The list pages of *paper* that were read since a backfill last came to its end.

    A list is read when its links are stored: `ArchiveWriter.save_list` writes both at once. A
    capture alone says only that it was fetched, maybe by a crawl that was killed then.
    """
    captured = connection.execute(
        "SELECT captures.url, fetched_at FROM captures JOIN crawls ON crawls.id = crawl_id"
        " WHERE outcome = 'list' AND command = 'backfill' AND crawls.id > coalesce((SELECT"
        f" max(id) FROM crawls WHERE command = 'backfill' AND exit_code IN {COMPLETE}), 0)"
    )
    times = {
        (read_address(url, paper).canonical, at) for url, at in captured if is_ours(url, paper)
    }
    stored = connection.execute("SELECT url, fetched_at FROM frontier WHERE state = 'done'")
    return {url for url, at in stored if (url, at) in times}


def asked_to_wait_until(archive: Archive, paper: Paper = DONGTHAP) -> str | None:
    """Until when the site of *paper* asked to be left alone, in words; None if that is over.

    The last answer tells: a run ends when it is asked for more time than it has.
    """
    answers = archive.connection.execute(
        "SELECT id, status, url FROM captures WHERE origin = 'live' ORDER BY id DESC"
    )
    row = next((row for row in answers if is_ours(row[2], paper)), None)
    if row is None or row[1] not in (429, 503):
        return None
    [capture] = find_captures(archive.connection, "captures.id = ?", (row[0],))
    try:
        stated = archive.read(capture).header("Retry-After")
    except CorruptCapture:
        return None
    until = left_alone_until(stated, capture.fetched_at)
    if until is None or until <= datetime.fromisoformat(now()):
        return None
    return until.astimezone(UTC).strftime("%Y-%m-%d %H:%M UTC")
