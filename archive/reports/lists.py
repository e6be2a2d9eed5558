"""Lists of what the archive holds: edited, gone and repeated articles; authors, sources, sections.

Each list is one statement over the articles that a query means, so every list can be narrowed as a
search can: the sections of one author are the sections of the articles that ``author:`` finds.
Articles are counted, never mentions. An undated article has no first and no last date.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from typing import Any, Literal, get_args

from archive.search.query import Query
from archive.search.sql import matching

Name = Literal[
    "edited", "silent", "gone", "returned", "duplicates", "authors", "sources", "sections", "tags",
    "places", "years",
]  # fmt: skip
NAMES: tuple[Name, ...] = get_args(Name)

_COUNTED = (
    "count(*) AS articles, substr(min(updated_at), 1, 10) AS first,"
    " substr(max(updated_at), 1, 10) AS last"
)
# An article with one name of an author in two roles is one article.
_BY_AUTHOR = (
    "(SELECT DISTINCT author_id, author, article_id FROM articles_by_author"
    " WHERE article_id IN ({ids})) AS w JOIN articles AS a ON a.id = w.article_id"
)
_EDITS = (
    "SELECT a.key, substr(a.updated_at, 1, 10) AS date, a.title, r.number AS version, r.edit,"
    " r.changed_fields AS fields, r.seen_at FROM revisions AS r JOIN articles AS a"
    " ON a.id = r.article_id WHERE a.id IN ({ids}) AND r.edit IN"
)
_GONE = (
    "SELECT a.key, substr(a.updated_at, 1, 10) AS date, a.title, a.last_seen_at AS last_seen,"
    " a.gone_at AS gone, a.gone_how AS how FROM articles AS a WHERE a.id IN ({ids})"
)

#: What each list holds: its SQL, where {ids} stands for the articles.
_LISTS: dict[str, str] = {
    "edited": f"{_EDITS} ('stamped', 'silent') ORDER BY r.seen_at DESC, r.id DESC",
    "silent": f"{_EDITS} ('silent') ORDER BY r.seen_at DESC, r.id DESC",
    "gone": f"{_GONE} AND a.gone_at IS NOT NULL ORDER BY a.gone_at DESC, a.id",
    "returned": "SELECT a.key, substr(a.updated_at, 1, 10) AS date, a.title,"
    " min(c.fetched_at) AS gone, a.last_seen_at AS last_seen FROM captures AS c"
    " JOIN articles AS a ON a.id = c.article_id WHERE c.outcome = 'gone' AND c.doubt IS NULL"
    " AND a.gone_at IS NULL AND a.id IN ({ids}) GROUP BY a.id HAVING count(*) > 1"
    " ORDER BY gone DESC, a.id",
    "duplicates": "SELECT one.key, one.title, other.key AS other, other.title AS other_title,"
    " d.kind, round(d.similarity, 3) AS similarity FROM duplicates AS d"
    " JOIN articles AS one ON one.id = d.article_id JOIN articles AS other ON other.id = d.other_id"
    " WHERE d.article_id IN ({ids}) OR d.other_id IN ({ids})"
    " ORDER BY d.kind, d.similarity DESC, one.id, other.id",
    "authors": f"SELECT w.author, {_COUNTED}, (SELECT group_concat(name, '; ') FROM (SELECT name"
    " FROM authors WHERE same_as = w.author_id ORDER BY sort_key)) AS also, (SELECT"
    " group_concat(DISTINCT same_reason) FROM authors WHERE same_as = w.author_id) AS evidence"
    f" FROM {_BY_AUTHOR} GROUP BY w.author_id ORDER BY articles DESC, w.author",
    "sources": f"SELECT source, {_COUNTED} FROM articles AS a WHERE source IS NOT NULL"
    " AND a.id IN ({ids}) GROUP BY source ORDER BY articles DESC, source",
    "sections": f"SELECT section_slug AS slug, max(section) AS section, {_COUNTED}"
    " FROM articles AS a WHERE a.id IN ({ids}) GROUP BY section_slug"
    " ORDER BY articles DESC, section_slug",
    "tags": f"SELECT tags.name AS tag, {_COUNTED} FROM article_tags AS w"
    " JOIN tags ON tags.id = w.tag_id JOIN articles AS a ON a.id = w.article_id"
    " WHERE a.id IN ({ids}) GROUP BY tags.id ORDER BY articles DESC, tags.name",
    # A mention that may be of several places is counted apart, at each of them.
    "places": "SELECT p.path AS place, count(DISTINCT m.article_id) FILTER (WHERE candidates = 1)"
    " AS articles, coalesce(sum(mentions) FILTER (WHERE candidates = 1), 0) AS mentions,"
    " coalesce(sum(mentions) FILTER (WHERE candidates > 1), 0) AS unsure,"
    " substr(min(updated_at), 1, 10) AS first, substr(max(updated_at), 1, 10) AS last"
    " FROM article_places AS m JOIN places AS p ON p.id = m.place_id"
    " JOIN articles AS a ON a.id = m.article_id"
    " WHERE a.id IN ({ids}) GROUP BY p.id HAVING articles > 0"
    " ORDER BY articles DESC, mentions DESC, p.path",
    "years": "SELECT substr(updated_at, 1, 4) AS year, count(*) AS articles,"
    " count(*) FILTER (WHERE source IS NOT NULL) AS reprints, sum(word_count) AS syllables"
    " FROM articles AS a WHERE a.id IN ({ids}) GROUP BY 1 ORDER BY 1",
}


@dataclass(frozen=True, slots=True)
class Listing:
    """A list, or its beginning."""

    name: str
    columns: tuple[str, ...]
    rows: list[tuple[Any, ...]]
    more: bool
    """Whether there are more rows than were asked for."""

    @property
    def filled(self) -> list[int]:
        """The places of the columns in which any row has a value."""
        return [
            place
            for place in range(len(self.columns))
            if any(row[place] not in (None, "") for row in self.rows)
        ]

    def to_dicts(self) -> list[dict[str, Any]]:
        """The rows as mappings."""
        return [dict(zip(self.columns, row)) for row in self.rows]


def listing(
    connection: sqlite3.Connection, name: Name, query: Query | None = None, limit: int | None = None
) -> Listing:
    """The list *name* over the articles that *query* means; its first *limit* rows."""
    selection = matching(connection, query or Query())
    # The articles once, however often the statement asks for them.
    cursor = connection.execute(
        f"WITH listed AS MATERIALIZED ({selection.ids})"
        f" {_LISTS[name].format(ids='SELECT id FROM listed')} LIMIT ?",
        (*selection.parameters, -1 if limit is None else limit + 1),
    )
    columns = tuple(column[0] for column in cursor.description)
    rows = cursor.fetchall()
    shown = rows if limit is None else rows[:limit]
    return Listing(name, columns, shown, len(rows) > len(shown))
