"""Letters: folding keeps offsets, tones have two places, the alphabet is the Vietnamese one."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive import vietnamese
from archive.search.search import search
from archive.vietnamese import aligned, fold, normalise


@given(st.text())
def test_folding_keeps_the_place_of_every_character(text):
    normal = vietnamese.normalise(text)
    assert len(vietnamese.fold(text)) == len(vietnamese.lower(text)) == len(normal)


@given(st.text(alphabet="aăâbcdđeêghiklmnoôơpqrstuưvxyàáảãạằắẳẵặỳýỷỹỵĐỒ "))
def test_folded_vietnamese_has_no_letter_beyond_ascii(text):
    assert vietnamese.fold(text).isascii()


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_forms_of_unicode_fold_alike(form):
    text = unicodedata.normalize(form, "Đường Thuỷ Nguyễn")
    assert vietnamese.fold(text) == "duong thuy nguyen"


@pytest.mark.parametrize(
    ("syllable", "other"),
    [
        ("hòa", "hoà"), ("hoá", "hóa"), ("khỏe", "khoẻ"), ("xoè", "xòe"), ("thủy", "thuỷ"),
        ("ủy", "uỷ"), ("Uỷ", "ủy"), ("lũy", "luỹ"), ("tuỵ", "tụy"), ("họa", "hoạ"),
    ],
)  # fmt: skip
def test_tone_on_an_open_syllable_has_two_places(syllable, other):
    assert vietnamese.spellings(syllable) == (syllable.lower(), other)


@pytest.mark.parametrize(
    "syllable",
    ["quý", "quỳ", "quả", "quòa"[:3], "hoàn", "hoài", "thuế", "toán", "huỳnh", "của", "hoa", "mùa"],
)
def test_elsewhere_a_tone_has_one_place(syllable):
    assert vietnamese.spellings(syllable) == (syllable,)


def test_both_spellings_name_each_other():
    for syllable in ("hòa", "khoẻ", "thủy"):
        _, other = vietnamese.spellings(syllable)
        assert vietnamese.spellings(other) == (other, syllable)


def test_the_alphabet_is_the_vietnamese_one():
    ordered = [
        "An", "Ăn", "Ân", "Bình", "Công", "Dân", "Đan", "Em", "Ê", "Giang", "Hoa An", "Hoa Lê",
        "Hòa An", "Hoàn", "Lan", "Nghĩa", "Oanh", "Ô", "Ơn", "Phú", "Quý", "Sen", "Tân", "Tấn",
        "Uyên", "Ưng", "Văn", "Xuân", "Yến",
    ]  # fmt: skip
    mixed = ordered[::2] + ordered[1::2]
    assert sorted(mixed, key=vietnamese.sort_key) == ordered


def test_tones_follow_level_falling_asking_tumbling_rising_heavy():
    assert sorted(["mạ", "má", "mã", "mả", "mà", "ma"], key=vietnamese.sort_key) == [
        "ma", "mà", "mả", "mã", "má", "mạ",
    ]  # fmt: skip


def test_sort_key_is_for_bytewise_order(shelf):
    names = ["Đan", "Zung", "ăn", "Em", "Ân", "An", "Dân"]
    rows = shelf.connection.execute(
        f"SELECT column1 FROM (VALUES {', '.join(['(?, ?)'] * len(names))}) ORDER BY column2",
        [value for name in names for value in (name, vietnamese.sort_key(name))],
    )
    assert [name for (name,) in rows] == ["An", "ăn", "Ân", "Dân", "Đan", "Em", "Zung"]


# --- one way to write what can be written in several ---------------------------------------------

#: Ways in which pages and keyboards write a text otherwise, and it looks the same.
DISGUISES = {
    "decomposed": lambda text: unicodedata.normalize("NFD", text),
    "compatibility": lambda text: unicodedata.normalize("NFKD", text),
    "eth": lambda text: text.replace("Đ", "\u00d0").replace("đ", "\u00f0"),
    "african d": lambda text: text.replace("Đ", "\u0189").replace("đ", "\u0256"),
    "stroke over d": lambda text: text.replace("Đ", "D\u0335").replace("đ", "d\u0336"),
    "tone first": lambda text: "".join(map(_tone_first, unicodedata.normalize("NFC", text))),
    "cyrillic": lambda text: text.translate(str.maketrans("aeopcxyHTM", "аеорсхуНТМ")),
    "full width": lambda text: "".join(
        chr(ord(c) + 0xFEE0) if c.isascii() and c.isalnum() else c for c in text
    ),
    "soft hyphens": lambda text: "\u00ad".join(text),
    "zero width": lambda text: "\u200b".join(text),
    "marked direction": lambda text: f"\u202a{text}\u202c\ufeff",
    "joiner before the mark": lambda text: "".join(
        f"\u200d{c}" if unicodedata.combining(c) else c for c in unicodedata.normalize("NFD", text)
    ),
    "no-break spaces": lambda text: text.replace(" ", "\u00a0"),
    "thin spaces": lambda text: text.replace(" ", "\u2009"),
}


def _tone_first(letter: str) -> str:
    """ế as é and a circumflex, in the order that composes to nothing."""
    base, *marks = unicodedata.normalize("NFD", letter)
    if len(marks) != 2 or not set(marks) & {"\u0302", "\u0306"}:
        return letter
    shape, tone = sorted(marks, key=lambda mark: mark not in "\u0302\u0306")
    return unicodedata.normalize("NFC", base + tone) + shape


VIETNAMESE = st.text(
    alphabet="aăâbcdđeêghiklmnoôơpqrstuưvxy ÂĐÊÔƠƯấầẩẫậắằẳẵặếềểễệốồổỗộớờởỡợứừửữự.-19", max_size=40
)


@pytest.mark.parametrize("disguise", DISGUISES)
@given(text=VIETNAMESE)
def test_every_disguise_is_the_same_text(disguise, text):
    assert normalise(DISGUISES[disguise](text)) == normalise(text)


@given(st.text(max_size=60))
def test_normalising_twice_changes_nothing(text):
    once = normalise(text)
    assert normalise(once) == once


@given(st.text(max_size=60))
def test_places_lead_back_to_the_text(text):
    plain, places = aligned(text)
    assert len(places) == len(plain) + 1
    assert places == sorted(places)
    assert places[-1] == len(text)


def test_vietnamese_as_it_is_kept_passes_unchanged():
    text = "Đồng Tháp – “mùa nước nổi” 2018: 50% diện tích, TP.Cao Lãnh… hoà/hòa\n™ ½ ₫"
    assert normalise(text) is text or normalise(text) == text


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.sampled_from(sorted(DISGUISES)), st.sampled_from(sorted(DISGUISES)))
def test_a_query_finds_the_text_in_any_spelling(respelt, text_in, query_in):
    for phrase in ("Đến Đồng Tháp", "cấm đặt cọc ở đây", "Ðịnh Yên dệt chiếu"):
        id = respelt(text_in, phrase)
        for typed in (phrase, f'"{phrase}"', fold(phrase), f'title:"{phrase}"'):
            hits = search(respelt.connection, DISGUISES[query_in](typed), limit=100).hits
            hit = {hit.id: hit for hit in hits}.get(id)
            assert hit is not None, (typed, text_in, query_in)
            assert hit.title.text == re.sub(r"\s", " ", DISGUISES[text_in](phrase))
            assert hit.title.marks


@pytest.fixture(scope="module")
def respelt(new_shelf):
    """Each phrase in each disguise, put in once."""
    shelf, known = new_shelf(), {}

    def put(disguise, phrase):
        if (disguise, phrase) not in known:
            known[disguise, phrase] = shelf.add(DISGUISES[disguise](phrase), body="Tin")
        return known[disguise, phrase]

    put.connection = shelf.connection
    return put
