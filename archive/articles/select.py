"""Many articles, by a query: their keys in a fixed order, and the articles one after another.

Read only, and in constant memory but for the keys.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import replace

from archive.models import Article
from archive.search.query import Query
from archive.search.sql import matching

_BATCH = 500
_OURS = ("url", "key", "site_id", "generation", "section", "section_slug")


def keys_of(connection: sqlite3.Connection, query: str | Query = "") -> list[str]:
    """The keys of every article that *query* means, oldest first, the undated last.

    Keys rather than row numbers: they are the same in an archive that is built anew.
    """
    selection = matching(connection, query)
    rows = connection.execute(
        f"SELECT key FROM articles WHERE +id IN ({selection.ids})"
        " ORDER BY updated_at IS NULL, updated_at, key",
        selection.parameters,
    )
    return [key for (key,) in rows]


def articles(connection: sqlite3.Connection, query: str | Query = "") -> Iterator[Article]:
    """Every article that *query* means, as it was last seen, oldest first."""
    keys = keys_of(connection, query)
    for start in range(0, len(keys), _BATCH):
        rows = connection.execute(
            f"SELECT {', '.join(f'a.{name}' for name in _OURS)}, r.article"
            " FROM json_each(?) AS picked CROSS JOIN articles AS a ON a.key = picked.value"
            " JOIN revisions AS r ON r.article_id = a.id AND r.number = a.revision",
            (json.dumps(keys[start : start + _BATCH]),),
        ).fetchall()
        for *ours, stated in rows:
            yield replace(Article.from_dict(json.loads(stated)), **dict(zip(_OURS, ours)))
