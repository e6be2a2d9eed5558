"""A record and its differences: what SQLite lays together is what was taken apart."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import replace
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive.archive import Archive
from archive.database.records import changes, record_of
from archive.history import article_rows
from archive.history.article_rows import state_of
from archive.models import Article, Author, Image
from tests.archive.pages import article, save

_TEXTS = st.one_of(st.none(), st.text(max_size=6))
_RULES = st.dictionaries(st.sampled_from(("title", "lead", "body")), st.text(max_size=3))
_ARTICLES = st.builds(
    Article,
    title=st.text(max_size=6),
    kicker=_TEXTS,
    body=_TEXTS,
    byline=_TEXTS,
    tags=st.lists(st.text(max_size=3), max_size=2).map(tuple),
    authors=st.lists(st.builds(Author, st.text(max_size=3)), max_size=2).map(tuple),
    images=st.lists(
        st.builds(Image, st.integers(1, 3), st.just("u"), caption=_TEXTS), max_size=2
    ).map(tuple),
    rules=_RULES,
)


def laid_over(base: dict[str, Any], patch: str | None) -> Article:
    """What the views do, by SQLite's own json_patch."""
    with sqlite3.connect(":memory:") as database:
        (text,) = database.execute(
            "SELECT iif(?2 IS NULL, ?1, json_patch(?1, ?2))", (json.dumps(base), patch)
        ).fetchone()
    return Article.from_dict(json.loads(text))


@given(base=_ARTICLES, other=_ARTICLES)
def test_a_record_laid_over_any_other_is_itself(base: Article, other: Article) -> None:
    assert laid_over(base.to_dict(), changes(base.to_dict(), other.to_dict())) == other
    assert changes(base.to_dict(), base.to_dict()) is None


def test_an_article_s_rows_give_its_record(archive: Archive) -> None:
    page = article(
        kicker="Lấp Vò",
        tags=("cây xanh", "nông thôn mới"),
        authors=(Author("Mỹ Lý", "text"), Author("Mỹ Lý", "photo"), Author("K.D")),
        images=(Image(2, "https://cdn/2.jpg", "B"), Image(1, "https://cdn/1.jpg", None, "X", 1)),
        media=("https://cdn/a.mp3",),
        flags=("stamp:weekday-mismatch",),
        rules={"title": "aspx:h1", "body": "aspx:div"},
    )
    saved = save(archive, page, 1)
    assert saved.article_id
    record = Article.from_dict(record_of(archive.connection, saved.article_id))
    assert replace(record, images=page.images) == page
    assert [image.position for image in record.images] == [1, 2]


def test_every_revision_reads_as_it_was_saved(archive: Archive) -> None:
    pages = [
        article(),
        article(title="Tựa mới", tags=("lúa",)),
        article(title="Tựa mới", body=None, updated_at="0001-01-01"),
        article(title="Tựa cũ", rules={}),
    ]
    for minute, page in enumerate(pages):
        save(archive, page, minute)
    read = archive.connection.execute(
        "SELECT title, body, article FROM revisions ORDER BY number"
    ).fetchall()
    assert [(title, body) for title, body, _ in read] == [(p.title, p.body) for p in pages]
    records = [Article.from_dict(json.loads(record)) for *_, record in read]
    assert [record.rules for record in records] == [article().rules] * 4  # of all pages together
    assert [replace(record, rules=page.rules) for record, page in zip(records, pages)] == pages
    said = archive.connection.execute("SELECT article FROM statements ORDER BY id").fetchall()
    assert [Article.from_dict(json.loads(record)) for (record,) in said] == pages


@given(page=_ARTICLES, section=_TEXTS, stamp=st.sampled_from((None, "2026-02-31", "2026-03-01")))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_the_record_that_is_written_is_the_one_that_the_rows_give(
    archive: Archive, page: Article, section: str | None, stamp: str | None
) -> None:
    """A rebuild keeps differences from the former; whoever reads them lays them over the latter."""
    positions = {image.position: image for image in page.images}
    page = replace(
        page, kind="photo", media=("a.mp3",), updated_at=stamp, images=tuple(positions.values())
    )
    values = {
        "key": "dto:1",
        "paper": "dto",
        "url": "u",
        "site_id": "1",
        "generation": "A",
        "section": section,
        **state_of(replace(page, flags=("origin:conflict",))),
        "first_seen_at": "2026",
        "last_seen_at": "2026",
    }
    with archive.transaction() as connection:
        article_id, _ = article_rows.write(connection, None, values)
        article_rows.write_parts(connection, article_id, page, is_new=True)
        given_by_rows = record_of(connection, article_id)
        article_rows.write_parts(connection, article_id, Article(title=""))
        connection.execute("DELETE FROM articles WHERE id = ?", (article_id,))
    assert article_rows.written_record(page, values) == given_by_rows
