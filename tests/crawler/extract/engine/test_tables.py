"""A row of a data table is one paragraph; a table that only sets the page is none."""

import pytest
from lxml import html

from crawler.extract import extract
from crawler.extract.engine.tables import data_rows

PRICES = (
    "<table><caption>Giá nông sản tại chợ đầu mối</caption>"
    "<thead><tr><th>Mặt hàng</th><th>Giá (đồng/kg)</th></tr></thead>"
    "<tbody><tr><td><p>Xoài</p><p>cát chu</p></td><td>18.000</td></tr>"
    "<tr><td>Khí CO<sub>2</sub><br>lỏng</td><td></td><td>-</td></tr></tbody></table>"
)
PROSE = "Chiều 11/1, tại sân vận động tỉnh, đội Cao Lãnh gặp đội Sa Đéc trong trận chung kết giải."
LAST = "Sau trận đấu, ban tổ chức trao cúp và huy chương cho các đội bóng đạt thành tích cao nhất."
PICTURE = "<img src='/image/news/2026/20260112/xoai.jpg' width=600>"


def read(text):
    page = (
        "<html><head><title>Giải bóng đá mừng xuân</title></head><body><div class='detail-title'>"
        "<h1>Giải bóng đá mừng xuân</h1></div><div class='pubdate'>12/01/2026, 07:30 (GMT+7)</div>"
        f"<div id='newscontents'><div class='content-fck'>{text}</div></div></body></html>"
    )
    return extract(page.encode(), "https://baodongthap.vn/giai-bong-da-mung-xuan-a240001.html")


def rows(table):
    found = data_rows(html.fragment_fromstring(table))
    return found and [text for _, text in found]


def test_the_lines_and_marks_of_a_cell_are_one_text_and_empty_cells_are_left_out():
    assert rows(PRICES) == ["Mặt hàng | Giá (đồng/kg)", "Xoài cát chu | 18.000", "Khí CO2 lỏng | -"]


@pytest.mark.parametrize(
    "table",
    [
        "<table><tr><td>Một cột</td></tr><tr><td>Hai dòng</td></tr></table>",
        "<table><tr><td>Nơi nhận: như trên</td><td>CHỦ TỊCH</td></tr></table>",
        f"<table><tr><td>a</td><td>b</td></tr><tr><td><p>{PROSE}</p><p>{LAST}</p></td><td>c</td></tr></table>",
        f"<table><tr><td>a</td><td>{PICTURE}</td></tr><tr><td>b</td><td>c</td></tr></table>",
        "<table><tr><td>a</td><td>b</td></tr><tr><td><table><tr><td>c</td></tr></table></td><td>d</td></tr></table>",
        "<table><tr><td>a</td><td>b</td></tr><tr><td>c</td><td>d</td></tr>"
        + "<tr><td colspan=2>Một dòng dài trên cả hai cột</td></tr>" * 3 + "</table>",
    ],
)  # fmt: skip
def test_a_table_that_sets_the_page_has_no_rows(table):
    assert rows(table) is None


def test_caption_and_rows_stand_in_the_text_each_as_a_paragraph():
    article = read(f"<p>{PROSE}</p>{PRICES}<p>{LAST}</p>")
    assert article.paragraphs == [
        PROSE, "Giá nông sản tại chợ đầu mối", "Mặt hàng | Giá (đồng/kg)", "Xoài cát chu | 18.000",
        "Khí CO2 lỏng | -", LAST,
    ]  # fmt: skip


def test_no_row_is_a_caption_or_a_byline():
    article = read(
        f"<p>{PROSE}</p><p>{LAST}</p><p align=center>{PICTURE}</p><table>"
        "<tr><td>Giải nhất</td><td>Mỹ Lý</td></tr><tr><td>Giải nhì</td><td>Văn Đấu</td></tr>"
        "<tr><td>Hữu Nghĩa</td></tr></table>"
    )
    assert article.paragraphs[2:] == ["Giải nhất | Mỹ Lý", "Giải nhì | Văn Đấu", "Hữu Nghĩa"]
    assert (article.byline, article.images[0].caption) == (None, None)


def test_a_row_of_signs_and_digits_is_kept():
    article = read(
        f"<p>{PROSE}</p><table><tr><td>-</td><td>1</td></tr><tr><td>2</td><td>3</td></tr></table>"
        f"<p>{LAST}</p>"
    )
    assert article.paragraphs == [PROSE, "- | 1", "2 | 3", LAST]
