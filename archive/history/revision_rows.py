"""The ``revisions`` table: a full copy of each distinct content of an article."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from typing import Any

from archive.history.revisions import Draft, content_digest, record_json

_COLUMNS = (
    *("number", "seen_at", "last_seen_at", "title", "lead", "body", "updated_at", "updated_text"),
    *("byline", "changed_fields", "edit", "content_digest", "article", "capture_id"),
)
_INSERT = (
    f"INSERT INTO revisions (article_id, {', '.join(_COLUMNS)}) VALUES (?{', ?' * len(_COLUMNS)})"
)
_UPDATE = f"UPDATE revisions SET {', '.join(f'{name} = ?' for name in _COLUMNS)} WHERE id = ?"


def write(
    connection: sqlite3.Connection, article_id: int, drafts: Iterable[Draft]
) -> tuple[dict[int, int], list[int]]:
    """Write the revisions of an article; leave alone what is so already.

    Returns the id of each by its number, and the ids of rows that are none any more: they can go
    (`delete`) when no capture points at them.
    """
    before = {
        row[1]: row
        for row in connection.execute(
            f"SELECT id, {', '.join(_COLUMNS)} FROM revisions WHERE article_id = ?", (article_id,)
        )
    }
    ids: dict[int, int] = {}
    for draft in drafts:
        row = _row_of(draft)
        known = before.pop(draft.number, None)
        if known is None:
            ids[draft.number] = _insert(connection, article_id, row)
            continue
        ids[draft.number] = known[0]
        if known[1:] != row:
            connection.execute(_UPDATE, (*row, known[0]))
    return ids, [row[0] for row in before.values()]


def delete(connection: sqlite3.Connection, ids: Iterable[int]) -> None:
    """Remove revisions that no page states any more."""
    connection.executemany("DELETE FROM revisions WHERE id = ?", [(one,) for one in ids])


def _insert(connection: sqlite3.Connection, article_id: int, row: tuple[Any, ...]) -> int:
    cursor = connection.execute(_INSERT, (article_id, *row))
    assert cursor.lastrowid is not None
    return cursor.lastrowid


def _row_of(draft: Draft) -> tuple[Any, ...]:
    article = draft.article
    return (
        draft.number,
        draft.seen_at,
        draft.last_seen_at,
        article.title,
        article.lead,
        article.body,
        article.updated_at,
        article.updated_text,
        article.byline,
        json.dumps(draft.changed_fields),
        draft.edit,
        content_digest(article),
        record_json(article),
        draft.capture_id,
    )
