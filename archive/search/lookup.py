"""Finding one article by a name: key, number or address."""

from __future__ import annotations

import sqlite3

from archive.numbers import whole_number


def find_id(connection: sqlite3.Connection, name: int | str) -> int | None:
    """The row id of the article called *name*: its id, a key it has or had, or an address."""
    number = whole_number(name) if isinstance(name, str) else None
    row = connection.execute(
        "SELECT id FROM articles WHERE id = ?1 OR key = ?1"
        " UNION ALL SELECT article_id FROM article_urls WHERE url = ?1 OR key = ?1 LIMIT 1",
        (name if number is None else number,),
    ).fetchone()
    return int(row[0]) if row else None


def find_named(connection: sqlite3.Connection, name: str) -> int | None:
    """The row id of the article called *name*: a key, a number, or any of its addresses.

    A number is the site's own, the number in the address: row numbers differ between archives.
    """
    name = name.strip()
    if name.isascii() and name.isalnum():
        # Of several papers that have the number, the one that the archive had first. Keys are
        # sorted: the first and the last tell the papers of an archive that does not name them.
        papers = connection.execute(
            "SELECT code FROM (SELECT rowid AS place, code FROM papers UNION ALL"
            " SELECT 1e9, substr(key, 1, instr(key, ':') - 1)"
            " FROM (SELECT min(key) AS key FROM articles UNION SELECT max(key) FROM articles))"
            " WHERE code <> '' ORDER BY place"
        )
        for (code,) in papers.fetchall():
            found = find_id(connection, f"{code}:{name}")
            if found is not None:
                return found
        return None
    found = find_id(connection, name)
    if found is not None or "/" not in name:
        return found
    # As it was fetched, or the same path on another of the site's hosts, with or without a scheme.
    path = "/" + name.partition("://")[2 if "://" in name else 0].partition("/")[2]
    for each in dict.fromkeys((path, path.partition("#")[0], path.partition("?")[0])):
        row = connection.execute(
            "SELECT article_id FROM captures WHERE url = ?1 AND article_id IS NOT NULL"
            " UNION ALL SELECT article_id FROM article_urls WHERE substr(url, -length(?2)) = ?2"
            " AND length(?2) > 1 LIMIT 1",
            (name, each),
        ).fetchone()
        if row:
            return int(row[0])
    return None
