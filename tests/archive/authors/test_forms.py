"""Which names may be shorter forms of another."""

from __future__ import annotations

import pytest

from archive.authors.forms import form_of, pairs


@pytest.mark.parametrize(
    ("short", "full", "form"),
    [
        ("N.Lâm", "Ngọc Lâm", "initials"),
        ("N. LÂM", "Ngọc Lâm", "initials"),
        ("Ng.Lâm", "Ngọc Lâm", "initials"),
        ("Đ.T.Hòa", "Đặng Thị Hoà", "initials"),
        ("K.D", "Khánh Duy", "initials"),
        ("Mỹ Lý", "Nguyễn Mỹ Lý", "no family name"),
        ("Lý Mỹ", "Mỹ Lý", "other order"),
        ("N.Lâm", "Hồng Lâm", None),
        ("D.Lâm", "Đình Lâm", None),  # d is not đ
        ("Lâm", "Ngọc Lâm", None),  # a given name is many people's
        ("Song An", "Song Anh", None),  # a syllable is no initial
        ("Mỹ Lý", "Mỹ Lỷ", None),
        ("Mỹ Lý", "MỸ LÝ", None),  # one name, not two
        ("Nguyễn Mỹ Lý", "Mỹ Lý", None),
    ],
)
def test_a_form(short, full, form):
    assert form_of(short, full) == form


def test_pairs_are_those_that_comparing_each_with_each_would_find():
    names = [
        "Ngọc Lâm", "Nhật Lâm", "N.Lâm", "Nguyễn Ngọc Lâm", "Lâm Ngọc", "K.D", "Khánh Duy",
        "Kim Dung", "PV", "Mỹ Lý", "Trần Mỹ Lý", "N.L", "",
    ]  # fmt: skip
    found = {(short, full): form for short, full, form in pairs(names)}
    each = {
        (one, other): form
        for one in names
        for other in names
        if (form := form_of(one, other)) and (form != "other order" or one > other)
    }
    assert found == each
    assert found["N.Lâm", "Nhật Lâm"] == found["N.Lâm", "Ngọc Lâm"] == "initials"
    assert found["Ngọc Lâm", "Nguyễn Ngọc Lâm"] == "no family name"
