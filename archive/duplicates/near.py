"""Near-duplicates: looked up by fingerprint, compared two by two, kept in ``duplicates``.

Only linked, never merged or deleted: that two articles say the same is a fact about the paper.

Two articles are compared if they have a *rare* key in common: one that no more than `RARE` articles
have. A key that a thousand bulletins share belongs to the frame of their series and is evidence of
nothing; the keys that one of them shares with its corrected re-post belong to that day's text. So
the work for an article does not grow with the archive, whatever the paper prints every day. The
pairs follow from the articles together and not from the order they came in: when a key stops being
rare, the pairs found by nothing else are deleted; when it becomes rare again, they return.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Sequence

from archive.duplicates.fingerprint import (
    ALIKE,
    MAYBE_ALIKE,
    Fingerprint,
    entities,
    estimated_share,
    fingerprint,
    hashes,
    share_needed,
    similarity,
)

#: A text is compared with at most this many others for each of its keys. A higher limit finds no
#: more copies (at 24 as at 16: 0.997 of those planted).
RARE = 16


def link(connection: sqlite3.Connection, article_id: int, body: str | None, exact: set[int]) -> int:
    """Write the ``near`` pairs of one article; returns how many there are.

    *exact* are the articles with the very same text, which need not be compared.
    """
    mark = fingerprint(body)
    before = _mark_of(connection, article_id)
    gained, lost = _write_mark(connection, article_id, before, mark)
    copies: list[tuple[int, float]] = []
    common: list[list[int]] = []
    if mark is not None and body is not None:
        candidates: set[int] = set()
        for key, holders in _holders(connection, hashes(mark.keys)):
            if len(holders) <= RARE:
                candidates.update(holders)
            elif len(holders) == RARE + 1 and key in gained:
                common.append(holders)
        candidates -= {article_id, *exact}
        copies = _copies(connection, article_id, mark, body, candidates)
    if before:  # an article without a fingerprint has no pairs
        connection.execute(
            "DELETE FROM duplicates WHERE (article_id = ?1 OR other_id = ?1) AND kind = 'near'",
            (article_id,),
        )
    _insert_pairs(connection, article_id, copies)
    _drop_pairs_of_common_keys(connection, common)
    for key in lost:
        _compare_again(connection, key)
    return len(copies)


def link_all(connection: sqlite3.Connection) -> None:
    """Write the fingerprints and the ``near`` pairs of all articles anew."""
    connection.execute("DELETE FROM duplicates WHERE kind = 'near'")
    connection.execute("DELETE FROM fingerprints")
    connection.execute("DELETE FROM fingerprint_keys")
    for (article_id,) in connection.execute("SELECT id FROM articles ORDER BY id").fetchall():
        exact = {
            other
            for pair in connection.execute(
                "SELECT article_id, other_id FROM duplicates WHERE ?1 IN (article_id, other_id)",
                (article_id,),
            )
            for other in pair
        }
        link(connection, article_id, _body(connection, article_id), exact)


def forget(connection: sqlite3.Connection, article_id: int) -> None:
    """Delete the fingerprint of the article."""
    before = _mark_of(connection, article_id)
    for key in _write_mark(connection, article_id, before, None)[1]:
        _compare_again(connection, key)


def _mark_of(connection: sqlite3.Connection, article_id: int) -> Fingerprint | None:
    row = connection.execute(
        "SELECT sketch, keys FROM fingerprints WHERE article_id = ?", (article_id,)
    ).fetchone()
    return Fingerprint(*row) if row else None


def _write_mark(
    connection: sqlite3.Connection,
    article_id: int,
    before: Fingerprint | None,
    mark: Fingerprint | None,
) -> tuple[set[int], set[int]]:
    """Write the fingerprint of the article; returns which keys it gained, and which it lost."""
    if before == mark:
        if before:  # a word may still have changed that is part of an entity
            connection.execute(
                "UPDATE fingerprints SET entities = NULL WHERE article_id = ?", (article_id,)
            )
        return set(), set()
    new = set(hashes(mark.keys)) if mark else set()
    old = set(hashes(before.keys)) if before else set()
    if before:
        connection.execute("DELETE FROM fingerprints WHERE article_id = ?", (article_id,))
        connection.executemany(
            "DELETE FROM fingerprint_keys WHERE key = ? AND article_id = ?",
            [(key, article_id) for key in old - new],
        )
    if mark:
        connection.execute(
            "INSERT INTO fingerprints (article_id, sketch, keys) VALUES (?, ?, ?)",
            (article_id, mark.sketch, mark.keys),
        )
        connection.executemany(
            "INSERT INTO fingerprint_keys VALUES (?, ?)",
            [(key, article_id) for key in sorted(new - old)],
        )
    return new - old, old - new


def _holders(
    connection: sqlite3.Connection, keys: Iterable[int]
) -> Iterator[tuple[int, list[int]]]:
    """Each of *keys* with the articles that have it; if it is not rare, with `RARE` + 2 at most."""
    # All in one statement: two thirds of the time of one for each key.
    for key, holders in connection.execute(
        "SELECT value, (SELECT json_group_array(article_id) FROM (SELECT article_id"
        f" FROM fingerprint_keys WHERE key = value LIMIT {RARE + 2})) FROM json_each(?)",
        (str(list(keys)),),
    ):
        yield key, json.loads(holders)


def _copies(
    connection: sqlite3.Connection,
    article_id: int,
    mark: Fingerprint,
    body: str,
    candidates: Collection[int],
) -> list[tuple[int, float]]:
    """The *candidates* whose text is nearly the article's, each with the share in common."""
    if not candidates:
        return []
    found = []
    sketch = frozenset(hashes(mark.sketch))
    mine: bytes | None = None
    for other, its_sketch, its in connection.execute(
        "SELECT article_id, sketch, entities FROM json_each(?)"
        " CROSS JOIN fingerprints ON article_id = value",
        (str(list(candidates)),),
    ).fetchall():
        estimate = estimated_share(sketch, frozenset(hashes(its_sketch)))
        if estimate < MAYBE_ALIKE:
            continue
        if mine is None:
            mine = _write_entities(connection, article_id, body)
        if its is None:
            its = _write_entities(connection, other, _body(connection, other))
        # The cheaper look first: the entities turn away most of a series.
        needed = share_needed(mine, its)
        if needed > 1 or estimate < needed - ALIKE + MAYBE_ALIKE:
            continue
        share = similarity(body, _body(connection, other) or "")
        if share >= needed:
            found.append((other, share))
    return found


def _write_entities(connection: sqlite3.Connection, article_id: int, body: str | None) -> bytes:
    """Write the entities of an article. It is done when needed: most texts have no candidates."""
    found = entities(body)
    connection.execute(
        "UPDATE fingerprints SET entities = ? WHERE article_id = ?", (found, article_id)
    )
    return found


def _body(connection: sqlite3.Connection, article_id: int) -> str | None:
    body: str | None
    (body,) = connection.execute("SELECT body FROM articles WHERE id = ?", (article_id,)).fetchone()
    return body


def _insert_pairs(
    connection: sqlite3.Connection, article_id: int, copies: Collection[tuple[int, float]]
) -> None:
    """Insert the pairs of the article, the smaller id first; one that is known stays as it is."""
    seen = "(SELECT first_seen_at FROM articles WHERE id = {})"
    connection.executemany(
        f"INSERT OR IGNORE INTO duplicates VALUES (?1, ?2, 'near', ?3, max({seen.format('?1')},"
        f" {seen.format('?2')}))",
        [(min(article_id, other), max(article_id, other), share) for other, share in copies],
    )


def _drop_pairs_of_common_keys(
    connection: sqlite3.Connection, groups: Collection[Sequence[int]]
) -> None:
    """Delete the pairs without a rare key in common, after a key of each of *groups* became common.

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
            (str(sorted({article_id for pair in pairs for article_id in pair})),),
        )
    }
    every_key = {key for keys in keys_of.values() for key in keys}
    rare = {key for key, holders in _holders(connection, every_key) if len(holders) <= RARE}
    connection.executemany(
        "DELETE FROM duplicates WHERE article_id = ? AND other_id = ?",
        [pair for pair in pairs if not keys_of[pair[0]] & keys_of[pair[1]] & rare],
    )


def _compare_again(connection: sqlite3.Connection, key: int) -> None:
    """Compare the articles that have *key*, if it became rare when one article lost it."""
    ((_, holders),) = _holders(connection, [key])
    if len(holders) != RARE:
        return
    for place, one in enumerate(holders):
        mark, body = _mark_of(connection, one), _body(connection, one)
        assert mark is not None
        assert body is not None
        copies = _copies(connection, one, mark, body, holders[place + 1 :])
        _insert_pairs(connection, one, copies)
