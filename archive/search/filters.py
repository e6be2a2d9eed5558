"""Filters by name: author, section, source, kind, tag, place, paper; by state: edited, gone, has.

A name is matched like a word of a query: typed with marks exactly, typed without marks in every
marked form. A part of a name stands for all names with that part (``Lý`` for *Mỹ Lý*). The lists of
names are short, so they are compared here and not by an index.
"""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass
from difflib import get_close_matches

from archive import vietnamese
from archive.places.gazetteer import gazetteer


@dataclass(frozen=True, slots=True)
class Named:
    """The articles that one name stands for."""

    ids: str
    """A subquery of their ids."""
    parameters: tuple[str | int, ...]
    """The parameters of the subquery; none if the archive has no such name."""
    others: tuple[str, ...] = ()
    """If the value is a complete name: the other names that contain it."""


#: For each filter: SQL for its names (a reference and the name to read), and SQL for the articles
#: with some of these references.
_FILTERS = {
    "author": (
        "SELECT id, name FROM authors ORDER BY sort_key",
        # One author's articles under all of their names.
        "SELECT article_id FROM articles_by_author WHERE author_id IN"
        " (SELECT coalesce(same_as, id) FROM authors WHERE id IN ({}))",
    ),
    "section": (
        "SELECT slug, coalesce(name, slug) FROM sections ORDER BY slug",
        "SELECT id FROM articles WHERE section_slug IN ({})",
    ),
    # Every section that the article was seen in, not only its section of today.
    "anysection": (
        "SELECT slug, coalesce(name, slug) FROM sections ORDER BY slug",
        "SELECT article_id FROM article_sections JOIN sections ON sections.id = section_id"
        " WHERE slug IN ({})",
    ),
    "source": (
        "SELECT DISTINCT source, source FROM articles WHERE source IS NOT NULL ORDER BY 1",
        "SELECT id FROM articles WHERE source IN ({})",
    ),
    "kind": (
        "SELECT DISTINCT kind, kind FROM articles ORDER BY 1",
        "SELECT id FROM articles WHERE kind IN ({})",
    ),
    "tag": (
        "SELECT id, name FROM tags ORDER BY name",
        "SELECT article_id FROM article_tags WHERE tag_id IN ({})",
    ),
    "paper": (
        "SELECT code, host FROM papers UNION ALL SELECT code, name FROM papers",
        "SELECT id FROM articles WHERE paper IN ({})",
    ),
    # Of the states, the values are few and fixed; each has a name in Vietnamese, too.
    "edited": (
        "VALUES ('silent', 'silent'), ('silent', 'lặng lẽ'), ('stamped', 'stamped'),"
        " ('stamped', 'có ghi ngày'), ('silent', 'yes'), ('stamped', 'yes'), ('silent', 'có'),"
        " ('stamped', 'có')",
        "SELECT article_id FROM article_revisions WHERE edit IN ({})",
    ),
    "gone": (
        "VALUES ('yes', 'yes'), ('yes', 'có'), ('no', 'no'), ('no', 'không'),"
        " ('returned', 'returned'), ('returned', 'trở lại')",
        "SELECT id FROM (SELECT id, iif(gone_at IS NULL, 'no', 'yes') AS state FROM articles"
        # An article is gone when two nights agree: it takes two such answers to return from.
        " UNION ALL SELECT article_id, 'returned' FROM captures JOIN articles AS a"
        " ON a.id = article_id WHERE outcome = 'gone' AND doubt IS NULL AND gone_at IS NULL"
        " GROUP BY article_id HAVING count(*) > 1) WHERE state IN ({})",
    ),
    "has": (
        "VALUES ('caption', 'caption'), ('caption', 'chú thích'), ('image', 'image'),"
        " ('image', 'ảnh'), ('author', 'author'), ('author', 'tác giả'), ('source', 'source'),"
        " ('source', 'nguồn'), ('tag', 'tag'), ('tag', 'từ khóa'), ('date', 'date'),"
        " ('date', 'ngày'), ('duplicate', 'duplicate'), ('duplicate', 'bản trùng')",
        "SELECT id FROM (SELECT article_id AS id, 'image' AS part FROM images"
        " UNION ALL SELECT article_id, 'caption' FROM images WHERE caption <> ''"
        " UNION ALL SELECT article_id, 'author' FROM article_authors"
        " UNION ALL SELECT article_id, 'tag' FROM article_tags"
        " UNION ALL SELECT id, 'source' FROM articles WHERE source IS NOT NULL"
        " UNION ALL SELECT id, 'date' FROM articles WHERE updated_at IS NOT NULL"
        " UNION ALL SELECT article_id, 'duplicate' FROM duplicates"
        " UNION ALL SELECT other_id, 'duplicate' FROM duplicates) WHERE part IN ({})",
    ),
}

#: The filters with few values: a note on an unknown one lists all of them.
_FEW = ("section", "kind", "paper", "edited", "gone", "has")


def named(connection: sqlite3.Connection, name: str, value: str) -> Named:
    """The articles whose *name* (author, section, source, kind, tag, paper) is *value*.

    A complete name stands for itself, so that a link with a count finds as many articles. A part of
    a name stands for every name that contains it.
    """
    if name == "place":
        return _place(value)
    names, articles = _FILTERS[name]
    rows = connection.execute(names).fetchall()
    agreeing = [(id, label) for id, label in rows if label and agrees(value, label)]
    whole = [id for id, label in agreeing if vietnamese.same(label, value)]
    # A slug is one section. Of "Báo Pháp Luật" and "BÁO PHÁP LUẬT" one may be the very letters.
    exact = [id for id, _ in rows if id in (value, value.strip().lower())]
    ids = exact or whole or [id for id, _ in agreeing]
    others = {label for id, label in agreeing if whole and id not in whole}
    if exact and name.endswith("section"):
        others = set()
    return Named(
        articles.format(", ".join("?" * len(ids))),
        tuple(ids),
        tuple(sorted(others, key=vietnamese.sort_key)),
    )


def _place(value: str) -> Named:
    """The articles that mention a place: ``Hồng Ngự``, ``huyện Hồng Ngự``, ``xã Tân Phú, huyện …``.

    A unit has the mentions that are certain; a name alone has all of them.
    """
    units, by_name = gazetteer().meant(value)
    if not units:
        return Named("SELECT NULL WHERE 0", ())
    certain = "" if by_name else " AND candidates = 1"
    paths = json.dumps([unit.id for unit in units], ensure_ascii=False)
    return Named(
        "SELECT article_id FROM article_places WHERE place_id IN (SELECT id FROM places"
        f" WHERE path IN (SELECT value FROM json_each(?))){certain}",
        (paths,),
    )


def nearest(connection: sqlite3.Connection, name: str, value: str) -> list[str]:
    """A few names in the archive that resemble *value*, the most similar first.

    There are few sections and kinds: all of them are given. Of authors, sources and tags, those
    with similar letters.
    """
    if name == "place":
        names = {vietnamese.fold(each): each for each in gazetteer().names}
        near = get_close_matches(vietnamese.fold(value.strip()), names, n=5, cutoff=0.6)
        return [names[each] for each in near]
    labels = {}
    for id, label in connection.execute(_FILTERS[name][0]):
        shown = label if isinstance(id, int) or id == label else f"{id} ({label})"
        labels[vietnamese.fold(label if isinstance(id, int) else id)] = shown
    near = get_close_matches(vietnamese.fold(value.strip()), labels, n=5, cutoff=0.6)
    others = [each for each in labels if each not in near] if name in _FEW else []
    return [labels[each] for each in (*near, *others)]


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
