"""The lead: every first paragraph in A and B, only a marked one in C."""

import pytest

from tests.crawler.extract.flower_village import FIRST, LAST, SECOND, SIGNED, read

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
