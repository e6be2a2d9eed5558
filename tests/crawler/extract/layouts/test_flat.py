"""Generation C in the markup of two sister papers (docs/site.md §17)."""

from crawler.extract import extract
from tests.crawler.extract.flower_village import FIRST, LAST, SECOND, TITLE, URL

HEAD = f"<html><head><title>{TITLE}</title></head><body>"


def read(body):
    return extract(f"{HEAD}{body}</body></html>".encode(), URL)


def test_the_stamp_above_the_title_and_a_breadcrumb_in_the_first_heading():
    article = read(
        "<h1 class=breadcrumb><a href='/'>Trang chủ</a> <a href='/xa-hoi/'>Xã hội</a></h1>"
        "<div class=pubdate>13/02/2026 - 19:48</div>"
        f"<h1 class='fw700 margintopbot10'>Làng hoa Sa Đéc<br>rộn ràng vào xuân</h1>"
        f"<div id=newscontents><div class=content-fck><div class=content-fck-font-size>"
        f"<p>{FIRST}</p><p>{SECOND}</p></div></div></div>"
    )
    assert article.title == TITLE
    assert article.rules["title"] == "flat:selector"
    assert (article.updated_at, article.rules["updated_at"]) == (
        "2026-02-13T19:48:00+07:00",
        "flat:selector",
    )
    assert (article.section, article.section_slug) == ("Xã hội", "xa-hoi")
    assert article.paragraphs == [FIRST, SECOND]
    assert article.flags == ()


def test_the_caption_in_the_paragraph_of_its_picture():
    article = read(
        f"<div class=detail-title><h1>{TITLE}</h1></div><div class=pubdate>13/02/2026 - 19:48</div>"
        f"<div class=detail-desc><p>{FIRST}</p></div><div id=newscontents>"
        f"<div class=content-fck><p>{SECOND}</p><p class='note ignore'><img src=/image/news/h.jpg>"
        f"<br />Bà con chuyển hoa xuống ghe.</p><p>{LAST}</p>"
        "<p class='author ignore'>SONG AN</p></div></div>"
    )
    assert (article.lead, article.rules["lead"]) == (FIRST, "flat:selector")
    assert [image.caption for image in article.images] == ["Bà con chuyển hoa xuống ghe."]
    assert article.rules["images"] == "flat:selector"
    assert article.byline == "SONG AN"
    assert article.paragraphs == [FIRST, SECOND, LAST]


def test_the_placeholder_of_the_template_is_not_a_byline():
    article = read(
        f"<h1 class=fw700>{TITLE}</h1><div class=pubdate>13/02/2026 - 19:48</div>"
        f"<div class=content-fck><p>{FIRST}</p><p>{SECOND}</p>"
        "<p style='text-align:right'><b>SONG AN</b></p><p class=author> Bút danh </p></div>"
    )
    assert article.byline == "SONG AN"
    assert article.paragraphs == [FIRST, SECOND]
    assert article.flags == ()
