"""Signatures, and lines like them that are none."""

from __future__ import annotations

import pytest

from tests.crawler.layouts.flower_village import (
    FIRST,
    LAST,
    SECOND,
    SIGNED,
    around,
    read,
)

TABLE = "<table border=1>{}</table>".format("<tr><td>1</td><td>Nguyễn Văn Hai</td></tr>" * 30)


@pytest.mark.parametrize("table", [TABLE, TABLE.replace("<td>N", "<td align=right>N")])
def test_a_table_of_names_is_no_signature(table: str) -> None:
    article = around(table, "")
    assert article.byline is None
    assert article.paragraphs[-1] == "Nguyễn Văn Hai"


@pytest.mark.parametrize(
    ("notes", "kept"),
    [
        (TABLE, "Nguyễn Văn Hai"),
        ("<p>Điện thoại liên hệ: 0277.3851344</p>", "Điện thoại liên hệ: 0277.3851344"),
        ("<p>(*) Tên nhân vật đã được thay đổi.</p>", "(*) Tên nhân vật đã được thay đổi."),
        ("<p><em>Kỳ 2: Gỡ khó cho nông dân</em></p>", "Kỳ 2: Gỡ khó cho nông dân"),
    ],
    ids=["a table", "an address", "an asterisk", "what is to come"],
)
def test_what_stands_under_the_signature_is_text(notes: str, kept: str) -> None:
    article = around("", f"<p>{LAST}</p>{SIGNED}{notes}")
    assert article.byline == "SONG AN"
    assert article.paragraphs[:3] == [FIRST, SECOND, LAST]
    assert article.paragraphs[-1] == kept


def test_two_names_set_to_the_right() -> None:
    signed = "".join(
        f"<p style='text-align:right'><b>{name}</b></p>" for name in ("Lư Liễm", "Phú Quý")
    )
    article = around("", f"<p>{LAST}</p>{signed}")
    assert [author.name for author in article.authors] == ["Lư Liễm", "Phú Quý"]
    assert article.byline == "Lư Liễm Phú Quý"  # as printed


def test_an_author_between_lead_and_text() -> None:
    article = read(
        f"<div class='sapo'>{FIRST}</div><div class='author'>SONG AN</div><p>{SECOND}</p>"
    )
    assert (article.byline, article.paragraphs) == ("SONG AN", [FIRST, SECOND])


@pytest.mark.parametrize(
    ("printed", "names"),
    [
        ("Ghi chép của Hoài Thu", [("Hoài Thu", "text")]),
        ("Truyện ngắn: TRẦN THÔI", [("TRẦN THÔI", "text")]),
        ("Mỹ Lý ghi", [("Mỹ Lý", None)]),
        ("Lê Thanh (Ảnh: Hữu Nghĩa)", [("Lê Thanh", None), ("Hữu Nghĩa", "photo")]),
    ],
)
def test_signatures_of_literary_pages(printed: str, names: list[tuple[str, str | None]]) -> None:
    article = around("", f"<p>{LAST}</p><p style='text-align:right'><b>{printed}</b></p>")
    assert article.byline == printed
    assert [(author.name, author.role) for author in article.authors] == names


@pytest.mark.parametrize(
    "note",
    [
        "<b>Bài 3: Hướng đi nào cho hợp tác xã trồng hoa?</b>",
        "Tài liệu tham khảo: Lịch sử Đảng bộ tỉnh Đồng Tháp.",
        "* Tài liệu tham khảo: Lịch sử Đảng bộ tỉnh Đồng Tháp.",
    ],
)
def test_a_note_under_the_signature(note: str) -> None:
    article = around("", f"<p>{LAST}</p>{SIGNED}<p>{note}</p>")
    assert article.byline == "SONG AN"
    assert article.paragraphs[:3] == [FIRST, SECOND, LAST]
    assert len(article.paragraphs) == 4


def test_a_name_in_capitals_over_its_source() -> None:
    article = around("", f"<p>{LAST}</p><p>SONG AN</p><p>Theo TTXVN</p>")
    assert (article.byline, article.source) == ("SONG AN Theo TTXVN", "TTXVN")
    assert [author.name for author in article.authors] == ["SONG AN"]


def test_names_that_are_seasons() -> None:
    article = around("", f"<p>{LAST}</p><p align=right><b>Mỹ Lý, Thu Trang</b></p>{SIGNED}")
    assert [author.name for author in article.authors] == ["Mỹ Lý", "Thu Trang", "SONG AN"]


def test_where_and_when_it_was_written_is_nobody() -> None:
    article = around("", f"<p>{LAST}</p><p align=right><em>Sa Đéc, xuân Bính Ngọ</em></p>{SIGNED}")
    assert article.byline == "Sa Đéc, xuân Bính Ngọ SONG AN"
    assert [author.name for author in article.authors] == ["SONG AN"]


@pytest.mark.parametrize("name", ["BÁO ĐỒNG THÁP", "Báo Đồng Tháp Online"])
def test_the_paper_signs_itself(name: str) -> None:
    article = around("", f"<p>{LAST}</p><p align=right><b>{name}</b></p>")
    assert article.byline == name
    assert article.paragraphs == [FIRST, SECOND, LAST]


@pytest.mark.parametrize(
    "office",
    [
        "TÒA ÁN NHÂN DÂN HUYỆN HỒNG NGỰ",
        "VIỆN KIỂM SÁT NHÂN DÂN TỈNH ĐỒNG THÁP",
        "Bảo hiểm xã hội tỉnh",
        "NGÂN HÀNG CHÍNH SÁCH XÃ HỘI",
        "Ghi nhanh của LÊ PHƯƠNG",
    ],
)
def test_offices_and_genres_sign(office: str) -> None:
    article = read(f"<p>{FIRST}</p><p>{LAST}</p><p align=right><b>{office}</b></p>")
    assert (article.paragraphs, article.byline) == ([FIRST, LAST], office)
