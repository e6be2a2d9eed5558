"""The tables of places: written when a text changes, and when the gazetteer does."""

from __future__ import annotations

import pytest

from archive.places import index
from archive.places.index import index_places
from archive.reports.lists import listing
from archive.search.parser import parse
from archive.search.sql import matching


@pytest.fixture
def towns(shelf):
    shelf.connection.execute("INSERT INTO papers VALUES ('dto', 'Báo Đồng Tháp Online', 'x.vn')")
    shelf.add("Tại huyện Lấp Vò", body="Xã Định Yên, huyện Lấp Vò dệt chiếu")
    shelf.add("Về xã Mỹ An Hưng", updated_at="2026-03-01T05:00:00+07:00")
    shelf.add("Đêm Cao Lãnh")
    shelf.add("Huyện Cao Lãnh vào mùa")
    index_places(shelf.connection)
    return shelf.connection


def finds(connection, query):
    selection = matching(connection, parse(query))
    return sorted(
        id for (id,) in connection.execute(selection.ids, selection.parameters).fetchall()
    )


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ('place:"huyện Lấp Vò"', [1, 2]),  # over the reform
        ('place:"xã Định Yên"', [1]),
        ('place:"xã Định Yên, huyện Lấp Vò, Đồng Tháp"', [1]),
        ('place:"Lấp Vò"', [1]),
        ('place:"lap vo"', [1]),
        ('place:"huyện Cao Lãnh"', [4]),  # of the bare name it is not certain
        ('place:"Cao Lãnh"', [3, 4]),
        ('place:"xã Mỹ An Hưng" huyện', []),
        ('-place:"Cao Lãnh"', [1, 2]),
        ("place:Atlantis", []),
    ],
)
def test_a_place_is_a_filter(towns, query, ids):
    assert finds(towns, query) == ids


def test_an_unknown_place_is_answered_with_similar_ones(towns):
    from archive.search.sql import notes

    [note] = notes(towns, 'place:"Lấp Và"')
    assert "Lấp Vò" in str(note)


def test_the_list_of_places_counts_certain_mentions_and_says_the_others(towns):
    rows = {r["place"]: r for r in listing(towns, "places").to_dicts()}
    lap_vo, cao_lanh = rows["huyện Lấp Vò, Đồng Tháp"], rows["huyện Cao Lãnh, Đồng Tháp"]
    assert (lap_vo["articles"], lap_vo["mentions"], lap_vo["unsure"]) == (1, 2, 0)
    assert (cao_lanh["articles"], cao_lanh["mentions"], cao_lanh["unsure"]) == (1, 1, 1)
    assert "thành phố Cao Lãnh, Đồng Tháp" not in rows


def test_only_what_changed_is_read_again(towns, monkeypatch):
    assert index_places(towns) == 0
    towns.execute("UPDATE articles SET last_seen_at = 'later'")
    assert index_places(towns) == 0
    towns.execute("UPDATE articles SET title = 'Tại huyện Tam Nông' WHERE id = 3")
    assert index_places(towns) == 1
    assert finds(towns, 'place:"Cao Lãnh"') == [4]
    assert finds(towns, 'place:"Tam Nông"') == [3]
    towns.execute("DELETE FROM articles_unindexed")
    monkeypatch.setattr(index, "version", lambda: "another")
    assert index_places(towns) == 4
    assert finds(towns, 'place:"Tam Nông"') == [3]
