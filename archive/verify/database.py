"""Checks the database: SQLite's own checks, the search indexes, and rows that follow from rows."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from archive.archive import Archive
from archive.database.records import extraction_digest
from archive.duplicates.fingerprint import hashes
from archive.errors import KhobaoError
from archive.history.rebuild import rebuild, relink
from archive.models import Article

_REBUILD = "khobao verify --repair makes archive.db again from captures/, and keeps the old one"
#: SQLite from which two programs that write at once can no longer damage a database:
#: https://www.sqlite.org/wal.html#walresetbug. khobao writes alone, under its lock.
SAFE_SQLITE = (3, 51, 3)

_CHECK = "('integrity-check', 1)"
_REEXTRACT = "khobao reextract corrects the row from its capture"


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault, where it is, and what to do."""

    kind: str
    place: str
    """File and byte, or table and row."""
    what: str
    remedy: str


def unreadable(path: Path, error: BaseException) -> Fault:
    """The fault of a database that SQLite cannot read."""
    return _damage(str(path / "archive.db"), str(error))


def _damage(place: str, what: str) -> Fault:
    remedy = _REBUILD
    if sqlite3.sqlite_version_info < SAFE_SQLITE:
        remedy += (
            f". Let no other program write to archive.db: SQLite {sqlite3.sqlite_version} may"
            " damage a database that two programs write at once"
        )
    return Fault("database", place, what, remedy)


def sqlite_faults(connection: sqlite3.Connection, *, quick: bool) -> Iterator[Fault]:
    """Damage that SQLite finds itself, and references to rows that do not exist."""
    pragma = "quick_check" if quick else "integrity_check"
    for (line,) in connection.execute(f"PRAGMA {pragma}(20)"):
        if line != "ok":
            yield _damage("archive.db", line)
    for table, row_id, parent, _ in connection.execute("PRAGMA foreign_key_check"):
        what = f"it refers to a row of {parent} that does not exist"
        yield Fault("foreign key", f"{table} row {row_id}", what, _REBUILD)


def search_faults(path: Path) -> Iterator[Fault]:
    """Check both search indexes against their texts, in the copy of the database at *path*.

    FTS5's own check needs the write lock and names no rows. Articles without an entry and entries
    without an article are looked up afterwards.
    """
    with Archive.open(path) as archive:
        connection = archive.connection
        for index in ("articles_exact", "articles_plain"):
            connection.execute("BEGIN IMMEDIATE")
            try:
                connection.execute(f"INSERT INTO {index}({index}, rank) VALUES {_CHECK}")
            except sqlite3.DatabaseError as error:
                remedy = (
                    f"sqlite3 archive.db \"INSERT INTO {index}({index}) VALUES ('rebuild')\" makes"
                    " the index again; so does khobao verify --repair, with everything else"
                )
                place = index + _differing_articles(connection, index)
                what = f"the index does not match its texts: {error}"
                yield Fault("search index", place, what, remedy)
            finally:
                connection.execute("ROLLBACK")


def _differing_articles(connection: sqlite3.Connection, index: str) -> str:
    """The ids of five articles that are missing in *index*, or in the table."""
    rows = connection.execute(
        f"SELECT id FROM articles WHERE id NOT IN (SELECT id FROM {index}_docsize)"
        f" UNION SELECT id FROM {index}_docsize WHERE id NOT IN (SELECT id FROM articles) LIMIT 5"
    ).fetchall()
    return f", articles {', '.join(str(row[0]) for row in rows)}" if rows else ""


def statement_faults(connection: sqlite3.Connection, sample: int | None) -> Iterator[Fault]:
    """Check what pages said (``statements``) against its digests; all, or *sample* rows."""
    rows = connection.execute(
        "SELECT id, key, digest, article, (SELECT article_id FROM extractions"
        " WHERE extractions.id = statements.id) FROM statements"
        + (" ORDER BY random() LIMIT ?" if sample else ""),
        (sample,) if sample else (),
    )
    for statement_id, key, digest, record, article_id in rows:
        place = f"statements row {statement_id} ({key})"
        if article_id is not None:  # the record is kept as its differences from the article
            place = f"{place} or articles row {article_id} ({key})"
        try:
            found = extraction_digest(Article.from_dict(json.loads(record)))
        except (TypeError, ValueError) as error:
            yield Fault("statement", place, f"its record cannot be read: {error}", _REBUILD)
            continue
        if found != digest:
            what = "its record (statements.article) was changed after it was read"
            yield Fault("statement", place, what, _REEXTRACT)


def fingerprint_faults(connection: sqlite3.Connection) -> Iterator[Fault]:
    """Check the keys by which near-duplicates are found against the articles' fingerprints."""
    expected = {
        (key, article_id)
        for article_id, keys in connection.execute("SELECT article_id, keys FROM fingerprints")
        for key in hashes(keys)
    }
    stored = set(connection.execute("SELECT key, article_id FROM fingerprint_keys"))
    for article_id in sorted({article_id for _, article_id in expected ^ stored})[:5]:
        what = "its keys differ from its fingerprint: near-duplicates would not be found"
        yield Fault("fingerprint", f"fingerprint_keys of article {article_id}", what, _REBUILD)


#: The rows that a rebuild writes for one article, by table; without ids that may change.
_WRITTEN = {
    "articles": "SELECT * FROM articles WHERE id = ?",
    "article_urls": "SELECT * FROM article_urls WHERE article_id = ? ORDER BY url",
    "revisions": "SELECT * FROM revisions WHERE article_id = ? ORDER BY number",
    "images": "SELECT * FROM images WHERE article_id = ? ORDER BY position",
    "article_authors": "SELECT position, name, role, printed FROM article_authors JOIN authors"
    " ON authors.id = author_id WHERE article_id = ? ORDER BY position",
    "article_tags": "SELECT position, name FROM article_tags JOIN tags ON tags.id = tag_id"
    " WHERE article_id = ? ORDER BY position",
    "article_sections": "SELECT slug FROM article_sections JOIN sections"
    " ON sections.id = section_id WHERE article_id = ? ORDER BY slug",
    "captures": "SELECT id, statement_id, revision_id, doubt FROM captures WHERE article_id = ?"
    " ORDER BY id",
    "duplicates": "SELECT * FROM duplicates WHERE article_id = ?1 OR other_id = ?1 ORDER BY 1, 2",
    "fingerprints": "SELECT sketch, keys FROM fingerprints WHERE article_id = ?",
    "articles_respelled": "SELECT * FROM articles_respelled WHERE article_id = ?",
}


def rebuild_faults(
    path: Path, articles: list[int], step: Callable[[str, int, int], None]
) -> Iterator[Fault]:
    """Check articles and revisions against what follows from their captures.

    Each article is rebuilt in the copy of the database at *path* and compared with its rows; then
    it is rolled back, since a rebuild may change other articles.
    """
    with Archive.open(path) as archive:
        connection = archive.connection
        for start in range(0, len(articles), 50):
            step("articles", start, len(articles))
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("PRAGMA defer_foreign_keys = ON")
            try:
                for article_id in articles[start : start + 50]:
                    yield from _rebuilt(connection, article_id)
            finally:
                connection.execute("ROLLBACK")


def _rebuilt(connection: sqlite3.Connection, article_id: int) -> Iterator[Fault]:
    before = _rows(connection, article_id)
    if not before["articles"]:
        return
    (key,) = connection.execute("SELECT key FROM articles WHERE id = ?", (article_id,)).fetchone()
    keys = frozenset(
        row[0]
        for row in connection.execute(
            "SELECT key FROM article_urls WHERE article_id = ?", (article_id,)
        )
    )
    place = f"articles row {article_id} ({key})"
    if not keys:
        yield Fault("article", place, "it has no address in article_urls", _REBUILD)
        return
    connection.execute("SAVEPOINT again")
    try:
        rebuild(connection, [keys])
        relink(connection, article_id)
        after = _rows(connection, article_id)
    except (KhobaoError, sqlite3.Error, LookupError, TypeError, ValueError) as error:
        yield Fault("article", place, f"it cannot be rebuilt: {error!r}", _REBUILD)
        return
    finally:
        connection.execute("ROLLBACK TO again")
        connection.execute("RELEASE again")
    for table in _WRITTEN:
        if before[table] != after[table]:
            columns = ", ".join(_columns(before[table], after[table])) or "its rows"
            what = f"{table}: {columns} differ from what its captures say"
            yield Fault("article", place, what, _REBUILD)


def _rows(connection: sqlite3.Connection, article_id: int) -> dict[str, list[dict[str, Any]]]:
    found = {}
    for table, question in _WRITTEN.items():
        cursor = connection.execute(question, (article_id,))
        names = [column[0] for column in cursor.description]
        found[table] = [dict(zip(names, row)) for row in cursor]
    return found


def _columns(before: list[dict[str, Any]], after: list[dict[str, Any]]) -> list[str]:
    names: dict[str, None] = {}
    for old, new in zip(before, after):
        names |= dict.fromkeys(name for name in old if old[name] != new.get(name))
    return list(names)


def version_of(record: str | None) -> str | None:
    """The version of the extractor that made *record*."""
    return json.loads(record).get("extractor_version") if record else None
