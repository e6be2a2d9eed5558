"""Headline candidates: what confirms one, and what speaks against it."""

import pytest

from crawler.extract.engine.metadata import Document
from crawler.extract.engine.title import find_titles
from crawler.extract.page import Page

URL = "https://baodongthap.vn/lang-hoa-sa-dec-vao-vu-a236888.html"
TITLE = "Làng hoa Sa Đéc vào vụ"


def best(body, head="", url=URL, names=()):
    page = Page.from_text(f"<html><head>{head}</head><body>{body}</body></html>", url)
    titles = find_titles(Document(page), names)
    return titles[0] if titles else None


@pytest.mark.parametrize(
    "body",
    [
        f"<h1>Tin nổi bật</h1><h2>{TITLE}</h2>",
        f"<nav><h1>Xã hội</h1></nav><h3>{TITLE}</h3>",
        f"<h1><a href='/khac-a1.html'>Một bài khác trong ngày hôm nay</a></h1><h1>{TITLE}</h1>",
        f"<h1>Báo Đồng Tháp</h1><h4>{TITLE}</h4>",
    ],
)
def test_the_heading_that_the_address_names(body):
    found = best(body)
    assert (found.text, found.confirmed) == (TITLE, "slug")


def test_the_heading_that_the_page_states():
    found = best(
        f"<h1>Đọc nhiều</h1><div>{TITLE}</div>", f"<title>{TITLE} - Báo Đồng Tháp</title>", url=None
    )
    assert (found.text, found.confirmed, found.rule) == (TITLE, "stated", "stated-title")


def test_the_line_before_the_stamp_where_no_heading_is():
    found = best(f"<div>{TITLE}</div><div>Cập nhật ngày: 03/01/2018 10:12:28</div>", url=None)
    assert (found.text, found.rule) == (TITLE, "line-before-stamp")


@pytest.mark.parametrize(
    "heading",
    [
        f"<h1>Huyện Lấp Vò<br>{TITLE}</h1>",
        f"<h1><span>Huyện Lấp Vò</span>{TITLE}</h1>",
        f"<h1><div>Huyện Lấp Vò</div><div>{TITLE}</div></h1>",
    ],
)
def test_a_kicker_inside_the_heading(heading):
    found = best(heading)
    assert (found.kicker, found.text) == ("Huyện Lấp Vò", TITLE)


def test_a_line_break_in_a_title_is_a_space():
    assert best("<h1>Làng hoa Sa Đéc<br>vào vụ</h1>").text == TITLE


def test_no_heading_and_no_stamp_is_no_title():
    assert best("<p>Không có gì.</p>", url=None) is None
