"""Blocks and disappearances are told apart by what a page has and says, never by what we expect."""

import time

import pytest

from crawler.extract.page import Page
from crawler.site.responses import leads_to_the_paper, redirect_meaning, stand_in
from tests.crawler.trouble_pages import ARTICLE as HERE
from tests.crawler.trouble_pages import bare, site

ARTICLE = "https://baodongthap.vn/xa-hoi/bat-giu-57543.aspx"


@pytest.mark.parametrize(
    ("target", "verdict"),
    [
        ("https://baodongthap.vn/bat-giu-a1200.html", "follow"),
        ("http://www.baodongthap.com.vn/xa-hoi/bat-giu-57543.aspx", "follow"),
        ("https://baodongthap.vn/", "redirect-home"),
        ("https://baodongthap.vn/xa-hoi", "redirect-home"),
        ("https://baodongthap.vn/404.html", "soft-404"),
        ("https://baodongthap.vn/khong-tim-thay", "soft-404"),
        ("https://baodongthap.vn/Error.aspx?aspxerrorpath=/xa-hoi/bat-giu-57543.aspx", "trouble"),
        ("https://baodongthap.vn/bao-tri.html", "trouble"),
        ("https://baodongthap.vn/captcha", "trouble"),
        ("https://baodongthap.vn/dang-nhap?returnUrl=%2Fxa-hoi", "trouble"),
        ("https://baodongthap.vn/(S(k3x5))/xa-hoi/bat-giu-57543.aspx", "trouble"),
        ("https://baodongthap.vn/cdn-cgi/challenge", "trouble"),
        ("https://baodongthap.vn/2027/03/14/bat-giu", "unknown-shape"),
        ("https://baodongthap.vn/bai-viet/bat-giu.412000", "unknown-shape"),
        ("https://example.com/", "refused"),
        ("http://127.0.0.1/", "refused"),
        ("file:///etc/passwd", "refused"),
        (None, "refused"),
    ],
)
def test_redirects_of_an_article(target, verdict):
    assert redirect_meaning(ARTICLE, target) == verdict


@pytest.mark.parametrize(
    ("target", "verdict"),
    [
        ("https://baodongthap.vn/xa-hoi?p=1", "follow"),
        ("https://baodongthap.vn/chuyen-muc/xa-hoi", "follow"),
        ("https://baodongthap.vn/bao-tri.html", "trouble"),
        ("https://baodongthap.vn/404", "trouble"),
        ("https://parking.example/?d=baodongthap.vn", "refused"),
    ],
)
def test_redirects_of_a_list(target, verdict):
    assert redirect_meaning("https://baodongthap.vn/xa-hoi", target) == verdict


def test_a_redirect_to_another_article_is_no_new_address_of_it():
    source = "https://baodongthap.vn/xa-hoi/bat-giu-nhieu-vu-buon-lau-57543.aspx"
    other = "https://baodongthap.vn/khai-giang-nam-hoc-moi-a1200.html"
    moved = "https://baodongthap.vn/bat-giu-nhieu-vu-buon-lau-thuoc-la-a1200.html"
    assert redirect_meaning(source, other) == "another"
    assert redirect_meaning(source, moved) == "follow"


@pytest.mark.parametrize(
    ("page", "kind"),
    [
        (bare("Hệ thống đang bảo trì. Mời bạn đọc quay lại sau."), "blocked"),
        (bare("Just a moment... Checking your browser before accessing"), "blocked"),
        (site("<h1>Không tìm thấy trang bạn yêu cầu</h1>"), "gone"),
        (site("<div class='error'>Bài viết không tồn tại hoặc đã bị xóa</div>"), "gone"),
        # What says nothing of itself may be a new design.
        (site("<div id='detail'></div>"), "unknown"),
        (site("<div id='app'></div>"), "drawn"),
        # Words of another article, in the sidebar, are no notice.
        (site("<div></div>", sidebar="<aside><h3>Không tìm thấy nạn nhân</h3></aside>"), "unknown"),
    ],
)
def test_pages_without_an_article(page, kind):
    assert stand_in(Page.from_text(page, HERE)).kind == kind


def test_no_word_on_a_small_page_is_needed():
    shown = stand_in(Page.from_text(bare("<p>Zażółć gęślą jaźń</p>"), HERE))
    assert (shown.kind, "without links to the paper" in shown.reason) == ("blocked", True)


def test_the_paper_s_own_pages_lead_to_more_of_it():
    assert leads_to_the_paper(Page.from_text(site(""), HERE))
    assert not leads_to_the_paper(Page.from_text(bare("<a href='/xa-hoi'>Xã hội</a>"), HERE))


@pytest.mark.parametrize(
    "piece", ["da bi ", "xac ", "a" * 7, "bai viet ", "<h1></h1>", "ip ", "0;"]
)
def test_a_large_page_is_judged_quickly(piece):
    text = piece * (60_000 // len(piece))
    head = f"<meta http-equiv=refresh content='{text[:60_000]}'>"
    page = Page.from_text(bare(text, text, head=head), HERE)
    started = time.monotonic()
    stand_in(page)
    assert time.monotonic() - started < 2
