"""One article of the first generation, with every field that the tests of pages compare."""

from __future__ import annotations

from crawler.extract.article import read_page
from crawler.extract.page import Page

URL = "https://baodongthap.vn/xa-hoi/khanh-thanh-cau-kenh-xang-noi-hai-xa-vung-bien-84085.aspx"
TITLE = "Khánh thành cầu Kênh Xáng nối hai xã vùng biên"
LEAD = (
    "Sáng ngày 12/6, UBND huyện Tân Hồng tổ chức lễ khánh thành cầu Kênh Xáng, công trình do "
    "các mạnh thường quân và người dân đóng góp, tổng kinh phí hơn 1,2 tỷ đồng."
)
TEXT = (
    "Cầu dài 36m, rộng 3,5m, tải trọng 5 tấn. Trước đây người dân hai bên kênh phải qua lại "
    "bằng đò ngang, mùa nước nổi rất nguy hiểm cho học sinh của cả hai xã."
)
ARTICLE = f"""<!DOCTYPE html>
<html><head><meta charset="utf-8"><title>{TITLE}</title></head><body>
<div class="menu"><a href="/xa-hoi">Xã hội</a></div>
<div class="contentView"><h1>{TITLE}</h1>
<div class="date">
<span id="cphContent_ucNewsDetails_lblPostedDate">Cập nhật ngày: 05/08/2019 05:14:51</span></div>
<p>ĐTO - {LEAD}</p><p>{TEXT}</p><p style="text-align: right"><b>Hòa Hiệp</b></p></div>
<div>Gửi bình luận của bạn</div>
</body></html>
"""


def check(page: Page) -> None:
    article = read_page(page)
    assert (article.title, article.lead, article.byline) == (TITLE, LEAD, "Hòa Hiệp")
    assert article.paragraphs == [LEAD, TEXT]
    assert article.updated_at == "2019-08-05T05:14:51+07:00"
