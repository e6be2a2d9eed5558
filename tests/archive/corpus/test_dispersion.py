"""Gries' DP against its published example, and at its ends."""

from __future__ import annotations

import pytest

from archive.corpus.dispersion import deviation_of_proportions


def test_the_published_example():
    """Gries (2008): five parts of 9 to 11 words; *a* stands 1 to 5 times in them, DP = 0.18."""
    parts = ["bamnibeup", "basatbewqn", "bcagabesta", "baghabeaat", "bahaabeaxat"]
    found = [(part.count("a"), len(part)) for part in parts]
    assert found == [(1, 9), (2, 10), (3, 10), (4, 10), (5, 11)]
    assert round(deviation_of_proportions(found, 50), 2) == 0.18


def test_a_word_of_one_article_and_one_evenly_spread():
    assert deviation_of_proportions([(7, 10)], 1000) == pytest.approx(0.99)
    assert deviation_of_proportions([(1, 10), (3, 30)], 40) == 0
    assert deviation_of_proportions([], 40) == 0
