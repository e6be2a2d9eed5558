"""Near-copies: looked up by fingerprint, judged two by two, kept in ``duplicates``.

Only linked, never merged or deleted: that two articles say the same is a fact about the paper.

Two articles are compared if they have a *rare* key in common: one that no more than `RARE` articles
have. What a thousand bulletins share is the frame of their series and no evidence of anything; what
one of them and its corrected re-post share are keys of that day's text as well. So the work for an
article does not grow with the archive, whatever it prints every day. Which pairs there are follows
from the articles together and not from the order they came in: a key that stops being rare takes
back the pairs that were found by nothing else, one that becomes rare again brings them back.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import compress
from typing import NamedTuple

from archive.fingerprints import (
    ALIKE,
    MAYBE_ALIKE,
    Fingerprint,
    estimate,
    facts,
    fingerprint,
    hashes,
    resembling,
    share_needed,
    similarity,
)

#: Times the keys of a text, this is how many others it is compared with at most; of a corrected
#: re-post of one text, so many copies are found (at 24 as at 16: 0.997 of those planted).
RARE = 16


def link(connection: sqlite3.Connection, article_id: int, body: str | None, exact: set[int]) -> int:
    """Write the ``near`` pairs of one article; returns how many there are.

    *exact* are the articles with the very same text, which need not be compared.
    """
    mark = fingerprint(body)
    known, gained, lost = _remember(connection, article_id, mark)
    likes: list[tuple[int, float]] = []
    common: list[list[int]] = []
    if mark is not None and body is not None:
        others: set[int] = set()
        for key, holders in _holders(connection, hashes(mark.keys)):
            if len(holders) <= RARE:
                others.update(holders)
            elif len(holders) == RARE + 1 and key in gained:
                common.append(holders)
        others -= {article_id, *exact}
        likes = _likes(connection, article_id, mark, body, others)
    if known:  # what has no fingerprint has no pairs
        connection.execute(
            "DELETE FROM duplicates WHERE (article_id = ?1 OR other_id = ?1) AND kind = 'near'",
            (article_id,),
        )
    _write(connection, [(article_id, other, share) for other, share in likes])
    _part(connection, common)
    for key in lost:
        _rejoin(connection, key)
    return len(likes)


def forget(connection: sqlite3.Connection, article_id: int) -> None:
    """Take the article out of the index."""
    for key in _remember(connection, article_id, None).lost:
        _rejoin(connection, key)


class _Change(NamedTuple):
    """What became of an article's place in the index."""

    known: bool
    """Whether it had one."""
    gained: set[int]
    lost: set[int]


def _remember(connection: sqlite3.Connection, article_id: int, mark: Fingerprint | None) -> _Change:
    """Put the article under the keys of *mark*."""
    row = connection.execute(
        "SELECT sketch, keys FROM fingerprints WHERE article_id = ?", (article_id,)
    ).fetchone()
    before = Fingerprint(*row) if row else None
    if before == mark:
        if before:  # a word may still be another, and be a fact
            connection.execute(
                "UPDATE fingerprints SET facts = NULL WHERE article_id = ?", (article_id,)
            )
        return _Change(before is not None, set(), set())
    new = set(hashes(mark.keys)) if mark else set()
    old = set(hashes(before.keys)) if before else set()
    if old:
        connection.executemany(
            "DELETE FROM fingerprint_keys WHERE key = ? AND article_id = ?",
            [(key, article_id) for key in old - new],
        )
    if mark:
        connection.execute(
            "INSERT OR REPLACE INTO fingerprints (article_id, sketch, keys) VALUES (?, ?, ?)",
            (article_id, mark.sketch, mark.keys),
        )
        connection.execute(
            "INSERT INTO fingerprint_keys SELECT value, ? FROM json_each(?)",
            (article_id, json.dumps(sorted(new - old))),
        )
    else:
        connection.execute("DELETE FROM fingerprints WHERE article_id = ?", (article_id,))
    return _Change(before is not None, new - old, old - new)


def _holders(
    connection: sqlite3.Connection, keys: Iterable[int]
) -> Iterator[tuple[int, list[int]]]:
    """The articles that have each of *keys*; where it is not rare, only so many as tell that."""
    # All in one statement: two thirds of the time of one for each key.
    for key, holders in connection.execute(
        "SELECT value, (SELECT group_concat(article_id) FROM (SELECT article_id"
        f" FROM fingerprint_keys WHERE key = value LIMIT {RARE + 2})) FROM json_each(?)",
        (json.dumps(list(keys)),),
    ):
        yield key, list(map(int, holders.split(","))) if holders else []


def _likes(
    connection: sqlite3.Connection,
    article_id: int,
    mark: Fingerprint,
    body: str,
    others: Collection[int],
) -> list[tuple[int, float]]:
    """Those of *others* whose text is near to the article's, with the share they have in common."""
    if not others:
        return []
    found = []
    mine: bytes | None = None
    rows = connection.execute(
        "SELECT article_id, sketch, facts FROM json_each(?)"
        " CROSS JOIN fingerprints ON article_id = value",
        (json.dumps(list(others)),),
    ).fetchall()
    for other, sketch, its in compress(rows, resembling(mark.sketch, [row[1] for row in rows])):
        # Facts take fifty times as long as an estimate, if they are not known yet.
        if (mine is None or its is None) and estimate(mark.sketch, sketch) < MAYBE_ALIKE:
            continue
        if mine is None:
            mine = _facts(connection, article_id, body)
        if its is None:
            its = _facts(connection, other, _body(connection, other))
        # In the order of what they take: the facts turn away most of a series.
        needed = share_needed(mine, its)
        if needed > 1 or estimate(mark.sketch, sketch) < needed - ALIKE + MAYBE_ALIKE:
            continue
        share = similarity(body, _body(connection, other))
        if share >= needed:
            found.append((other, share))
    return found


def _facts(connection: sqlite3.Connection, article_id: int, body: str) -> bytes:
    """The facts of an article; kept when first asked for, as most texts have no likes."""
    found = facts(body)
    connection.execute(
        "UPDATE fingerprints SET facts = ? WHERE article_id = ?", (found, article_id)
    )
    return found


def _body(connection: sqlite3.Connection, article_id: int) -> str:
    (body,) = connection.execute("SELECT body FROM articles WHERE id = ?", (article_id,)).fetchone()
    return str(body)


def _write(connection: sqlite3.Connection, pairs: Collection[tuple[int, int, float]]) -> None:
    """Keep *pairs*, the smaller id first; one that is known already stays as it is."""
    if not pairs:
        return
    seen = "(SELECT first_seen_at FROM articles WHERE id = {})"
    connection.executemany(
        f"INSERT OR IGNORE INTO duplicates VALUES (?1, ?2, 'near', ?3, max({seen.format('?1')},"
        f" {seen.format('?2')}))",
        [(min(one, other), max(one, other), share) for one, other, share in pairs],
    )


def _part(connection: sqlite3.Connection, groups: Collection[Sequence[int]]) -> None:
    """The keys that *groups* hold are not rare any more: take back the pairs that no other brings.

    The groups are much the same, and so are the keys in them: each is looked up once.
    """
    pairs: set[tuple[int, int]] = set()
    for holders in groups:
        marks = ", ".join("?" * len(holders))
        pairs.update(
            connection.execute(
                "SELECT article_id, other_id FROM duplicates WHERE kind = 'near'"
                f" AND article_id IN ({marks}) AND other_id IN ({marks})",
                (*holders, *holders),
            )
        )
    if not pairs:
        return
    keys_of = {
        article_id: set(hashes(keys))
        for article_id, keys in connection.execute(
            "SELECT article_id, keys FROM fingerprints"
            " WHERE article_id IN (SELECT value FROM json_each(?))",
            (json.dumps(sorted({article_id for pair in pairs for article_id in pair})),),
        )
    }
    every_key = {key for keys in keys_of.values() for key in keys}
    rare = {key: len(holders) <= RARE for key, holders in _holders(connection, every_key)}
    connection.executemany(
        "DELETE FROM duplicates WHERE article_id = ? AND other_id = ?",
        [
            (one, other)
            for one, other in pairs
            if not any(rare[key] for key in keys_of[one] & keys_of[other])
        ],
    )


def _rejoin(connection: sqlite3.Connection, key: int) -> None:
    """One article lost *key*: if that made it rare again, its other holders are compared anew."""
    ((_, holders),) = _holders(connection, [key])
    if len(holders) != RARE:
        return
    for place, one in enumerate(holders):
        row = connection.execute(
            "SELECT sketch, keys FROM fingerprints WHERE article_id = ?", (one,)
        ).fetchone()
        likes = _likes(
            connection, one, Fingerprint(*row), _body(connection, one), holders[place + 1 :]
        )
        _write(connection, [(one, other, share) for other, share in likes])
