"""Filters by name: which articles are by this author, of this section, from this source?

Names are matched as they are searched: typed with marks exactly, typed without in every marked
form, a part of a name standing for all names with that part (``Lý`` for *Mỹ Lý*). The lists of
names are short, so they are compared here rather than by an index.
"""

from __future__ import annotations

import sqlite3
from difflib import get_close_matches

from archive import vietnamese


def named(connection: sqlite3.Connection, name: str, value: str) -> tuple[str, list[str | int]]:
    """A subquery of the ids of the articles whose *name* is *value*, and its parameters.

    *name* is author, section, source or kind. Without parameters, the archive has no such name.
    """
    return _SUBQUERIES[name](connection, value)


def nearest(connection: sqlite3.Connection, name: str, value: str) -> list[str]:
    """What the archive has instead of the *name* called *value*: the likely ones first, few.

    All sections and kinds, for they are few; of authors and sources those whose letters are near.
    """
    known = {row[0]: row[1] for row in connection.execute(_ALL[name])}
    folded = {vietnamese.fold(label): label for label in known}
    near = [
        folded[found]
        for found in get_close_matches(vietnamese.fold(value.strip()), folded, n=5, cutoff=0.6)
    ]
    others = [label for label in known if label not in near] if name in ("section", "kind") else []
    return [f"{label} ({known[label]})" if known[label] else label for label in near + others]


_ALL = {
    "author": "SELECT name, NULL FROM authors ORDER BY sort_key",
    "section": "SELECT slug, name FROM sections ORDER BY slug",
    "source": "SELECT DISTINCT source, NULL FROM articles WHERE source IS NOT NULL ORDER BY 1",
    "kind": "SELECT DISTINCT kind, NULL FROM articles ORDER BY 1",
}


def agrees(wanted: str, name: str) -> bool:
    """Whether the name a person typed is *name*, or a part of it.

    >>> agrees("my ly", "Mỹ Lý"), agrees("Lý", "Mỹ Lý"), agrees("Ly", "Mỹ Linh")
    (True, True, False)
    >>> agrees("thuỷ", "Thủy"), agrees("Thúy", "Thủy")
    (True, False)
    """
    parts = vietnamese.syllables(wanted)
    if not vietnamese.has_marks(wanted):
        return _within([(part,) for part in parts], vietnamese.syllables(vietnamese.fold(name)))
    return _within([vietnamese.spellings(part) for part in parts], vietnamese.syllables(name))


def _within(parts: list[tuple[str, ...]], whole: list[str]) -> bool:
    return any(
        all(syllable in part for part, syllable in zip(parts, whole[start:]))
        for start in range(len(whole) - len(parts) + 1)
    )


def _author(connection: sqlite3.Connection, value: str) -> tuple[str, list[str | int]]:
    rows = connection.execute("SELECT id, name FROM authors")
    ids: list[str | int] = [id for id, name in rows if agrees(value, name)]
    return f"SELECT article_id FROM article_authors WHERE author_id IN ({_marks(ids)})", ids


def _section(connection: sqlite3.Connection, value: str) -> tuple[str, list[str | int]]:
    rows = connection.execute("SELECT id, slug, name FROM sections").fetchall()
    ids: list[str | int] = [id for id, slug, _ in rows if slug == value.strip().lower()]
    # A slug names one section; anything else stands for every section whose name has it.
    ids = ids or [id for id, slug, name in rows if agrees(value, name or slug)]
    return f"SELECT article_id FROM article_sections WHERE section_id IN ({_marks(ids)})", ids


def _source(connection: sqlite3.Connection, value: str) -> tuple[str, list[str | int]]:
    rows = connection.execute("SELECT DISTINCT source FROM articles WHERE source IS NOT NULL")
    names: list[str | int] = [name for (name,) in rows if agrees(value, name)]
    return f"SELECT id FROM articles WHERE source IN ({_marks(names)})", names


def _kind(connection: sqlite3.Connection, value: str) -> tuple[str, list[str | int]]:
    wanted = value.strip().lower()
    sql = "SELECT id FROM articles WHERE kind = ?"
    known = connection.execute(f"{sql} LIMIT 1", (wanted,)).fetchone()
    return (sql, [wanted]) if known else ("SELECT id FROM articles WHERE 0", [])


_SUBQUERIES = {"author": _author, "section": _section, "source": _source, "kind": _kind}


def _marks(values: list[str | int]) -> str:
    return ", ".join("?" * len(values))
