"""Near-duplicates: found by look-up, judged by what is not frame."""

from __future__ import annotations

import sqlite3


def link(connection: sqlite3.Connection, article_id: int, exact: set[int]) -> int:
    """Write the ``duplicates`` rows of one article; returns how many pairs it is in."""
    connection.execute(
        "DELETE FROM duplicates WHERE article_id = ?1 OR other_id = ?1", (article_id,)
    )
    first_seen = "(SELECT first_seen_at FROM articles WHERE id = {})"
    connection.executemany(
        "INSERT INTO duplicates VALUES (?1, ?2, 'exact', 1.0,"
        f" max({first_seen.format('?1')}, {first_seen.format('?2')}))",
        [(min(article_id, other), max(article_id, other)) for other in exact],
    )
    return len(exact)


def forget(connection: sqlite3.Connection, article_id: int) -> None:
    """Take the article out of the index."""
