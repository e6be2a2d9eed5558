"""One page into its Article: which layout reads it, and what is said where none knows it."""

import pytest

from archive.errors import DamagedPage
from crawler.extract.article import BY_ADDRESS, UNKNOWN_LAYOUT, read_page
from crawler.extract.layouts import LAYOUTS, UNKNOWN
from crawler.extract.page import Page
from tests.crawler.extract import bridge, flower_village


def plain(url):
    """The flower village without a mark of any layout."""
    texts = (flower_village.FIRST, flower_village.SECOND, flower_village.LAST)
    paragraphs = "".join(f"<p>{text}</p>" for text in texts)
    return read_page(
        Page.from_text(
            f"<html><body><article><h1>{flower_village.TITLE}</h1>"
            f"<time datetime='2027-03-14T08:00:00+07:00'>14/03/2027 08:00</time>{paragraphs}"
            "</article></body></html>",
            url,
        )
    )


def test_the_layout_with_the_most_evidence_reads_whatever_their_order():
    third = (
        f"<html><body><h1>{flower_village.TITLE}</h1>{flower_village.STAMP}<div id='newscontents'>"
        f"<div class='content-fck'><p>{flower_village.FIRST}</p><p>{flower_village.LAST}</p></div>"
        "</div></body></html>"
    )
    for layouts in (LAYOUTS, LAYOUTS[::-1]):
        assert read_page(Page.from_text(bridge.ARTICLE, bridge.URL), layouts).layout == "aspx"
        assert read_page(Page.from_text(third, flower_village.URL), layouts).layout == "flat"


def test_markup_is_worth_more_than_the_address():
    """A page of the first generation that is served at an address of the third."""
    article = read_page(Page.from_text(bridge.ARTICLE, flower_village.URL))
    assert article.layout == "aspx"
    assert article.generation == "C"  # of the address


def test_a_page_that_only_its_address_assigns_says_so():
    article = plain(flower_village.URL)
    assert BY_ADDRESS in article.flags
    assert article.paragraphs[0] == flower_village.FIRST


def test_a_page_at_an_address_of_a_new_shape_that_no_layout_knows_says_so():
    article = plain("https://baodongthap.vn/2027/03/14/lang-hoa-sa-dec")
    assert UNKNOWN_LAYOUT in article.flags
    assert article.layout == UNKNOWN.name
    assert (article.key, article.generation) == (None, None)
    assert article.title == flower_village.TITLE


def test_a_page_that_a_layout_knows_has_neither_flag():
    article = read_page(Page.from_text(bridge.ARTICLE, bridge.URL))
    assert not {BY_ADDRESS, UNKNOWN_LAYOUT} & set(article.flags)


def test_each_field_names_the_layout_and_the_rule_that_gave_it():
    article = read_page(Page.from_text(bridge.ARTICLE, bridge.URL))
    assert {"title", "updated_at", "lead", "body", "byline"} <= article.rules.keys()
    assert all(rule.startswith("aspx:") for rule in article.rules.values())
    assert "source" not in article.rules  # the page states none
    assert article.source is None


def test_text_encoded_twice_that_cannot_be_undone_is_refused_with_the_address():
    broken = bridge.TEXT.encode().decode("cp1252", "ignore")
    page = bridge.ARTICLE.replace(bridge.TEXT, broken).encode()
    with pytest.raises(DamagedPage, match=r"84085\.aspx: the article's text is not sound"):
        read_page(Page.from_bytes(page, bridge.URL))
