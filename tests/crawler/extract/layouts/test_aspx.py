"""Generation A in the markup of its two published recipes (docs/site.md §11)."""

import pytest

from crawler.extract import extract
from tests.crawler.extract.flower_village import FIRST, SECOND, TITLE

URL = "https://baodongthap.vn/xa-hoi/lang-hoa-sa-dec-ron-rang-vao-xuan-84085.aspx"
OF_2017 = (
    "<div class=home-col-left><div class=pageListLeft><div id=brMenu><a href=/>Trang chủ</a>"
    f"<a href=/xa-hoi.aspx>Xã hội</a></div><h2 class=view-page-Tit>{TITLE}</h2><div class=date>"
    f"<span>Cập nhật ngày: 02/05/2019 05:14:51</span></div><p>{FIRST}</p><p>{SECOND}</p></div></div>"
)
OF_2019 = (
    f"<div class=contentView><h1>{TITLE}</h1><div class=date>"
    "<span id=cphContent_ucNewsDetails_lblPostedDate>Cập nhật ngày: 02/05/2019 05:14:51</span>"
    f"</div><p>{FIRST}</p><p>{SECOND}</p><p>Gửi bình luận của bạn</p></div>"
)


@pytest.mark.parametrize(
    ("body", "rule"), [(OF_2017, "title"), (OF_2019, "updated_at")], ids=["2017", "2019"]
)
def test_the_recipe(body, rule):
    html = f"<html><head><title>{TITLE}</title></head><body>{body}</body></html>"
    article = extract(html.encode(), URL)
    assert article.layout == "aspx"
    assert article.title == TITLE
    assert article.updated_at == "2019-05-02T05:14:51+07:00"
    assert article.lead == FIRST
    assert article.paragraphs == [FIRST, SECOND]
    assert article.rules[rule] == "aspx:selector"
    assert article.flags == ()
