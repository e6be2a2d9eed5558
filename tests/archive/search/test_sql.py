"""From a query to rows: words, phrases, fields, filters."""

from __future__ import annotations

from itertools import product

import pytest

from archive.models import Author, Image
from archive.search.search import matching, search


@pytest.mark.parametrize(
    ("first", "second", "marks"),
    list(product(["hòa", "hoà"], ["thủy", "thuỷ"], [True, False])),
)
def test_phrases_join_every_placing_of_tones(shelf, first, second, marks):
    wanted = {shelf.add(body=f"Ông {a} {b} nói") for a in ("hòa", "hoà") for b in ("thủy", "thuỷ")}
    shelf.add(body="Ông hoa thúy nói")
    typed = f'"{first} {second}"'
    if marks:
        assert {hit.id for hit in search(shelf.connection, typed).hits} == wanted
    else:
        plain = typed.replace("hòa", "hoa").replace("hoà", "hoa").replace("ủ", "u")
        assert search(shelf.connection, plain.replace("ỷ", "y")).total == 5


def test_a_long_phrase_of_two_placed_tones_is_found_in_uniform_spelling(shelf):
    new = "hoà thuỷ khoẻ toạ uỷ luỹ"
    old = "hòa thủy khỏe tọa ủy lũy"
    ids = {shelf.add(body=new), shelf.add(body=old)}
    assert {hit.id for hit in search(shelf.connection, f'"{new}"').hits} == ids
    assert {hit.id for hit in search(shelf.connection, f'"{old}"').hits} == ids


def test_words_typed_with_and_without_marks_are_intersected(shelf):
    both = shelf.add(body="Bà con trồng lúa, nuôi vịt chạy đồng")
    shelf.add(body="Bà con trồng lúa")
    shelf.add(body="Nuôi vịt chạy đồng")
    shelf.add(body="Trồng lua, nuôi vít")
    assert [hit.id for hit in search(shelf.connection, "lúa vit").hits] == [both]
    assert [hit.id for hit in search(shelf.connection, "vit lúa -gà").hits] == [both]


def test_captions_are_searched(shelf):
    image = Image(1, "https://baodongthap.vn/a.jpg", "Nông dân thu hoạch sen", None, 1)
    id = shelf.add("Ảnh đẹp", body="Chữ", images=(image,))
    hit = search(shelf.connection, "thu hoach sen").hits[0]
    assert (hit.id, hit.place) == (id, "captions")
    assert str(hit.snippet) == "Nông dân [thu hoạch sen]"
    assert search(shelf.connection, "caption:sen").total == 1
    assert search(shelf.connection, "body:sen").total == 0
    assert search(shelf.connection, "chúthích:sen").total == 1


@pytest.fixture(scope="module")
def filed(new_shelf):
    shelf = new_shelf()
    shelf.add(
        "Lũ về sớm",
        body="Nước lên",
        updated_at="2018-01-03T10:12:28+07:00",
        section="Xã hội",
        section_slug="xa-hoi",
        authors=(Author("Mỹ Lý", "text"),),
    )  # 1
    shelf.add(
        "Lũ rút",
        body="Nước xuống",
        updated_at="2018-03-31T23:59:59+07:00",
        section="Kinh tế",
        section_slug="kinh-te",
        authors=(Author("Dũng Chinh"), Author("K.D")),
        source="TTXVN",
    )  # 2
    shelf.add(
        "Lũ muộn",
        body="Nước đứng",
        updated_at="2019-11-20",
        section="Xã hội",
        section_slug="xa-hoi",
        authors=(Author("Mỹ Linh"),),
        kind="video",
    )  # 3
    shelf.add("Lũ không ngày", body="Nước", updated_at=None, updated_text=None)  # 4
    return lambda typed, **more: [
        hit.id for hit in search(shelf.connection, typed, sort="oldest", **more).hits
    ]


@pytest.mark.parametrize(
    ("typed", "ids"),
    [
        ("lũ", [1, 2, 3, 4]),
        ("lũ OR mưa", [1, 2, 3, 4]),
        ("rút OR muộn", [2, 3]),
        ("rút HOẶC muộn", [2, 3]),
        ("rút muộn", []),
        ("lũ -rút", [1, 3, 4]),
        ('lũ -"nước lên"', [2, 3, 4]),
        ("-title:lũ", []),
        ("-rút", [1, 3, 4]),
        ("title:lũ body:xuống", [2]),
        ("tiêuđề:lũ", [1, 2, 3, 4]),
        ('author:"Mỹ Lý"', [1]),
        ("author:my", [1, 3]),
        ("author:k.d", [2]),
        ("author:lý author:linh", [1, 3]),
        ("-author:mỹ", [2, 4]),
        ("section:xa-hoi", [1, 3]),
        ('section:"Xã hội"', [1, 3]),
        ("chuyenmuc:hoi", [1, 3]),
        ("section:xã", [1, 3]),
        ("section:xá", []),
        ("source:ttxvn", [2]),
        ("kind:video", [3]),
        ("since:2018-03-31", [2, 3]),
        ("until:03/2018", [1, 2]),
        ("until:30/3/2018", [1]),
        ("year:2018", [1, 2]),
        ("date:3/1/2018", [1]),
        ("since:2018-04 until:2019", [3]),
        ("date:2018..2019", [1, 2, 3]),
        ("năm:2019", [3]),
        ("since:2020 until:2019", []),
        ("", [1, 2, 3, 4]),
        ("section:không-có", []),
    ],
)
def test_filters(filed, typed, ids):
    assert filed(typed) == ids


def test_matching_selects_what_search_counts(shelf):
    for number in range(5):
        shelf.add(body=f"lúa {number}" if number % 2 else "lua")
    for typed in ("lúa", "lua", "", "lúa OR lua", "lua -3"):
        selection = matching(shelf.connection, typed)
        ids = [id for (id,) in shelf.connection.execute(selection.ids, selection.parameters)]
        assert len(ids) == len(set(ids)) == search(shelf.connection, typed).total


def test_unknown_names_are_said(shelf):
    results = search(shelf.connection, 'author:"Không Ai" lúa')
    assert results.total == 0
    assert [str(note) for note in results.notes] == ["the archive has no author “Không Ai”"]


@pytest.mark.parametrize("typed", ["COVID-19", "covid 19", "19/5", "TP.HCM", "tp hcm", "covid19"])
def test_joined_words_are_phrases_of_their_parts(anything, typed):
    assert search(anything, typed).total == (0 if typed == "covid19" else 1)
