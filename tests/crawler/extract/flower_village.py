"""One article of the third generation, into which the tests set the markup they are about."""

from __future__ import annotations

from archive.models import Article
from crawler.extract.article import read_page
from crawler.extract.page import Page

URL = "https://baodongthap.vn/lang-hoa-sa-dec-ron-rang-vao-xuan-a236888.html"
TITLE = "Làng hoa Sa Đéc rộn ràng vào xuân"
STAMP = "<div class='pubdate'>13/02/2026 - 19:48</div>"
FIRST = (
    "Những ngày cuối năm, bà con làng hoa Tân Quy Đông tất bật tưới cây, tỉa lá, chăm chút từng "
    "giỏ cúc mâm xôi để kịp chuyến ghe đưa hoa về các chợ."
)
SECOND = (
    "Theo Phòng Kinh tế, vụ hoa năm nay toàn thành phố xuống giống hơn ba triệu giỏ, tăng một phần "
    "mười so với năm trước, giá bán tại vườn giữ mức khá."
)
LAST = (
    "Đến làng hoa những ngày này, du khách được đi trên lối sàn gỗ giữa vườn, chụp ảnh và nghe chủ "
    "vườn kể chuyện trồng hoa trên giàn qua mùa nước nổi."
)
SIGNED = "<p style='text-align:right'><b>SONG AN</b></p>"


def read(text: str, *, stamp: str = STAMP, box: str = "content-fck") -> Article:
    """The article of a page with *text* in the text's box."""
    return read_page(
        Page.from_text(
            f"<html><head><title>{TITLE}</title></head><body><h1>{TITLE}</h1>{stamp}"
            f"<div id='newscontents'><div class='{box}'>{text}</div></div></body></html>",
            URL,
        )
    )


def around(html: str, after: str = f"<p>{LAST}</p>{SIGNED}") -> Article:
    """*html* after two paragraphs, and before the last one with the signature."""
    return read(f"<p>{FIRST}</p><p>{SECOND}</p>{html}{after}")
