"""Pages that are no article, or another than their address says, in the dress of one."""

from __future__ import annotations

import pytest

from archive.errors import NotAnArticle
from crawler.extract.article import read_page
from crawler.extract.page import Page
from tests.crawler.extract.flower_village import FIRST, LAST, STAMP, TITLE, URL, read

OTHER = "/khai-mac-hoi-thi-tieng-hat-truyen-hinh-a236900.html"
TEASER = (
    f"<h2><a href='{OTHER}'>Khai mạc Hội thi Tiếng hát truyền hình</a></h2>"
    f"<span>Thứ Sáu, 13/02/2026, 17:43 (GMT+7)</span><p>{FIRST}</p>"
)
NAMES = f"<title>{TITLE}</title>"


def page(inside: str, *, head: str = "<title>Báo Đồng Tháp</title>") -> Page:
    """*inside* as the page's main column."""
    text = f"<html><head>{head}</head><body><div id=newscontents>{inside}</div></body></html>"
    return Page.from_text(text, URL)


@pytest.mark.parametrize(
    "inside",
    [
        f"<h1>Không tìm thấy trang</h1><p>Bài viết không tồn tại.</p>{TEASER * 3}",
        f"<h1>Thông báo</h1><p>Bài viết không tồn tại hoặc đã bị xóa.</p>{TEASER}",
        f"<h1>Lỗi 404</h1><div>Thứ tư, 22/10/2025</div><p>{LAST}</p>",
        "<h1>Không tìm thấy bài viết</h1><div>Cập nhật ngày: 01/01/0001 00:00:00</div><p>Mời bạn "
        "đọc tin khác.</p>",
        "<h1>Xác nhận bạn không phải là người máy</h1><p>Thứ Sáu, 13/02/2026, 17:43</p><p>Nhập "
        "các chữ số trong hình.</p>",
        "<h1>Hệ thống đang bảo trì</h1><p>Thời gian: 22:00 13/02/2026</p><p>Mong bạn đọc thông "
        "cảm và quay lại sau ít phút.</p>",
    ],
)
def test_a_notice_is_no_article_whatever_dates_it_shows(inside: str) -> None:
    with pytest.raises(NotAnArticle):
        read_page(page(inside))


@pytest.mark.parametrize("heading", ["h1", "h2"])
def test_the_front_page_at_an_article_s_address(heading: str) -> None:
    with pytest.raises(NotAnArticle):
        read_page(page(TEASER.replace("h2", heading) + TEASER))


def test_a_headline_that_leads_to_itself() -> None:
    inside = f"<h1><a href='{URL}'>{TITLE}</a></h1>{STAMP}<p>{FIRST}</p><p>{LAST}</p>"
    assert read_page(page(inside, head=NAMES)).paragraphs == [FIRST, LAST]


def test_an_article_that_calls_itself_another() -> None:
    other = "Khai mạc Hội thi Tiếng hát truyền hình"
    canonical = f"<link rel=canonical href='https://baodongthap.vn{OTHER}'>"
    shown = f"<h1>{other}</h1>{STAMP}<p>{FIRST}</p><p>{LAST}</p>"
    with pytest.raises(NotAnArticle, match="a236900"):
        read_page(page(shown, head=canonical))
    # A new headline under the old address is what the address says.
    assert read_page(page(shown)).key == "dto:a236888"


@pytest.mark.parametrize(
    "url", [URL, "https://baodongthap.vn/xa-hoi/202602/lang-hoa-sa-dec-ron-rang-vao-xuan-1052001"]
)
def test_a_page_that_only_its_address_knows_is_flagged(url: str) -> None:
    stamp = "<div class=x1>Mar 14, 2027, 8:15 AM</div>"
    inside = f"<h1>{TITLE}</h1>{stamp}<div><p>{FIRST}</p><p>{LAST}</p></div><div>Song An</div>"
    strange = Page.from_text(f"<html><title>{TITLE}</title><body>{inside}</body></html>", url)
    assert "layout:by-address" in read_page(strange).flags
    known = f"<h1>{TITLE}</h1>{STAMP}<p>{FIRST}</p><p>{LAST}</p>"
    assert "layout:by-address" not in read_page(page(known, head=NAMES)).flags


def test_an_issue_of_the_printed_paper() -> None:
    text = (
        f"<html><body><h1>Báo Đồng Tháp số 5120</h1>{STAMP}<img src='/files/1.jpg'></body></html>"
    )
    with pytest.raises(NotAnArticle, match="address"):
        read_page(
            Page.from_text(text, "https://baodongthap.vn/xem-bao/bao-dong-thap-so-5120-320.html")
        )


@pytest.mark.parametrize("number", [1, 3, 20])
def test_links_to_elsewhere_are_of_the_text(number: int) -> None:
    items = [f"Thủ tục số {n}: cấp lại giấy chứng nhận" for n in range(number)]
    links = "".join(
        f"<li><a href='https://dvc.gov.vn/{n}'>{item}</a></li>" for n, item in enumerate(items)
    )
    intro = "Tỉnh công bố danh mục thủ tục được cắt giảm như sau:"
    article = read(f"<p>{intro}</p><ul>{links}</ul>")
    assert article.paragraphs == [intro, *items]


def test_a_line_that_somebody_paid_for_is_not_of_the_text() -> None:
    paid = "<div><a href='https://shop.example/giay'>Giày da giảm giá, mua ngay hôm nay</a></div>"
    assert read(f"<p>{FIRST}</p>{paid}<p>{LAST}</p>").paragraphs == [FIRST, LAST]


def test_a_bar_of_buttons_is_not_of_the_text() -> None:
    buttons = "".join(
        f"<a href='{href}'>{name}</a> "
        for href, name in [
            ("https://www.facebook.com/sharer/sharer.php?u=x", "Facebook"),
            ("https://sp.zalo.me/share?d=x", "Zalo"),
            ("https://twitter.com/intent/tweet?url=x", "Twitter"),
            ("mailto:?subject=x", "Gửi bạn bè"),
        ]
    )
    for bar in (f"<div>{buttons}</div>", f"<ul><li>{buttons}</li></ul>"):
        for text in (f"{bar}<p>{FIRST}</p><p>{LAST}</p>", f"<p>{FIRST}</p><p>{LAST}</p>{bar}"):
            assert read(text).paragraphs == [FIRST, LAST]


def entry(number: int) -> str:
    """Another article's opening, in a box of its own."""
    return (
        "<div class=item><h3><a class=title href='/xa-hoi/202510/ra-quan-don-rac-ven-song-"
        f"{number}'>Ra quân dọn rác ven sông</a></h3><span class=date>0{number % 10}/10/2025"
        f"</span><p>{FIRST}</p></div>"
    )


@pytest.mark.parametrize("above", ["<h3>Tin liên quan</h3>", ""])
def test_the_openings_of_other_articles_under_a_headline(above: str) -> None:
    entries = "".join(map(entry, range(1050101, 1050108)))
    with pytest.raises(NotAnArticle, match="list"):
        read_page(page(f"<h1>{TITLE}</h1><div id=content>{above}{entries}</div>", head=NAMES))


def test_an_article_with_the_openings_of_others_under_it() -> None:
    entries = "".join(map(entry, range(1050101, 1050104)))
    inside = f"<h1>{TITLE}</h1>{STAMP}<div id=content><p>{FIRST}</p><p>{LAST}</p></div>{entries}"
    assert read_page(page(inside, head=NAMES)).paragraphs[:2] == [FIRST, LAST]


@pytest.mark.parametrize(
    "headline", ["Thêm 404 ca mắc Covid-19", "Không tìm thấy nạn nhân", "Đăng ký nghĩa vụ quân sự"]
)
def test_a_signed_text_may_have_the_headline_of_a_notice(headline: str) -> None:
    inside = (
        f"<h1>{headline}</h1>{STAMP}<p>{FIRST}</p><p>{LAST}</p><p align=right><b>SONG AN</b></p>"
    )
    assert read_page(page(inside)).title == headline


@pytest.mark.parametrize(
    ("headline", "text"),
    [
        ("Phiên làm việc đã hết hạn", "Phiên làm việc của bạn đã hết hạn. Vui lòng tải lại trang."),
        ("Thông báo", "Hệ thống đang quá tải, vui lòng thử lại sau."),
    ],
)
def test_sessions_and_load(headline: str, text: str) -> None:
    with pytest.raises(NotAnArticle):
        read_page(page(f"<h1>{headline}</h1><p>{text}</p>"))


@pytest.mark.parametrize("folder", ["tac-gia", "tag"])
def test_pages_of_authors_and_keywords_by_their_address(folder: str) -> None:
    text = f"<html><body><h1>Song An</h1>{STAMP}<p>{FIRST}</p><p>{LAST}</p></body></html>"
    with pytest.raises(NotAnArticle, match="address"):
        read_page(Page.from_text(text, f"https://baodongthap.vn/{folder}/song-an"))
