"""What can be a name, a desk, an outlet: apart from the lines that they sign."""

from __future__ import annotations

import pytest

from crawler.extract.names import (
    bare_name,
    is_desk,
    is_outlet,
    is_person,
    is_source_name,
    opens_like_desk,
)


@pytest.mark.parametrize(
    "name",
    [
        "Mỹ Lý",
        "NGUYỄN LONG",
        "HUỲNH NHƯ",
        "NHƯ NGUYỆT",
        "NGUYỄN THỊ NHƯ Ý",
        "LÊ VĂN CÓ",
        "K.N",
        "N.LONG",
        "Tôn Nữ Thị Ngọc Ánh",
        "Đại tá Nguyễn Văn Bé",
        "Mỹ Lý ghi",
    ],
)
def test_persons(name: str) -> None:
    assert is_person(name)


@pytest.mark.parametrize(
    "words", ["Nông dân được mùa", "Giá cao nhất ba năm", "Đại tá", "người dân thực hiện", ""]
)
def test_no_persons(words: str) -> None:
    assert not is_person(words)


def test_a_pen_name_in_small_letters_where_the_page_says_so() -> None:
    assert not is_person("hoàng hạc")
    assert is_person("hoàng hạc", loose=True)


@pytest.mark.parametrize(
    ("desk", "loose"),
    [
        ("BCĐ PHÒNG CHỐNG DỊCH COVID-19 TỈNH ĐỒNG THÁP", False),
        ("Nhóm PV CT-XH", False),
        ("Trung tâm Kiểm soát bệnh tật tỉnh", True),
        ("Công an xã đang làm việc với đối tượng", None),
    ],
)
def test_desks(desk: str, loose: bool | None) -> None:
    """*loose*: whether it takes a mark on the page to know the desk; None if it is none."""
    assert opens_like_desk(desk)
    assert is_desk(desk) == (loose is False)
    assert is_desk(desk, loose=True) == (loose is not None)


@pytest.mark.parametrize(
    ("printed", "bare"),
    [
        ("CTV Thanh Thảo", "Thanh Thảo"),
        ("Mỹ Lý (ghi)", "Mỹ Lý"),
        ("P. UYÊN tổng hợp", "P. UYÊN"),
        ("Hồng Lâm.", "Hồng Lâm"),
        ("N.B.T.", "N.B.T."),
        ("Trần Dịch", "Trần Dịch"),
    ],
)
def test_what_stands_about_a_name(printed: str, bare: str) -> None:
    assert bare_name(printed) == bare


def test_sources() -> None:
    assert is_outlet("(TTXVN)")
    assert is_outlet("baochinhphu.vn")
    assert not is_outlet("Mỹ Lý")
    assert is_source_name("Cổng Thông tin điện tử Chính phủ", labelled=True)
    assert not is_source_name("bác sĩ Vũ, người dân cần tiêm đủ liều")
