"""What reading a page costs at most: a hostile or broken page takes no longer than a large one."""

from contextlib import suppress

import pytest

from archive.errors import DamagedPage, ExtractionError
from crawler.extract import extract
from crawler.extract.article import read_page
from crawler.extract.links import find_links
from crawler.extract.page import MAX_ATTRIBUTES, Page
from crawler.extract.time_limit import limited

#: Seconds of CPU; each page below took from five seconds to minutes.
BOUND = 3.0

URL = "https://baodongthap.vn/xa-hoi/ben-pha-moi-tren-song-tien-90001.aspx"
TEXT = (
    "Bến phà mới nối hai bờ sông Tiền vừa được đưa vào sử dụng sau gần một năm thi công của tỉnh. "
)
PARAGRAPH = f"<p>{TEXT * 2}</p>"
HEAD = (
    "<html><body><h1 class='title'>Bến phà mới trên sông Tiền</h1>"
    f"<div class='date'>Cập nhật ngày: 24/11/2026 06:30:00</div><div class='content'>{PARAGRAPH}"
)
FOOT = f"{PARAGRAPH}<p><b>NGUYỄN LONG</b></p></div></body></html>"


def repeated(count, piece):
    return "".join(piece.replace("#", str(number)) for number in range(10_000, 10_000 + count))


LINK = "<a href='/xa-hoi/tin-tuc-moi-nhat-#.aspx'>Tin #</a>"
PAGES = {
    "links in one list": f"<ul>{repeated(8000, f'<li>{LINK}</li>')}</ul>",
    "links in one box": f"<div>{repeated(8000, LINK)}</div>",
    "links in paragraphs": repeated(8000, f"<p>abc {LINK} def</p>"),
    "links behind other links": f"<div>{'<a href=/xa-hoi>x</a>' * 4000}{repeated(4000, LINK)}</div>",
    "links deep in boxes": "<div>" * 200 + repeated(3000, LINK) + "</div>" * 200,
    "attributes": f"<p {repeated(80_000, 'a#=x ')}>x</p>",
    "attributes without values": f"<p {repeated(80_000, 'a# ')}>x</p>",
    "attributes with signs": f"""<p {repeated(80_000, "a#='<>' ")}>x</p>""",
    "pictures and captions": repeated(
        4500, "<p><img src='/database/image/#.jpg'></p><p><em>Ảnh #</em></p>"
    ),
    "pictures and lines": repeated(7000, "<img src='/i/#.jpg'>Chú thích #<br>"),
    "pictures in one table": "<table>"
    + repeated(4000, "<tr><td><img src='/i/#.jpg'></td></tr><tr><td>Chú thích #</td></tr>")
    + "</table>",
    "pictures alone": repeated(12_000, "<img src='/i/#.jpg'>"),
    "figures": repeated(4000, "<figure><img src='/i/#.jpg'><figcaption>Ảnh #</figcaption></figure>"),
    "players": repeated(8000, "<iframe src='https://youtube.com/embed/#'></iframe>"),
    "boxes": repeated(100, "<div>" * 200 + "#" + "</div>" * 200),
    "open boxes": "<p><b>" * 8000,
    "rows": "<table>" + repeated(9000, "<tr><td>#</td><td>b</td></tr>") + "</table>",
    "stamps": repeated(8000, "<p>Cập nhật: 24/11/2026 06:30</p>"),
    "labels": repeated(9000, "<p>Tin liên quan</p>"),
}  # fmt: skip


@pytest.mark.parametrize("reads", [read_page, find_links])
@pytest.mark.parametrize("name", PAGES)
def test_no_page_takes_long(name, reads):
    body = f"{HEAD}{PAGES[name]}{FOOT}".encode()
    with limited(BOUND, pytest.fail.Exception), suppress(ExtractionError):
        reads(Page.from_bytes(body, URL))


@pytest.mark.parametrize("name", [name for name in PAGES if name.startswith("attributes")])
def test_a_tag_of_too_many_attributes_is_named(name):
    page = Page.from_bytes(f"{HEAD}{PAGES[name]}{FOOT}".encode(), URL)
    with pytest.raises(DamagedPage, match=f"80,000 attributes; at most {MAX_ATTRIBUTES:,}"):
        _ = page.tree


def test_a_long_page_with_many_tags_is_read():
    styled = repeated(
        1500, "<p style='text-align:justify' class=\"a='>'\" data-b=\"<\">Đoạn #.</p>"
    )
    article = extract(f"{HEAD}{styled}{FOOT}".encode(), URL)
    assert article.body.count("Đoạn") == 1500


def test_pieces_beyond_any_article_are_refused():
    body = f"{HEAD}{repeated(21_000, '<p>Ngắn #</p>')}{FOOT}".encode()
    with pytest.raises(DamagedPage, match="paragraphs and pictures"):
        extract(body, URL)


def test_a_long_value_is_one_attribute():
    """A page's data in one attribute, as Inertia and others write it: any words, any signs."""
    data = "{&quot;a&quot;: 1, b = c} " * 9000
    text = f"<div id='app' data-page=\"{data}\"><p>Một đoạn văn.</p></div>"
    assert Page.from_text(f"<html><body>{text}</body></html>", URL).tree is not None
