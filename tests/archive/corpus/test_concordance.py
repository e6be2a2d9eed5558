"""Concordances: every mention, against NLTK's and against a search."""

from __future__ import annotations

import pytest
from nltk.text import ConcordanceIndex
from nltk.tokenize import RegexpTokenizer

from archive.corpus.concordance import concordance
from archive.errors import UsageError
from archive.search.search import search


def test_the_lines_are_those_of_nltk(paper, paragraphs):
    """The same word in the same places, with the same neighbours."""
    for word in ("lúa", "dân", "người", "trồng"):
        expected = []
        for article in paragraphs:
            for paragraph in article:
                tokens = RegexpTokenizer(r"\w+").tokenize(paragraph.lower())
                index = ConcordanceIndex(tokens)
                expected += [(tokens[:at][-1:], tokens[at + 1 :][:1]) for at in index.offsets(word)]
        # A part is read in the order title, text, captions, as the paragraphs are.
        lines = [line for line in concordance(paper, word).lines if line.place != "byline"]
        assert len(lines) == len(expected) > 1
        cut = RegexpTokenizer(r"\w+").tokenize
        for line, (before, after) in zip(lines, expected):
            assert not before or cut(line.left.lower())[-1:] == before
            assert not after or cut(line.right.lower())[:1] == after


def test_marks_are_exact_or_loose_as_in_search(paper):
    exact, loose = concordance(paper, "dân vận"), concordance(paper, "dan van")
    assert (exact.mentions, exact.articles) == (5, 1)
    assert [line.place for line in exact.lines] == ["title", "body", "body", "body", "captions"]
    # “dẫn vần”, and not “dân lo. Vận”, where a word stands between.
    assert (loose.mentions, loose.articles) == (6, 2)
    assert concordance(paper, "Mỹ Hòa").mentions == concordance(paper, "Mỹ Hoà").mentions == 2


@pytest.mark.parametrize(
    "query", ['"dân vận"', "lúa", "lúa -nếp", "lua OR dan", "title:lúa", "người section:kinh-te"]
)
def test_articles_are_those_of_the_search(paper, query):
    assert concordance(paper, query).articles == search(paper, query).total


def test_overlapping_words_are_one_mention(paper):
    assert concordance(paper, 'lúa OR "lúa nếp"').mentions == concordance(paper, "lúa").mentions


def test_lines_in_the_order_of_a_neighbour(paper):
    cut = RegexpTokenizer(r"\w+").tokenize
    lines = concordance(paper, "lúa", sort="right").lines
    firsts = [cut(line.right)[0] for line in lines]
    assert firsts == ["được", "giảm", "giảm", "khó", "nếp", "nếp", "tăng", "trồng"]
    left = [line.left.split()[-1:] for line in concordance(paper, "lúa", sort="left").lines]
    assert [w[0].lower() if w else "" for w in left][1:4] == ["chuyển", "giá", "giá"]
    sections = [line.section for line in concordance(paper, "người", sort="section").lines]
    assert sections == sorted(sections, key=lambda s: (s is None, s == "Xã hội"))


def test_a_sample_depends_on_its_seed_only(paper):
    whole = concordance(paper, "lúa")
    drawn = concordance(paper, "lúa", sample=3, seed=4)
    assert drawn.lines == concordance(paper, "lúa", sample=3, seed=4).lines
    assert drawn.mentions == whole.mentions
    assert len(drawn.lines) == 3
    assert set(drawn.lines) <= set(whole.lines)
    assert len({concordance(paper, "lúa", sample=3, seed=s).lines for s in range(9)}) > 2
    assert len(concordance(paper, "lúa", sample=99).lines) == whole.mentions
    with pytest.raises(UsageError, match="at least one"):
        concordance(paper, "lúa", sample=0)


def test_the_context_is_the_papers_own_text_and_cuts_no_syllable(paper):
    line = concordance(paper, "trồng lúa", context=12).lines[0]
    assert (line.left, line.hit, line.right) == ("người dân ", "trồng lúa", ", trồng")
    assert (line.key, line.date, line.section) == ("dto:1", "2018-01-03", "Xã hội")
