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

import sqlite3
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import compress

from archive.duplicates.fingerprint import (
    ALIKE,
    MAYBE_ALIKE,
    Fingerprint,
    facts,
    fingerprint,
    hashes,
    resembling,
    seems_alike,
    share_needed,
    similarity,
)

#: Times the keys of a text, this is how many others it is compared with at most; of a corrected
#: re-post of one text, so many copies are found (at 24 as at 16: 0.997 of those planted).
RARE = 16


def link(
    connection: sqlite3.Connection,
    article_id: int,
    body: str | None,
    exact: set[int],
) -> int:
    """Write the ``near`` pairs of one article; returns how many there are.

    *exact* are the articles with the very same text, which need not be compared.
    """
    mark = fingerprint(body)
    before = _mark_of(connection, article_id)
    gained, lost = _remember(connection, article_id, before, mark)
    likes: list[tuple[int, float]] = []
    common: list[list[int]] = []
    if mark is not None and body is not None:
        rare: list[str] = []
        for key, count, holders in _holders(connection, hashes(mark.keys)):
            if count <= RARE:
                rare.append(holders)
            elif count == RARE + 1 and key in gained:
                common.append(_ids(holders))
        others = set(_ids(",".join(rare))) - {article_id, *exact}
        likes = _likes(connection, article_id, mark, body, others)
    if before:  # what has no fingerprint has no pairs
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
    for key in _remember(connection, article_id, _mark_of(connection, article_id), None)[1]:
        _rejoin(connection, key)


def _mark_of(connection: sqlite3.Connection, article_id: int) -> Fingerprint | None:
    row = connection.execute(
        "SELECT sketch, keys FROM fingerprints WHERE article_id = ?", (article_id,)
    ).fetchone()
    return Fingerprint(*row) if row else None


def _remember(
    connection: sqlite3.Connection,
    article_id: int,
    before: Fingerprint | None,
    mark: Fingerprint | None,
) -> tuple[set[int], set[int]]:
    """Put the article under the keys of *mark*; returns which keys it gained, and which it lost."""
    if before == mark:
        if before:  # a word may still be another, and be a fact
            connection.execute(
                "UPDATE fingerprints SET facts = NULL WHERE article_id = ?", (article_id,)
            )
        return set(), set()
    new = set(hashes(mark.keys)) if mark else set()
    old = set(hashes(before.keys)) if before else set()
    if old:
        connection.executemany(
            "DELETE FROM fingerprint_keys WHERE key = ? AND article_id = ?",
            [(key, article_id) for key in old - new],
        )
    if mark:
        # Where there is nothing to replace, to say so takes a third of the time.
        verb = "INSERT OR REPLACE" if before else "INSERT"
        connection.execute(
            f"{verb} INTO fingerprints (article_id, sketch, keys) VALUES (?, ?, ?)",
            (article_id, mark.sketch, mark.keys),
        )
        connection.executemany(
            "INSERT INTO fingerprint_keys VALUES (?, ?)",
            [(key, article_id) for key in sorted(new - old)],
        )
    else:
        connection.execute("DELETE FROM fingerprints WHERE article_id = ?", (article_id,))
    return new - old, old - new


def _holders(connection: sqlite3.Connection, keys: Iterable[int]) -> Iterator[tuple[int, int, str]]:
    """How many articles have each of *keys*, and which; not all of them, where it is not rare."""
    # All in one statement: two thirds of the time of one for each key. Most of the numbers are not
    # needed, so they stay text.
    for key, holders in connection.execute(
        "SELECT value, (SELECT group_concat(article_id) FROM (SELECT article_id"
        f" FROM fingerprint_keys WHERE key = value LIMIT {RARE + 2})) FROM json_each(?)",
        (str(list(keys)),),
    ):
        yield key, holders.count(",") + 1 if holders else 0, holders or ""


def _ids(holders: str) -> list[int]:
    return [int(one) for one in holders.split(",") if one]


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
        (str(list(others)),),
    ).fetchall()
    for other, sketch, its in compress(rows, resembling(mark.sketch, [row[1] for row in rows])):
        if mine is None:
            mine = _facts(connection, article_id, body)
        if its is None:
            its = _facts(connection, other, _body(connection, other))
        # In the order of what they take: the facts turn away most of a series.
        needed = share_needed(mine, its)
        if needed > 1 or not seems_alike(mark.sketch, sketch, needed - ALIKE + MAYBE_ALIKE):
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
            (str(sorted({article_id for pair in pairs for article_id in pair})),),
        )
    }
    every_key = {key for keys in keys_of.values() for key in keys}
    rare = {key: count <= RARE for key, count, _ in _holders(connection, every_key)}
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
    ((_, count, text),) = _holders(connection, [key])
    if count != RARE:
        return
    holders = _ids(text)
    for place, one in enumerate(holders):
        mark = _mark_of(connection, one)
        assert mark is not None
        likes = _likes(connection, one, mark, _body(connection, one), holders[place + 1 :])
        _write(connection, [(one, other, share) for other, share in likes])
