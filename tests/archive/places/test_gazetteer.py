"""The gazetteer: its units, and what became of them on 1 July 2025."""

from __future__ import annotations

import pytest

from archive.places.gazetteer import gazetteer, plain

PLACES = gazetteer()


def ids(units):
    return {unit.id for unit in units}


def units(province, level, *, new):
    return [
        u
        for u in PLACES.units.values()
        if u.level == level and u.is_new == new and province in ids([u, *PLACES.above(u)])
    ]


def test_the_province_is_whole():
    # Resolution 1663: 82 communes and 20 wards; before, 12 and 11 districts.
    new = units("Đồng Tháp (2025)", "commune", new=True)
    assert sorted(sum(u.kind == kind for u in new) for kind in ("phường", "xã")) == [20, 82]
    assert len(units("Đồng Tháp", "district", new=False)) == 12
    assert len(units("Tiền Giang", "district", new=False)) == 11
    old = units("Đồng Tháp", "commune", new=False) + units("Tiền Giang", "commune", new=False)
    assert len(old) == 305
    assert all(PLACES.became(unit) for unit in old)
    assert all(unit.id in PLACES.points for unit in new)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("thị trấn Sa Rài, huyện Tân Hồng, Đồng Tháp", ["xã Tân Hồng, Đồng Tháp (2025)"]),
        (
            "xã Phú Thuận B, huyện Hồng Ngự, Đồng Tháp",  # was split
            ["xã Long Phú Thuận, Đồng Tháp (2025)", "xã Tân Long, Đồng Tháp (2025)"],
        ),
        ("xã Thanh Mỹ, huyện Tháp Mười, Đồng Tháp", ["xã Thanh Mỹ, Đồng Tháp (2025)"]),
        ("Tiền Giang", ["Đồng Tháp (2025)"]),
        ("Bến Tre", ["Vĩnh Long (2025)"]),
    ],
)
def test_what_an_old_unit_became(old, new):
    assert sorted(unit.id for unit in PLACES.became(PLACES.units[old])) == new


def test_an_old_district_is_counted_over_the_reform_by_what_is_wholly_its_own():
    area = ids(PLACES.area(PLACES.units["huyện Lấp Vò, Đồng Tháp"]))
    assert "xã Định Yên, huyện Lấp Vò, Đồng Tháp" in area
    assert "xã Mỹ An Hưng, Đồng Tháp (2025)" in area
    # Two of its communes went into a commune that is mostly of Lai Vung.
    assert "xã Lai Vung, Đồng Tháp (2025)" not in area


def test_a_new_commune_is_counted_by_the_communes_that_it_was_made_of():
    area = ids(PLACES.area(PLACES.units["xã Lấp Vò, Đồng Tháp (2025)"]))
    assert area == {
        "xã Lấp Vò, Đồng Tháp (2025)",
        "thị trấn Lấp Vò, huyện Lấp Vò, Đồng Tháp",
        "xã Bình Thành, huyện Lấp Vò, Đồng Tháp",
        "xã Bình Thạnh Trung, huyện Lấp Vò, Đồng Tháp",
        "xã Vĩnh Thạnh, huyện Lấp Vò, Đồng Tháp",
    }


def test_a_merged_province_holds_both_and_neither_holds_it():
    both = ids(PLACES.area(PLACES.units["Đồng Tháp (2025)"]))
    assert {"Đồng Tháp", "Tiền Giang", "huyện Cai Lậy, Tiền Giang"} <= both
    assert "Đồng Tháp (2025)" not in ids(PLACES.area(PLACES.units["Tiền Giang"]))


def test_names_are_compared_in_any_spelling():
    assert PLACES.named("MỸ QUÍ") == PLACES.named("Mỹ Quý") != []
    assert plain("Hoà An") == plain("Hòa An") != plain("Hòa Ân")


def test_points_lie_in_the_delta():
    assert all(8 < lat < 11.5 and 103 < lon < 107 for lat, lon in PLACES.points.values())
