"""Pages nested deeper than 256 levels: read as browsers show them, up to a stated bound."""

import pytest

from archive.errors import DamagedPage
from crawler.extract.article import read_page
from crawler.extract.nesting import MAX_DEPTH, depth
from crawler.extract.page import Page

URL = "https://baodongthap.vn/xa-hoi/ben-pha-moi-90001.aspx"
TEXT = "Bến phà mới nối hai bờ sông Tiền vừa được đưa vào sử dụng sau gần một năm thi công. " * 2


def page(opening, closing, between="", count=400):
    paragraphs = "".join(f"<p>Đoạn {number}. {TEXT}</p>{between}" for number in range(4))
    return Page.from_bytes(
        (
            "<html><body><h1 class='title'>Bến phà mới</h1>"
            "<div class='date'>Cập nhật ngày: 24/11/2026 06:30:00</div><div class='content'>"
            f"{opening * count}{paragraphs}{closing * count}<p><b>NGUYỄN LONG</b></p></div></body></html>"
        ).encode(),
        URL,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("opening", "closing"),
    [
        ("<span>", "</span>"),
        ("<div>", "</div>"),
        ("<div class='w'>", "</div>"),
        ("<font color='red'>", "</font>"),
        ("<div>x<b>", "</b></div>"),
        ("<font>", ""),
        ("<blockquote><center>", "</center></blockquote>"),
    ],
)
def test_wrappers_are_no_bar_to_reading(opening, closing):
    read = page(opening, closing)
    article = read_page(read)
    assert [f"Đoạn {number}." in article.body for number in range(4)] == [True] * 4
    assert article.byline == "NGUYỄN LONG"
    assert depth(read.tree) <= MAX_DEPTH


def test_a_tag_left_open_in_each_paragraph():
    article = read_page(page("", "", between="<font size='2'>" * 100))
    assert article.body.count("Đoạn") == 4


def test_levels_beyond_the_bound_are_named():
    with pytest.raises(DamagedPage, match="nested beyond reading"):
        read_page(page("<div>", "</div>", count=3000))
    with pytest.raises(DamagedPage, match=f"more than {MAX_DEPTH} levels"):
        read_page(page("<table><tr><td>a", "</td></tr></table>", count=150))
