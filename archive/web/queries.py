"""The saved questions: SQL that people ask of a newspaper archive, to run, change and download.

Their titles and explanations are in `translations` (``question.NAME``, ``question.NAME.about``).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Question:
    """One saved question."""

    sql: str


QUESTIONS = {
    "articles_per_year": Question("""\
select substr(updated_at, 1, 4) as year, count(*) as articles,
    sum(word_count) as words, sum(image_count) as images,
    sum(source is not null) as reprints
from articles
where updated_at is not null
group by year
order by year"""),
    "sections_by_year": Question("""\
select substr(updated_at, 1, 4) as year, section_slug, max(section) as section,
    count(*) as articles
from articles
where updated_at is not null and section_slug is not null
group by year, section_slug
order by year, articles desc"""),
    "articles_by_author": Question("""\
select a.key, a.updated_at, a.title, a.section, a.byline, article_authors.role
from authors
join article_authors on article_authors.author_id = authors.id
join articles as a on a.id = article_authors.article_id
where authors.name = :author
    or authors.id in (select author_id from article_authors where printed = :author)
group by a.id
order by a.updated_at"""),
    "busiest_authors": Question("""\
with stamps as materialized (select id, updated_at from articles)
select authors.name as author, count(distinct article_id) as articles,
    min(updated_at) as first, max(updated_at) as last
from article_authors
join stamps on stamps.id = article_authors.article_id
join authors on authors.id = article_authors.author_id
group by authors.id
order by articles desc, author"""),
    "silent_edits": Question("""\
select a.key, a.title, r.number as version, r.seen_at, r.updated_text as stamp,
    r.changed_fields
from revisions as r
join articles as a on a.id = r.article_id
where r.edit = 'silent'
order by r.seen_at desc"""),
    "gone_articles": Question("""\
select key, title, updated_at, last_seen_at, gone_at, gone_how, url
from articles
where gone_at is not null
order by gone_at desc"""),
    "reprints": Question("""\
select source, count(*) as articles, min(updated_at) as first, max(updated_at) as last
from articles
where source is not null
group by source
order by articles desc, source"""),
    # highlight() marks the words in the captions of an article, which stand one a line; each line
    # is one picture's. A phrase that runs from one caption into the next is marked in neither.
    "captions_with": Question("""\
with found as materialized (
    select rowid as id,
        replace(highlight(articles_plain, 4, char(1), char(2)), '\\', '/') as captions
    from articles_plain
    where articles_plain match 'captions:"' || replace(replace(replace(replace(replace(
        :words, '"', ' '), 'đ', 'd'), 'Đ', 'D'), 'ð', 'd'), 'Ð', 'D') || '"'
),
lines as (
    select found.id, line.key + 1 as number
    from found, json_each('[' || replace(json_quote(captions), '\\n', '","') || ']') as line
    where line.value like '%' || char(1) || '%' || char(2) || '%'
),
captioned as (
    select article_id, position, caption, credit,
        row_number() over (partition by article_id order by position) as number
    from images
    where caption <> '' and article_id in (select id from found)
)
select a.key, a.title, a.updated_at, c.position, c.caption, c.credit
from lines
join captioned as c on c.article_id = lines.id and c.number = lines.number
join articles as a on a.id = lines.id
order by a.updated_at, a.key, c.position"""),
    "duplicates_found": Question("""\
select one.key as key, one.title as title, other.key as other_key, other.title as other_title,
    d.kind, round(d.similarity, 3) as similarity
from duplicates as d
join articles as one on one.id = d.article_id
join articles as other on other.id = d.other_id
order by d.kind, d.similarity desc"""),
    "failed_pages": Question("""\
select url, state, last_status, attempts, error, section_slug, found_at, fetched_at
from frontier
where state in ('failed', 'blocked', 'gone')
order by fetched_at desc"""),
    "crawl_log": Question("""\
select id, command, started_at, finished_at, exit_code, reason, listed, fetched, new, revised,
    unchanged, gone, failed, blocked, bytes
from crawls
order by started_at desc"""),
}

#: Tables that only serve the pages or the search; they stay reachable, but are not listed.
_HIDDEN = (
    "articles_respelled", "articles_searched", "article_facets", "facets", "growth",
    "fingerprints", "fingerprint_keys",
    "article_records", "article_revisions", "articles_unindexed", "extractions",
    "_sqlite_migrations", "sqlite_stat1", "sqlite_stat4",
)  # fmt: skip


def described(database: str) -> dict[str, Any]:
    """Datasette's metadata: which facets each table offers, and what is not worth listing."""
    tables: dict[str, Any] = {
        "articles": {
            "facets": ["section_slug", "kind", "generation"],
            "sort_desc": "updated_at",
            "label_column": "title",
            "fts_table": "articles_exact",
            "fts_pk": "id",
        },
        "articles_flat": {"sort_desc": "updated_at"},
        "revisions": {"facets": ["edit"], "sort_desc": "id"},
        "captures": {"facets": ["outcome", "status", "origin"], "sort_desc": "fetched_at"},
        "crawls": {"facets": ["command", "exit_code"], "sort_desc": "started_at"},
        "frontier": {"facets": ["state", "kind"]},
        "duplicates": {"facets": ["kind"]},
        "authors": {"sort": "sort_key", "label_column": "name"},
        "sections": {"label_column": "name"},
    }
    tables |= {name: {"hidden": True} for name in _HIDDEN}
    tables["articles_folded"] = {"hidden": True}
    return {"title": "Kho Báo", "databases": {database: {"tables": tables}}}
