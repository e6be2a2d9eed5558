"""Keyness: published figures, and the same numbers from the full table of Dunning's test."""

from __future__ import annotations

from math import log

import pytest
from nltk import BigramAssocMeasures

from archive.corpus.keyness import keyness, log_likelihood, log_ratio
from archive.errors import UsageError


def test_the_published_example():
    """Lancaster's course on corpus linguistics: 52 in 50,000 against 57 in 75,000, LL = 2.65."""
    assert round(log_likelihood(52, 57, 50_000, 75_000), 2) == 2.65


@pytest.mark.parametrize(
    ("one", "two", "both"), [(12_593, 932, 150), (379, 932, 10), (932, 934, 10)]
)
def test_both_rows_are_dunnings_test_as_nltk_has_it(one, two, both):
    """Dunning's statistic has two rows of the table; Rayson and Garside's, ours, the first."""
    size = 14_307_668
    # In the tokens after the first word and after others: the second word, and anything else.
    with_it = log_likelihood(both, two - both, one, size - one)
    without = log_likelihood(one - both, size - one - two + both, one, size - one)
    dunning = BigramAssocMeasures.likelihood_ratio(both, (two, one), size)
    assert with_it + without == pytest.approx(dunning, rel=1e-6)


def test_each_point_of_the_log_ratio_doubles():
    assert log_ratio(80, 10, 1000, 1000) == pytest.approx(3)
    assert log_ratio(10, 10, 1000, 4000) == pytest.approx(2)
    assert log_ratio(3, 8, 500, 700) == pytest.approx(-log_ratio(8, 3, 700, 500))
    assert log_ratio(0, 8, 1000, 1000) == pytest.approx(-4)


def test_two_sections(paper):
    found = keyness(paper, "section:kinh-te", "section:xa-hoi", at_least=1)
    rows = {row.text: row for row in found.rows}
    rice = rows["lúa"]
    assert (rice.count, rice.articles, rice.other_count, rice.other_articles) == (7, 2, 1, 1)
    c, d = found.tokens, found.other_tokens
    expected = [(7, c * 8 / (c + d)), (1, d * 8 / (c + d))]
    assert rice.g2 == round(2 * sum(o * log(o / e) for o, e in expected), 2)
    assert rice.log_ratio > 0 > rows["vận"].log_ratio
    assert [row.g2 for row in found.rows] == sorted((r.g2 for r in found.rows), reverse=True)
    back = {row.text: row for row in keyness(paper, "section:xa-hoi", "section:kinh-te",
                                             at_least=1).rows}  # fmt: skip
    assert {text: (row.g2, -row.log_ratio) for text, row in rows.items()} == {
        text: (row.g2, row.log_ratio) for text, row in back.items()
    }


def test_one_long_article_makes_no_key(shelf):
    shelf.add("Một", body="sếu " * 500)
    for _ in range(3):
        shelf.add("Hai", body="lúa", section="Kinh tế", section_slug="kinh-te")
    found = keyness(shelf.connection, "-section:kinh-te", "section:kinh-te", at_least=2)
    assert {row.text for row in found.rows} == {"hai", "lúa"}


def test_an_empty_set_is_named(paper):
    with pytest.raises(UsageError, match=r"no text to compare.*2011"):
        keyness(paper, "year:2018", "year:2011")
