"""Generation B in the markup of its published recipe (docs/site.md §11)."""

from crawler.extract import extract
from tests.crawler.extract.flower_village import FIRST, SECOND, TITLE

URL = "https://baodongthap.vn/xa-hoi/202510/lang-hoa-sa-dec-ron-rang-vao-xuan-1050912"


def read(stamp):
    return extract(
        f"<html><head><title>{TITLE}</title></head><body><div id=nav><a href=/>Trang chủ</a>"
        f"<a class=parent_cate href='/xa-hoi'>Xã hội</a></div><h1 id=title>{TITLE}</h1>"
        f"<div id=current-date>{stamp}</div><div id=content><p><b>{FIRST}</b></p><p>{SECOND}</p>"
        "<p style='text-align:right'>MỸ LÝ</p></div></body></html>".encode(),
        URL,
    )


def test_the_recipe():
    article = read("Cập nhật: 21:56, 20/10/2025 (GMT+7)")
    assert article.layout == "yyyymm"
    assert article.updated_at == "2025-10-20T21:56:00+07:00"
    assert [article.rules[name] for name in ("title", "updated_at")] == ["yyyymm:selector"] * 2
    assert (article.section, article.section_slug) == ("Xã hội", "xa-hoi")
    assert (article.lead, article.byline) == (FIRST, "MỸ LÝ")
    assert article.paragraphs == [FIRST, SECOND]
    assert article.flags == ()


def test_a_stamp_before_the_month_in_the_address_is_flagged():
    assert read("Cập nhật: 21:56, 20/10/2024").flags == ("stamp:before-address-month",)
    assert read("Cập nhật: 21:56, 20/09/2025").flags == ()  # the night before
