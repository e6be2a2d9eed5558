"""Where an article is filed: its section, by the address and by what the page prints."""

import pytest

from crawler.extract import extract
from tests.crawler.extract.flower_village import FIRST, LAST, STAMP, TITLE

URL = "https://baodongthap.vn/doan-the/lang-hoa-sa-dec-ron-rang-vao-xuan-57543.aspx"
LINK = "<a href='/doan-the.aspx'>{}</a>"
MENU = f"<div class=menu>{LINK.format('Đoàn thể')}<a href='/xa-hoi.aspx'>Xã hội</a></div>"
IN_TEXT = f"Phong trào của {LINK.format('đoàn viên, hội viên')} lan rộng. {LAST}"


def section(text: str, *, above: str = "", below: str = "") -> tuple[str | None, str | None]:
    page = (
        f"<html><body>{above}<div><h1>{TITLE}</h1>{STAMP}<div class=content-fck>{text}</div></div>"
        f"{below}</body></html>"
    )
    article = extract(page.encode(), URL)
    return article.section, article.section_slug


@pytest.mark.parametrize(
    "text",
    [
        f"<p>{FIRST}</p><p>{IN_TEXT}</p>",
        f"<p>{FIRST}</p><ul><li>{IN_TEXT}</li></ul>",
        f"<p>{FIRST}</p>{IN_TEXT}",
        f"{FIRST}<br><br>{IN_TEXT}",
    ],
    ids=["paragraph", "item of a list", "bare text", "after breaks"],
)
def test_a_link_in_the_text_does_not_name_the_section(text):
    assert section(text) == (None, "doan-the")
    assert section(text, below=MENU) == ("Đoàn thể", "doan-the")
    assert section(text, above=MENU) == ("Đoàn thể", "doan-the")
