"""What a box is, by the share of its letters that stand in links."""

import pytest
from lxml import html

from crawler.extract import extract
from crawler.extract.engine.containers import goes_on_beside

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
