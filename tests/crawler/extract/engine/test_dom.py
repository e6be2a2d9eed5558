"""Questions about single elements, on the markup that newspapers write."""

import pytest
from lxml.html import fromstring

from crawler.extract.engine import dom

OWN = dom.Own("baodongthap", "lang-hoa-sa-dec-a236888.html")


def box(inside):
    return fromstring(f"<div>{inside}</div>")


def test_the_text_of_an_element_ends_with_it():
    tree = fromstring("<div><p>một <b>hai</b> ba</p> bốn</div>")
    assert dom.string(tree[0]) == dom.text_of(tree[0]) == "một hai ba"
    assert dom.text_of(tree[0][0]) == "hai"
    assert dom.text_of(fromstring("<p></p>")) == ""


@pytest.mark.parametrize("letters", [0, 3, 5, 9, 40])
def test_the_first_letters_are_those_of_the_whole(letters):
    for html in ("<p>một hai ba</p>", "<p>một <b>hai</b> ba</p>", "<p><b>một</b> hai ba</p>"):
        element = fromstring(html)
        assert dom.first_letters(element, letters) == dom.string(element)[:letters]


@pytest.mark.parametrize("count", [1, 99, 100, 101, 150])
def test_how_much_an_element_holds(count):
    """Small and large boxes are measured in two ways; the answer is one."""
    element = box("<p>lúa</p>" * count)
    assert dom.holds_many(element, count - 1)
    assert not dom.holds_many(element, count)
    assert dom.holds_more(element, 3 * count - 1)
    assert not dom.holds_more(element, 3 * count)


def test_space_is_no_text():
    assert not dom.holds_more(box(" \n" * 500 + "lúa"), 3)


def test_wrappers_that_hold_one_element_are_passed():
    image = next(box("<figure><a><img></a></figure><p>x</p>").iter("img"))
    assert dom.outermost(image).tag == "figure"
    tree = box("<div><p><b>A</b></p></div><!-- x --><p id='next'>B</p>")
    assert dom.next_beside(next(tree.iter("b"))).get("id") == "next"
    tree = box("<p>A <i>a</i><b>b</b></p><p>B</p>")
    assert dom.next_beside(next(tree.iter("b"))) is None  # it is not alone in its paragraph


@pytest.mark.parametrize(
    ("image", "url"),
    [
        ("src='/a.jpg'", "/a.jpg"),
        ("src='/wait.gif' data-src=' /a.jpg '", "/a.jpg"),
        ("src='data:image/gif;base64,R0' data-original='/a.jpg'", "/a.jpg"),
        ("src='/a.jpg' data-src='data:image/gif;base64,R0'", "/a.jpg"),
        ("srcset='/s.jpg 320w, /a.jpg 800w'", "/a.jpg"),
        ("src='data:image/gif;base64,R0' data-srcset='/a.jpg 2x'", "/a.jpg"),
        ("alt='x'", ""),
    ],
)
def test_where_a_picture_really_is(image, url):
    assert dom.image_url(fromstring(f"<img {image}>")) == url


@pytest.mark.parametrize(
    ("width", "icon"),
    [("40", True), ("40px", True), ("41", False), ("", False), ("²", False), ("9" * 5000, False)],
)
def test_a_small_picture_is_an_icon(width, icon):
    url = "/database/image/2026/02/13/hoa.jpg"
    for side in ("width", "height"):
        assert dom.is_icon(fromstring(f"<img {side}='{width}'>"), url) is icon


@pytest.mark.parametrize(
    ("href", "elsewhere"),
    [
        ("https://shop.example/hoa", True),
        ("//shop.example/hoa", True),
        ("https://www.baodongthap.vn/xa-hoi", False),
        ("/xa-hoi", False),
        ("https://shop.example/hoa.jpg", False),  # the picture itself, kept on another host
    ],
)
def test_a_link_to_another_site(href, elsewhere):
    assert dom.is_elsewhere(href, OWN) is elsewhere


def test_a_thumbnail_with_a_link_is_no_picture_of_the_article():
    picture = "<img src='/database/image/2026/02/13/hoa.jpg'>"
    assert dom.content_image(box(picture))
    assert dom.content_image(box(f"<a href='/database/image/hoa-lon.jpg'>{picture}</a>"))
    assert not dom.content_image(box(f"<a href='/xa-hoi/tin-84085.aspx'>{picture}</a>"))
    assert not dom.content_image(box("<img src='/hoa.jpg' width='16'>"))


def test_what_a_box_opens_with():
    link = "<a href='/xa-hoi/gia-lua-he-thu-84086.aspx'>Giá lúa</a>"
    assert dom.opens_with_link(box(link + "<p>Lúa</p>"))
    assert dom.opens_with_link(box(f"<b>Tin liên quan:</b> {link}"))
    assert not dom.opens_with_link(box(f"<p>Lúa</p>{link}"))
    assert not dom.opens_with_link(box(f"<img src='/a.jpg'>{link}"))
    assert not dom.opens_with_link(box("<a href='/xa-hoi'>Xã hội</a>"))


def test_a_label_that_fills_a_node_begins_no_sentence():
    assert dom.label_is_apart(box("<b>Tin liên quan:</b> Giá lúa tăng"))
    assert not dom.label_is_apart(box("Tin liên quan đến giá lúa được người dân chờ đợi."))
    assert not dom.label_is_apart(box(""))
