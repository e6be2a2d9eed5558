"""The archive as of a day: a temporary archive that holds only what was known then.

The state of that day is built once, with the same schema, so that search, export and trends work on
it unchanged. Rows that had not been seen yet are left out; articles that have gone since are there.
"""

from __future__ import annotations

import json
import re
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

from sqlite_utils import Database

from archive import periods
from archive.database import schema
from archive.database.records import changes, record_of
from archive.database.respelling import respell
from archive.errors import UsageError
from archive.history.article_rows import state_of, write_parts
from archive.models import Article

_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d)")


def moment(text: str) -> str:
    """The moment in UTC that *text* means; a day lasts until midnight in Vietnam.

    >>> moment("2018-01-03"), moment("2018-01-03T10:12:28+07:00")
    ('2018-01-03T16:59:59.999Z', '2018-01-03T03:12:28.000Z')
    """
    try:
        if _MOMENT.fullmatch(text):
            given = datetime.fromisoformat(text)
        else:
            given = datetime.fromisoformat(f"{periods.require(text).last}T23:59:59.999+07:00")
        utc = given.astimezone(UTC)
    except (UsageError, ValueError, OverflowError):
        raise UsageError(
            f"“{text}” is not a time; write 2018-01-03 or 2018-01-03T10:12:28+07:00"
        ) from None
    return utc.isoformat(timespec="milliseconds").replace("+00:00", "Z")


@contextmanager
def known_at(connection: sqlite3.Connection, at: str) -> Iterator[sqlite3.Connection]:
    """An archive with what *connection*'s archive knew at *at* (UTC); it lives as long as this."""
    with (
        tempfile.TemporaryDirectory(prefix="khobao-") as folder,
        closing(sqlite3.connect(Path(folder) / "archive.db")) as past,
    ):
        past.execute("PRAGMA journal_mode = OFF")
        past.execute("PRAGMA synchronous = OFF")
        schema.apply(Database(past))
        with past:
            _copy(connection, past, at)
        yield past


def _copy(now: sqlite3.Connection, past: sqlite3.Connection, at: str) -> None:
    for table, condition in _COPIED.items():
        _copy_table(now, past, table, condition, at)
    # Each article, from the last revision that had been seen.
    articles = now.execute(
        "SELECT a.*, r.article AS stated, r.number, r.seen_at AS revised_at,"
        " r.capture_id AS evidence,"
        " (SELECT max(c.fetched_at) FROM captures AS c WHERE c.article_id = a.id"
        "  AND c.revision_id NOTNULL AND c.fetched_at <= ?1) AS seen_last FROM articles AS a"
        " JOIN revisions AS r ON r.article_id = a.id AND r.number = (SELECT max(number)"
        "  FROM revisions WHERE article_id = a.id AND seen_at <= ?1) ORDER BY a.id",
        (at,),
    )
    names = [column[0] for column in articles.description]
    columns = [name for name in names if name not in _JOINED]
    sql = f"INSERT INTO articles({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})"
    for values in articles:
        row = dict(zip(names, values))
        article = Article.from_dict(json.loads(row["stated"]))
        row |= state_of(article)
        row |= {
            "revision": row["number"],
            "capture_id": row["evidence"],
            "last_seen_at": row["seen_last"] or row["revised_at"],
        }
        if row["gone_at"] and row["gone_at"] > at:
            row |= {"gone_at": None, "gone_how": None}
        past.execute(sql, [row[name] for name in columns])
        respell(past, row["id"], row)
        write_parts(past, row["id"], article)
        base = record_of(past, row["id"])
        past.executemany(
            "UPDATE article_revisions SET changes = ? WHERE id = ?",
            [
                (changes(base, json.loads(record)), id)
                for id, record in now.execute(
                    "SELECT id, article FROM revisions WHERE article_id = ? AND seen_at <= ?",
                    (row["id"], at),
                ).fetchall()
            ],
        )
    # Drop references to articles that were not there yet.
    past.execute(
        "UPDATE articles SET duplicate_of = NULL"
        " WHERE duplicate_of NOT IN (SELECT id FROM articles)"
    )
    for table in ("article_urls", "article_sections", "duplicates", "article_revisions"):
        past.execute(f"DELETE FROM {table} WHERE article_id NOT IN (SELECT id FROM articles)")


_JOINED = ("stated", "number", "revised_at", "evidence", "seen_last")

#: What is copied as it is, and the condition under which a row was known.
_COPIED = {
    "papers": "1",
    "crawls": "started_at <= ?1",
    "captures": "fetched_at <= ?1",
    "article_revisions": "seen_at <= ?1",
    "article_urls": "first_seen_at <= ?1",
    "sections": "1",
    "article_sections": "1",
    "duplicates": "found_at <= ?1",
    "frontier": "found_at <= ?1",
}


def _copy_table(
    now: sqlite3.Connection, past: sqlite3.Connection, table: str, condition: str, at: str
) -> None:
    sql = f"SELECT * FROM {table} WHERE {condition}"
    cursor = now.execute(sql, (at,) if "?1" in condition else ())
    names = [column[0] for column in cursor.description]
    past.executemany(
        f"INSERT INTO {table}({', '.join(names)}) VALUES ({', '.join('?' * len(names))})", cursor
    )
