"""Reads the data of the pages from the snapshot: one function for each page."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from archive.articles.details import ArticleDetails, details
from archive.articles.diff import compare
from archive.models import Article, Capture, Image, Revision
from archive.periods import day_of
from archive.search.query import Query
from archive.search.search import matching

Row = dict[str, Any]

#: The facets of the search page, in the order they are shown, and where each value comes from.
FACETS = ("paper", "year", "section", "author", "source", "kind")

#: How many values of a facet are shown.
FACET_SIZE = 12
YEARS = 40


@dataclass(frozen=True, slots=True)
class Part:
    """One piece of an article to read: a paragraph, or a picture in its place."""

    text: str = ""
    lead: bool = False
    image: Image | None = None


@dataclass(frozen=True, slots=True)
class ShownVersion:
    """One version of an article with its details."""

    details: ArticleDetails
    revision: Revision
    article: Article
    """The content of the revision; of the newest one, with the archive's canonical names."""
    capture: Capture | None
    """The capture that the revision was read from."""

    @property
    def latest(self) -> bool:
        """Whether this is the newest version."""
        return self.revision.number == self.details.latest.number

    @property
    def parts(self) -> list[Part]:
        """The body with its pictures in their places."""
        paragraphs = self.article.paragraphs
        images = sorted(self.article.images, key=lambda image: image.position)
        parts: list[Part] = []
        for index in range(len(paragraphs) + 1):
            # An image after more paragraphs than the text has stands at the end.
            here = [i for i in images if min(i.after_paragraph, len(paragraphs)) == index]
            parts.extend(Part(image=image) for image in here)
            if index < len(paragraphs):
                text = paragraphs[index]
                parts.append(Part(text, lead=index < 2 and text == self.article.lead))
        return parts


def rows(connection: sqlite3.Connection, sql: str, parameters: Sequence[Any] = ()) -> list[Row]:
    """Every row of a query, as a mapping."""
    cursor = connection.execute(sql, parameters)
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row)) for row in cursor]


def front(connection: sqlite3.Connection) -> Row:
    """The state of the archive, its growth, and new articles."""
    (span,) = rows(
        connection, "SELECT min(month) AS first, max(month) AS last FROM growth WHERE dated > 0"
    )
    return {
        "span": span,
        "growth": rows(connection, "SELECT month, dated, met FROM growth ORDER BY month"),
        "crawl": next(
            iter(rows(connection, "SELECT * FROM crawls ORDER BY started_at DESC LIMIT 1")), None
        ),
        "latest": rows(
            connection,
            "SELECT key, title, kicker, lead, updated_at, updated_precision, section, byline,"
            " revision, kind FROM articles WHERE updated_at IS NOT NULL"
            " ORDER BY updated_at DESC LIMIT 9",
        ),
        "edits": rows(
            connection,
            "SELECT a.key, a.title, r.number, r.seen_at, r.edit, r.changed_fields"
            " FROM revisions AS r JOIN articles AS a ON a.id = r.article_id"
            " WHERE r.number > 1 ORDER BY r.id DESC LIMIT 6",
        ),
        "facets": {
            name: rows(
                connection,
                "SELECT value, label, articles FROM facets WHERE facet = ?"
                " ORDER BY articles DESC, value LIMIT ?",
                (name, FACET_SIZE),
            )
            for name in ("section", "author", "source")
        },
        "years": rows(
            connection,
            "SELECT value, articles FROM facets WHERE facet = 'year' ORDER BY value DESC",
        ),
    }


def facets(connection: sqlite3.Connection, query: Query) -> dict[str, list[Row]]:
    """The number of articles that *query* finds, by year, section, author …

    The papers are left out of an archive that holds one.
    """
    found = _facets(connection, query)
    (papers,) = connection.execute("SELECT count(*) FROM facets WHERE facet = 'paper'").fetchone()
    return found if papers > 1 else {name: found[name] for name in FACETS if name != "paper"}


def _facets(connection: sqlite3.Connection, query: Query) -> dict[str, list[Row]]:
    if query == Query():
        return {
            name: rows(
                connection,
                "SELECT value, label, articles FROM facets WHERE facet = ?"
                f" ORDER BY {'value DESC' if name == 'year' else 'articles DESC, value'} LIMIT ?",
                (name, YEARS if name == "year" else FACET_SIZE),
            )
            for name in FACETS
        }
    selection = matching(connection, query)
    found: dict[str, Counter[str]] = {name: Counter() for name in FACETS}
    # The name of a section, or of a paper.
    labels: dict[str, str] = dict(connection.execute("SELECT code, name FROM papers"))
    # One pass over small rows: in `articles` itself these columns lie behind the body.
    for year, section, label, source, kind, paper, articles in connection.execute(
        "SELECT year, section_slug, max(section), source, kind, paper, count(*) FROM article_facets"
        f" WHERE id IN ({selection.ids}) GROUP BY 1, 2, 4, 5, 6",
        selection.parameters,
    ):
        for name, value in (
            ("year", year),
            ("section", section),
            ("source", source),
            ("kind", kind),
            ("paper", paper),
        ):
            if value is not None:
                found[name][value] += articles
        if section is not None and label:
            labels[section] = label
    found["author"].update(
        dict(
            connection.execute(
                "SELECT author, count(DISTINCT article_id) FROM articles_by_author"
                f" WHERE article_id IN ({selection.ids})"
                " GROUP BY 1",
                selection.parameters,
            )
        )
    )

    def shown(name: str) -> list[Row]:
        counts = sorted(found[name].items(), key=lambda item: (-item[1], item[0]))
        if name == "year":
            counts.sort(reverse=True)
        return [
            {
                "value": value,
                "label": labels.get(value) if name in ("section", "paper") else None,
                "articles": n,
            }
            for value, n in counts[: YEARS if name == "year" else FACET_SIZE]
        ]

    return {name: shown(name) for name in FACETS}


def undated(connection: sqlite3.Connection, query: Query) -> int:
    """How many of the articles that *query* finds have no date; no year counts them."""
    if query == Query():
        sql, parameters = "SELECT count(*) FROM article_facets WHERE year IS NULL", ()
        return int(connection.execute(sql, parameters).fetchone()[0])
    selection = matching(connection, query)
    (number,) = connection.execute(
        f"SELECT count(*) FROM article_facets WHERE year IS NULL AND id IN ({selection.ids})",
        selection.parameters,
    ).fetchone()
    return int(number)


def by_month(connection: sqlite3.Connection, query: Query) -> dict[str, int]:
    """How many of the articles that *query* finds are of each month (``2018-01``)."""
    selection = matching(connection, query)
    rows = connection.execute(
        "SELECT substr(updated_at, 1, 7), count(*) FROM articles INDEXED BY articles_updated_at"
        f" WHERE updated_at IS NOT NULL AND +id IN ({selection.ids}) GROUP BY 1",
        selection.parameters,
    )
    # No chart begins in a year in which no article can be dated.
    return {month: number for month, number in rows if day_of(f"{month}-01")}


def article(connection: sqlite3.Connection, name: str, number: int | None = None) -> ShownVersion:
    """The article known as *name*, at revision *number* or the newest; raises NotFound."""
    found = details(connection, name)
    revision = found.revision(number)
    latest = revision.number == found.latest.number
    return ShownVersion(
        found, revision, found.article if latest else revision.article, found.capture(revision)
    )


def differences(connection: sqlite3.Connection, name: str, before: int, after: int) -> Row:
    """Two revisions of an article, word by word."""
    found = details(connection, name)
    old, new = found.revision(before), found.revision(after)
    return {"details": found, "old": old, "new": new, "diff": compare(old.article, new.article)}
