"""What a box is, by the share of its letters that stand in links."""

import pytest
from lxml import html

from crawler.extract import extract
from crawler.extract.engine.containers import goes_on_beside, is_link_box
from crawler.extract.engine.dom import Own

FIRST = (
    "Chiều 11/1, tại sân vận động tỉnh, đội Cao Lãnh gặp đội Sa Đéc trong trận chung kết giải đấu."
)
LAST = "Sau trận đấu, ban tổ chức trao cúp và huy chương cho các đội bóng đạt thành tích cao nhất."


@pytest.mark.parametrize("box", ["story__body", "prose", "entry", "css-1x2y3z", ""])
@pytest.mark.parametrize("links", [0, 1, 3])
def test_links_in_the_text_cost_nothing(box, links):
    """Headline and lead in one box, the text in the next, of a class that nobody knows."""
    link = "<a href='https://thuvienphapluat.vn/nghi-dinh'>nghị định</a>"
    text = [
        f"{LAST} Theo {link if at < links else 'nghị định'} số {at}, có hiệu lực."
        for at in range(4)
    ]
    page = (
        "<html><head><title>Giải bóng đá mừng xuân</title></head><body><div class='top-box'>"
        "<h1>Giải bóng đá mừng xuân</h1><div class='pubdate'>12/01/2026, 07:30 (GMT+7)</div>"
        f"<p>{FIRST}</p></div><div class='{box}'>{''.join(f'<p>{p}</p>' for p in text)}</div></body></html>"
    )
    article = extract(page.encode(), "https://baodongthap.vn/giai-bong-da-mung-xuan-a240001.html")
    assert len(article.paragraphs) == 5


TEASER = (
    "<div class=cot>{0}<h4>{0}<a href='/khanh-thanh-duong-tranh-a237100.html'>Khánh thành đường tránh thị"
    " trấn Lấp Vò</a></h4>{0}<p>Tuyến đường dài 3,7km giúp giảm tải cho quốc lộ 80, rút ngắn thời gian đi"
    " lại của người dân các xã phía Nam của huyện trong mùa thu hoạch.</p>{0}</div>"
)


@pytest.mark.parametrize("space", ["", "\n" * 40, " " * 200])
@pytest.mark.parametrize("count", [1, 3])
def test_openings_of_other_articles_are_no_text(space, count):
    """White space, which a template may print as much of as it likes, is no letters."""
    box = html.fromstring(f"<div><div id=own></div>{TEASER.format(space) * count}</div>")
    assert not goes_on_beside(box[0], 1)


def test_a_list_in_a_box_named_for_the_text_is_no_text():
    """Three openings, each with its link: as many links as paragraphs."""
    box = html.fromstring(
        f"<div><div id=own></div><div class='cate-content content'>{TEASER.format('') * 3}</div></div>"
    )
    assert not goes_on_beside(box[0], 1)


ENTRY = (
    "<li><a href='{}'>Ra quân làm sạch bãi bồi ven sông Tiền</a><p>Đơn vị thi công cam kết hoàn thành"
    " trước mùa mưa bão năm sau.</p></li>"
)


@pytest.mark.parametrize("named", ["content", "cate-content", "entry-content", "tin", ""])
@pytest.mark.parametrize(
    "address",
    [
        "/ra-quan-lam-sach-bai-boi-a237100.html",
        "/xa-hoi/201811/lua-vang-1050210",
        "/lua-vang-71900.aspx",
        "/newsdetails/1D3FE18E535/Lua_vang.aspx",
        "/tin/lua-vang.412000",
        "/index.php?id=52011",
    ],
)
def test_a_list_of_headlines_is_a_list_however_its_box_is_named(named, address):
    box = html.fromstring(f"<div class='{named}'><ul>{ENTRY.format(address) * 3}</ul></div>")
    assert is_link_box(box, named, beside_text=True, own=Own("baodongthap", ""))


def test_a_text_whose_paragraphs_hold_links_is_not_a_list():
    paragraph = "<p>Theo <a href='/ra-quan-lam-sach-bai-boi-a237100.html'>lễ ra quân làm sạch bãi bồi</a>, {}</p>"
    box = html.fromstring(
        f"<div class=content>{''.join(map(paragraph.format, [FIRST, LAST] * 2))}</div>"
    )
    assert not is_link_box(box, "content", beside_text=True, own=Own("baodongthap", ""))


def test_a_picture_that_leads_to_another_site_is_an_advertisement_on_any_paper():
    page = (
        "<html><head><title>Giải bóng đá mừng xuân</title></head><body><h1>Giải bóng đá mừng xuân</h1>"
        f"<div class='pubdate'>12/01/2026, 07:30 (GMT+7)</div><div class='content-fck'><p>{FIRST}</p>"
        "<p><a href='https://baocantho.com.vn/x'><img src='/fckimage/san.jpg' width=600></a></p>"
        f"<p><a href='https://shop.vn/'><img src='/fckimage/may.jpg' width=600></a></p><p>{LAST}</p></div></body></html>"
    )
    article = extract(page.encode(), "https://baocantho.com.vn/giai-bong-da-mung-xuan-a240001.html")
    assert [image.url[-7:] for image in article.images] == ["san.jpg"]
