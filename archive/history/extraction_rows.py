"""Rows of ``extractions``: what the extractor read in a page, once for all captures that show it.

A row keeps its record as the differences from its article (`archive.database.records`), or in full
until the article is rebuilt. The view ``statements`` gives the whole; ``captures.statement_id``
points to the row.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping

from archive.database.records import Record, changes, extraction_digest, record, record_json
from archive.history.identity import day_of, proof_of
from archive.models import Article
from archive.text import text_digest


def find(connection: sqlite3.Connection, article: Article) -> int | None:
    """The row with exactly the content of *article*; None if there is none."""
    row = connection.execute(
        "SELECT id FROM extractions WHERE key = ? AND digest = ?",
        (article.key, extraction_digest(article)),
    ).fetchone()
    return row[0] if row else None


def find_or_insert(
    connection: sqlite3.Connection, article: Article, *, keep: bool
) -> tuple[int, bool]:
    """The row with the content of *article*, and whether it is new.

    A new row has its record only with *keep*; without, the caller rebuilds the article next.
    """
    known = find(connection, article)
    if known is not None:
        return known, False
    proof = proof_of(article, text_digest(article.title, article.body))
    cursor = connection.execute(
        "INSERT INTO extractions (key, generation, digest, text_digest, day, changes)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        (
            *(article.key, article.generation, extraction_digest(article), proof, day_of(article)),
            record_json(article) if keep else None,
        ),
    )
    assert cursor.lastrowid is not None
    return cursor.lastrowid, True


def read(connection: sqlite3.Connection, statement_id: int) -> Article:
    """The article as its page stated it."""
    (record,) = connection.execute(
        "SELECT article FROM statements WHERE id = ?", (statement_id,)
    ).fetchone()
    return Article.from_dict(json.loads(record))


def keep_differences(
    connection: sqlite3.Connection,
    article_id: int | None,
    base: Record,
    pages: Mapping[int, Article],
) -> None:
    """Keep *pages*, by their rows, as differences from *base*, the record of article *article_id*.

    Without an article, *base* is empty and the whole record is kept.
    """
    connection.executemany(
        "UPDATE extractions SET article_id = ?1, changes = ?2 WHERE id = ?3"
        " AND (article_id IS NOT ?1 OR changes IS NOT ?2)",
        [
            (article_id, changes(base, record(page)), statement_id)
            for statement_id, page in pages.items()
        ],
    )


def replace(connection: sqlite3.Connection, capture_id: int, article: Article) -> tuple[int, bool]:
    """Replace the content of a capture by *article*; returns the row, and whether it is new.

    The row that it pointed to before is deleted when its article is rebuilt.
    """
    statement_id, is_new = find_or_insert(connection, article, keep=True)
    connection.execute(
        "UPDATE captures SET statement_id = ?, layout = ? WHERE id = ?",
        (statement_id, article.layout, capture_id),
    )
    return statement_id, is_new


def delete_unused(connection: sqlite3.Connection, keys: Iterable[str]) -> None:
    """Delete the rows of *keys* that no capture points to any more."""
    connection.executemany(
        "DELETE FROM extractions WHERE key = ?"
        " AND NOT EXISTS (SELECT 1 FROM captures WHERE statement_id = extractions.id)",
        [(key,) for key in keys],
    )
