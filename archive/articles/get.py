"""Reading an article with all its versions, by its id, key or address."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass

from archive.errors import NotFound
from archive.history.identity import Alias
from archive.models import Article, Revision
from archive.search.lookup import find_id


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
