"""The table of CMS generations, and what must follow from it."""

import re
from dataclasses import replace

import pytest

from archive.database.dictionary import TABLES
from crawler.commands.backfill import backfill
from crawler.site import urls
from crawler.site.generations import ARTICLE_IN_MARKUP, GENERATIONS, LETTERS, Shape, decode_hex
from crawler.site.urls import SECTION_LISTS, read_address


def test_letters_sort_from_the_oldest_to_the_newest():
    """`archive.history` takes the later letter for the newer generation."""
    assert list(LETTERS) == sorted(set(LETTERS))
    assert all(len(letter) == 1 for letter in LETTERS)


def test_the_dictionary_describes_every_generation():
    text = TABLES["articles"].columns["generation"].text
    for generation in GENERATIONS:
        assert f"{generation.letter} ({generation.about})" in text


def test_backfill_can_ask_for_every_generation():
    (shape,) = (one for one in backfill.params if one.name == "shape")
    assert set(LETTERS) < set(shape.type.choices)


@pytest.mark.parametrize("generation", GENERATIONS, ids=LETTERS)
def test_lists_are_lists_and_keys_keep_the_series_apart(generation):
    for section, query in generation.lists:
        url = f"https://baodongthap.vn/{section}{query}"
        address = read_address(url)
        assert (address.kind, address.section_slug, address.canonical) == ("list", section, url)
        assert (section, url) in SECTION_LISTS
    others = {s.key for one in GENERATIONS if one is not generation for s in one.shapes if s.key}
    assert others.isdisjoint(shape.key for shape in generation.shapes)


@pytest.mark.parametrize(
    "link",
    [
        "/newsdetails/1D3FE18E535/Hai_bi_cao.aspx",
        "/xa-hoi/bat-giu-57543.aspx",
        "/ban-doc/202510/don-doc-bao-1050912",
        "/trao-690-phan-qua-tet-a236888.html",
        "/video/xem-video/le-hoi-hoa-297.html",
    ],
)
def test_an_article_is_found_in_the_bytes_of_a_list(link):
    assert ARTICLE_IN_MARKUP.search(f"<a href='{link}'>x</a>".encode())
    assert not ARTICLE_IN_MARKUP.search(b"<a href='/xa-hoi'>x</a><img src='/i/anh.jpg'>")


def test_a_new_generation_is_one_entry(monkeypatch):
    new = replace(
        GENERATIONS[-1],
        letter="D",
        endings=("",),
        shapes=(
            Shape(
                "article",
                re.compile(r"/bai-viet/(?P<slug>[^/]*)\.(?P<id>[0-9]{6})"),
                key="dto:d{id}",
            ),
        ),
    )
    url = "https://baodongthap.vn/bai-viet/mua-nuoc-noi.412000"
    assert urls._read(url).kind == "other"
    monkeypatch.setattr(urls, "GENERATIONS", (*GENERATIONS, new))
    address = urls._read(f"{url}?utm_source=zalo")
    assert (address.kind, address.generation, address.key) == ("article", "D", "dto:d412000")
    assert (address.canonical, address.slug) == (url, "mua-nuoc-noi")


@pytest.mark.parametrize(
    ("text", "number"),
    [("1D3FE18E535", "71637"), ("1d3fe18e539", "71641"), ("132B41F", None), ("FF", None)],
)
def test_hex_numbers_hold_the_digits_after_the_prefix(text, number):
    assert (decode_hex(text) or None) == number  # the prefix alone holds no digits
