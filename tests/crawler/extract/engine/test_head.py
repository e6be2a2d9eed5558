"""The head of a page: headline, kicker, stamp, and what only looks like them."""

from __future__ import annotations

import time
import unicodedata

import pytest

from archive.errors import ExtractionError
from crawler.extract.article import read_page
from crawler.extract.page import Page
from tests.crawler.extract.flower_village import (
    FIRST,
    LAST,
    SECOND,
    SIGNED,
    STAMP,
    TITLE,
    URL,
    read,
)


@pytest.mark.parametrize("none", ["0001-01-01T00:00:00", "1970-01-01T07:00:00+07:00"])
def test_a_moment_that_a_system_writes_for_none(none: str) -> None:
    page = (
        f"<html><head><meta property='article:published_time' content='{none}'></head><body>"
        f"<h1>{TITLE}</h1>{STAMP}<div class='content-fck'><p>{FIRST}</p></div></body></html>"
    )
    article = read_page(Page.from_text(page, URL))
    assert article.published_at is None
    assert article.updated_at == "2026-02-13T19:48:00+07:00"


@pytest.mark.parametrize("head", ["Báo Đồng Tháp Online", f"{TITLE} - Báo Đồng Tháp Online"])
@pytest.mark.parametrize("shown", [TITLE, f"{TITLE}&nbsp;", unicodedata.normalize("NFD", TITLE)])
def test_a_headline_in_a_cell_among_columns_of_dated_links(head: str, shown: str) -> None:
    links = "".join(
        f"<div><a href='#'>{name}</a><span>Cập nhật ngày: 0{day}/03/2024 03:10:00</span></div>"
        for day, name in enumerate(["Giá lúa tăng", "Hội chợ hàng Việt", "Tặng xe lăn"], 1)
    )
    page = (
        f"<html><head><title>{head}</title></head><body><table><tr><td>{links * 2}</td><td>"
        f"<table><tr><td><font size=4><b>{shown}</b></font></td></tr><tr><td class=date>Cập nhật "
        f"ngày: 24/10/2012 22:39:43</td></tr><tr><td><p>{FIRST}</p><p>{LAST}</p></td></tr></table>"
        f"<div><h3>Gửi bình luận của bạn</h3><textarea></textarea></div></td><td>{links}</td>"
        "</tr></table></body></html>"
    )
    url = "https://baodongthap.vn/van-hoa/lang-hoa-sa-dec-ron-rang-vao-xuan-77481.aspx"
    article = read_page(Page.from_text(page, url))
    assert article.title == TITLE
    assert article.updated_at == "2012-10-24T22:39:43+07:00"
    assert article.paragraphs == [FIRST, LAST]


@pytest.mark.parametrize("name", ["top-title", "title-top", "sub-title"])
def test_a_kicker_by_its_name(name: str) -> None:
    page = (
        f"<html><body><div class=contentView><p class={name}>Trước thềm xuân mới</p><h1>{TITLE}"
        f"</h1>{STAMP}<p>{FIRST}</p></div></body></html>"
    )
    assert read_page(Page.from_text(page, URL)).kicker == "Trước thềm xuân mới"


def test_a_kicker_above_a_headline_in_several_inline_elements() -> None:
    page = (
        f"<html><head><title>{TITLE}</title></head><body><table><tr><td><font color=#900>Trước "
        "thềm xuân mới</font></td></tr><tr><td>"
        f"<font size=4 color=blue><b><span>{TITLE}</span></b></font></td></tr><tr><td>Cập nhật "
        f"ngày: 24/10/2012 22:39:43</td></tr><tr><td><p>{FIRST}</p><p>{LAST}</p></td></tr></table>"
        "</body></html>"
    )
    url = "https://baodongthap.vn/van-hoa/lang-hoa-sa-dec-ron-rang-vao-xuan-77481.aspx"
    assert read_page(Page.from_text(page, url)).kicker == "Trước thềm xuân mới"


def test_a_ticker_is_no_kicker() -> None:
    page = (
        "<html><body><div class=h><marquee>Đọc báo in, tải ứng dụng</marquee></div>"
        f"<div><h1>{TITLE}</h1>{STAMP}<p>{FIRST}</p></div></body></html>"
    )
    assert read_page(Page.from_text(page, URL)).kicker is None


def test_a_lead_in_a_box_of_its_own_over_one_paragraph() -> None:
    page = (
        f"<html><body><h1>{TITLE}</h1>{STAMP}<div class='fontd fw600 justify'>{FIRST}</div>"
        f"<div class=post-content><p>{SECOND}</p></div></body></html>"
    )
    for bare in (page, page.replace(f"<p>{SECOND}</p>", SECOND)):
        article = read_page(Page.from_text(bare, URL))
        assert (article.lead, article.paragraphs) == (FIRST, [FIRST, SECOND])


def test_a_stamp_with_counters_in_one_box() -> None:
    for between in ("", " "):
        stamp = (
            "<header><time>Thứ Sáu, 13/02/2026, 17:43 (GMT+7)</time>"
            f"{between}<span>Lượt xem: 1234</span>{between}<a href='https://news.google.com'>Theo "
            "dõi Báo Đồng Tháp trên Google News</a></header>"
        )
        article = read(f"<p>{FIRST}</p><p>{LAST}</p>", stamp=stamp)
        assert article.updated_at == "2026-02-13T17:43:00+07:00"
        assert article.paragraphs == [FIRST, LAST]


def test_a_count_directly_behind_the_stamp() -> None:
    stamp = "<div><span>Cập nhật: 10:03, 08/11/2025</span><span>1.234 lượt xem</span></div>"
    article = read(f"<p>{FIRST}</p><p>{LAST}</p>", stamp=stamp)
    assert article.updated_at == "2025-11-08T10:03:00+07:00"
    assert article.paragraphs == [FIRST, LAST]


def test_headings_in_each_other_with_thousands_of_elements_take_no_time() -> None:
    page = f"<html><body>{'<h1><b>' * 30}{'<i></i>' * 25_000}{TITLE}</body></html>"
    started = time.process_time()
    with pytest.raises(ExtractionError):
        read_page(Page.from_text(page, URL.replace("lang-hoa-sa-dec", "cho-noi-cai-be")))
    assert time.process_time() - started < 1.0


@pytest.mark.parametrize(
    "stamp",
    [
        "<p><time>13/02/2026 - 19:48</time></p>",
        "<p><time datetime='2026-02-13T19:48:00+07:00'>19:48</time></p>",
        "<news-time><time datetime='2026-02-13T19:48:00+07:00'>3 giờ trước</time></news-time>",
    ],
)
@pytest.mark.parametrize("place", ["under the title", "under the lead", "at the end"])
def test_a_stamp_in_a_time_element_may_stand_anywhere(stamp: str, place: str) -> None:
    places = ("under the title", "under the lead", "at the end")
    before, between, after = (stamp if name == place else "" for name in places)
    article = read(
        f"<p>{FIRST}</p>{between}<p>{SECOND}</p><p>{LAST}</p>{SIGNED}{after}", stamp=before
    )
    assert article.updated_at == "2026-02-13T19:48:00+07:00"
    assert (article.byline, article.paragraphs) == ("SONG AN", [FIRST, SECOND, LAST])


@pytest.mark.parametrize("name", ["header-content", "top-detail", "wrapper-header"])
def test_a_stamp_in_a_box_named_head_beside_the_title_is_the_article_s(name: str) -> None:
    stamp = f"<div class='{name}'><span class=date>13/02/2026, 19:48 (GMT+7)</span></div>"
    page = (
        f"<html><head><title>{TITLE}</title></head><body><div class=page>{{}}<div class=detail>{{}}"
        f"<h1>{TITLE}</h1><div class=content-fck><p>{FIRST}</p><p>{LAST}</p></div></div></div></body></html>"
    )
    beside, above = (
        read_page(Page.from_text(page.format(*places), URL))
        for places in (("", stamp), (stamp, ""))
    )
    assert (beside.updated_at, above.updated_at) == ("2026-02-13T19:48:00+07:00", None)


def test_a_clock_beside_the_title_is_the_site_s() -> None:
    clock = "<div class=clock>Thứ sáu, 13/02/2026 19:48</div>"
    article = read(f"<p>{FIRST}</p><p>{LAST}</p>", stamp="").updated_at
    page = (
        f"<html><head><title>{TITLE}</title></head><body><div class=detail>{clock}<h1>{TITLE}</h1>"
        f"<div class=content-fck><p>{FIRST}</p><p>{LAST}</p></div></div></body></html>"
    )
    assert read_page(Page.from_text(page, URL)).updated_at == article is None


PORTRAIT = "<a href='/author/x-17.htm'><img src='/files/17.jpg' width=96 height=96></a>"


@pytest.mark.parametrize(
    "author",
    [
        f"<div class=detail-author>{PORTRAIT}<div class=author-top><a class=name href='/author/x'>SONG AN</a></div></div>",
        "<div class=author-name><a href='/tac-gia/x.htm'><b>SONG AN</b></a></div>",
        "<div class=post-author-name><div class=by>Bởi</div> <a href='/author/x'>SONG AN</a><div> - </div></div>",
        "<span class=byline>bởi <span class='author vcard'><a href='/author/x'>SONG AN</a></span></span>",
    ],
)
def test_an_author_under_the_title_may_be_a_link(author: str) -> None:
    article = read(f"<p>{FIRST}</p><p>{LAST}</p>", stamp=f"<div class=info>{author}{STAMP}</div>")
    assert (article.byline, article.paragraphs, article.images) == ("SONG AN", [FIRST, LAST], ())
