"""Filters by name: which names a typed value stands for."""

from __future__ import annotations

import pytest

from archive.articles.details import details
from archive.models import Author, Image
from archive.search.filters import agrees, named, nearest


@pytest.fixture(scope="module")
def names(new_shelf):
    shelf = new_shelf()
    filed = [
        ("Mỹ Lý", "Xã hội", "xa-hoi", "Báo Pháp Luật", "article", "chợ quê"),
        ("Mỹ Linh", "Xã hội học", "xa-hoi-hoc", "BÁO PHÁP LUẬT", "photo", "chợ"),
        ("Lý", "Kinh tế", "kinh-te", "TTXVN", "video", "lúa"),
    ]
    for author, section, slug, source, kind, tag in filed:
        shelf.add(
            authors=(Author(author),), section=section, section_slug=slug, source=source, kind=kind,
            tags=(tag,),
        )  # fmt: skip
    shelf.connection.execute(
        "INSERT INTO article_sections(article_id, section_id)"
        " SELECT 3, id FROM sections WHERE slug = 'xa-hoi'"
    )
    return shelf.connection


def ids(connection, name, value):
    found = named(connection, name, value)
    return sorted(id for (id,) in connection.execute(found.ids, found.parameters))


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("author", "Mỹ Lý", [1]),
        ("author", "mỹ", [1, 2]),  # a part of a name is every name with it
        ("author", "my ly", [1]),
        ("author", "Lý", [3]),  # a complete name is itself alone
        ("author", "Lỷ", []),
        ("section", "xa-hoi", [1]),
        ("section", " XA-HOI ", [1]),
        ("section", "xã hội", [1]),
        ("section", "xa hoi", [1, 2]),
        ("anysection", "xa-hoi", [1, 3]),
        ("anysection", "kinh-te", [3]),
        ("source", "báo pháp luật", [1, 2]),
        ("source", "BÁO PHÁP LUẬT", [2]),  # the very letters, where there are such
        ("source", "ttxvn", [3]),
        ("kind", "photo", [2]),
        ("kind", "VIDEO", [3]),
        ("kind", "film", []),
        ("tag", "chợ", [2]),
        ("tag", "cho", [1, 2]),
        ("tag", "-", []),
    ],
)
def test_what_a_value_stands_for(names, name, value, expected):
    assert ids(names, name, value) == expected


def test_a_complete_name_tells_of_the_names_that_contain_it(names):
    assert named(names, "author", "Lý").others == ("Mỹ Lý",)
    assert named(names, "author", "mỹ").others == ()
    assert named(names, "tag", "chợ").others == ("chợ quê",)
    assert named(names, "section", "xa-hoi").others == ()


def test_an_unknown_name_has_no_parameters(names):
    assert named(names, "author", "Ngọc").parameters == ()


def test_names_that_resemble_a_typing_error(names):
    assert nearest(names, "author", "My Linhh")[0] == "Mỹ Linh"
    assert nearest(names, "author", "zzz") == []
    assert nearest(names, "kind", "zzz") == ["article", "photo", "video"]
    assert nearest(names, "section", "kinh-tee") == [
        "kinh-te (Kinh tế)", "xa-hoi (Xã hội)", "xa-hoi-hoc (Xã hội học)",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "name", "whether"),
    [
        ("hòa hiệp", "Hoà Hiệp", True),
        ("hoa hiep", "Hòa Hiệp", True),
        ("hóa hiệp", "Hòa Hiệp", False),
        ("Hiệp Hòa", "Hòa Hiệp", False),
        ("hiệp", "Hòa Hiệp", True),
        ("hiệ", "Hòa Hiệp", False),
        ("", "Hòa Hiệp", False),
    ],
)
def test_a_name_agrees_word_by_word(typed, name, whether):
    assert agrees(typed, name) is whether


@pytest.fixture(scope="module")
def states(new_shelf):
    shelf = new_shelf()
    shelf.add("Có ảnh", images=(Image(1, "a.jpg", "Chú thích"), Image(2, "b.jpg")), tags=("lúa",))
    shelf.add("Không gì cả", updated_at=None)
    shelf.add("Đã mất", images=(Image(1, "c.jpg"),), source="TTXVN", authors=(Author("Mỹ Lý"),))
    for id, edit in ((1, "silent"), (2, "stamped"), (3, "bump")):
        article = details(shelf.connection, id).article
        shelf.revise(id, article, seen="2026-11-25T00:00:00.000Z", edit=edit, fields=["body"])
    shelf.connection.execute("UPDATE articles SET gone_at = '2026-11-25' WHERE id = 3")
    shelf.connection.execute("INSERT INTO duplicates VALUES (1, 2, 'near', 0.9, '')")
    return shelf.connection


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("edited", "silent", [1]),
        ("edited", "lặng lẽ", [1]),
        ("edited", "yes", [1, 2]),  # a new stamp alone is no edit
        ("gone", "yes", [3]),
        ("gone", "no", [1, 2]),
        ("gone", "không", [1, 2]),
        ("has", "caption", [1]),
        ("has", "image", [1, 3]),
        ("has", "ảnh", [1, 3]),
        ("has", "tag", [1]),
        ("has", "source", [3]),
        ("has", "author", [3]),
        ("has", "date", [1, 3]),
        ("has", "duplicate", [1, 2]),
    ],
)
def test_a_state(states, name, value, expected):
    assert sorted(set(ids(states, name, value))) == expected


def test_an_unknown_state_is_answered_with_those_there_are(states):
    assert named(states, "has", "video").parameters == ()
    assert "caption (chú thích)" in nearest(states, "has", "capt")
    assert len(nearest(states, "gone", "maybe")) == 3


def test_an_author_has_every_name(names):
    before = ids(names, "author", "Mỹ Lý")
    names.execute("UPDATE authors SET same_as = 1, same_reason = 'file' WHERE name = 'Lý'")
    assert ids(names, "author", "Mỹ Lý") == ids(names, "author", "Lý") == sorted({*before, 3})
    names.execute("UPDATE authors SET same_as = NULL, same_reason = NULL")
