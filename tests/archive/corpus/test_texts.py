"""Articles as parts, in order, and samples of them."""

from __future__ import annotations

import pytest

from archive.corpus.texts import phrases, select, texts
from archive.errors import UsageError


def test_parts_hold_each_text_once(paper):
    first = next(texts(paper, select(paper, "dân vận").ids))
    assert [column for column, _ in first.parts] == ["title", "body", "captions", "byline"]
    assert len(list(first.paragraphs)) == 5
    assert "DŨNG CHINH" not in "\n".join(first.paragraphs)


def test_a_lead_that_the_text_does_not_open_with_is_a_part(shelf):
    shelf.add("Tin", lead="Sapo riêng.", body="Nội dung khác.")
    [text] = texts(shelf.connection, select(shelf.connection).ids)
    assert [column for column, _ in text.parts] == ["title", "lead", "body"]


def test_articles_come_by_date_and_the_undated_last(paper):
    found = [text.date for text in texts(paper, select(paper).ids)]
    assert found == ["2018-01-03", "2018-06-01", "2019-02-01", None]


def test_a_sample_is_the_same_at_every_call_and_says_its_whole(paper):
    drawn = select(paper, "", 2)
    assert (len(drawn.ids), drawn.meant) == (2, 4)
    assert drawn == select(paper, "", 2)


def test_filters_alone_have_no_mentions():
    with pytest.raises(UsageError, match="name the word or phrase"):
        phrases("section:kinh-te")
