"""Pages that show other articles are refused by structure, whatever their boxes are called."""

import pytest

from archive.errors import ExtractionError
from crawler.extract import extract

URL = "https://baodongthap.vn/xa-hoi/nguoi-giu-nghe-dan-lop-o-long-hung-99829.aspx"
OTHER = "/xa-hoi/cho-noi-cai-be-hop-lai-sau-mua-lu-{}.aspx"
TEXT = "Sáng nay, bà con hai bên bờ kênh tập trung dọn cỏ, thông dòng trước mùa nước nổi. "


def page(inner):
    return f"<html><body><div class='x'>{inner}</div></body></html>".encode()


def entries(count, wrapper):
    for number in range(count):
        link = (
            f'<h2><a href="{OTHER.format(99000 + number)}">Chợ nổi họp lại sau lũ {number}</a></h2>'
        )
        yield wrapper.format(f"{link}<p>{TEXT}</p>")


@pytest.mark.parametrize(
    "wrapper", ["<div>{}</div>", "<li>{}</li>", "<section class=q7>{}</section>"]
)
def test_openings_of_other_articles_are_a_list(wrapper):
    body = "<h1>Tin nổi bật trong tuần</h1>" + "".join(entries(5, wrapper))
    with pytest.raises(ExtractionError):
        extract(page(body), URL)


def test_the_headline_of_a_front_page_leads_elsewhere():
    body = (
        f'<h1><a href="{OTHER.format(99001)}">Chợ nổi họp lại sau mùa lũ</a></h1><p>{TEXT * 4}</p>'
    )
    with pytest.raises(ExtractionError):
        extract(page(body), URL)


def test_an_article_that_ends_in_openings_of_others_is_an_article():
    own = (
        "<h1>Người giữ nghề đan lợp ở Long Hưng</h1><p>03/01/2018 10:12</p>"
        + f"<p>{TEXT * 3}</p>" * 6
    )
    article = extract(page(own + "".join(entries(3, "<div>{}</div>"))), URL)
    assert article.title == "Người giữ nghề đan lợp ở Long Hưng"
    assert "Chợ nổi" not in (article.body or "")
