"""One article by its name: a key, a number or an address."""

from __future__ import annotations

import pytest

from archive.search.lookup import find_id, find_named

ADDRESS = "https://baodongthap.vn/xa-hoi/co-31-ho-84085.aspx"


@pytest.fixture
def flood(shelf):
    shelf.add("Có 31 hộ", key="dto:84085", url=ADDRESS)
    return shelf


@pytest.mark.parametrize(
    "name",
    [
        "dto:84085", "84085", " dto:84085 ", ADDRESS,
        "http://www.baodongthap.com.vn/xa-hoi/co-31-ho-84085.aspx",
        "baodongthap.vn/xa-hoi/co-31-ho-84085.aspx",
        f"{ADDRESS}?utm_source=zalo", f"{ADDRESS}#top", "/xa-hoi/co-31-ho-84085.aspx",
    ],
)  # fmt: skip
def test_an_article_is_found_by_any_of_its_names(flood, name):
    assert find_named(flood.connection, name) == 1


@pytest.mark.parametrize(
    "name", ["dto:1", "999", "https://baodongthap.vn/", "https://x.vn/nix", "", "' OR 1", "/", "%"]
)
def test_nothing_else_is_found(flood, name):
    assert find_named(flood.connection, name) is None


def test_a_number_is_the_sites_own_and_not_ours(flood):
    flood.add("Bài thứ hai", key="dto:70001")
    assert find_named(flood.connection, "2") is None
    assert find_id(flood.connection, "2") == 2
    third = flood.add("Bài số 2 của báo", key="dto:2")
    assert find_named(flood.connection, "2") == third


def test_a_number_is_looked_for_in_every_series(flood):
    other = flood.add("Bài của báo khác", key="tto:84086")
    assert find_named(flood.connection, "84086") == other


def test_an_address_that_was_only_fetched_is_a_name_too(flood):
    flood.connection.execute("UPDATE captures SET url = 'http://baodongthap.com.vn/?id=84085'")
    assert find_named(flood.connection, "http://baodongthap.com.vn/?id=84085") == 1
