"""The rows of authors: one for each person, however a byline capitalises the name.

``DŨNG CHINH`` and ``Dũng Chinh`` are one author: each count, each list and the author's page agree.
The name shown is the best of the spellings that stand in bylines now, a choice that depends on
nothing else, so that the same captures give the same rows in whatever order they come.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from archive.vietnamese import name_key, normalise, sort_key


def best_spelling(names: Iterable[str]) -> str:
    """The spelling of a name to show: capitals where a name has them, and nowhere else.

    >>> best_spelling(["DŨNG CHINH", "Dũng Chinh", "dũng Chinh"])
    'Dũng Chinh'
    """
    return min(names, key=lambda name: (-_well_written(name), name))


def _well_written(name: str) -> int:
    words = name.split()
    well = sum(word[:1].isupper() and (word[1:].islower() or not word[1:]) for word in words)
    # A precomposed đ is better than its double, which looks the same.
    return 2 * well + (normalise(name) == name)


def id_of(connection: sqlite3.Connection, printed: str) -> int:
    """The id of the author whom a byline calls *printed*; the row is inserted if there is none."""
    folded = name_key(printed)
    row = connection.execute(
        "SELECT id, name FROM authors WHERE folded = ? OR name = ?", (folded, printed)
    ).fetchone()
    if row is None:
        cursor = connection.execute(
            "INSERT INTO authors (name, sort_key, folded) VALUES (?, ?, ?)",
            (printed, sort_key(printed), folded),
        )
        return int(cursor.lastrowid or 0)
    if printed != row[1] and best_spelling((printed, row[1])) == printed:
        _rename(connection, row[0], printed)
    return int(row[0])


def released(connection: sqlite3.Connection, author_id: int) -> None:
    """After a byline stopped naming the author: delete the row, or show the best spelling left."""
    rows = connection.execute(
        "SELECT DISTINCT coalesce(printed, name) FROM article_authors JOIN authors"
        " ON authors.id = author_id WHERE author_id = ?",
        (author_id,),
    ).fetchall()
    if not rows:
        connection.execute("DELETE FROM authors WHERE id = ?", (author_id,))
        return
    name = best_spelling(name for (name,) in rows)
    if (name,) != connection.execute(
        "SELECT name FROM authors WHERE id = ?", (author_id,)
    ).fetchone():
        _rename(connection, author_id, name)


def _rename(connection: sqlite3.Connection, author_id: int, name: str) -> None:
    connection.execute(
        "UPDATE authors SET name = ?, sort_key = ? WHERE id = ?", (name, sort_key(name), author_id)
    )


def merge_all(connection: sqlite3.Connection) -> None:
    """Merge the authors whose names differ in capitals only, in an older archive."""
    connection.execute(
        "UPDATE article_authors SET printed ="
        " (SELECT name FROM authors WHERE authors.id = author_id) WHERE printed IS NULL"
    )
    people: dict[str, list[tuple[int, str]]] = {}
    for id, name in connection.execute("SELECT id, name FROM authors ORDER BY id").fetchall():
        people.setdefault(name_key(name), []).append((id, name))
    for folded, rows in people.items():
        (kept, _), *others = rows
        connection.executemany(
            "UPDATE article_authors SET author_id = ? WHERE author_id = ?",
            [(kept, id) for id, _ in others],
        )
        connection.executemany("DELETE FROM authors WHERE id = ?", [(id,) for id, _ in others])
        name = best_spelling(name for _, name in rows)
        connection.execute(
            "UPDATE authors SET name = ?, sort_key = ?, folded = ? WHERE id = ?",
            (name, sort_key(name), folded, kept),
        )
