"""Copies and near-copies: looked up by fingerprint, judged two by two, kept in ``duplicates``.

Only linked, never merged or deleted: that two articles say the same is a fact about the paper.
"""

from __future__ import annotations

import sqlite3

from archive.fingerprints import ALIKE, Fingerprint, agree, estimate, fingerprint, similarity


def link(connection: sqlite3.Connection, article_id: int, body: str | None, exact: set[int]) -> int:
    """Write the ``duplicates`` rows of one article; returns how many others it is a copy of.

    *exact* are the articles with the very same text.
    """
    mark = fingerprint(body)
    _remember(connection, article_id, mark)
    pairs = dict.fromkeys(exact, ("exact", 1.0))
    if mark is not None and body is not None:
        for other, its_facts in _candidates(connection, article_id, mark):
            if other not in pairs:
                (its_body,) = connection.execute(
                    "SELECT body FROM articles WHERE id = ?", (other,)
                ).fetchone()
                share = similarity(body, its_body)
                if share >= ALIKE and agree(mark.facts, its_facts, share):
                    pairs[other] = ("near", share)
    connection.execute(
        "DELETE FROM duplicates WHERE article_id = ?1 OR other_id = ?1", (article_id,)
    )
    seen = "(SELECT first_seen_at FROM articles WHERE id = {})"
    connection.executemany(
        f"INSERT INTO duplicates VALUES (?1, ?2, ?3, ?4, max({seen.format('?1')},"
        f" {seen.format('?2')}))",
        [
            (min(article_id, other), max(article_id, other), kind, share)
            for other, (kind, share) in sorted(pairs.items())
        ],
    )
    return len(pairs)


def forget(connection: sqlite3.Connection, article_id: int) -> None:
    """Take the article out of the index."""
    _remember(connection, article_id, None)


def _remember(connection: sqlite3.Connection, article_id: int, mark: Fingerprint | None) -> None:
    before = connection.execute(
        "SELECT sketch, facts FROM fingerprints WHERE article_id = ?", (article_id,)
    ).fetchone()
    known = Fingerprint(*before) if before else None
    if known == mark:
        return
    if known:
        connection.executemany(
            "DELETE FROM fingerprint_bands WHERE band = ? AND article_id = ?",
            [(band, article_id) for band in known.bands()],
        )
        connection.execute("DELETE FROM fingerprints WHERE article_id = ?", (article_id,))
    if mark:
        connection.execute(
            "INSERT INTO fingerprints VALUES (?, ?, ?)", (article_id, mark.sketch, mark.facts)
        )
        connection.executemany(
            "INSERT INTO fingerprint_bands VALUES (?, ?)",
            [(band, article_id) for band in mark.bands()],
        )


def _candidates(
    connection: sqlite3.Connection, article_id: int, mark: Fingerprint
) -> list[tuple[int, bytes]]:
    """The articles whose texts must be read to be sure, with their facts.

    A thousand bulletins of one series share their bands; their facts turn them away unread.
    """
    bands = mark.bands()
    rows = connection.execute(
        "SELECT article_id, sketch, facts FROM fingerprints WHERE article_id IN"
        f" (SELECT article_id FROM fingerprint_bands WHERE band IN ({', '.join('?' * len(bands))}))"
        " AND article_id <> ?",
        (*bands, article_id),
    )
    found = []
    for other, sketch, facts in rows:
        share = estimate(mark.sketch, sketch)
        # The estimate may be off by a fifth: what is near the line is counted out.
        if share >= ALIKE - 0.2 and agree(mark.facts, facts, share + 0.2):
            found.append((other, facts))
    return found
