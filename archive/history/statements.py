"""What pages say, one by one: rows of ``statements``, and the articles that follow from them."""

from __future__ import annotations

import sqlite3

from archive.history.identity import clusters, day_of, is_connected, proof_of
from archive.history.rebuild import Assembled, regroup
from archive.history.revisions import record_json, statement_digest, text_digest
from archive.models import Article


def find_statement(connection: sqlite3.Connection, article: Article) -> int | None:
    """The row of what the page says, if a page said so before."""
    row = connection.execute(
        "SELECT id FROM extractions WHERE key = ? AND digest = ?",
        (article.key, statement_digest(article)),
    ).fetchone()
    return row[0] if row else None


def state(connection: sqlite3.Connection, article: Article) -> tuple[int, bool]:
    """The row of what the page says, and whether it is new."""
    statement_id = find_statement(connection, article)
    if statement_id is not None:
        return statement_id, False
    return insert_statement(connection, article), True


def insert_statement(connection: sqlite3.Connection, article: Article) -> int:
    """Write the row of what the page says, which no page said before; returns its id.

    What it says is kept when its article is rebuilt, or by `keep_record`.
    """
    proof = proof_of(article, text_digest(article.title, article.body))
    cursor = connection.execute(
        "INSERT INTO extractions (key, generation, digest, text_digest, day)"
        " VALUES (?, ?, ?, ?, ?)",
        (article.key, article.generation, statement_digest(article), proof, day_of(article)),
    )
    assert cursor.lastrowid is not None
    return cursor.lastrowid


def keep_record(connection: sqlite3.Connection, article: Article, statement_id: int) -> None:
    """Keep what a page says in full, until its article is rebuilt."""
    connection.execute(
        "UPDATE extractions SET article_id = NULL, changes = ? WHERE id = ?",
        (record_json(article), statement_id),
    )


def restate(connection: sqlite3.Connection, capture_id: int, article: Article) -> tuple[int, bool]:
    """Let capture *capture_id* say *article* instead of what it said before."""
    statement_id, fresh = state(connection, article)
    if fresh:
        keep_record(connection, article, statement_id)
    connection.execute(
        "UPDATE captures SET statement_id = ?, layout = ? WHERE id = ?",
        (statement_id, article.layout, capture_id),
    )
    return statement_id, fresh


def assemble_with(
    connection: sqlite3.Connection, article: Article, statement_id: int, fresh: bool
) -> Assembled:
    """The article that the statement *article* belongs to; its keys are judged if it is *fresh*."""
    assert article.key is not None
    assert article.url is not None
    groups = [frozenset(keys_with(connection, article.key))]
    if fresh:
        proof = proof_of(article, text_digest(article.title, article.body))
        if is_connected(connection, article, proof):
            groups = clusters(connection, article.key)
    written = regroup(connection, groups, {statement_id: article})
    return next(w for w in written if article.url in w.addresses)


def reassemble(connection: sqlite3.Connection, url: str) -> Assembled | None:
    """The article at *url* (canonical), after something else was observed there."""
    row = connection.execute("SELECT key FROM article_urls WHERE url = ?", (url,)).fetchone()
    if row is None:
        return None
    written = regroup(connection, [frozenset(keys_with(connection, row[0]))])
    return next((w for w in written if url in w.addresses), None)


def keys_with(connection: sqlite3.Connection, key: str) -> set[str]:
    """The keys that are one article with *key*, as the archive has it."""
    rows = connection.execute(
        "SELECT DISTINCT other.key FROM article_urls AS mine JOIN article_urls AS other"
        " ON other.article_id = mine.article_id WHERE mine.key = ?",
        (key,),
    )
    return {key, *(row[0] for row in rows)}
