"""Letters: folding keeps offsets, tones have two places, the alphabet is the Vietnamese one."""

from __future__ import annotations

import doctest
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive import names, periods, query, vietnamese


@pytest.mark.parametrize("module", [vietnamese, names, periods, query])
def test_examples_in_the_documentation_are_true(module):
    tried = doctest.testmod(module)
    assert tried.attempted > 0
    assert tried.failed == 0


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
