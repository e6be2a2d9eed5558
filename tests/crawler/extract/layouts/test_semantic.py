"""Pages of designs that no layout knows, at addresses of a new shape: read whole, or refused."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from archive.errors import ExtractionError, NotAnArticle, UnknownLayout
from archive.models import Article
from crawler.extract import extract

URL = "https://baodongthap.vn/tin-tuc/kinh-te/vu-nhan-ve-chau-thanh.c88.n771204"
TITLE = "Vụ nhãn về trên đất cù lao"
LEAD = "Nhãn Châu Thành vào vụ rộ, ghe xuồng nối nhau về bến để kịp chuyến hàng trong đêm."
TEXT = [
    "Trên cù lao An Nhơn, hơn ba trăm héc-ta nhãn xuồng cho trái đồng loạt sau nhiều tháng chăm.",
    "Ông Sáu Thành nói năm nay được mùa, thương lái cân tại vườn 28.000 đồng một ký.",
    "Nhãn ra nước ngoài",
    "Bốn hợp tác xã đã có mã số vùng trồng, mỗi tuần gửi hai container sang các thị trường xa.",
    "Tỷ lệ xuất khẩu và bán trong nước hiện là 1-3, theo ngành nông nghiệp.",
]
BODY = [LEAD, *TEXT]
CAPTION = "Nông dân Châu Thành thu hoạch nhãn xuồng"
AUTHOR = "Mỹ Xuyên"
AT = "2027-08-14T16:20:00+07:00"
PICTURE = "<img src='/cdn/2027/nhan.jpg' width=800 height=500>"
MENU = "".join(
    f"<a href='/tin-tuc/{slug}/'>{name}</a> <a href='/tin-tuc/{slug}/bai-dau-trang-so-mot.c8.n77{n}'>"
    f"Bài đầu trang {name} hôm nay</a> "
    for n, (name, slug) in enumerate([("Kinh tế", "kinh-te"), ("Xã hội", "xa-hoi"), ("Thể thao", "the-thao")])
)  # fmt: skip
OTHERS = "".join(
    f"<div class=card><a href='/tin-tuc/xa-hoi/chuyen-ben-song-so-{n}.c8.n7700{n}'><h4>Chuyện bên sông"
    f" số {n}</h4></a><p>Mở đầu của một bài khác đứng dưới tiêu đề, số {n}, cho người đọc xem thêm.</p>"
    "</div>"
    for n in range(1, 7)
)
FOOT = "<footer><p>Cơ quan ngôn luận của Đảng bộ tỉnh. Giấy phép số 9. Ghi rõ nguồn.</p></footer>"
LD = json.dumps(
    {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": TITLE,
        "dateModified": AT,
    }
)


def page(body: str, head: str = "") -> bytes:
    return (
        f"<!DOCTYPE html><html lang=vi><head><meta charset=utf-8><title>{TITLE} - Báo Đồng Tháp"
        f"</title>{head}</head><body><div class=nav>{MENU}</div>{body}<div class=grid>{OTHERS}</div>"
        f"{FOOT}</body></html>"
    ).encode()


def paragraphs(p: str = "p", sub: str = "h2") -> list[str]:
    closing = p.split()[0], sub.split()[0]
    return [
        f"<{sub}>{text}</{closing[1]}>" if text == TEXT[2] else f"<{p}>{text}</{closing[0]}>"
        for text in TEXT
    ]


def microdata() -> bytes:
    """schema.org in attributes; headline and date under the picture."""
    text = "".join(paragraphs())
    return page(
        "<div itemscope itemtype='https://schema.org/NewsArticle'>"
        f"<figure>{PICTURE}<figcaption>{CAPTION}</figcaption></figure><h1 itemprop=headline>{TITLE}</h1>"
        f"<span itemprop=dateModified content='{AT}'>hôm qua</span>"
        f"<p itemprop=description>{LEAD}</p><div itemprop=articleBody>{text}</div>"
        f"<div>Tác giả: <b itemprop=author>{AUTHOR}</b></div></div>"
    )


def main_article() -> bytes:
    """HTML5 without a class; the time, between title and standfirst, shows only an hour."""
    made = paragraphs()
    made.insert(1, f"<figure>{PICTURE}<figcaption>{CAPTION}</figcaption></figure>")
    return page(
        f"<main><article><header><h1>{TITLE}</h1><time datetime='{AT}'>16:20</time><p>{LEAD}</p>"
        f"</header>{''.join(made)}<footer><address>{AUTHOR}</address></footer></article></main>"
    )


def json_ld() -> bytes:
    """Nothing but divisions; the date stands in JSON-LD alone."""
    made = paragraphs("div class=b-1x", "div class=b-9z")
    made.insert(1, f"<div class=b-4p>{PICTURE}<div class=b-5c><em>{CAPTION}</em></div></div>")
    return page(
        f"<div class=a-1><div class=a-2><h1 class=a-3>{TITLE}</h1></div><div class=a-4>{LEAD}</div>"
        f"<div class=a-5>{''.join(made)}</div><div class=a-6>{AUTHOR}</div></div>",
        f"<script type='application/ld+json'>{LD}</script>",
    )


def open_graph() -> bytes:
    """Meta elements in the head, one box to a paragraph."""
    made = [f"<div><div>{one}</div></div>" for one in paragraphs()]
    made.insert(1, f"<div><figure>{PICTURE}<figcaption>{CAPTION}</figcaption></figure></div>")
    return page(
        f"<section><h1>{TITLE}</h1><h2>{LEAD}</h2>{''.join(made)}<p class=signature>{AUTHOR}</p></section>",
        f"<meta property=og:type content=article><meta property=og:title content='{TITLE}'>"
        f"<meta property=article:modified_time content='{AT}'>",
    )


def printed_below() -> bytes:
    """No statement at all; the date printed under the text, links all through it."""
    linked = [
        one.replace("hợp tác xã", "<a href='/tag/htx'>hợp tác xã</a>") for one in paragraphs()
    ]
    linked[1] = linked[1].replace("Ông Sáu Thành", "<a href='/tag/sau-thanh'>Ông Sáu Thành</a>")
    linked.insert(1, f"<figure>{PICTURE}<figcaption>{CAPTION}</figcaption></figure>")
    return page(
        f"<article class=story><h1>{TITLE}</h1><p class=deck>{LEAD}</p>{''.join(linked)}"
        f"<p class=credits>{AUTHOR}</p><time>14/08/2027 16:20</time></article>"
    )


def table() -> bytes:
    """An old editor's table about everything; the stamp above the headline."""
    made = [f"<p align=justify>{text}</p>" for text in TEXT]
    made[2] = f"<p><b>{TEXT[2]}</b></p>"
    made.insert(1, f"<p align=center>{PICTURE}<br><i>{CAPTION}</i></p>")
    return page(
        f"<table width=980><tr><td><div>Thứ Bảy, 14/08/2027, 16:20</div><h1>{TITLE}</h1>"
        f"<p><b>{LEAD}</b></p>{''.join(made)}<p align=right><b>{AUTHOR}</b></p></td></tr></table>"
    )


SHAPES = [microdata, main_article, json_ld, open_graph, printed_below, table]


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.__name__)
@pytest.mark.parametrize(
    "url", [URL, "https://baodongthap.vn/vu-nhan-ve-tren-dat-cu-lao-a251204.html"], ids=["new", "c"]
)
def test_a_page_of_an_unknown_design_is_read_whole_and_flagged(
    shape: Callable[[], bytes], url: str
) -> None:
    article = extract(shape(), url)
    assert article.title == TITLE
    assert AT[:16] in (article.updated_at or article.published_at or "")
    assert article.paragraphs == BODY
    assert AUTHOR in (article.byline or "")
    assert [image.caption for image in article.images] == [CAPTION]
    if url == URL:
        assert "layout:unknown" in article.flags
    elif shape is not table:  # its stamp is printed as generation C prints it
        assert "layout:by-address" in article.flags


def test_an_address_of_a_new_shape_gives_no_key() -> None:
    article = extract(main_article(), URL)
    assert (article.layout, article.generation, article.key) == ("semantic", None, None)


def items(*, date: str = "", count: int = 8) -> str:
    return "".join(
        f"<div class=item><h2><a href='/tin-tuc/xa-hoi/ghe-hang-ve-ben-{n}.c8.n7701{n}'>Ghe hàng về bến"
        f" sông Tiền trong ngày thứ {n}</a></h2>{date}<p>{TEXT[0]} {n}</p></div>"
        for n in range(count)
    )


def others(body: str, head: str = "") -> bytes:
    return page(body, head).replace(TITLE.encode(), "Kinh tế".encode())


NOT_ARTICLES = {
    "a list": others(f"<main><h1>Kinh tế</h1>{items()}</main>"),
    "a list with dates": others(
        f"<main><h1>Kinh tế</h1>{items(date='<time>14/08/2027 16:20</time>')}</main>"
    ),
    "a list that calls itself an article": others(
        f"<main><h1>Kinh tế</h1>{items()}</main>", "<meta property=og:type content=article>"
    ),
    "a topic with its dossier": page(
        f"<main><h1>{TITLE}</h1>{items(date='<time>14/08/2027 16:20</time>')}</main>"
    ),
    "a shop": page(
        f"<h1>{TITLE}</h1><div>Giá: 450.000 đồng</div><p>{TEXT[0]}</p><p>{TEXT[1]}</p>",
        '<script type="application/ld+json">{"@type": "Product", "name": "Nhãn"}</script>',
    ),
    "videos": page(
        f"<main><h1>Video</h1>{items(count=12)}</main>",
        '<script type="application/ld+json">{"@type": "ItemList"}</script>',
    ),
    "a page about the paper": page(
        f"<h1>{TITLE}</h1><div class=static><p>{TEXT[0]}</p><p>Điện thoại: 0277 3851 234</p></div>"
    ),
    "a form": page(f"<h1>{TITLE}</h1><form><p>Họ tên</p><input><textarea></textarea></form>"),
}


@pytest.mark.parametrize("name", NOT_ARTICLES)
def test_what_is_not_an_article_is_refused(name: str) -> None:
    with pytest.raises((NotAnArticle, UnknownLayout)):
        extract(NOT_ARTICLES[name], URL)


@pytest.mark.parametrize("drop", range(len(TEXT)))
def test_no_text_is_lost_without_a_flag(drop: int) -> None:
    """Whatever box a paragraph of its own stands in."""
    for box in ("<div class=widget>{}</div>", "<aside>{}</aside>", "<div class=sidebar>{}</div>"):
        made = paragraphs()
        made[drop] = box.format(made[drop])
        html = page(f"<main><article><h1>{TITLE}</h1><p>{LEAD}</p>{''.join(made)}</article></main>",
                    f"<script type='application/ld+json'>{LD}</script>")  # fmt: skip
        try:
            article: Article = extract(html, URL)
        except ExtractionError:
            continue
        assert article.flags
