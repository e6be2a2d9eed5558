"""Reading articles back: one with all its versions, by whatever name it is asked for."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass

from archive.errors import NotFound
from archive.history.identity import Alias
from archive.models import Article, Revision
from archive.numbers import whole_number


@dataclass(frozen=True, slots=True)
class StoredArticle:
    """An article as the archive has it: the latest state, and how it came to be."""

    id: int
    key: str
    article: Article
    """The latest state; ``url``, ``site_id``, ``generation`` and ``section`` are the canonical."""
    revision: int
    """How many revisions there are."""
    revisions: tuple[Revision, ...]
    aliases: tuple[Alias, ...]
    """Every address, the canonical one first."""
    first_seen_at: str
    last_seen_at: str
    gone_at: str | None
    gone_how: str | None
    duplicate_of: str | None
    """The key of the article it repeats word for word."""
    capture_id: int | None
    """The capture that began the latest revision."""


def find_article(connection: sqlite3.Connection, name: int | str) -> StoredArticle:
    """The article with this id, key or (canonical) address; raises NotFound."""
    article_id = find_id(connection, name)
    if article_id is None:
        raise NotFound(f"no article is known as {name}")
    row = connection.execute(
        "SELECT key, url, site_id, generation, section, section_slug, revision, first_seen_at,"
        " last_seen_at, gone_at, gone_how, capture_id, (SELECT key FROM articles AS original"
        " WHERE original.id = articles.duplicate_of) FROM articles WHERE id = ?",
        (article_id,),
    ).fetchone()
    revisions = find_revisions(connection, article_id)
    record = revisions[-1].article.to_dict()
    record |= dict(zip(("key", "url", "site_id", "generation", "section", "section_slug"), row[:6]))
    aliases = [
        Alias(*columns)
        for columns in connection.execute(
            "SELECT url, key, generation, section_slug FROM article_urls WHERE article_id = ?"
            " ORDER BY url <> ?, generation DESC, url",
            (article_id, row[1]),
        )
    ]
    return StoredArticle(
        id=article_id,
        key=row[0],
        article=Article.from_dict(record),
        revision=row[6],
        revisions=tuple(revisions),
        aliases=tuple(aliases),
        first_seen_at=row[7],
        last_seen_at=row[8],
        gone_at=row[9],
        gone_how=row[10],
        duplicate_of=row[12],
        capture_id=row[11],
    )


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
    """The row id of the article that a person means by *name*: a key, a number, any address of it.

    A number is the site's own, the number in the address: row numbers differ between archives.
    """
    name = name.strip()
    if name.isascii() and name.isalnum():
        # Keys are sorted, so the first and the last tell the prefixes: dto:84085, dto:a235582.
        ends = connection.execute("SELECT min(key), max(key) FROM articles").fetchone()
        for prefix in sorted({key.partition(":")[0] for key in ends if key}):
            found = find_id(connection, f"{prefix}:{name}")
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


def find_revisions(connection: sqlite3.Connection, article_id: int) -> list[Revision]:
    """The versions of an article, oldest first."""
    return [
        Revision(
            number,
            seen_at,
            Article.from_dict(json.loads(record)),
            tuple(json.loads(changed)),
            edit,
            capture_id,
        )
        for number, seen_at, record, changed, edit, capture_id in connection.execute(
            "SELECT number, seen_at, article, changed_fields, edit, capture_id FROM revisions"
            " WHERE article_id = ? ORDER BY number",
            (article_id,),
        )
    ]
