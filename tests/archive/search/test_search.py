"""Search: marks, readings, notes, and an answer for any text."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.search import query as language
from archive.search.parser import parse
from archive.search.search import readings, search

TEXTS = {
    "dan van": "Công tác dân vận khéo ở cơ sở",
    "dan van apart": "Vận động người dân làm đường",
    "dan van other": "Đàn vạn thọ trước sân",
    "hoa old": "Tổ hòa giải ở ấp",
    "hoa new": "Tổ hoà giải ở khóm",
    "hoa flower": "Hoa giại rào đẹp",
    "thuy old": "Nuôi thủy sản",
    "thuy new": "Nuôi thuỷ sản",
    "duong": "Làm đường về xã",
    "duong other": "Dương tính với bệnh",
    "dan nguon": "Đường dẫn nguồn nước",
    "quy": "Quý khách đến thăm",
    "kinh te": "Phát triển kinh tế vườn",
    "kinh te apart": "Kính thưa, thuế tế nhị",
    "d bare": "Nhóm d thi đấu",
    "d stroke": "Chữ đ trong bảng",
}


@pytest.fixture(scope="module")
def texts(new_shelf):
    shelf = new_shelf()
    # The record is NFC whatever the page was; what is tested here is the form of the query.
    ids = {shelf.add(body=text): name for name, text in TEXTS.items()}

    def found(typed: str) -> set[str]:
        return {ids[hit.id] for hit in search(shelf.connection, typed, limit=100).hits}

    return found


FORMS = {
    "dân vận": ({"dan van", "dan van apart"}, {"dan van other"}),
    "dan van": ({"dan van", "dan van apart", "dan van other"}, {"duong"}),
    '"dan van"': ({"dan van", "dan van other"}, {"dan van apart"}),
    '"dân vận"': ({"dan van"}, {"dan van apart", "dan van other"}),
    "hòa giải": ({"hoa old", "hoa new"}, {"hoa flower"}),
    "hoà giải": ({"hoa old", "hoa new"}, {"hoa flower"}),
    "hoa giai": ({"hoa old", "hoa new", "hoa flower"}, set()),
    "thủy sản": ({"thuy old", "thuy new"}, set()),
    "thuỷ sản": ({"thuy old", "thuy new"}, set()),
    "thuy san": ({"thuy old", "thuy new"}, set()),
    '"thuỷ sản"': ({"thuy old", "thuy new"}, set()),
    "đường": ({"duong", "dan nguon", "dan van apart"}, {"duong other"}),
    "duong": ({"duong", "dan nguon", "duong other", "dan van apart"}, set()),
    "dương": ({"duong other"}, {"duong"}),
    "đuong": (set(), {"duong", "duong other"}),
    "quý": ({"quy"}, set()),
    "qúy": (set(), {"quy"}),
    "quy": ({"quy"}, set()),
    '"kinh tế"': ({"kinh te"}, {"kinh te apart"}),
    "d": ({"d bare", "d stroke"}, set()),
    "đ": ({"d stroke"}, {"d bare"}),
    "Đ": ({"d stroke"}, {"d bare"}),
    "D": ({"d bare", "d stroke"}, set()),
    "dan nguồn": ({"dan nguon"}, {"dan van"}),
    "dẫn nguon": ({"dan nguon"}, {"dan van"}),
}


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize("case", [str.lower, str.upper], ids=["lower", "upper"])
@pytest.mark.parametrize("typed", FORMS)
def test_what_each_way_of_typing_finds_and_does_not(texts, typed, case, form):
    hits, others = FORMS[typed]
    found = texts(unicodedata.normalize(form, case(typed)))
    assert found >= hits
    assert not found & others
    if not hits:
        assert found == set()


def test_each_reading_is_counted(shelf):
    for body in ("hòa giải", "hòa giải", "hoà giải", "hóa giải", "giải bóng, hòa một đều"):
        shelf.add(body=body)
    assert [(r.name, r.phrase, r.words) for r in readings(shelf.connection, "hòa giải")] == [
        ("exact", 2, 3),
        ("tone", 3, 4),
        ("plain", 4, 5),
    ]
    assert [(r.name, r.phrase, r.words) for r in readings(shelf.connection, "hoa giai")] == [
        ("exact", 0, 0),
        ("plain", 4, 5),
    ]


def test_readings_keep_the_filters(shelf):
    shelf.add(body="lúa", updated_at="2018-01-01")
    shelf.add(body="lúa", updated_at="2019-01-01")
    assert [r.words for r in readings(shelf.connection, "lua year:2018")] == [0, 1]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ('"lúa', "an unmatched quotation mark was ignored"),
        ("since:mai", "“mai” is not a date and was ignored; write 2018, 03/2018 or 2018-01-03"),
        ("date:31/2/2018 lúa", "“31/2/2018” is not a date"),
        ("***", "the query has no searchable words"),
        ("author:", "“author:” has no value and was ignored"),
        ("author:Mỹ Lý", "author: takes one word; put several in quotation marks after it"),
        ("lúa " * 100, "only the first 48 words were used"),
        ("since:2020 until:2019", "the end date is before the start date"),
    ],
)
def test_what_was_ignored_is_said(typed, said):
    assert any(str(note).startswith(said) for note in parse(typed).notes)


@pytest.mark.parametrize(
    ("typed", "understood"),
    [
        ("dân vận", "dân vận (phrase first, then all words)"),
        ("“tổ tự quản”", "“tổ tự quản”"),
        ("TP.HCM", "tp hcm"),
        ("19/5", "19 5"),
        ("lũ OR hạn mặn", "lũ or hạn mặn (phrase first, then all words)"),
        ("-covid", "every article, without covid"),
        ("caption:sen", "sen in the captions"),
        ("10:30", "10 30"),
        ("*", "no searchable words"),
    ],
)
def test_the_query_is_explained(typed, understood):
    assert language.describe(parse(typed)) == understood


ODD = [
    "COVID-19", "19/5", "TP.HCM", '"', "*", 'a"b', "(x", "", "   ", "AND", "OR", "NOT", "NEAR(a b)",
    "x:y", "title:", "title:*", "a*", "^a", "{title}: x", "a + b", "''", ";--", "OR OR", "- -", "-",
    "--a", '""', '"" OR ""', "\x00", "a\x00b", "title:\x00", "🌾", "đ" * 10_000, '"a" ' * 3_000,
    "lúa" * 3_000, "title:a " * 2_000, "x OR " * 2_000, "\ud800", "since:\ud800", "author:\ud800",
    "section:%' OR 1=1", "kind:' OR 1", "year:99999", "year:0000", "date:..", "date:2018..", "²",
    "ﬁ", "İ", "ß", "́", "a\u0301\u0301", "一二三", "ไทย", "١٩/٥", "year:٢٠١٨", "-\"", "a-", "http://a.b/c?d=e",
]  # fmt: skip


@pytest.mark.parametrize("typed", ODD)
def test_odd_text_gets_an_answer(anything, typed):
    results = search(anything, typed)
    assert results.total >= len(results.hits)
    readings(anything, typed)
    assert results.understood


_WORDS = st.sampled_from(
    ["lúa", "lua", '"', "-", "OR", "title:", "author:", "since:", "2018", ":", "(", "*", " ", "đ",
     "NEAR", "hòa", "COVID-19", "\x00", "section:x", "{", "}", "^", "'"]
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.text(max_size=80), st.lists(_WORDS, max_size=14).map("".join)))
def test_any_text_gets_an_answer(anything, typed):
    for sort in ("best", "recent"):
        results = search(anything, typed, sort=sort)
        assert len(results.hits) == min(results.total, 20)
    readings(anything, typed)
    for hit in results.hits:
        assert "".join(part for part, _ in hit.title.parts) == hit.title.text
