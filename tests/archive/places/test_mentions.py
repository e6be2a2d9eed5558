"""Which places a text mentions, and which it leaves open."""

from __future__ import annotations

import pytest

from archive.places.gazetteer import gazetteer
from archive.places.mentions import mentions

OLD, NEW = "2018-01-03T10:00:00+07:00", "2026-03-01"


def found(text, date=OLD, home=("Đồng Tháp",)):
    return [
        (text[m.start : m.end], sorted(unit.id for unit in m.units))
        for m in mentions(text, gazetteer(), date=date, home=home)
    ]


def one(text, **options):
    [(_, units)] = found(text, **options)
    return units


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("huyện Hồng Ngự", "huyện Hồng Ngự, Đồng Tháp"),
        ("H.Tháp Mười", "huyện Tháp Mười, Đồng Tháp"),
        ("TX.Hồng Ngự", "thành phố Hồng Ngự, Đồng Tháp"),
        ("TX. Hồng Ngự", "thành phố Hồng Ngự, Đồng Tháp"),
        ("thị xã Hồng Ngự", "thành phố Hồng Ngự, Đồng Tháp"),
        ("TP Hồng Ngự", "thành phố Hồng Ngự, Đồng Tháp"),
        ("Thành phố Cao Lãnh", "thành phố Cao Lãnh, Đồng Tháp"),
        ("HUYỆN LẤP VÒ", "huyện Lấp Vò, Đồng Tháp"),
        ("TT.Mỹ An", "thị trấn Mỹ An, huyện Tháp Mười, Đồng Tháp"),
        ("xã Mỹ An", "xã Mỹ An, huyện Tháp Mười, Đồng Tháp"),
        ("xã Mỹ Quí", "xã Mỹ Quý, huyện Tháp Mười, Đồng Tháp"),
        ("xã An Bình A", "phường An Bình A, thành phố Hồng Ngự, Đồng Tháp"),  # a ward later
        ("tỉnh Tiền Giang", "Tiền Giang"),
        ("thành phố Cần Thơ", "Cần Thơ"),
        ("ở An Giang", "An Giang"),
        ("chợ Lấp Vò", "huyện Lấp Vò, Đồng Tháp"),
    ],
)
def test_a_unit_in_every_form_it_is_written_in(text, unit):
    assert one(f"Sáng nay, tại {text}, mưa lớn.") == [unit]


def test_the_district_that_follows_decides_between_namesakes():
    assert found("xã Tân Phú, huyện Thanh Bình") == [
        ("xã Tân Phú", ["xã Tân Phú, huyện Thanh Bình, Đồng Tháp"]),
        ("huyện Thanh Bình", ["huyện Thanh Bình, Đồng Tháp"]),
    ]
    assert found("xã Tân Phú (huyện Châu Thành)")[0][1] == [
        "xã Tân Phú, huyện Châu Thành, Đồng Tháp"
    ]
    assert found("phường 2 (TP Sa Đéc)")[0][1] == ["phường 2, thành phố Sa Đéc, Đồng Tháp"]


def test_a_whole_list_lies_in_the_district_after_it():
    listed = found("các xã Tân Hội, Bình Thạnh và An Bình A của thị xã Hồng Ngự")
    assert [units for _, units in listed] == [
        ["xã Tân Hội, thành phố Hồng Ngự, Đồng Tháp"],
        ["xã Bình Thạnh, thành phố Hồng Ngự, Đồng Tháp"],
        ["phường An Bình A, thành phố Hồng Ngự, Đồng Tháp"],
        ["thành phố Hồng Ngự, Đồng Tháp"],
    ]
    assert len(found("3 huyện Tân Hồng, Tam Nông, Thanh Bình")) == 3


def test_the_only_district_that_the_text_names_decides():
    text = "Huyện Thanh Bình vừa tổng kết. Tại xã Tân Mỹ, 31 hộ thoát nghèo."
    assert found(text)[1][1] == ["xã Tân Mỹ, huyện Thanh Bình, Đồng Tháp"]


def test_without_evidence_a_name_stays_open():
    assert one("Tại xã Tân Mỹ có 31 hộ") == [
        "xã Tân Mỹ, huyện Lấp Vò, Đồng Tháp",
        "xã Tân Mỹ, huyện Thanh Bình, Đồng Tháp",
    ]
    both = "Huyện Thanh Bình và huyện Lấp Vò. Tại xã Tân Mỹ có 31 hộ"
    assert len(found(both)[2][1]) == 2
    assert one("về Cao Lãnh") == ["huyện Cao Lãnh, Đồng Tháp", "thành phố Cao Lãnh, Đồng Tháp"]


@pytest.mark.parametrize(
    "text",
    [
        "ông Nguyễn Thanh Bình", "chị Thanh Bình", "xã Tân Phú, huyện Định Quán, tỉnh Đồng Nai",
        "xã Tân Phú Đông Hưng", "xã hội Việt Nam", "Trường Tân Phú", "đường Hòa Bình",
        "TP.HCM", "tỉnh Đắk Lắk", "huyện nhà", "thị xã",
    ],
)  # fmt: skip
def test_what_is_no_place_or_lies_elsewhere(text):
    assert [units for _, units in found(text) if units] == []


def test_the_day_of_the_article_chooses_the_side_of_the_reform():
    assert one("xã Tân Long", date=NEW) == ["xã Tân Long, Đồng Tháp (2025)"]
    assert one("xã Tân Long") == ["xã Tân Long, huyện Thanh Bình, Đồng Tháp"]
    assert len(one("xã Tân Long", date=None)) == 2
    # An abolished district is still named; a new ward was not before it was.
    assert one("huyện Lấp Vò cũ", date=NEW) == ["huyện Lấp Vò, Đồng Tháp"]
    assert one("phường Cao Lãnh", date=NEW) == ["phường Cao Lãnh, Đồng Tháp (2025)"]
    assert one("phường Cao Lãnh", date="2025-06-30") == []


def test_a_papers_own_province_comes_first_and_another_paper_has_another():
    assert one("huyện Châu Thành") == ["huyện Châu Thành, Đồng Tháp"]
    assert one("huyện Châu Thành", home=("An Giang",)) == ["huyện Châu Thành, An Giang"]
    assert len(one("huyện Châu Thành", home=())) > 3
    assert found("huyện Châu Thành, tỉnh An Giang")[0][1] == ["huyện Châu Thành, An Giang"]


def test_a_long_text_is_read_in_time_in_proportion():
    text = "Xã " * 20_000 + "A " * 20_000 + "các xã Tân Hội, " * 5_000
    assert len(found(text)) > 5_000 - 1
