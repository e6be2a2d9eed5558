"""Text that was left over is flagged; a short article beside other content is not."""

import pytest

from crawler.extract import extract
from tests.crawler.extract.flower_village import FIRST, LAST, SECOND, STAMP, TITLE, URL

LINK = "<a href='/cho-hoa-xuan-sa-dec-a235100.html'>chợ hoa xuân</a>"
LINKED = "".join(f"<p>{text} {LINK} {LINK} {LINK}</p>" for text in (SECOND, LAST, SECOND))
HEAD = f"<div class=detail-title><h1>{TITLE}</h1></div>{STAMP}"
ITEM = f"<div class=item><h3><a href='/mot-bai-khac-trong-ngay-a235{{}}.html'>Một bài khác trong ngày</a></h3><p>{SECOND}</p></div>"


def flags(body, meta=""):
    html = f"<html><head><title>{TITLE}</title>{meta}</head><body>{body}</body></html>"
    return extract(html.encode(), URL).flags


@pytest.mark.parametrize(
    "left",
    [
        f"<div class=teaser>{LINKED}</div>",
        f"<div class=teaser>{LINKED.replace('<p>', '<div>').replace('</p>', '</div>')}</div>",
        f"<div class=teaser>{LINKED.replace('<p>', '').replace('</p>', '<br>')}</div>",
    ],
    ids=["paragraphs", "divisions", "lines"],
)
def test_a_text_that_was_taken_for_a_list_is_flagged(left):
    assert flags(f"<div class=top>{HEAD}<p>{FIRST}</p></div>{left}") == ("body:left-over",)


@pytest.mark.parametrize(
    "beside",
    [
        "".join(ITEM.format(n) for n in range(100, 108)),
        f"<div class=list>{''.join(ITEM.format(n) for n in range(100, 108))}</div>",
        f"<aside><p>{SECOND * 3}</p></aside>",
        f"<div id=comments><div class=comment><p>{SECOND}</p><p>{LAST}</p><p>{SECOND}</p></div></div>",
        f"<footer><p>{SECOND * 4}</p></footer>",
        f"<ul><li><p>{SECOND * 4}</p></li></ul>",
    ],
    ids=["openings", "a list", "aside", "comments", "foot", "items"],
)
def test_a_short_article_beside_other_content_is_not(beside):
    assert flags(f"{HEAD}<div id=newscontents><p>{FIRST}</p></div>{beside}") == ()


def description(text):
    return f'<meta name=description content="{text}">'


def test_a_printed_description_that_is_not_in_the_article_is_flagged():
    # Set as a list of links about the text, the lead is not read.
    lost = f"<div class=ads><a href='https://x.example/a'>{SECOND}</a></div>"
    text = f"<div id=newscontents><p>{FIRST}</p><p>{LAST}</p></div>"
    assert flags(f"{HEAD}{lost}{text}", description(SECOND)) == ("lead:left-out",)


@pytest.mark.parametrize(
    ("meta", "more"),
    [
        (FIRST, ""),
        (FIRST.upper()[:80], ""),
        ("Báo Đồng Tháp Online, cơ quan của Đảng bộ tỉnh, tin tức và sự kiện trong ngày", ""),
        (SECOND, f"<ul><li><a href='/khac-a235100.html'>Bài khác</a> {SECOND}</li></ul>"),
    ],
    ids=["the lead", "other capitals", "the site's", "in a list"],
)
def test_other_descriptions_are_not(meta, more):
    text = f"<div id=newscontents><p>{FIRST}</p><p>{LAST}</p></div>"
    assert flags(f"{HEAD}{text}{more}", description(meta)) == ()
