"""A box that names the author is told from a text that links to one, whatever its class."""

import pytest
from lxml import html

from crawler.extract.engine.author_box import author_in, signs

CARD = '<div><img src="a.jpg"><a href="{link}">{name}</a><p>{about}</p></div>'


def box(link="/tac-gia/my-ly", name="Mỹ Lý", about="Phóng viên Ban Kinh tế"):
    return html.fromstring(CARD.format(link=link, name=name, about=about))


@pytest.mark.parametrize("link", ["/tac-gia/my-ly-12.html", "/author/my-ly", "/authors/12"])
def test_the_first_link_leads_to_the_author(link):
    assert author_in(box(link)) == "Mỹ Lý"


def test_a_link_elsewhere_names_nobody():
    assert author_in(box("/xa-hoi/cho-noi-cai-be-99829.aspx")) == ""


def test_a_link_in_a_text_is_not_an_author_box():
    assert author_in(box(about="Bà con dọn chợ từ sáng sớm. " * 40)) == ""


def test_a_link_that_is_not_a_name_is_none():
    assert author_in(box(name="Xem thêm các bài viết khác của tác giả này")) == ""


@pytest.mark.parametrize(
    ("markup", "beside_text", "expected"),
    [
        ('<p class="x"><a href="/x">Mỹ Lý</a></p>', True, False),
        ('<p class="author"><a href="/x">Mỹ Lý</a></p>', False, True),
        ('<p style="text-align:right"><a href="/x">Mỹ Lý</a></p>', True, True),
        ('<p style="text-align:right"><a href="/x">Mỹ Lý</a></p>', False, False),
        ('<p class="author"><a href="/x">Xem thêm bài cùng chuyên mục</a></p>', True, False),
    ],
)
def test_a_linked_line_signs_by_class_or_by_standing_right_under_the_text(
    markup, beside_text, expected
):
    element = html.fromstring(markup)
    found = signs(element, element.get("class", ""), beside_text=beside_text)
    assert found is expected
