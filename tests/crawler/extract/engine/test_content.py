"""The text in the boxes that a layout selects, where the engine has not read them."""

import pytest

from crawler.extract.article import read_page
from crawler.extract.layouts.layout import Layout
from crawler.extract.page import Page
from tests.crawler.extract.flower_village import FIRST, LAST, SECOND, STAMP, TITLE, URL

OTHERS = "".join(
    f"<li><a href='/tin-khac-trong-ngay-a23{n}.html'>Tin khác trong ngày, số {n}</a></li>"
    for n in range(100, 112)
)
LINK = "<a href='/cho-hoa-xuan-sa-dec-a235100.html'>chợ hoa xuân</a>"
LINKED = "".join(f"<p>{text} {LINK} {LINK} {LINK}</p>" for text in (SECOND, LAST))
#: Text and links as a list of other articles has them, by the engine's measure.
LOST = (
    f"<div class=top><h1>{TITLE}</h1>{STAMP}<p>{FIRST}</p></div>"
    f"<ul>{OTHERS}</ul><div class=sidebar><div class=teaser>{LINKED}</div></div>"
)


def read(body, content):
    layout = Layout(name="invented", generation="C", evidence={"detail": 2}, content=content)
    html = f"<html><head><title>{TITLE}</title></head><body class=detail>{body}</body></html>"
    return read_page(Page.from_text(html, URL), (layout,))


def test_the_selected_box_is_read_although_the_engine_passes_it_over():
    assert SECOND not in (read(LOST, "").body or "")
    article = read(LOST, "div.teaser")
    assert [text.partition(" chợ hoa")[0] for text in article.paragraphs] == [FIRST, SECOND, LAST]
    assert article.updated_at
    assert "body:selector-disagrees" in article.flags


@pytest.mark.parametrize("content", ["div.text", "article", "div.none"])
def test_a_box_that_the_engine_has_read_changes_nothing(content):
    body = (
        f"<article><h1>{TITLE}</h1>{STAMP}<div class=text><p>{FIRST}</p><p>{SECOND}</p>"
        f"<ul>{OTHERS}</ul></div></article>"
    )
    article = read(body, content)
    assert article.paragraphs == [FIRST, SECOND]
    assert "body:selector-disagrees" not in article.flags


def test_a_box_torn_by_a_closing_tag_does_not_end_the_text():
    body = (
        f"<h1>{TITLE}</h1>{STAMP}<div class=wrap><div class=text><p>{FIRST}</p><p>{SECOND}</p></div>"
        f"<p>{LAST}</p></div></div>"
    )
    assert read(body, "div.text").paragraphs == [FIRST, SECOND, LAST]
