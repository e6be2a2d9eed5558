"""Frequency lists and n-grams against NLTK's."""

from __future__ import annotations

import pytest
from nltk import FreqDist, ngrams
from nltk.tokenize import RegexpTokenizer

from archive.corpus.frequencies import frequencies

cut = RegexpTokenizer(r"\w+").tokenize


@pytest.mark.parametrize("n", [1, 2, 3])
def test_counts_are_those_of_nltk(paper, paragraphs, n):
    whole, ranges = FreqDist(), FreqDist()
    for article in paragraphs:
        here = FreqDist(
            " ".join(gram)
            for paragraph in article
            for gram in ngrams(cut(paragraph.lower().replace("hoà", "hòa")), n)
        )
        whole.update(here)
        ranges.update(list(here))
    found = frequencies(paper, n=n, limit=1000)
    assert {row.text: row.count for row in found.rows} == dict(whole)
    assert {row.text: row.articles for row in found.rows} == dict(ranges)
    assert (found.tokens, found.types, found.read) == (whole.N(), whole.B(), 4)
    assert found.rows[0].per_million == round(found.rows[0].count * 1e6 / found.tokens, 2)


def test_a_word_of_one_article_is_less_evenly_spread(paper):
    rows = {row.text: row.dispersion for row in frequencies(paper, limit=1000).rows}
    assert rows["thơ"] > rows["lúa"] > rows["người"] > 0


def test_a_query_selects_and_a_range_leaves_out(paper):
    assert frequencies(paper, "section:kinh-te").rows[0].text == "lúa"
    kept = {row.text for row in frequencies(paper, at_least=3).rows}
    assert kept == {"người", "dân", "lúa"}
    assert len(frequencies(paper, limit=2).rows) == 2


def test_ties_are_in_the_order_of_the_alphabet(paper):
    rows = frequencies(paper, "section:kinh-te", limit=99).rows
    ones = [row.text for row in rows if row.count == 1]
    assert ones[:4] == ["bán", "chạy", "chuyển", "được"]
