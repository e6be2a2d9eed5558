"""A page's own statements: addresses, headlines, JSON-LD; and its elements by name."""

import json

import pytest

from crawler.extract.engine.metadata import Document
from crawler.extract.page import Page

URL = "https://baodongthap.vn/lang-hoa-vao-vu-a236888.html"


def document(head="", body="<h1>Làng hoa</h1>", url=URL):
    html = f"<html><head>{head}</head><body>{body}</body></html>"
    return Document(Page.from_text(html, url))


def linked(*nodes):
    scripts = (json.dumps(node, ensure_ascii=False) for node in nodes)
    return "".join(f'<script type="application/ld+json">{one}</script>' for one in scripts)


def test_the_headline_is_stated_without_the_site_s_name():
    doc = document(
        "<title>Làng hoa vào vụ - Báo Đồng Tháp Online</title>"
        + linked({"@type": "NewsArticle", "headline": "Làng hoa vào mùa"})
    )
    assert doc.stated_titles[0] == "Làng hoa vào mùa"
    assert "Làng hoa vào vụ" in doc.stated_titles


@pytest.mark.parametrize(
    ("node", "is_list"),
    [
        ({"@type": "ItemList"}, True),
        ({"@type": ["WebPage", "CollectionPage"]}, True),
        ({"@graph": [{"@type": "Product"}]}, True),
        ({"@type": "WebSite"}, False),
        ({"@graph": [{"@type": "ItemList"}, {"@type": "NewsArticle"}]}, False),
    ],
)
def test_a_page_that_calls_itself_a_list(node, is_list):
    assert document(linked(node)).is_stated_list is is_list


@pytest.mark.parametrize("text", ["{", "[" * 3000, "null", '"x"', '{"@type": {"a": 1}}'])
def test_broken_statements_state_nothing(text):
    doc = document(f'<script type="application/ld+json">{text}</script>')
    assert (doc.linked_data, doc.crumbs_data, doc.is_stated_list) == ({}, [], False)


def test_the_address_is_the_one_asked_for_else_the_one_stated():
    canonical = f"<link rel=canonical href='{URL}'>"
    assert document(canonical, url=None).address.key == "dto:a236888"
    assert document(canonical, url="https://baodongthap.vn/x-y-z-a1.html").address.key == "dto:a1"


def test_links_are_resolved_as_browsers_do():
    doc = document("<base href='/xa-hoi/'>")
    assert doc.resolve("/a b.html#x") == "https://baodongthap.vn/a b.html"
    assert doc.resolve("bai.html") == "https://baodongthap.vn/xa-hoi/bai.html"
    assert doc.resolve("//cdn.example/x.jpg") == "https://cdn.example/x.jpg"


def test_elements_by_a_part_of_their_name():
    doc = document(body="<p class='View-Page-Tit'>A</p><div id=x_view-page-tit2>B</div><p>C</p>")
    assert [one.text for one in doc.named("view-page-tit")] == ["A", "B"]
