"""Search: a query → ranked results, highlighted in the newspaper's own spelling. Read only.

A query is answered in two steps: the ids of one page first (`archive.search.sql`), then the text of
those rows only, in which the words are marked by offset (`archive.search.highlight`).
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from archive.search import query as language
from archive.search.highlight import Marked, Marker
from archive.search.parser import parse
from archive.search.query import Note, Query
from archive.search.ranking import RankedRow, by_date, by_score
from archive.search.sql import Level, SqlBuilder, matching

__all__ = ["Apart", "Hit", "Reading", "Results", "apart", "matching", "readings", "search"]

Sort = Literal["best", "recent", "oldest"]


@dataclass(frozen=True, slots=True)
class Hit:
    """One result, with the fields that a result list shows."""

    id: int
    key: str
    url: str
    title: Marked
    snippet: Marked
    place: str
    """The column that the snippet is from: ``lead``, ``body``, ``captions`` …"""
    level: Level | None
    """How the words were found: together or apart; None for a single word."""
    updated_at: str | None
    updated_precision: str | None
    section: str | None
    section_slug: str | None
    byline: str | None
    source: str | None
    kind: str
    revision: int
    gone_at: str | None
    score: float | None
    """BM25, smaller is better; None if the hits are in order of date."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read the query, and how many articles answer it."""

    name: Literal["exact", "tone", "plain"]
    """As typed, letter by letter · with the tone on the other vowel too · without marks."""
    text: str
    phrase: int | None
    """Articles with the words together; None if the query has no words that may stand apart."""
    words: int


@dataclass(frozen=True, slots=True)
class Results:
    """One page of hits, and how the query was understood."""

    query: Query
    hits: tuple[Hit, ...]
    total: int
    phrase_total: int | None
    """How many have the words together; None for a single word."""
    limit: int
    offset: int
    sort: Sort
    notes: tuple[Note, ...]
    article: str | None = None
    """The key of the article, if the query is a key or an address."""

    @property
    def understood(self) -> str:
        """How the query was understood, in one sentence."""
        if self.article is None:
            return language.describe(self.query)
        conditions = language.describe(self.query.conditions).removeprefix("every article")
        return f"the article {self.article}{conditions}"


@dataclass(frozen=True, slots=True)
class Apart:
    """The numbers of a query whose words stand apart in some of its articles."""

    words: str
    """The first words of it that may stand apart."""
    total: int
    together: int


def search(
    connection: sqlite3.Connection,
    query: str | Query,
    *,
    limit: int = 20,
    offset: int = 0,
    sort: Sort = "best",
) -> Results:
    """Search for *query*; any text is a valid query.

    Sorted by *best*, articles with the phrase come before those that merely have its words.
    """
    meant = parse(query) if isinstance(query, str) else query
    builder = SqlBuilder(connection, meant)
    limit, offset = max(limit, 0), max(offset, 0)
    if sort == "best" and any(meant.terms):
        page = by_score(builder, limit, offset)
    else:
        page = by_date(builder, limit, offset, descending=sort != "oldest")
    *strict, last = builder.levels
    return Results(
        query=meant,
        hits=tuple(_hits(connection, meant, page, bool(strict))),
        total=builder.count(last),
        phrase_total=builder.count(strict[-1]) if strict else None,
        limit=limit,
        offset=offset,
        sort=sort,
        notes=(*meant.notes, *builder.notes),
        article=builder.article.key if builder.article and builder.article.only else None,
    )


def apart(connection: sqlite3.Connection, query: Query) -> Apart | None:
    """The numbers for a warning when a counted query has words that may stand apart; else None.

    A search shows articles that only have the words last. A count or an export has no such order,
    and a person who typed ``cá tra`` may have meant the fish.
    """
    builder = SqlBuilder(connection, query)
    *strict, last = builder.levels
    if not strict:
        return None
    total, together = builder.count(last), builder.count(strict[-1])
    if together == total:
        return None
    return Apart(next(str(term) for term in query.terms if term.loose), total, together)


def readings(connection: sqlite3.Connection, query: str | Query) -> tuple[Reading, ...]:
    """How many articles each reading of the words finds: exact, other tone placement, no marks."""
    meant = parse(query) if isinstance(query, str) else query
    if not any(meant.terms) or SqlBuilder(connection, meant).article:
        return ()
    found = []
    names: tuple[Literal["exact", "tone", "plain"], ...] = ("exact", "tone", "plain")
    for name in names:
        builder = SqlBuilder(connection, meant, reading=name)
        levels = builder.levels
        found.append(
            Reading(
                name,
                builder.shown,
                builder.count("phrase") if len(levels) > 1 else None,
                builder.count(levels[-1]),
            )
        )
    if found[0].words == found[1].words and found[0].phrase == found[1].phrase:
        del found[1]
    return tuple(found)


_SHOWN = (
    "id", "key", "url", "updated_at", "updated_precision", "section", "section_slug", "byline",
    "source", "kind", "revision", "gone_at",
)  # fmt: skip


def _hits(
    connection: sqlite3.Connection, query: Query, page: list[RankedRow], levelled: bool
) -> Iterator[Hit]:
    """The rows of one page, with titles and snippets marked."""
    marker = Marker(query)
    cursor = connection.execute(
        "SELECT id, key, url, title, kicker, lead, body, captions, byline, updated_at,"
        " updated_precision, section, section_slug, source, kind, revision, gone_at"
        " FROM articles WHERE id IN (SELECT value FROM json_each(?))",
        (json.dumps([place.id for place in page]),),
    )
    names = [column[0] for column in cursor.description]
    rows = {row[0]: dict(zip(names, row)) for row in cursor}
    for place in page:
        row = rows[place.id]
        together = not levelled or place.level == "phrase"
        title, snippet, column = marker.mark(row, together=together)
        yield Hit(
            title=title,
            snippet=snippet,
            place=column,
            level=_said(place.level) if levelled else None,
            score=place.score,
            **{name: row[name] for name in _SHOWN},
        )


def _said(level: Level) -> Level:
    return "words" if level == "words in the title" else level
