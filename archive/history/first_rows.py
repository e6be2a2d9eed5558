"""The rows of an article that was never heard of: each is written once, and nothing is looked up.

Most pages of a first crawl end here. What is written is what `rebuild`
would write, row by row, and tests hold the two to each other.
"""

from __future__ import annotations

import sqlite3

from archive.duplicates import near
from archive.history import article_rows, revision_rows
from archive.history.capture_rows import insert_capture
from archive.history.revisions import Draft
from archive.history.statements import insert_statement
from archive.models import Article, Capture


def write(
    connection: sqlite3.Connection, article: Article, capture: Capture, crawl_id: int | None
) -> tuple[int, int]:
    """Write *article*, of which *capture* is all that is known.

    Returns its id, and how many others it is a near copy of.
    """
    assert article.url is not None
    assert article.key is not None
    # Told beforehand, so that the capture's row is right when it is written.
    article_id, revision_id = connection.execute(
        "SELECT coalesce((SELECT max(id) FROM articles), 0) + 1,"
        " coalesce((SELECT max(id) FROM revisions), 0) + 1"
    ).fetchone()
    statement_id = insert_statement(connection, article)
    capture_id = insert_capture(
        connection,
        capture,
        crawl_id,
        "article",
        layout=article.layout,
        address=article.url,
        statement_id=statement_id,
        article_id=article_id,
        revision_id=revision_id,
    )
    at = capture.fetched_at
    slug = article.section_slug or None
    article_rows.insert(
        connection,
        article_id,
        {
            "key": article.key,
            "url": article.url,
            "site_id": article.site_id or article.key,
            "generation": article.generation,
            **article_rows.state_of(article),
            "section": article.section or None,
            "section_slug": slug,
            "first_seen_at": at,
            "last_seen_at": at,
            "capture_id": capture_id,
        },
    )
    article_rows.write_addresses(
        connection, [(article.url, article_id, article.key, article.generation, slug, at, at)]
    )
    revision_rows.insert(connection, article_id, Draft(1, at, at, article, capture_id), revision_id)
    article_rows.write_parts(connection, article_id, article, first=True)
    if slug:
        article_rows.write_sections(
            connection, article_id, [(slug, article.section, at)], first=True
        )
    return article_id, near.link(connection, article_id, article.body, set(), True)
