"""Whose page it is: what proves the address asked for, and what names another."""

import pytest

from crawler.extract.engine.metadata import Document
from crawler.extract.engine.page_identity import identify
from crawler.extract.engine.title import find_titles
from crawler.extract.page import Page

URL = "https://baodongthap.vn/lang-hoa-sa-dec-vao-vu-a236888.html"
OTHER = "https://baodongthap.vn/khai-mac-hoi-thi-tieng-hat-a236900.html"
HEADLINE = "Khai mạc Hội thi Tiếng hát"


def identity(headline="Làng hoa Sa Đéc vào vụ", head="", body="", url=URL):
    html = f"<html><head>{head}</head><body><h1>{headline}</h1>{body}</body></html>"
    doc = Document(Page.from_text(html, url))
    return identify(doc, find_titles(doc, ())[0])


@pytest.mark.parametrize(
    ("shown", "proof"),
    [
        ({}, "slug"),
        ({"head": f"<link rel=canonical href='{URL}'>", "headline": HEADLINE}, "stated"),
        ({"body": "<input name=txtnewsid value=236888>", "headline": HEADLINE}, "own-link"),
        (
            {"body": f"<a href='https://f.example/sharer?u={URL}'>x</a>", "headline": HEADLINE},
            "own-link",
        ),
        ({"body": f"<a href='{URL}'>x</a>", "headline": HEADLINE}, None),
    ],
)
def test_what_proves_the_address(shown, proof):
    assert identity(**shown).proof == proof


@pytest.mark.parametrize(
    "shown",
    [
        {"head": f"<link rel=canonical href='{OTHER}'>"},
        {"head": f"<meta property=og:url content='{OTHER}'>"},
        {"body": f"<form method=post action='{OTHER}'></form>"},
    ],
)
def test_another_article_that_the_page_says_it_is(shown):
    assert identity(HEADLINE, **shown).other in (OTHER, "dto:a236900")
    assert identity(**shown).other is None  # the headline is the address's own


def test_a_page_that_was_not_asked_for_as_an_article_has_no_identity():
    assert identity(url="https://baodongthap.vn/xa-hoi") is None
    assert identity(url=None) is None
