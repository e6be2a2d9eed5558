"""The spelling in the search indexes, where it differs from the one that is stored and shown.

The paper writes Đ in two ways, tones in two orders, a soft hyphen now and then; that is evidence
and stays. What is searched has gone through `archive.vietnamese.normalise`, as every query has. The
few texts in which this makes a difference stand in ``articles_respelled``; the views that the
indexes are of prefer them, so indexing stays plain SQL.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
from typing import Any

from archive.vietnamese import normalise

#: The columns that are searched, in the order of the search indexes. Their weights are in search.
#: The body comes first: an index notes the column of each word, but not of those in the first. That
#: makes it a fifth smaller (measured: 0.62 and 0.50 bytes per byte of text).
SEARCH_COLUMNS = ("body", "title", "kicker", "lead", "captions", "byline")

_NAMES = ", ".join(SEARCH_COLUMNS)
_INSERT = (
    f"INSERT INTO articles_respelled (article_id, {_NAMES}) VALUES (?{', ?' * len(SEARCH_COLUMNS)})"
)


def respelled(texts: Iterable[str | None]) -> tuple[str | None, ...] | None:
    """Each of *texts* as it is searched, None where it is so already; None if all are."""
    found = tuple(_respelled(text) if text else None for text in texts)
    return found if any(each is not None for each in found) else None


def _respelled(text: str) -> str | None:
    searched = normalise(text)
    # The views write these two by themselves (`archive.database.schema.searched`).
    return searched if searched != text.replace("²", "2").replace("³", "3") else None


def forget(connection: sqlite3.Connection, article_id: int) -> None:
    """Delete the searched spelling of an article; call it before its texts change."""
    connection.execute("DELETE FROM articles_respelled WHERE article_id = ?", (article_id,))


def respell(connection: sqlite3.Connection, article_id: int, values: Mapping[str, Any]) -> None:
    """Write the searched spelling of an article; call it after its texts, *values*, changed."""
    if found := respelled(values[name] for name in SEARCH_COLUMNS):
        connection.execute(_INSERT, (article_id, *found))


def respell_all(connection: sqlite3.Connection) -> int:
    """Write the searched spelling of every article anew; returns how many have one."""
    connection.execute("DELETE FROM articles_respelled")
    rows = connection.execute(f"SELECT id, {_NAMES} FROM articles ORDER BY id")
    differ = [(id, *found) for id, *texts in rows if (found := respelled(texts))]
    connection.executemany(_INSERT, differ)
    return len(differ)
