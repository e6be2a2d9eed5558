"""Rows of ``article_revisions``: each distinct content of an article.

A row keeps the differences of the revision from the article as it is now; the view ``revisions``
gives the whole. So these rows are written after those of the article.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from typing import Any

from archive.database.records import Record, changes, record
from archive.history.revisions import RevisionDraft, content_digest

_COLUMNS = (
    *("number", "seen_at", "last_seen_at", "changed_fields", "edit", "content_digest"),
    *("capture_id", "changes"),
)
_INSERT = (
    f"INSERT INTO article_revisions (article_id, {', '.join(_COLUMNS)})"
    f" VALUES (?{', ?' * len(_COLUMNS)})"
)
_UPDATE = (
    f"UPDATE article_revisions SET {', '.join(f'{name} = ?' for name in _COLUMNS)} WHERE id = ?"
)


def write(
    connection: sqlite3.Connection,
    article_id: int,
    drafts: Iterable[RevisionDraft],
    base: Record,
    *,
    is_new: bool = False,
) -> tuple[dict[int, int], list[int]]:
    """Write the revisions of an article, whose record is *base*; rows that are right already stay.

    Returns the id of each by its number, and the ids of rows that are not revisions any more:
    `delete` them when no capture points to them.
    """
    rows: Iterable[tuple[Any, ...]] = ()
    if not is_new:
        rows = connection.execute(
            f"SELECT id, {', '.join(_COLUMNS)} FROM article_revisions WHERE article_id = ?",
            (article_id,),
        )
    before = {row[1]: row for row in rows}
    ids: dict[int, int] = {}
    for draft in drafts:
        row = _row_of(draft, base)
        known = before.pop(draft.number, None)
        if known is None:
            ids[draft.number] = _insert(connection, article_id, row)
            continue
        ids[draft.number] = known[0]
        if known[1:] != row:
            connection.execute(_UPDATE, (*row, known[0]))
    return ids, [row[0] for row in before.values()]


def delete(connection: sqlite3.Connection, ids: Iterable[int]) -> None:
    """Delete revisions that no page shows any more."""
    connection.executemany("DELETE FROM article_revisions WHERE id = ?", [(one,) for one in ids])


def _insert(connection: sqlite3.Connection, article_id: int, row: tuple[Any, ...]) -> int:
    cursor = connection.execute(_INSERT, (article_id, *row))
    assert cursor.lastrowid is not None
    return cursor.lastrowid


def _row_of(draft: RevisionDraft, base: Record) -> tuple[Any, ...]:
    article = draft.article
    return (
        draft.number,
        draft.seen_at,
        draft.last_seen_at,
        json.dumps(draft.changed_fields),
        draft.edit,
        content_digest(article),
        draft.capture_id,
        changes(base, record(article)),
    )
