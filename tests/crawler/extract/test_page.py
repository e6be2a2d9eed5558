"""Pages that are none, torn or odd: each a clear error class, never a wrong Article."""

from __future__ import annotations

import contextlib
import time
from pathlib import Path

import pytest

from archive.errors import DamagedPage, ExtractionError, NotAnArticle, TooLarge, UnknownLayout
from crawler.extract import extract
from crawler.extract.article import read_page
from crawler.extract.page import MAX_BYTES, Page
from tests.crawler.extract.bridge import ARTICLE, LEAD, TEXT, TITLE, URL, check

# -- pages that are none ----------------------------------------------------------------------


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b" \r\n\t",
        b"\0\0\0\0",
        b"\x89PNG\r\n\x1a\n" + bytes(range(256)),
        b"%PDF-1.7 xref",
        b"\x1f\x8b\x08" + bytes(500),
        b"PK\x03\x04" + bytes(50),
        bytes(range(256)) * 40,
        b"just words, no markup",
        b'{"error": "not found"}',
    ],
)
def test_what_is_no_page_at_all(body: bytes) -> None:
    with pytest.raises(DamagedPage):
        extract(body, URL)


def test_thirty_megabytes_of_whitespace() -> None:
    with pytest.raises(TooLarge, match="30,000,000"):
        Page.from_bytes(b" " * 30_000_000, URL)


def test_the_size_cap_leaves_room_for_padding() -> None:
    padded = ARTICLE.replace("</h1>", "</h1>" + " \n" * 2_000_000).encode()
    assert len(padded) < MAX_BYTES
    check(Page.from_bytes(padded, URL))


def test_a_hundred_thousand_nested_divs() -> None:
    started = time.monotonic()
    with pytest.raises(DamagedPage, match="nested"):
        read_page(Page.from_text(ARTICLE.replace("<h1>", "<div>" * 100_000 + "<h1>"), URL))
    assert time.monotonic() - started < 5


def test_two_hundred_nested_divs_are_read() -> None:
    check(Page.from_text(ARTICLE.replace("<h1>", "<div>" * 200 + "<h1>"), URL))


@pytest.mark.parametrize("width", ["²", "9" * 5000, "٣٠", "-1", "40.5"])
def test_a_width_that_is_no_number(width: str) -> None:
    image = f'<p><img src="/database/image/2019/08/05/cau.jpg" width="{width}"></p><p>{TEXT}</p>'
    read_page(Page.from_text(ARTICLE.replace(f"<p>{TEXT}</p>", image), URL))


@pytest.mark.parametrize(
    ("sent", "meant"), [("a\x08u", "a%08u"), ("a\n\tu", "au"), ("a\x9fu", "a%C2%9Fu")]
)
def test_control_characters_in_an_address(sent: str, meant: str) -> None:
    """Found by the fuzzer. No reader of CSV or terminal takes them; browsers quote them."""
    image = f'<p><img src="/database/image/2019/08/05/{sent}.jpg"></p><p>{TEXT}</p>'
    article = read_page(Page.from_text(ARTICLE.replace(f"<p>{TEXT}</p>", image), URL))
    assert article.images[0].url.endswith(f"/2019/08/05/{meant}.jpg")


@pytest.mark.parametrize("nothing", ["\u200b", "\u00ad\u2060", "&#8203;", "&shy; &#8203;"])
def test_a_line_of_what_cannot_be_seen(nothing: str) -> None:
    """Found by the fuzzer: such a line has letters, and no text."""
    check(Page.from_text(ARTICLE.replace(TEXT, f"{TEXT}<br>{nothing}<br>"), URL))
    check(Page.from_text(ARTICLE.replace(TEXT, f"{nothing}<br>{TEXT}"), URL))


@pytest.mark.parametrize(
    "sent",
    [
        b'<div class="content-fck"><h1>\x9f</div><p>C',
        b"\xc2\xa1<span>\xcc\x81\xc2\xbb3/2/2026,7:7</span><div>(\xbdT 5/3, t\xcc\x81oi x\xa7yA\xc2\xa2n tham"
        b" gia.<p\x1b>Ny s. phA ao\xc2\xa5p d\xcc\x83 i ga\xcc\x81o\xc2\xa7n 3km.</div><d>",
    ],
    ids=["a box of the text without a text", "a tag with a control character"],
)
def test_torn_markup_is_read_or_refused(sent: bytes) -> None:
    """Found by the fuzzer: an index into no blocks, a name that lxml does not take."""
    for url in (URL, "https://www.baodongthap.vn/video/xem-video/le-hoi-hoa-297.html"):
        with contextlib.suppress(ExtractionError):
            extract(sent, url)


def test_an_address_of_a_thousand_hyphens() -> None:
    """Found by the fuzzer: to tell whether it is an article's took hours."""
    related = f'<ul><li><a href="/xa-hoi/thi-tran{"-" * 2000}x/y">Tin khác</a></li></ul>'
    started = time.monotonic()
    check(Page.from_text(ARTICLE.replace(f"<p>{TEXT}</p>", f"<p>{TEXT}</p>{related}"), URL))
    assert time.monotonic() - started < 5


def test_a_long_address_in_boxes_in_boxes() -> None:
    """Found by the fuzzer: each of the boxes asks where the links in it lead."""
    link = f"<a href='/van-hoa-nghe-thua{' ' * 400_000}/x'>Tin</a>"
    boxes = f"{'<div>' * 200}<p>{TEXT * 8}</p>{link}{'</div>' * 200}"
    started = time.process_time()
    article = read_page(
        Page.from_text(ARTICLE.replace("</p><p style", f"</p>{boxes}<p style"), URL)
    )
    assert time.process_time() - started < 5
    assert article.paragraphs[:2] == [LEAD, TEXT]


def test_a_section_without_a_name_is_none() -> None:
    """Found by the fuzzer: a link to a section, beside the stamp, that shows nothing."""
    line = '<p><a href="/xa-hoi">&#8203;</a> | Thứ Hai, 05/08/2019, 05:14 (GMT+7)</p>'
    page = f"<html><body><h1>{TITLE}</h1>{line}<div class='detail-content'><p>{TEXT}</p></div></body></html>"
    assert read_page(Page.from_text(page)).section is None


def test_nested_forms() -> None:
    check(Page.from_text(ARTICLE.replace("<body>", "<body><form><form><form>"), URL))


def test_closing_tag_of_the_document_first() -> None:
    check(Page.from_text(ARTICLE.replace("<html>", '<html lang="vi"></html>'), URL))
    check(Page.from_text(ARTICLE.replace("<html>", '<HTML lang="vi"></HTML>'), URL))
    # whatever the end of the page writes: its beginning is read with another
    other = ARTICLE.replace("<html>", '<html lang="vi"></HTML>')
    assert "</html>" in other
    check(Page.from_text(other, URL))


def test_text_after_the_end_of_the_document() -> None:
    check(
        Page.from_text(
            ARTICLE.replace('<div class="contentView">', '</body></html><div class="contentView">'),
            URL,
        )
    )


@pytest.mark.parametrize("share", [0.35, 0.5, 0.6, 0.7, 0.8, 0.9])
def test_a_page_cut_off_is_never_half_an_article(share: float) -> None:
    body = ARTICLE.encode()
    with pytest.raises(ExtractionError):
        extract(body[: int(len(body) * share)], URL)


def test_every_cut_is_an_error_or_the_whole_article() -> None:
    whole = read_page(Page.from_text(ARTICLE, URL))
    body = ARTICLE.encode()
    for end in range(0, len(body), 7):
        try:
            article = extract(body[:end], URL)
        except ExtractionError:
            continue
        assert (article.body, article.byline, article.title) == (
            whole.body,
            whole.byline,
            whole.title,
        ), end


def test_a_page_cut_off_after_its_tail_is_whole() -> None:
    cut = ARTICLE[: ARTICLE.index("Gửi bình luận của bạn") + 21] + "</div>"
    check(Page.from_text(cut, URL))


# -- pages that hold no article ---------------------------------------------------------------

LIST = (
    "<html><head><title>Xã hội - Báo Đồng Tháp Online</title></head><body><div id='menu'><a "
    "href='/'>Trang chủ</a></div><h1>Xã hội</h1>"
    + "".join(
        f"<div class='item'><h2><a "
        f"href='/xa-hoi/bai-viet-thu-{n}-cua-chuyen-muc-8408{n}.aspx'>Bài viết thứ {n} của "
        f"chuyên mục xã hội</a></h2>"
        f"<span>Cập nhật ngày: 0{n}/08/2019 05:14:51</span><p>Tóm tắt của bài viết thứ {n}, "
        f"dài đủ để trông như một đoạn văn của một bài báo thật.</p></div>"
        for n in range(1, 9)
    )
    + "</body></html>"
)


@pytest.mark.parametrize(
    "url",
    [
        "https://baodongthap.vn/newslist/4AE0F99B8/Xa_hoi.aspx",
        "https://baodongthap.vn/xa-hoi",
        "https://baodongthap.vn/",
        URL,
        None,
    ],
)
def test_a_list_page(url: str | None) -> None:
    with pytest.raises((NotAnArticle, UnknownLayout)):
        read_page(Page.from_text(LIST, url))


def shell(title: str, text: str = "", head: str | None = None) -> str:
    return (
        f"<html><head><title>{head or title}</title></head>"
        f"<body><h1>{title}</h1>{text}</body></html>"
    )


@pytest.mark.parametrize(
    "html",
    [
        shell(
            "Just a moment...",
            "<p>Checking your browser before accessing baodongthap.vn. "
            "This may take a few seconds.</p>",
        ),
        shell(
            "Hệ thống đang bảo trì",
            "<p>Website đang được nâng cấp, xin quý độc giả vui lòng quay lại sau ít phút nữa.</p>",
        ),
        shell(
            "Đăng nhập",
            "<form><input name='user'><input type='password'></form><p>Quên mật khẩu?</p>",
        ),
        shell(
            "404 - Không tìm thấy trang",
            "<p>Trang bạn yêu cầu không tồn tại hoặc đã bị xóa khỏi hệ thống của chúng tôi.</p>",
        ),
        shell(
            "Server Error in '/' Application.",
            "<h2>Runtime Error</h2><p>An application error occurred on the server.</p>",
        ),
        shell(TITLE),
        shell(TITLE, "<div class='date'>Cập nhật ngày: 05/08/2019 05:14:51</div>"),
        "<html><body><noscript>Please enable JavaScript and cookies to "
        "continue</noscript><div id='cf-wrapper'></div></body></html>",
        "<html><head><meta http-equiv='refresh' content='0;url=/'></head><body></body></html>",
        "<html><frameset><frame src='a.html'></frameset></html>",
    ],
    ids=[
        "challenge",
        "maintenance",
        "login",
        "soft-404",
        "aspnet-error",
        "bare-title",
        "title-and-stamp",
        "javascript",
        "refresh",
        "frames",
    ],
)
@pytest.mark.parametrize("url", [URL, None], ids=["article-address", "no-address"])
def test_a_shell_is_never_an_article(html: str, url: str | None) -> None:
    with pytest.raises((NotAnArticle, UnknownLayout)):
        read_page(Page.from_text(html, url))


def test_another_papers_page_is_of_no_known_layout() -> None:
    html = f"""<html><head><title>{TITLE}</title></head><body><article><h1
    class="headline">{TITLE}</h1><time>12 June 2019</time>
    <div class="story"><p>{LEAD}</p><p>{TEXT}</p><p>{TEXT}
    {LEAD}</p></div></article></body></html>"""
    with pytest.raises(UnknownLayout, match="no known layout"):
        read_page(
            Page.from_text(
                html, "https://news.example.org/khanh-thanh-cau-kenh-xang-noi-hai-xa-vung-bien"
            )
        )


def test_messages_name_the_page_and_what_was_found() -> None:
    with pytest.raises(NotAnArticle) as caught:
        read_page(Page.from_text(shell(TITLE), URL))
    assert URL in str(caught.value)
    assert TITLE in str(caught.value)
    assert caught.value.exit_code == 4


def test_a_future_stamp_is_kept_and_flagged() -> None:
    page = Page.from_text(
        ARTICLE.replace("2019 05", "2031 05"), URL, fetched_at="2026-11-24T06:47:55.123Z"
    )
    article = read_page(page)
    assert article.updated_text == "Cập nhật ngày: 05/08/2031 05:14:51"
    assert article.updated_at == "2031-08-05T05:14:51+07:00"
    assert "stamp:future" in article.flags


def test_beautifulsoup_reads_what_lxml_makes_nothing_of(tmp_path: Path) -> None:
    page = Page.from_text(
        "<html><body></body></html>" + "<!-- -->" * 100 + ARTICLE.replace("<html>", ""), URL
    )
    check(page)


@pytest.mark.parametrize(
    "stated", ["<base href='{}'>", "<meta property='og:url' content='{}'>"], ids=["base", "og:url"]
)
def test_control_characters_in_what_addresses_are_relative_to(stated: str) -> None:
    head = stated.format("https://baodongthap.vn\n\n\n\b/tin/")
    picture = f"<p>{TEXT}</p><p><img src='/image/news/a.jpg'></p>"
    page = ARTICLE.replace("</head>", f"{head}</head>").replace(f"<p>{TEXT}</p>", picture)
    (image,) = read_page(Page.from_text(page)).images
    assert image.url == "https://baodongthap.vn%08/image/news/a.jpg"


def test_markup_that_the_second_reader_refuses_is_damage() -> None:
    page = Page.from_bytes(b"<html><head><title><![CDATAK<x></title>", URL)
    with pytest.raises(DamagedPage, match=r"cannot be parsed: .*CDATAK"):
        page.tree  # noqa: B018
