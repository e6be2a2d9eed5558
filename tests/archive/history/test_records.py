"""A record and its differences: what SQLite lays together is what was taken apart."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from archive.archive import Archive
from archive.history.records import changes, record_of
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
