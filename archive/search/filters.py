"""Filters by name: author, section, source, kind, tag.

Names are matched as they are searched: typed with marks exactly, typed without in every marked
form, a part of a name standing for all names with that part (``Lý`` for *Mỹ Lý*). The lists of
names are short, so they are compared here rather than by an index.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches

from archive import vietnamese


@dataclass(frozen=True, slots=True)
class Named:
    """The articles that one name stands for."""

    ids: str
    """A subquery of their ids."""
    parameters: tuple[str | int, ...]
    """Of the subquery; none if the archive has no such name."""
    others: tuple[str, ...] = ()
    """If *value* is a complete name: the other names that contain it."""


def named(connection: sqlite3.Connection, name: str, value: str) -> Named:
    """The articles whose *name* (author, section, source, kind, tag) is *value*.

    A whole name stands for itself, so that a count beside a name is the count of what it opens; a
    part of a name for every name that has it.
    """
    return _SUBQUERIES[name](connection, value)


def nearest(connection: sqlite3.Connection, name: str, value: str) -> list[str]:
    """A few names in the archive that resemble *value*, the likely ones first.

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
    "tag": "SELECT name, NULL FROM tags ORDER BY name",
}
_ALL["anysection"] = _ALL["section"]


def agrees(wanted: str, name: str) -> bool:
    """Whether the name a person typed is *name*, or a part of it.

    >>> agrees("my ly", "Mỹ Lý"), agrees("Lý", "Mỹ Lý"), agrees("Ly", "Mỹ Linh")
    (True, True, False)
    >>> agrees("thuỷ", "Thủy"), agrees("Thúy", "Thủy")
    (True, False)
    """
    parts = vietnamese.syllables(wanted)
    if not parts:
        return False
    if not vietnamese.has_marks(wanted):
        return _within([(part,) for part in parts], vietnamese.syllables(vietnamese.fold(name)))
    return _within([vietnamese.spellings(part) for part in parts], vietnamese.syllables(name))


def _within(parts: list[tuple[str, ...]], whole: list[str]) -> bool:
    return any(
        all(syllable in part for part, syllable in zip(parts, whole[start:]))
        for start in range(len(whole) - len(parts) + 1)
    )


def _chosen(
    value: str, rows: Iterable[tuple[str | int, str | None]]
) -> tuple[tuple[str | int, ...], tuple[str, ...]]:
    """The ids of *rows* (id, name) that *value* stands for, and the other names that have it."""
    named = [(id, name) for id, name in rows if name and agrees(value, name)]
    whole = [id for id, name in named if vietnamese.same(name, value)]
    if not whole:
        return tuple(id for id, _ in named), ()
    others = sorted({name for id, name in named if id not in whole}, key=vietnamese.sort_key)
    return tuple(whole), tuple(others)


def _author(connection: sqlite3.Connection, value: str) -> Named:
    ids, others = _chosen(value, connection.execute("SELECT id, name FROM authors"))
    sql = f"SELECT article_id FROM article_authors WHERE author_id IN ({_marks(ids)})"
    return Named(sql, ids, others)


def _section(connection: sqlite3.Connection, value: str) -> Named:
    slugs, others = _slugs(connection, value)
    return Named(f"SELECT id FROM articles WHERE section_slug IN ({_marks(slugs)})", slugs, others)


def _any_section(connection: sqlite3.Connection, value: str) -> Named:
    """Every section that the article was seen in, not only its section of today."""
    slugs, others = _slugs(connection, value)
    sql = (
        "SELECT article_id FROM article_sections JOIN sections ON sections.id = section_id"
        f" WHERE slug IN ({_marks(slugs)})"
    )
    return Named(sql, slugs, others)


def _slugs(
    connection: sqlite3.Connection, value: str
) -> tuple[tuple[str | int, ...], tuple[str, ...]]:
    rows = connection.execute("SELECT slug, name FROM sections").fetchall()
    # A slug names one section; anything else stands for every section whose name has it.
    if exact := tuple(slug for slug, _ in rows if slug == value.strip().lower()):
        return exact, ()
    return _chosen(value, [(slug, name or slug) for slug, name in rows])


def _source(connection: sqlite3.Connection, value: str) -> Named:
    rows = connection.execute("SELECT DISTINCT source FROM articles WHERE source IS NOT NULL")
    names, others = _chosen(value, [(name, name) for (name,) in rows])
    # Of "Báo Pháp Luật" and "BÁO PHÁP LUẬT" one is the very letters that were asked for.
    names = (value,) if value in names else names
    return Named(f"SELECT id FROM articles WHERE source IN ({_marks(names)})", names, others)


def _kind(connection: sqlite3.Connection, value: str) -> Named:
    wanted = value.strip().lower()
    sql = "SELECT id FROM articles WHERE kind = ?"
    known = connection.execute(f"{sql} LIMIT 1", (wanted,)).fetchone()
    return Named(sql, (wanted,)) if known else Named("SELECT id FROM articles WHERE 0", ())


def _tag(connection: sqlite3.Connection, value: str) -> Named:
    ids, others = _chosen(value, connection.execute("SELECT id, name FROM tags"))
    return Named(
        f"SELECT article_id FROM article_tags WHERE tag_id IN ({_marks(ids)})", ids, others
    )


_SUBQUERIES = {
    "author": _author,
    "section": _section,
    "anysection": _any_section,
    "source": _source,
    "kind": _kind,
    "tag": _tag,
}


def _marks(values: tuple[str | int, ...]) -> str:
    return ", ".join("?" * len(values))
