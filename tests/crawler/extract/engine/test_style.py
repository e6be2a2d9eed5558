"""Class, id and computed style of an element, by its own attributes."""

import pytest
from lxml import html

from crawler.extract.engine.style import class_id, computed_style


@pytest.mark.parametrize(
    ("attributes", "style"),
    [
        ("", ("", "", False, False, False)),
        ("class='a b' id=c", ("a b c", "", False, False, False)),
        ("id=c", ("c", "", False, False, False)),
        ("align=right", ("", "right", False, False, False)),
        ("align=middle", ("", "center", False, False, False)),
        ("style='text-align: RIGHT'", ("", "right", False, False, False)),
        ("style='text-align:end'", ("", "right", False, False, False)),
        ("style='text-align:justify' align=right", ("", "left", False, False, False)),
        ("class=text-right", ("text-right", "right", False, False, False)),
        ("class=copyright", ("copyright", "", False, False, False)),
        ("class=text-right style='text-align:left'", ("text-right", "left", False, False, False)),
        ("style='font-style:italic;font-weight:700'", ("", "", True, True, False)),
        ("style='font-weight:400'", ("", "", False, False, False)),
        ("style='display : none'", ("", "", False, False, True)),
        ("style='visibility:hidden'", ("", "", False, False, True)),
    ],
)
def test_style_by_attributes(attributes, style):
    element = html.fragment_fromstring(f"<p {attributes}>x</p>")
    assert tuple(computed_style(element)) == (*style, False)
    assert class_id(element) == style[0]


@pytest.mark.parametrize(
    ("attributes", "veiled"),
    [
        ("hidden", True),
        ("class='d-none'", True),
        ("class='hidden hide'", True),
        ("class='screen-reader-text'", True),
        ("class='d-none d-md-block'", False),
        ("class='hidden md:block'", False),
        ("class='hidden-xs'", False),
    ],
)
def test_a_class_may_hide_an_element_on_every_screen(attributes, veiled):
    assert computed_style(html.fragment_fromstring(f"<p {attributes}>x</p>")).veiled is veiled


@pytest.mark.parametrize(
    ("tag", "name"),
    [("address", "author"), ("time", "time"), ("news-byline", "news-byline"), ("p", "")],
)
def test_a_tag_may_name_what_it_holds(tag, name):
    element = html.fragment_fromstring(f"<{tag}>x</{tag}>")
    assert (class_id(element), computed_style(element).class_id) == (name, name)
