"""Are two archives the same? Every table, with names in the place of row ids; crawl history apart.

A rebuild from the captures, a crawl in another order, a crawl killed thirty times: each must end in
the same archive, and this is what "the same" means.
"""

from __future__ import annotations

import sqlite3
from typing import Any

_ARTICLE = "(SELECT key FROM articles AS a WHERE a.id = {})"
_CAPTURE = "(SELECT warc_file || ':' || warc_offset FROM captures AS c WHERE c.id = {})"

#: What each table says, in names. The frontier is crawl history but for what it knows of articles.
_QUESTIONS = {
    "articles": "SELECT key, url, site_id, generation, title, kicker, lead, agency, body, captions,"
    " updated_at, updated_text, updated_precision, published_at, byline, source, section,"
    " section_slug, kind, media, word_count, image_count, layout, extractor_version, rules, flags,"
    " content_digest, text_digest, revision, first_seen_at, last_seen_at, gone_at, gone_how,"
    f" {_ARTICLE.format('duplicate_of')}, {_CAPTURE.format('capture_id')}, key_frozen"
    " FROM articles",
    "article_urls": f"SELECT url, {_ARTICLE.format('article_id')}, key, generation, section_slug,"
    " first_seen_at, last_seen_at FROM article_urls",
    "revisions": f"SELECT {_ARTICLE.format('article_id')}, number, seen_at, last_seen_at, title,"
    " lead, body, updated_at, updated_text, byline, changed_fields, edit, content_digest, article,"
    f" {_CAPTURE.format('capture_id')} FROM revisions",
    "images": f"SELECT {_ARTICLE.format('article_id')}, position, url, caption, credit,"
    " after_paragraph FROM images",
    "authors": "SELECT name, sort_key FROM authors",
    "article_authors": f"SELECT {_ARTICLE.format('article_id')}, name, position, role,"
    " printed FROM article_authors JOIN authors ON authors.id = author_id",
    "sections": "SELECT slug, name, named_at FROM sections",
    "article_sections": f"SELECT {_ARTICLE.format('article_id')}, slug FROM article_sections"
    " JOIN sections ON sections.id = section_id",
    "tags": "SELECT name FROM tags",
    "article_tags": f"SELECT {_ARTICLE.format('article_id')}, name, position FROM article_tags"
    " JOIN tags ON tags.id = tag_id",
    "captures": "SELECT warc_file, warc_offset, warc_length, url, fetched_at, status, mime,"
    " redirect_to, record_type, record_id, payload_digest, origin, outcome, error, layout, address,"
    " doubt, named,"
    f" {_ARTICLE.format('article_id')}, (SELECT number FROM revisions WHERE revisions.id ="
    " revision_id), (SELECT digest FROM statements WHERE statements.id = statement_id)"
    " FROM captures",
    "nights": "SELECT run, started_at, known, answered, gone, revised, new, doubt, lists, silent,"
    " repeated FROM nights",
    "statements": "SELECT key, generation, digest, text_digest, day, article FROM statements",
    "redirects": "SELECT source, target, key, generation, section_slug, first_seen_at, last_seen_at"
    " FROM redirects",
    "duplicates": "SELECT min(one.key, other.key), max(one.key, other.key), duplicates.kind,"
    " similarity, found_at FROM duplicates JOIN articles AS one ON one.id = article_id"
    " JOIN articles AS other ON other.id = other_id",
    "fingerprints": f"SELECT {_ARTICLE.format('article_id')}, sketch, keys FROM fingerprints",
    "fingerprint_keys": f"SELECT key, {_ARTICLE.format('article_id')} FROM fingerprint_keys",
}


def contents(connection: sqlite3.Connection) -> dict[str, list[tuple[Any, ...]]]:
    """Everything an archive holds, by table, in an order of its own."""
    return {
        table: sorted(connection.execute(question).fetchall(), key=repr)
        for table, question in _QUESTIONS.items()
    }


def differences(one: sqlite3.Connection, other: sqlite3.Connection) -> dict[str, tuple[int, int]]:
    """The tables that differ, with how many rows only the first and only the second has."""
    first, second = contents(one), contents(other)
    found = {}
    for table in first:
        mine, its = set(first[table]), set(second[table])
        if first[table] != second[table]:
            found[table] = (len(mine - its), len(its - mine))
    return found
