"""The rows of an export: one wide row per article, in a fixed order, a few in memory at a time."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from typing import Any

#: The columns of every tabular export, in order: those of the view ``articles_flat``. Frozen: a
#: program that reads the file counts on names and places. New columns go to the end.
COLUMNS = (
    "key", "url", "title", "kicker", "lead", "body", "agency", "byline", "authors", "source",
    "section", "section_slug", "tags", "updated_at", "updated_day", "updated_text",
    "updated_precision", "published_at", "kind", "word_count", "image_count", "captions",
    "revisions", "first_seen_at", "last_seen_at", "gone_at", "gone_how", "duplicate_of", "site_id",
    "generation", "layout", "extractor_version", "content_digest", "warc_file", "warc_offset",
    "payload_digest", "paper",
)  # fmt: skip


def flat_rows(connection: sqlite3.Connection, keys: list[str]) -> sqlite3.Cursor:
    """The wide rows of the articles *keys*, in the order of *keys*.

    The keys go in as one JSON parameter: nothing is written, not even a temporary table, so it
    works on a read-only file.
    """
    return connection.execute(
        f"SELECT {', '.join(f'flat.{name}' for name in COLUMNS)} FROM json_each(?) AS picked"
        " CROSS JOIN articles_flat AS flat ON flat.key = picked.value",
        (json.dumps(keys),),
    )


#: The other tables of a data package: the columns, and the SQL for the rows of picked articles.
PARTS: dict[str, tuple[tuple[str, ...], str]] = {
    "images": (
        ("article_key", "position", "url", "caption", "credit", "after_paragraph"),
        "SELECT a.key, i.position, i.url, i.caption, i.credit, i.after_paragraph"
        " FROM json_each(?) AS picked CROSS JOIN articles AS a ON a.key = picked.value"
        " JOIN images AS i ON i.article_id = a.id ORDER BY picked.key, i.position",
    ),
    "authors": (
        ("article_key", "position", "name", "role"),
        "SELECT a.key, w.position, n.name, w.role"
        " FROM json_each(?) AS picked CROSS JOIN articles AS a ON a.key = picked.value"
        " JOIN article_authors AS w ON w.article_id = a.id JOIN authors AS n ON n.id = w.author_id"
        " ORDER BY picked.key, w.position",
    ),
    "sections": (
        ("article_key", "slug", "name"),
        "SELECT a.key, s.slug, s.name"
        " FROM json_each(?) AS picked CROSS JOIN articles AS a ON a.key = picked.value"
        " JOIN article_sections AS f ON f.article_id = a.id JOIN sections AS s"
        " ON s.id = f.section_id ORDER BY picked.key, s.slug",
    ),
    "revisions": (
        (
            "article_key", "number", "seen_at", "last_seen_at", "edit", "changed_fields", "title",
            "lead", "body", "updated_at", "updated_text", "byline", "content_digest", "warc_file",
            "warc_offset", "payload_digest", "origin",
        ),
        "SELECT a.key, r.number, r.seen_at, r.last_seen_at, r.edit, r.changed_fields, r.title,"
        " r.lead, r.body, r.updated_at, r.updated_text, r.byline, r.content_digest, c.warc_file,"
        " c.warc_offset, c.payload_digest, c.origin"
        " FROM json_each(?) AS picked CROSS JOIN articles AS a ON a.key = picked.value"
        " JOIN revisions AS r ON r.article_id = a.id LEFT JOIN captures AS c ON c.id = r.capture_id"
        " ORDER BY picked.key, r.number",
    ),
}  # fmt: skip

COVERAGE_COLUMNS = (
    "day", "section_slug", "listed", "stored", "failed", "blocked", "gone", "due", "paper",
)  # fmt: skip


def part_rows(connection: sqlite3.Connection, name: str, keys: list[str]) -> Iterator[Any]:
    """The rows of one of `PARTS`, article by article in the order of *keys*."""
    _, sql = PARTS[name]
    batch = 2_000  # bounds what SQLite must sort at once
    for start in range(0, len(keys), batch):
        yield from connection.execute(sql, (json.dumps(keys[start : start + batch]),))


def coverage_rows(connection: sqlite3.Connection) -> sqlite3.Cursor:
    """The whole coverage view."""
    return connection.execute(
        f"SELECT {', '.join(COVERAGE_COLUMNS)} FROM coverage ORDER BY day, section_slug, paper"
    )
