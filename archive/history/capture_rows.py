"""The ``captures`` table: one row for each fetched response."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import fields
from typing import Any

from archive.history.nights import Doubt, is_dated
from archive.models import Capture

#: The columns that a `Capture` is, in the order of its fields.
CAPTURE_COLUMNS = ", ".join(f"captures.{field.name}" for field in fields(Capture))

_STORED = tuple(field.name for field in fields(Capture) if field.name != "id")
_MEANING = (
    *("outcome", "error", "layout", "address", "statement_id", "article_id", "revision_id"),
    *("doubt", "named"),
)
_INSERT = (
    f"INSERT INTO captures ({', '.join((*_STORED, 'crawl_id', *_MEANING))})"
    f" VALUES (?{', ?' * (len(_STORED) + len(_MEANING))}) ON CONFLICT DO NOTHING"
)
_UPDATE = (
    f"UPDATE captures SET {', '.join(f'{name} = ?' for name in _MEANING)}"
    " WHERE warc_file = ? AND warc_offset = ? RETURNING id"
)


def insert_capture(
    connection: sqlite3.Connection,
    capture: Capture,
    crawl_id: int | None,
    outcome: str,
    *,
    error: str | None = None,
    layout: str | None = None,
    address: str | None = None,
    statement_id: int | None = None,
    article_id: int | None = None,
    revision_id: int | None = None,
    doubt: Doubt | None = None,
    named: int | None = None,
) -> int:
    """Write the row of *capture*; returns its id. *address* is the canonical one of an article.

    *named* is how many articles a list names.

    If the record has a row already (after a recovery, say), its meaning is replaced.
    """
    if not has_place_in_time(capture):
        doubt = "date"
    meaning = (
        *(outcome, error, layout, address, statement_id, article_id, revision_id),
        *(doubt, named),
    )
    stored = [getattr(capture, name) for name in _STORED]
    # One statement that does either (`DO UPDATE … RETURNING`) takes twice the time of this.
    cursor = connection.execute(_INSERT, (*stored, crawl_id, *meaning))
    if cursor.rowcount:
        assert cursor.lastrowid is not None
        return cursor.lastrowid
    place = (capture.warc_file, capture.warc_offset)
    row = connection.execute(_UPDATE, (*meaning, *place)).fetchone()
    return int(row[0])


def has_place_in_time(capture: Capture) -> bool:
    """Whether *capture* may have been made at the time it states; a live one was."""
    return capture.origin == "live" or is_dated(capture.fetched_at, capture.warc_file)


def capture_of(row: Iterable[Any]) -> Capture:
    """The `Capture` in a row of `CAPTURE_COLUMNS`."""
    return Capture(*row)


def find_captures(
    connection: sqlite3.Connection, condition: str, parameters: Iterable[Any] = ()
) -> list[Capture]:
    """The captures that meet an SQL *condition*, oldest first."""
    rows = connection.execute(
        f"SELECT {CAPTURE_COLUMNS} FROM captures WHERE {condition} ORDER BY fetched_at, id",
        tuple(parameters),
    )
    return [capture_of(row) for row in rows]


def original_of(connection: sqlite3.Connection, capture: Capture) -> Capture | None:
    """The response that holds the payload of a revisit: the latest before it, same address."""
    return find_original(connection, capture.url, capture.payload_digest, capture.fetched_at)


def find_original(
    connection: sqlite3.Connection, url: str, digest: str, before: str | None = None
) -> Capture | None:
    """The latest response with payload *digest* at *url*, fetched no later than *before*."""
    rows = connection.execute(
        f"SELECT {CAPTURE_COLUMNS} FROM captures WHERE url = ?1 AND record_type = 'response'"
        " AND payload_digest = ?2 AND (?3 IS NULL OR fetched_at <= ?3)"
        " ORDER BY fetched_at DESC LIMIT 1",
        (url, digest, before),
    )
    return next(map(capture_of, rows), None)


def is_known(connection: sqlite3.Connection, url: str, fetched_at: str, digest: str) -> bool:
    """Whether there is a capture of *url* with this payload from the same second.

    A second, because indexes of web archives tell no less, and their files sometimes do.
    """
    second = fetched_at[:19]
    row = connection.execute(
        "SELECT 1 FROM captures WHERE url = ? AND fetched_at BETWEEN ? AND ?"
        " AND payload_digest = ?",
        (url, f"{second}.000Z", f"{second}.999Z", digest),
    ).fetchone()
    return row is not None
