"""Dates, source and pictures of an Article, each from what is printed before what is stated."""

import pytest

from crawler.extract import extract
from tests.crawler.extract.flower_village import FIRST, LAST, SECOND, SIGNED, TITLE, URL, read


def stamped(stamp="", meta="", text=f"<p>{FIRST}</p><p>{SECOND}</p>", url=URL):
    html = (
        f"<html><head><title>{TITLE}</title>{meta}</head><body><h1 class=fw700>{TITLE}</h1>{stamp}"
        f"<div id=newscontents><div class=content-fck>{text}</div></div></body></html>"
    )
    return extract(html.encode(), url)


PRINTED = "<div class=pubdate>13/02/2026 - 19:48</div>"


def published(moment):
    return f"<meta property=article:published_time content='{moment}'>"


@pytest.mark.parametrize(
    ("stated", "at"),
    [
        ("2026-02-12T08:00:00+07:00", "2026-02-12T08:00:00+07:00"),
        ("2026-02-12", "2026-02-12"),
        ("2026-02-13", None),  # a bare day adds nothing on that very day
        ("2026-02-13T19:48:00Z", None),  # the same clock, badly written
        ("2026-02-14T08:00:00+07:00", None),  # after the update
    ],
)
def test_a_stated_publication_counts_if_it_is_before_the_printed_update(stated, at):
    article = stamped(PRINTED, published(stated))
    assert (article.updated_at, article.published_at) == ("2026-02-13T19:48:00+07:00", at)


def test_statements_count_where_nothing_is_printed():
    modified = "<meta property=article:modified_time content='2026-02-13T09:00:05+07:00'>"
    article = stamped(meta=published("2026-02-12T08:00:00+07:00") + modified)
    assert article.updated_at == "2026-02-13T09:00:05+07:00"
    assert (article.updated_precision, article.rules["updated_at"]) == ("second", "flat:stated")
    assert article.published_at == "2026-02-12T08:00:00+07:00"


def test_a_publication_is_never_taken_for_an_update():
    article = stamped("<div class=pubdate>Đăng ngày: 13/02/2026 19:48</div>")
    assert (article.updated_at, article.published_at) == (None, "2026-02-13T19:48:00+07:00")


@pytest.mark.parametrize(("mark", "source"), [("TTXVN", "TTXVN"), ("ĐTO", None)])
def test_the_mark_of_a_wire_names_the_source(mark, source):
    article = stamped(PRINTED, text=f"<p>({mark}) - {FIRST}</p><p>{SECOND}</p>")
    assert (article.agency, article.source) == (mark, source)


def test_pictures_are_counted_by_the_paragraphs_before_them():
    text = f"<p><img src=/image/news/1.jpg></p><p>{FIRST}</p><p><img src=/image/news/2.jpg></p><p>{SECOND}</p>"
    images = stamped(PRINTED, text=text).images
    assert [(one.position, one.after_paragraph) for one in images] == [(1, 0), (2, 1)]
    assert images[0].url == "https://baodongthap.vn/image/news/1.jpg"


TEXT = f"<p>{SECOND}</p><p>{LAST}</p>{SIGNED}"

MARKED = {
    "lead-class": f"<p class=sapo>{FIRST}</p>{TEXT}",
    "set-apart": f"<p><b>{FIRST}</b></p>{TEXT}",
    "agency-mark": f"<p>(ĐTO) {FIRST}</p>{TEXT}",
    "own-box": f"<div>{FIRST}</div><div>{TEXT}</div>",
    "only-paragraph": f"<p>{FIRST}</p>",
    "selector": f"<div class=detail-desc><p>{FIRST}</p></div>{TEXT}",
}


@pytest.mark.parametrize("rule", MARKED)
def test_a_lead_and_its_mark(rule):
    article = read(MARKED[rule])
    assert article.lead == FIRST
    assert article.rules["lead"] == f"flat:{rule}"
    assert article.paragraphs[0] == FIRST


@pytest.mark.parametrize("opening", [f"<p>{FIRST}</p>", f"<h3>Chợ hoa ngày Tết</h3><p>{FIRST}</p>"])
def test_a_plain_first_paragraph_is_no_lead_in_c(opening):
    article = read(opening + TEXT)
    assert article.lead is None
    assert FIRST in article.paragraphs


def test_a_selected_lead_that_is_not_the_first_paragraph_is_flagged():
    article = read(f"<p>{FIRST}</p><div class=detail-desc><p>{SECOND}</p></div><p>{LAST}</p>")
    assert article.lead == SECOND
    assert article.flags == ("lead:selector-disagrees",)


def test_an_update_that_is_labelled_comes_before_an_earlier_stamp_without_a_label():
    line = "<div>07:15, 13/02/2026 • Cập nhật 19:48, 13/02/2026</div>"
    assert stamped(line).updated_at == "2026-02-13T19:48:00+07:00"


def stated_by(*names):
    people = ", ".join(f'{{"@type": "Person", "name": "{name}"}}' for name in names)
    return (
        '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "x",'
        f' "author": [{people}]}}</script>'
    )


@pytest.mark.parametrize(
    ("line", "names", "byline"),
    [
        ("Mỹ Lý • 07:15, 13/02/2026", ["Mỹ Lý"], "Mỹ Lý"),
        ("13/02/2026 07:15 | Mỹ Lý", ["Mỹ Lý"], "Mỹ Lý"),
        ("Mỹ Lý - Hữu Nghĩa | 13/02/2026 07:15", ["Mỹ Lý", "Hữu Nghĩa"], "Mỹ Lý - Hữu Nghĩa"),
        ("13/02/2026 07:15", ["Mỹ Lý"], None),  # stated, and printed nowhere
        ("Báo Đồng Tháp Online • 07:15, 13/02/2026", ["Báo Đồng Tháp Online"], None),
        ("Mỹ Lý • 07:15, 13/02/2026", [], None),  # a name alone may be a section's
    ],
)
def test_an_author_that_is_stated_and_printed_by_the_stamp_signs_an_unsigned_text(
    line, names, byline
):
    article = stamped(f"<div>{line}</div>", stated_by(*names))
    assert article.byline == byline
    assert article.updated_at[:10] == "2026-02-13"


def test_a_signature_under_the_text_comes_before_a_stated_author():
    line = "<div>Ban Biên tập • 07:15, 13/02/2026</div>"
    text = f"<p>{FIRST}</p><p>{SECOND}</p>{SIGNED}"
    assert stamped(line, stated_by("Ban Biên tập"), text).byline == "SONG AN"


@pytest.mark.parametrize(
    "line", ["Bài và ảnh: Mỹ Lý", "Bài: Mỹ Lý · Ảnh: Hữu Nghĩa · Đồ họa: K.D", "Thực hiện: Mỹ Lý"]
)
def test_a_labelled_signature_may_stand_between_lead_and_text(line):
    text = f"<p>{FIRST}</p><div>{line}</div><p>{SECOND}</p><p>{LAST}</p>"
    article = stamped(PRINTED, text=text)
    assert article.byline == line
    assert article.body.split("\n\n") == [FIRST, SECOND, LAST]


def test_a_question_of_an_interview_after_the_lead_is_no_signature():
    ask = "Phóng viên: Thưa ông, năm nay bà con được mùa chứ?"
    article = stamped(PRINTED, text=f"<p>{FIRST}</p><p>{ask}</p><p>{SECOND}</p>")
    assert ask in article.body
    assert article.byline is None
