"""NFC and whitespace, joined captions, slugs, agency marks."""

from __future__ import annotations

import unicodedata

import pytest

from crawler.extract.text import (
    drop_dangling_dash,
    fold,
    join_lines,
    slug_similarity,
    split_agency,
    tidy,
)


@pytest.mark.parametrize(
    ("raw", "meant"),
    [
        ("  a  b ", "a b"),
        ("Tỉnh\u00a0\u00a0uỷ", "Tỉnh uỷ"),
        ("một\r\n\thai", "một hai"),
        (unicodedata.normalize("NFD", "Đồng Tháp hoà bình"), "Đồng Tháp hoà bình"),
        ("Cao\u200b Lãnh\ufeff", "Cao Lãnh"),
        ("khuyến\u00adnông", "khuyếnnông"),
        ("\u3000Sa\u2003Đéc\u2028", "Sa Đéc"),
        ("hòa và hoà, Tỉnh ủy và Tỉnh uỷ", "hòa và hoà, Tỉnh ủy và Tỉnh uỷ"),
        ("", ""),
    ],
)
def test_tidy(raw: str, meant: str) -> None:
    assert tidy(raw) == meant


@pytest.mark.parametrize(
    ("lines", "meant"),
    [
        (
            ["Bí thư Tỉnh uỷ", "Lê Minh Hoan (bên phải) thăm"],
            "Bí thư Tỉnh uỷ Lê Minh Hoan (bên phải) thăm",
        ),
        (["Du khách tham quan", ", cúng viếng"], "Du khách tham quan, cúng viếng"),
        (["một", "", "hai", "; ba", ". Bốn", ": năm"], "một hai; ba. Bốn: năm"),
        ([], ""),
    ],
)
def test_join_lines(lines: list[str], meant: str) -> None:
    assert join_lines(lines) == meant


@pytest.mark.parametrize(
    ("paragraph", "agency", "rest"),
    [
        ("ĐTO - Năm 2017", "ĐTO", "Năm 2017"),
        ("ĐTO – Năm 2017", "ĐTO", "Năm 2017"),
        ("ĐTO — Năm 2017", "ĐTO", "Năm 2017"),
        ("ĐTO- Năm 2017", "ĐTO", "Năm 2017"),
        ("ĐTO: Năm 2017", "ĐTO", "Năm 2017"),
        ("ÐTO - Năm 2017", "ĐTO", "Năm 2017"),
        ("(ĐTO) Sáng 13-2", "ĐTO", "Sáng 13-2"),
        ("(ĐTO) - Sáng 13-2", "ĐTO", "Sáng 13-2"),
        ("(ÐTO)Sáng 13-2", "ĐTO", "Sáng 13-2"),
        ("(DTO) Sáng 13-2", "DTO", "Sáng 13-2"),
        ("(ABO) Ngày 4-3", "ABO", "Ngày 4-3"),
        ("(BTN) - Sáng 9-2", "BTN", "Sáng 9-2"),
        ("(BTNO) - Sáng 9-2", "BTNO", "Sáng 9-2"),
        ("(BDO) Sáng 9-2", "BDO", "Sáng 9-2"),
        ("(GLO)- Sáng 9-2", "GLO", "Sáng 9-2"),
        ("(LĐ online) - Sáng 9-2", "LĐ online", "Sáng 9-2"),
        ("Báo Cà Mau (CMO) Sáng 9-2", "CMO", "Sáng 9-2"),
        ("(TTXVN) Giá gạo tăng", "TTXVN", "Giá gạo tăng"),
        ("TTXVN - Giá gạo tăng", "TTXVN", "Giá gạo tăng"),
        ("HĐND - UBND tỉnh họp", None, None),
        ("(UBND) Tỉnh họp", None, None),
        ("COVID-19 - những điều cần biết", None, None),
        ("TP.Sa Đéc - Khai trương", None, None),
        ("Đ.T.O - chuyện lạ", None, None),
        ("ĐTO đưa tin từ sáng", None, None),
        ("ĐTO - ", None, None),
        ("", None, None),
    ],
)
def test_split_agency(paragraph: str, agency: str | None, rest: str | None) -> None:
    assert split_agency(paragraph) == (agency, paragraph if rest is None else rest)


def test_dangling_dash() -> None:
    assert drop_dangling_dash("- Sau 3 ngày") == "Sau 3 ngày"
    assert drop_dangling_dash("Sau 3 ngày - đêm") == "Sau 3 ngày - đêm"


@pytest.mark.parametrize(
    ("title", "slug", "least", "most"),
    [
        (
            "Hai bị cáo gây tai nạn giao thông bị phạt tù",
            "Hai_bi_cao_gay_tai_nan_giao_thong_bi_phat_tu",
            1,
            1,
        ),
        ("TP.Sa Đéc: Khai trương đường hoa", "tpsa-dec-khai-truong-duong-hoa", 1, 1),
        ("TP.Sa Đéc: Khai trương đường hoa", "tp-sa-dec-khai-truong-duong-hoa", 1, 1),
        ("Trao 690 phần quà tết", "trao-690-phan-qua-tet", 1, 1),
        ("Huyện Lấp Vò", "hai-bi-cao-gay-tai-nan", 0, 0.2),
        ("", "abc", 0, 0),
        ("abc", "", 0, 0),
    ],
)
def test_slug_similarity(title: str, slug: str, least: float, most: float) -> None:
    assert least <= slug_similarity(title, slug) <= most


def test_fold() -> None:
    assert fold("ĐỒNG THÁP – Ðầm Sen") == "dong thap  dam sen"
