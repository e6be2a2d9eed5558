"""An article as rows: the latest state, its pictures, people, sections and tags.

`write` writes the article's row from values that follow from its observations. It leaves columns
that did not change alone, so the search indexes work only for changed text.

The SQL is written out, because a rebuild writes some twenty of these rows for each page, and
sqlite-utils reads the schema at every call: `lookup` takes 265 µs where `_id_of` takes 2, `upsert`
400 where `write_addresses` takes 5. Runs (`archive.crawls`) are written with sqlite-utils.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping
from typing import Any

from archive.database import author_rows, respelling
from archive.database.records import Record, record
from archive.database.respelling import SEARCH_COLUMNS
from archive.history.revisions import content_digest
from archive.models import Article
from archive.periods import day_of
from archive.text import strict, text_digest

#: `json.dumps` with an option makes one of these each time, which takes longer than a short text.
_JSON = json.JSONEncoder(ensure_ascii=False)

#: The columns of ``articles`` that are fields of the Article as they stand.
_PLAIN = (
    *("title", "kicker", "lead", "agency", "body", "updated_at", "updated_text"),
    *("updated_precision", "published_at", "byline", "source", "kind", "layout"),
    "extractor_version",
)


def state_of(article: Article) -> dict[str, Any]:
    """The columns of ``articles`` that follow from the article's text alone."""
    captions = [image.caption for image in article.images if image.caption]
    values: dict[str, Any] = {name: getattr(article, name) for name in _PLAIN}
    # An impossible stamp stays in `updated_text`; it is not a point in time.
    if day_of(article.updated_at) is None:
        values |= {"updated_at": None, "updated_precision": None}
    if day_of(article.published_at) is None:
        values["published_at"] = None
    return {
        **values,
        "captions": "\n".join(captions) or None,
        "media": _JSON.encode(article.media),
        "word_count": text.count(" ") + 1 if (text := strict(article.body)) else 0,
        "image_count": len(article.images),
        "rules": _JSON.encode(dict(sorted(article.rules.items()))),
        "flags": _JSON.encode(article.flags),
        "content_digest": content_digest(article),
        "text_digest": text_digest(article.title, article.body),
    }


def written_record(article: Article, values: Mapping[str, Any]) -> Record:
    """The record that the rows of *article* give, whose row in ``articles`` has *values*.

    The view ``article_records`` gives the same, in six times the time.
    """
    found = {name: values.get(name, value) for name, value in record(article).items()}
    return found | {
        "tags": list(dict.fromkeys(article.tags)),
        "images": sorted(found["images"], key=lambda image: image["position"]),
        "media": list(article.media),
        "rules": article.rules,
        "flags": json.loads(values["flags"]),
    }


def write(
    connection: sqlite3.Connection, article_id: int | None, values: Mapping[str, Any]
) -> tuple[int, Mapping[str, Any]]:
    """Insert the ``articles`` row, or update what differs; returns its id and its old values.

    A new row is searchable once the transaction's texts are indexed.
    """
    if article_id is None:
        # A row that was inserted and deleted in this transaction may have had this number.
        article_id = connection.execute(
            "INSERT OR REPLACE INTO articles_unindexed"
            " SELECT coalesce(max(id), 0) + 1 FROM articles"
        ).lastrowid
        assert article_id is not None
        connection.execute(
            f"INSERT INTO articles (id, {', '.join(values)}) VALUES (?{', ?' * len(values)})",
            (article_id, *values.values()),
        )
        respelling.respell(connection, article_id, values)
        # Its name is known to the crawler, which writes it (`Archive.name_papers`).
        connection.execute(
            "INSERT OR IGNORE INTO papers VALUES (?1, ?1, ?2)",
            (values["paper"], str(values["url"]).partition("://")[2].partition("/")[0]),
        )
        return article_id, {}
    names = ", ".join(values)
    row = connection.execute(f"SELECT {names} FROM articles WHERE id = ?", (article_id,)).fetchone()
    before = dict(zip(values, row))
    changed = {name: value for name, value in values.items() if before[name] != value}
    if changed:
        searched = not changed.keys().isdisjoint(SEARCH_COLUMNS)
        if searched:
            respelling.forget(connection, article_id)
        sets = ", ".join(f"{name} = ?" for name in changed)
        connection.execute(
            f"UPDATE articles SET {sets} WHERE id = ?", (*changed.values(), article_id)
        )
        if searched:
            respelling.respell(connection, article_id, values)
    return article_id, before


def write_addresses(
    connection: sqlite3.Connection,
    rows: Iterable[tuple[str, int, str, str | None, str | None, str, str]],
) -> None:
    """Write the addresses of an article: rows of ``article_urls``."""
    connection.executemany(
        "INSERT INTO article_urls VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (url) DO UPDATE SET"
        " article_id = excluded.article_id, key = excluded.key, generation = excluded.generation,"
        " section_slug = excluded.section_slug, first_seen_at = excluded.first_seen_at,"
        " last_seen_at = excluded.last_seen_at",
        rows,
    )


def write_parts(
    connection: sqlite3.Connection, article_id: int, article: Article, *, is_new: bool = False
) -> None:
    """Write the images, authors and tags of *article*; rows that are right already stay.

    If its row *is_new*, it has none yet.
    """
    _replace(
        connection,
        "images",
        ("position", "url", "caption", "credit", "after_paragraph"),
        article_id,
        [(i.position, i.url, i.caption, i.credit, i.after_paragraph) for i in article.images],
        is_new,
    )
    ids = {author.name: author_rows.id_of(connection, author.name) for author in article.authors}
    released = _replace(
        connection,
        "article_authors",
        ("author_id", "position", "role", "printed"),
        article_id,
        [(ids[a.name], position, a.role, a.name) for position, a in enumerate(article.authors, 1)],
        is_new,
    )
    for author_id in {row[0] for row in released}:
        author_rows.released(connection, author_id)
    tags = list(dict.fromkeys(article.tags))
    released = _replace(
        connection,
        "article_tags",
        ("tag_id", "position"),
        article_id,
        [(_id_of(connection, "tags", "name", t), position) for position, t in enumerate(tags, 1)],
        is_new,
    )
    _drop_unused(connection, "tags", "article_tags", "tag_id", released)


def write_sections(
    connection: sqlite3.Connection,
    article_id: int,
    sections: Iterable[tuple[str, str | None, str]],
    *,
    is_new: bool = False,
) -> None:
    """File the article under *sections*: (slug, name, when the name was seen)."""
    ids: dict[str, int] = {}
    for slug, name, seen_at in sections:
        if slug not in ids:
            ids[slug] = _id_of(connection, "sections", "slug", slug)
        if name:
            name_section(connection, slug, name, seen_at)
    released = _replace(
        connection,
        "article_sections",
        ("section_id",),
        article_id,
        [(one,) for one in ids.values()],
        is_new,
    )
    _drop_unused(connection, "sections", "article_sections", "section_id", released)


def name_section(connection: sqlite3.Connection, slug: str, name: str, seen_at: str) -> None:
    """Save the name that a page gives a section; the latest stays, in whatever order they come."""
    connection.execute(
        "UPDATE sections SET name = ?1, named_at = ?2 WHERE slug = ?3"
        " AND (coalesce(named_at, ''), coalesce(name, '')) < (?2, ?1)",
        (name, seen_at, slug),
    )


def _replace(
    connection: sqlite3.Connection,
    table: str,
    columns: tuple[str, ...],
    article_id: int,
    rows: list[tuple[Any, ...]],
    is_new: bool,
) -> list[tuple[Any, ...]]:
    """Replace the article's rows by *rows*; returns the old ones, if they differ."""
    names = ", ".join(columns)
    before: list[tuple[Any, ...]] = []
    if not is_new:
        before = connection.execute(
            f"SELECT {names} FROM {table} WHERE article_id = ?", (article_id,)
        ).fetchall()
    if sorted(before, key=repr) == sorted(rows, key=repr):
        return []
    if before:
        connection.execute(f"DELETE FROM {table} WHERE article_id = ?", (article_id,))
    connection.executemany(
        f"INSERT INTO {table} (article_id, {names}) VALUES (?{', ?' * len(columns)})",
        [(article_id, *row) for row in rows],
    )
    return before


def _drop_unused(
    connection: sqlite3.Connection,
    table: str,
    links: str,
    column: str,
    released: list[tuple[Any, ...]],
) -> None:
    """Delete the rows of *table* that *released* was the last to refer to.

    Otherwise a name from a misread byline would stay in the list of authors, and the tables would
    depend on the order of captures.
    """
    for row in released:
        connection.execute(
            f"DELETE FROM {table} WHERE id = ?1"
            f" AND NOT EXISTS (SELECT 1 FROM {links} WHERE {column} = ?1)",
            (row[0],),
        )


def _id_of(connection: sqlite3.Connection, table: str, column: str, value: str) -> int:
    """The id of the row of *value*, which is inserted if there is none."""
    row = connection.execute(f"SELECT id FROM {table} WHERE {column} = ?", (value,)).fetchone()
    if row is None:
        cursor = connection.execute(f"INSERT INTO {table} ({column}) VALUES (?)", (value,))
        row = (cursor.lastrowid,)
    return int(row[0])
