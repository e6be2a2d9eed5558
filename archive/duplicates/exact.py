"""The same text at several numbers: which is the original, and the ``exact`` pairs.

The original is the one that the paper posted first, by what its pages say; which of them was
fetched first decides nothing. The original follows from the articles together: it is found anew
when another copy arrives, when an older page of one shows an earlier stamp, and when the text of
one changes.
"""

from __future__ import annotations

import sqlite3
from itertools import combinations
from typing import NamedTuple

from archive.text import loose

#: Below this many characters a text proves nothing: "Mời quý vị theo dõi video" is on many pages.
PROVES_COPY = 60
#: Up to so many copies every pair is kept; of more, each with the original: a notice that stands at
#: a thousand numbers would make half a million.
PAIRED = 24


class _Copy(NamedTuple):
    """One article of those that say the same; they sort by who was first."""

    stamp: str
    """The earliest that its pages showed beside this text."""
    generation: str
    length: int
    key: str
    """Numbers count in the order of publication."""
    id: int
    duplicate_of: int | None
    first_seen_at: str


_COPIES = (
    "SELECT coalesce((SELECT min(updated_at) FROM revisions WHERE article_id = a.id"
    " AND revisions.title = a.title AND revisions.body = a.body), '9999'),"
    " coalesce(generation, ''), length(key), key, id, duplicate_of, first_seen_at"
    " FROM articles AS a WHERE text_digest = ?"
)


def link(
    connection: sqlite3.Connection, digest: str, body: str | None, new_id: int | None = None
) -> set[int]:
    """Write the original of every article whose latest text is *digest*; returns their ids.

    *body* is that of any of them. *new_id* is one that was never linked: among many copies it is
    compared with their original alone, and only that is returned.
    """
    if len(loose(body) or "") < PROVES_COPY:
        return set()
    (count,) = connection.execute(
        "SELECT count(*) FROM articles WHERE text_digest = ?", (digest,)
    ).fetchone()
    if new_id and count == 1:
        return {new_id}
    if new_id and count > PAIRED + 1 and (first := _original(connection, digest, new_id)):
        return {first}
    copies = sorted(_Copy(*row) for row in connection.execute(_COPIES, (digest,)))
    for place, copy in enumerate(copies):
        original = copies[0].id if place else None
        if copy.duplicate_of != original:
            connection.execute(
                "UPDATE articles SET duplicate_of = ? WHERE id = ?", (original, copy.id)
            )
    _write_pairs(connection, copies)
    return {copy.id for copy in copies}


def _original(connection: sqlite3.Connection, digest: str, new_id: int) -> int | None:
    """Link the article *new_id* with the original; None if it is itself the first."""
    found = connection.execute(
        f"{_COPIES} AND (duplicate_of IS NULL OR id = ?)", (digest, new_id)
    ).fetchall()
    first, *others = sorted(_Copy(*row) for row in found)
    if first.id == new_id or len(others) != 1:
        return None
    connection.execute("UPDATE articles SET duplicate_of = ? WHERE id = ?", (first.id, new_id))
    _insert(connection, [_pair(first, others[0])])
    return first.id


def _write_pairs(connection: sqlite3.Connection, copies: list[_Copy]) -> None:
    few = len(copies) <= PAIRED
    wanted = combinations(copies, 2) if few else ((copies[0], copy) for copy in copies[1:])
    pairs = {_pair(one, other) for one, other in wanted}
    there: set[tuple[int, int, str]] = set()
    for copy in copies:
        there.update(
            connection.execute(
                "SELECT article_id, other_id, found_at FROM duplicates"
                " WHERE (article_id = ?1 OR other_id = ?1) AND kind = 'exact'",
                (copy.id,),
            )
        )
    connection.executemany(
        "DELETE FROM duplicates WHERE article_id = ? AND other_id = ?",
        [pair[:2] for pair in there - pairs],
    )
    _insert(connection, sorted(pairs - there))


def _pair(one: _Copy, other: _Copy) -> tuple[int, int, str]:
    found_at = max(one.first_seen_at, other.first_seen_at)
    return min(one.id, other.id), max(one.id, other.id), found_at


def _insert(connection: sqlite3.Connection, pairs: list[tuple[int, int, str]]) -> None:
    # A pair that was near until now becomes exact.
    connection.executemany(
        "INSERT OR REPLACE INTO duplicates VALUES (?, ?, 'exact', 1.0, ?)", pairs
    )
