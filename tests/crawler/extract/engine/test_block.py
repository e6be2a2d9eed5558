"""What the rules of all fields ask a block: is it running text, is it set as a byline?"""

import pytest
from lxml.html import fromstring

from crawler.extract.engine.block import Block, Context

LONG = "Những ngày cuối năm, bà con làng hoa Tân Quy Đông tất bật tưới cây, tỉa lá, chăm cúc"


def block(text="", kind="text", **given):
    return Block(kind, fromstring("<p></p>"), text, **given)


@pytest.mark.parametrize(
    ("text", "prose"),
    [
        (LONG, True),  # no full stop is needed at this length
        ("Bà con tất bật tưới cây, tỉa lá.", True),
        ("Bà con tất bật tưới cây, tỉa lá", False),
        ("“Năm nay hoa nở sớm hơn mọi năm”", True),
        ("Hoa nở sớm.", False),
        ("", False),
    ],
)
def test_running_text_is_long_or_a_sentence(text, prose):
    assert block(text).is_prose is prose


def test_a_link_and_a_picture_are_no_running_text():
    assert not block(LONG, link="/xa-hoi/tin-84085.aspx").is_prose
    assert not block(LONG, kind="image").is_prose


def test_a_byline_is_set_to_the_right_or_bold_and_a_heading_is_bold_by_nature():
    assert block("SONG AN", align="right").is_marked
    assert block("SONG AN", bold=True).is_marked
    assert not block("SONG AN", bold=True, context=Context(level=2)).is_marked
    assert block("SONG AN", align="right", context=Context(level=2)).is_marked
    assert not block("SONG AN", em=True, align="center").is_marked
