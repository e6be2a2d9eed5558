"""The newspapers that an archive holds, by their names. Read only.

The crawler, which has their definition files, writes the table (`Archive.name_papers`).
"""

from __future__ import annotations

import sqlite3

#: The paper of an archive whose rows do not name it.
FIRST = ("Báo Đồng Tháp Online", "baodongthap.vn")


def name_of(connection: sqlite3.Connection, code: str) -> str:
    """The name of the paper with this code; the code itself if no crawl has named it."""
    row = connection.execute("SELECT name FROM papers WHERE code = ?", (code,)).fetchone()
    name = row[0] if row else code
    return FIRST[0] if name == "dto" else str(name)


def sources(connection: sqlite3.Connection) -> list[tuple[str, str]]:
    """(name, host) of each paper with articles in the archive, the first one first."""
    rows = connection.execute(
        "SELECT code, host FROM papers WHERE EXISTS (SELECT 1 FROM articles WHERE paper = code)"
        " ORDER BY rowid"
    )
    return [(name_of(connection, code), host) for code, host in rows.fetchall()] or [FIRST]


def names(connection: sqlite3.Connection) -> str:
    """The names of all papers with articles in the archive, as one text."""
    return ", ".join(name for name, _ in sources(connection))
