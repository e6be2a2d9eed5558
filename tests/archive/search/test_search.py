"""Search: what is found, what is not, in which order, and how it is shown."""

from __future__ import annotations

import re
import unicodedata
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.models import Author, Image
from archive.search import parser
from archive.search import query as language
from archive.search.parser import parse
from archive.search.search import matching, readings, search
from archive.vietnamese import fold

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


def test_a_half_marked_phrase_comes_before_its_words(shelf):
    apart = shelf.add("Vận động quần chúng", body="người dân ở ấp")
    half = shelf.add(body="công tác dân vận")
    literal = shelf.add(body="công tác dan vận")
    hits = search(shelf.connection, "dan vận").hits
    assert [hit.id for hit in hits] == [literal, half, apart]
    assert [hit.level for hit in hits] == ["phrase", "phrase in another form", "words"]


def test_the_phrase_comes_first_though_the_words_are_in_the_title(shelf):
    apart = shelf.add("Tế lễ: kinh kệ", body="tế lễ và kinh kệ, tế lễ và kinh kệ")
    phrase = shelf.add("Tin", body="Người dân phát triển kinh tế. " + "Chữ thêm vào. " * 200)
    results = search(shelf.connection, "kinh tế")
    assert [hit.id for hit in results.hits] == [phrase, apart]
    assert [hit.level for hit in results.hits] == ["phrase", "words"]
    assert (results.total, results.phrase_total) == (2, 1)


def test_pages_join_without_a_gap_where_the_phrase_ends(shelf):
    for number in range(7):
        shelf.add(f"Lúa gạo {number}", body="lúa gạo" if number % 2 else "gạo và lúa")
    whole = [hit.id for hit in search(shelf.connection, "lúa gạo", limit=100).hits]
    paged = [
        hit.id
        for offset in range(0, 9, 2)
        for hit in search(shelf.connection, "lúa gạo", limit=2, offset=offset).hits
    ]
    assert paged == whole
    assert len(set(whole)) == 7


def test_title_weighs_more_than_lead_and_lead_more_than_body(shelf):
    filler = "đồng ruộng mùa nước. " * 20
    body = shelf.add("Tin một", lead="Mở đầu", body=f"Mở đầu\n\n{filler} sếu")
    lead = shelf.add("Tin hai", lead="Đàn sếu", body=f"Đàn sếu\n\n{filler}")
    title = shelf.add("Đàn sếu", lead="Mở đầu", body=f"Mở đầu\n\n{filler}")
    assert [hit.id for hit in search(shelf.connection, "sếu").hits] == [title, lead, body]


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


def test_recent_first_puts_the_undated_last(shelf):
    old = shelf.add("Sen", updated_at="2012-06-20")
    undated = shelf.add("Sen", updated_at=None)
    new = shelf.add("Sen", updated_at="2026-01-18T21:21:00+07:00")
    assert [hit.id for hit in search(shelf.connection, "sen", sort="recent").hits] == [
        new, old, undated,
    ]  # fmt: skip
    assert [hit.id for hit in search(shelf.connection, "", sort="best").hits] == [new, old, undated]


def test_snippets_mark_the_papers_own_spelling(shelf):
    shelf.add("Đồng Tháp đón khách", body="Hàng ngàn khách đến ĐỒNG THÁP; đồng-tháp mùa sen.")
    hit = search(shelf.connection, "dong thap").hits[0]
    assert str(hit.title) == "[Đồng Tháp] đón khách"
    assert str(hit.snippet) == "Hàng ngàn khách đến [ĐỒNG THÁP]; [đồng-tháp] mùa sen."
    assert hit.title.marks == ((0, 9),)


def test_snippets_show_where_the_words_are(shelf):
    body = "\n\n".join(["Mở đầu. " + "Chuyện khác. " * 60, "Đàn sếu đầu đỏ đã về.", "Hết. " * 60])
    shelf.add("Tin", lead="Mở đầu.", body=body)
    hit = search(shelf.connection, "seu dau do").hits[0]
    assert "[sếu đầu đỏ] đã về" in str(hit.snippet)
    assert str(hit.snippet).startswith("… ")
    assert str(hit.snippet).endswith(" …")
    assert "\n" not in hit.snippet.text
    assert len(hit.snippet.text) < 300


def test_marks_of_words_that_stand_apart(shelf):
    shelf.add("Tin", body="Lúa chín, gạo thơm; lụa là")
    assert str(search(shelf.connection, "lúa gạo").hits[0].snippet) == (
        "[Lúa] chín, [gạo] thơm; lụa là"
    )


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


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ('"lúa', "an unmatched quotation mark was ignored"),
        ("since:mai", "“mai” is not a date and was ignored; write 2018, 03/2018 or 2018-01-03"),
        ("date:31/2/2018 lúa", "“31/2/2018” is not a date"),
        ("***", "there is no searchable word in it"),
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


@pytest.fixture(scope="module")
def anything(new_shelf):
    shelf = new_shelf()
    shelf.add("COVID-19 ở TP.HCM", body='Ngày 19/5, 100% ca (x) *; NEAR AND NOT a"b title:x')
    return shelf.connection


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


@pytest.mark.parametrize("typed", ["COVID-19", "covid 19", "19/5", "TP.HCM", "tp hcm", "covid19"])
def test_joined_words_are_phrases_of_their_parts(anything, typed):
    assert search(anything, typed).total == (0 if typed == "covid19" else 1)


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


DOCS = Path(__file__).parents[3] / "docs" / "search.md"


def documented():
    first = DOCS.read_text(encoding="utf-8").partition("\n## ")[0]
    rows = re.findall(r"^\| `(.+)` \| (.+) \|$", first, re.MULTILINE)
    assert len(rows) > 10
    return rows


@pytest.mark.parametrize(("typed", "understood"), documented())
def test_the_page_in_docs_tells_the_truth(typed, understood):
    assert language.describe(parse(typed)) == understood


def test_every_field_in_docs_is_a_field():
    text = DOCS.read_text(encoding="utf-8").partition("## Fields and dates")[2]
    named = re.findall(r"`([^\W\d_]+)`", text.partition("\nDates, names")[0])
    known = {*parser._TEXT_FIELDS, *parser._NAME_FIELDS, *parser._DATE_FIELDS}
    assert {fold(name) for name in named} - {"hoac", "or"} <= known
    assert len(named) > 25


def test_the_sql_in_docs_works(shelf):
    id = shelf.add("Dân vận khéo")
    text = DOCS.read_text(encoding="utf-8")
    for statement in re.search(r"```sql\n(.*?)```", text, re.DOTALL).group(1).splitlines():
        assert shelf.connection.execute(statement).fetchall() == [(f"dto:{id}", "Dân vận khéo")]
