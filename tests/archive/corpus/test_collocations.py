"""Collocations against NLTK's bigram finder and against published figures."""

from __future__ import annotations

from math import log2, sqrt

import pytest
from nltk import BigramAssocMeasures, BigramCollocationFinder
from nltk.tokenize import RegexpTokenizer

from archive.corpus.collocations import collocations, measures
from archive.errors import UsageError


@pytest.mark.parametrize("width", [1, 2, 4])
@pytest.mark.parametrize("word", ["lúa", "dân", "giá"])
def test_numbers_are_those_of_nltk(paper, paragraphs, word, width):
    """NLTK divides what it finds in a window by its width, which the t-score feels as a root."""
    cut = RegexpTokenizer(r"\w+").tokenize
    documents = [cut(p.lower().replace("hoà", "hòa")) for article in paragraphs for p in article]
    finder = BigramCollocationFinder.from_documents(documents)
    # from_documents pads; a window of several words is counted per document and summed here.
    finder.word_fd.clear()
    finder.ngram_fd.clear()
    for document in documents:
        own = BigramCollocationFinder.from_words(document, window_size=width + 1)
        finder.word_fd.update(own.word_fd)
        finder.ngram_fd.update(own.ngram_fd)
    finder.window_size = width + 1
    found = collocations(paper, word, window=(0, width), at_least=1)
    of_nltk = {
        name: {two: score for (one, two), score in finder.score_ngrams(measure) if one == word}
        for name, measure in (("mi", BigramAssocMeasures.pmi), ("t", BigramAssocMeasures.student_t))
    }
    assert {row.text for row in found.rows} == set(of_nltk["mi"])
    assert found.rows
    for row in found.rows:
        assert row.mi == pytest.approx(of_nltk["mi"][row.text], abs=0.001)
        assert row.t / sqrt(width) == pytest.approx(of_nltk["t"][row.text], abs=0.001)
        if width == 1:
            dice = finder.score_ngram(BigramAssocMeasures.dice, word, row.text)
            assert row.logdice == pytest.approx(14 + log2(dice), abs=0.001)


def test_published_figures():
    """Manning and Schütze (1999), tables 5.6 and 5.14, in 14,307,668 words of newswire."""
    for pair, mi, t in (((20, 42, 20), 18.38, 4.4721), ((20, 41, 27), 17.98, 4.4721)):
        _, found_mi, found_t = measures(*pair, 14_307_668, 1)
        assert found_mi == pytest.approx(mi, abs=0.005)
        assert found_t == pytest.approx(t, abs=0.0005)


def test_two_words_that_are_never_apart_have_a_log_dice_of_14():
    assert measures(30, 30, 30, 1000, 1)[0] == 14


def test_a_phrase_has_neighbours_on_both_sides_within_its_paragraph(paper):
    found = collocations(paper, "dân vận", window=(2, 2), at_least=1)
    rows = {row.text: row for row in found.rows}
    assert (found.mentions, found.articles) == (5, 1)
    assert (rows["khéo"].together, rows["khéo"].left) == (2, 0)
    assert (rows["tổ"].together, rows["tổ"].left) == (2, 2)
    assert "tình" not in rows  # the end of the paragraph before
    assert rows["ở"].articles == 1


def test_the_base_is_what_the_filters_select(paper):
    everywhere = collocations(paper, "lúa", at_least=1)
    there = collocations(paper, "lúa section:kinh-te", at_least=1)
    assert there.tokens < everywhere.tokens
    assert collocations(paper, "lúa", at_least=2).rows != everywhere.rows


def test_a_window_of_nothing_is_refused(paper):
    with pytest.raises(UsageError, match="at least one token"):
        collocations(paper, "lúa", window=(0, 0))
