"""The lines after a title that are not of the text: stamps, logos, links, authors."""

import pytest

from tests.crawler.extract.flower_village import FIRST, LAST, SECOND, TITLE, read

HEAD = {
    "a stamp": "<p>Thứ Sáu, 13/02/2026, 19:48 (GMT+7)</p>",
    "the headline again": f"<p>{TITLE}</p>",
    "a link to another article": "<p><a href='/mua-sen-no-ro-o-thap-muoi-a236001.html'>Mùa sen</a></p>",
    "a short link": "<div><a href='/kinh-te'>Kinh tế</a></div>",
    "a counter": "<div class=luot>Bài đọc nhiều</div>",
}


@pytest.mark.parametrize("name", HEAD)
def test_a_line_of_the_head_is_not_text(name):
    article = read(f"{HEAD[name]}<p>{FIRST}</p><p>{SECOND}</p><p>{LAST}</p>")
    assert article.paragraphs == [FIRST, SECOND, LAST]


@pytest.mark.parametrize(
    "mark",
    ["<p>(ĐTO)</p>", "<p>ĐTO -</p>"],
)
def test_an_agency_mark_in_its_own_line_is_the_agency(mark):
    article = read(f"{mark}<p>{FIRST}</p><p>{SECOND}</p><p>{LAST}</p>")
    assert (article.agency, article.paragraphs) == ("ĐTO", [FIRST, SECOND, LAST])


def test_an_author_under_the_lead_is_the_byline():
    author = "<p class=author>SONG AN</p>"
    article = read(f"<p>{FIRST}</p>{author}<p>{SECOND}</p><p>{LAST}</p>")
    assert (article.byline, article.paragraphs) == ("SONG AN", [FIRST, SECOND, LAST])


def test_after_the_lead_a_repeated_headline_is_text():
    article = read(f"<p>{FIRST}</p><p>{TITLE}</p><p>{SECOND}</p><p>{LAST}</p>")
    assert article.paragraphs == [FIRST, TITLE, SECOND, LAST]


WHOLE = (
    "Sáng 12/1, tại xã Mỹ Hiệp, đoàn công tác của tỉnh khảo sát tuyến đê bao bảo vệ hơn 1.200ha lúa vụ"
    " Đông Xuân, nơi nước lũ về sớm hơn mọi năm khiến bà con lo lắng."
)


@pytest.mark.parametrize("cut", [WHOLE[:110], WHOLE[:105] + "…", WHOLE[:101].rstrip() + "..."])
def test_a_cut_off_copy_of_the_lead_is_no_paragraph(cut: str) -> None:
    article = read(f"<div class='sapo'>{cut}</div><p>{WHOLE}</p><p>{LAST}</p>")
    assert article.paragraphs == [WHOLE, LAST]


def test_a_lead_that_the_text_takes_up_again_stays() -> None:
    """The newspaper's own sentence, closed, and then told at length."""
    lead = WHOLE.partition(", nơi")[0] + "."
    article = read(f"<p><b>{lead}</b></p><p>{WHOLE}</p><p>{LAST}</p>")
    assert article.paragraphs == [lead, WHOLE, LAST]


def test_a_cut_off_copy_is_known_behind_the_agency_s_mark() -> None:
    cut = WHOLE.partition(" nơi")[0]
    article = read(f"<div class='sapo'>{cut}</div><p>(TTXVN) - {WHOLE}</p><p>{LAST}</p>")
    assert (article.agency, article.paragraphs) == ("TTXVN", [WHOLE, LAST])
