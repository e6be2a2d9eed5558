"""What a list page names, by the shape of addresses, whatever its markup."""

import pytest

from crawler.extract.links import find_links, find_unknown
from crawler.extract.page import Page

LIST = "https://baodongthap.vn/xa-hoi"


def found(html, url=LIST, **options):
    page = Page.from_text(f"<html><body>{html}</body></html>", url)
    return {one.url: one for one in find_links(page, **options)}


ARTICLE = "https://baodongthap.vn/xa-hoi/giu-lua-nghe-det-choang-57543.aspx"


@pytest.mark.parametrize(
    "html",
    [
        f'<a href="{ARTICLE}">Giữ lửa</a>',
        '<A HREF=/xa-hoi/giu-lua-nghe-det-choang-57543.aspx>Giữ lửa</A>',
        "<div><li><a class='x' href='  /xa-hoi/giu-lua-nghe-det-choang-57543.aspx#binh-luan '>",
        '<a href="//www.baodongthap.com.vn/xa-hoi/giu-lua-nghe-det-choang-57543.aspx?ref=zalo">',
        '<a href="giu-lua-nghe-det-choang-57543.aspx">Giữ lửa</a>',
    ],
)  # fmt: skip
def test_an_article_is_found_however_it_is_linked(html):
    one = found(html, url="https://baodongthap.vn/xa-hoi/")[ARTICLE]
    assert (one.kind, one.key, one.section_slug) == ("article", "dto:57543", "xa-hoi")


def test_the_address_is_kept_as_it_was_written():
    """An old article may be served on an old host only, so that host is what is asked."""
    old = "http://www.baodongthap.com.vn/xa-hoi/giu-lua-nghe-det-choang-57543.aspx"
    assert found(f'<a href="{old}">x</a>')[ARTICLE].address == old


def test_sold_links_and_traps_are_not_followed():
    spam = """
      <a href="https://ban-giay-dep.example/xa-hoi/giay-dep-gia-re-12345.aspx">Giày đẹp</a>
      <a href="https://baodongthap.vn.example.com/xa-hoi/x-y-z-12345.aspx">x</a>
      <a href="javascript:void(0)">x</a> <a href="mailto:toasoan@example.org">x</a>
      <a href="http://127.0.0.1:8000/xa-hoi/x-y-z-12345.aspx">x</a> <a href="http://[bad">x</a>
      <a href="/files/bao-gia.pdf">x</a> <a href="/tim-kiem?q=lua">x</a> <a>x</a>"""
    assert found(spam) == {}


def test_links_of_a_mirror_are_the_site_s_own():
    mirror = "http://127.0.0.1:8000"
    html = f'<a href="{mirror}/xa-hoi/giu-lua-nghe-det-choang-57543.aspx">x</a>'
    assert set(found(html, mirror=mirror)) == {ARTICLE}
    assert found(html) == {}


def test_lists_and_their_pages():
    html = """<a href="/chinh-tri?cate=342&page=2">2</a> <a href="/newslist/4AE0F99B8/p3/Phap_luat.aspx">3</a>
      <a href="?p=4&d=">4</a>"""
    assert {one.kind for one in found(html).values()} == {"list"}
    assert set(found(html)) == {
        "https://baodongthap.vn/chinh-tri?cate=342&page=2",
        "https://baodongthap.vn/newslist/4AE0F99B8/p3/Phap_luat.aspx",
        "https://baodongthap.vn/xa-hoi?p=4",
    }


ITEM = '<li><a href="/xa-hoi/{slug}-{id}.aspx">Tít</a>{rest}</li>'


@pytest.mark.parametrize(
    ("rest", "day"),
    [
        ("<span class='d'>25/04/2024</span>", "2024-04-25"),
        ("<p>Cập nhật: 5/4/2024</p>", "2024-04-05"),  # day before month
        ("<span>31/02/2024</span>", None),
        ("<p>Không ghi ngày</p>", None),
    ],
)
def test_the_day_beside_an_item(rest, day):
    html = f"<ul>{ITEM.format(slug='mot-hai-ba', id=1001, rest=rest)}</ul>"
    [one] = found(html).values()
    assert one.listed_on == day


def test_the_day_of_a_neighbour_is_not_taken():
    items = ITEM.format(slug="mot-hai-ba", id=1001, rest="") + ITEM.format(
        slug="bon-nam-sau", id=1002, rest="<span>25/04/2024</span>"
    )
    days = [one.listed_on for one in found(f"<ul>{items}</ul>").values()]
    assert days == [None, "2024-04-25"]


def test_addresses_of_no_known_shape_are_found_by_their_headlines():
    page = Page.from_text(
        "<a href='/2027/03/14/cho-noi-cai-be'>Chợ nổi Cái Bè mùa nước</a>"
        "<a href='/2027/03/14/cho-noi-cai-be'>Chợ nổi Cái Bè mùa nước</a>"
        "<a href='https://baodongthap.vn/bai-viet/gia-lua.412000'>Giá lúa hè thu tăng</a>"
        "<a href='/xa-hoi/a-b-71001.aspx'>Một bài báo có địa chỉ quen</a>"
        "<a href='/2027/03/14/x'>Ngắn</a><a href='/tep/bao-cao.pdf'>Báo cáo của tỉnh năm nay</a>"
        "<a href='/tac-gia/nguyen-van-a/1'>Trang của tác giả Nguyễn Văn A</a>"
        "<a href='https://example.com/a/b-c-d'>Tin của một trang khác hẳn</a>",
        "https://baodongthap.vn/",
    )
    assert find_unknown(page) == [
        "https://baodongthap.vn/2027/03/14/cho-noi-cai-be",
        "https://baodongthap.vn/bai-viet/gia-lua.412000",
    ]
