"""An article read back with all its versions."""

from __future__ import annotations

import pytest

from archive.articles.get import find_article, find_revisions
from archive.errors import NotFound


def test_an_article_is_its_newest_version_under_the_archives_names(edited):
    edited.connection.execute("UPDATE articles SET section = 'Môi trường' WHERE id = 1")
    found = find_article(edited.connection, 1)
    assert (found.article.title, found.article.body) == ("Lũ lên nhanh", "Có 29 hộ")
    assert found.article.section == "Môi trường"
    assert (found.revision, [each.number for each in found.revisions]) == (2, [1, 2])
    assert (found.first_seen_at, found.last_seen_at) == (
        "2026-11-01T01:00:00.000Z", "2026-11-08T01:00:00.000Z",
    )  # fmt: skip
    assert (found.gone_at, find_article(edited.connection, 2).gone_how) == (None, "404")


def test_a_version_keeps_what_was_seen_then(edited):
    first, second = find_revisions(edited.connection, 1)
    assert (first.article.body, second.article.body) == ("Có 31 hộ", "Có 29 hộ")
    assert (first.edit, second.edit, second.changed_fields) == (None, "silent", ("title", "body"))


def test_the_canonical_address_comes_first(edited):
    edited.connection.execute(
        "INSERT INTO article_urls(article_id, url, key, generation, first_seen_at, last_seen_at)"
        " SELECT article_id, 'https://baodongthap.vn/a-new--a1.html', 'dto:a1', 'C',"
        " first_seen_at, last_seen_at FROM article_urls WHERE article_id = 1"
    )
    found = find_article(edited.connection, "dto:a1")
    assert found.key == "dto:1"
    assert [alias.url for alias in found.aliases] == [
        "https://baodongthap.vn/xa-hoi/bai-1.aspx", "https://baodongthap.vn/a-new--a1.html",
    ]  # fmt: skip


def test_a_copy_names_its_original(edited):
    edited.connection.execute("UPDATE articles SET duplicate_of = 1 WHERE id = 2")
    assert find_article(edited.connection, 2).duplicate_of == "dto:1"


def test_an_unknown_name_is_said(edited):
    with pytest.raises(NotFound, match="no article is known as dto:9"):
        find_article(edited.connection, "dto:9")
