"""The steps that all layouts share: the title, what stands where, the byline, the order of text."""

import pytest

from archive.errors import TooLarge
from crawler.extract.engine import candidate as module
from crawler.extract.engine.candidate import ArticleCandidate, Hints
from crawler.extract.engine.metadata import Document
from crawler.extract.engine.selectors import Selector
from crawler.extract.page import Page
from tests.crawler.extract.flower_village import FIRST, LAST, SECOND, TITLE, URL

HEAD = f"<h1>{TITLE}</h1><div class=when>13/02/2026 - 19:48</div>"
SIGNED = "<p align=right><b>SONG AN</b></p>"


def candidate(body, url=URL):
    page = Page.from_text(f"<html><head></head><body>{body}</body></html>", url)
    return ArticleCandidate(Document(page), Hints())


def selected(body, **selectors):
    engine = candidate(body)
    named = {name.lower(): elements for name, elements in engine.seen.items()}
    return engine.with_selectors({name: Selector(one) for name, one in selectors.items()}, named)


def test_the_engine_alone():
    read = candidate(f"{HEAD}<div><p>{FIRST}</p><p>{SECOND}</p>{SIGNED}</div>")
    assert read.title.text == TITLE
    assert [stamp.at for stamp, _ in read.stamps] == ["2026-02-13T19:48:00+07:00"]
    assert read.body == [FIRST, SECOND]
    assert read.byline[0].text == "SONG AN"
    assert read.flags == []


def test_a_lead_printed_twice_stands_once_and_keeps_its_mark():
    read = candidate(f"{HEAD}<div><p>{FIRST}</p><p>(ĐTO) {FIRST}</p><p>{SECOND}</p></div>")
    assert read.body == [FIRST, SECOND]
    assert read.agency == ("ĐTO", "first-paragraph")


def test_what_is_skipped_is_out_of_the_text():
    body = f"{HEAD}<div><p>{FIRST}</p><p class=promo>{SECOND}</p><p>{LAST}</p></div>"
    assert selected(body).body == [FIRST, SECOND, LAST]
    assert selected(body, skip="p.promo").body == [FIRST, LAST]


def test_a_lead_above_the_title_opens_the_text():
    body = f"<div><p class=deck>{FIRST}</p>{HEAD}<div><p>{SECOND}</p><p>{LAST}</p></div></div>"
    assert selected(body).body == [SECOND, LAST]
    assert selected(body, lead="p.deck").body == [FIRST, SECOND, LAST]


def test_the_selected_byline_wins_and_the_engine_s_is_flagged():
    body = f"{HEAD}<div><p class=who>Mỹ Lý</p><p>{FIRST}</p><p>{SECOND}</p>{SIGNED}</div>"
    read = selected(body, byline="p.who")
    assert read.byline[0].text == "Mỹ Lý"
    assert read.body[:2] == [FIRST, SECOND]
    assert read.flags == ["byline:selector-disagrees"]


def test_the_selected_stamp_and_title_win_and_are_flagged():
    other = "Một tiêu đề khác hẳn"
    body = f"{HEAD}<div><h2 class=t>{other}</h2><p class=d>14/02/2026 07:00</p><p>{FIRST}</p></div>"
    read = selected(body, title="h2.t", stamp="p.d")
    assert (read.title.text, read.stamps[0][0].at) == (other, "2026-02-14T07:00:00+07:00")
    assert read.flags == ["title:selector-disagrees", "updated_at:selector-disagrees"]
    assert read.body == [FIRST]


def test_too_many_blocks(monkeypatch):
    monkeypatch.setattr(module, "MAX_BLOCKS", 3)
    with pytest.raises(TooLarge, match="4 paragraphs"):
        _ = candidate(f"<h1>{TITLE}</h1><div>{f'<p>{FIRST}</p>' * 4}</div>").reader
