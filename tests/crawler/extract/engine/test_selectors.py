"""Selectors: what they find, what they take, and where they cost nothing."""

import pytest
from lxml import html

from crawler.extract.engine.metadata import Document
from crawler.extract.engine.selectors import Near, Selection, Selector, stamp_of
from crawler.extract.page import Page

BODY = """<div class="story"><h1 class="story-title">Làng hoa vào vụ</h1>
<p class="meta"><span class="when">12/01/2026 08:30</span> | <span class="by">Mỹ Lý</span></p>
<div class="text"><p class="text">Một</p></div><aside class="text">Hai</aside></div>"""


def document(body=BODY):
    return Document(Page.from_text(f"<html><body>{body}</body></html>"))


def near(doc, *names):
    named = {
        name: [
            one for one in doc.body.iter() if name in f"{one.get('class')} {one.get('id')}".lower()
        ]
        for name in names
    }
    return Near(doc, named, lambda: doc.body)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("div.text", ["div"]),
        (".text", ["div", "p", "aside"]),
        (".story > .text", ["div", "aside"]),
        ("p.text, aside.text", ["p", "aside"]),
        ("//aside[@class='text']", ["aside"]),
        ("div.story-titl", []),
    ],
)
def test_css_and_xpath_find_the_same_as_a_browser(text, found):
    doc = document()
    assert [one.tag for one in Selector(text).find(near(doc, "text", "story"))] == found
    assert [one.tag for one in Selector(text).find_far(doc)] == (found if text[0] != "/" else [])


def test_a_selector_without_its_names_is_not_tried(monkeypatch):
    monkeypatch.setattr("lxml.etree.XPath", None)
    doc = document()
    assert Selector("div.fck > p, [id$=PostedDate]").find(near(doc, "text")) == []
    assert Selector("div.fck > p").find_far(doc) == []


def test_names_of_a_selector():
    assert Selector("h1.fw700, [id$=lblTitle], p#lead.note").names == {
        "fw700",
        "lblTitle",
        "lead",
        "note",
    }
    assert Selector("time[datetime]").names == set()


def take(selectors, body=BODY, *names):
    doc = document(body)
    here = near(doc, "story", "story-title", "when", "by", "text", "meta", *names)
    made = {name: Selector(text) for name, text in selectors.items()}
    return Selection(here, (), frozenset(), None).take(made)


def test_the_fields_taken():
    taken = take({"title": ".story-title", "stamp": ".when", "byline": ".by", "content": ".text"})
    assert taken.title.text == "Làng hoa vào vụ"
    assert [stamp.at for stamp in taken.stamps] == ["2026-01-12T08:30:00+07:00"]
    assert [one.text for one in taken.byline] == ["Mỹ Lý"]
    assert [one.tag for one in taken.content] == ["div", "aside"]  # none inside another


def test_a_selector_gives_a_field_or_nothing():
    taken = take({"stamp": ".by", "title": ".none", "kicker": ".none"})
    assert (taken.stamps, taken.title, taken.kicker, taken.roles) == ([], None, None, {})


def test_a_span_has_the_role_of_its_paragraph_only_if_it_fills_it():
    filled = take({"skip": "span.by"}, "<p class=meta><span class=by>Mỹ Lý</span></p>")
    assert {one.tag: role for one, role in filled.roles.items()} == {"span": "skip", "p": "skip"}
    shared = take({"skip": "span.by"})
    assert [one.tag for one in shared.roles] == ["span"]


@pytest.mark.parametrize(
    ("markup", "at", "published"),
    [
        ("<time datetime='2026-01-12T08:30'>8:30</time>", "2026-01-12T08:30:00+07:00", False),
        ("<time datetime='2025-01-01'>12/01/2026</time>", "2026-01-12T00:00:00+07:00", False),
        ("<b itemprop=datePublished>12/01/2026 08:30</b>", "2026-01-12T08:30:00+07:00", True),
        ("<b itemprop=dateModified>12/01/2026 08:30</b>", "2026-01-12T08:30:00+07:00", False),
    ],
)
def test_what_is_printed_comes_before_what_is_stated(markup, at, published):
    stamp = stamp_of(html.fragment_fromstring(markup))
    assert (stamp.at, stamp.is_publication) == (at, published)


def test_an_element_without_a_date_is_not_a_stamp():
    assert stamp_of(html.fragment_fromstring("<time>sáng nay</time>")) is None
