"""ROUGE-LSum: the fast way against the textbook's table of cells."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.extraction.rouge import common, rouge_lsum, syllables

words = st.lists(st.sampled_from(["đồng", "tháp", "sen", "lúa", "xoài"]), max_size=12)


def longest(left: list[str], right: list[str]) -> int:
    table = [[0] * (len(right) + 1) for _ in range(len(left) + 1)]
    for i, one in enumerate(left):
        for j, other in enumerate(right):
            table[i + 1][j + 1] = (
                table[i][j] + 1 if one == other else max(table[i][j + 1], table[i + 1][j])
            )
    return table[-1][-1]


@settings(deadline=None)  # a busy machine is no failure
@given(words, words)
def test_common_is_a_longest_common_subsequence(left, right):
    places = sorted(common(left, right))
    assert len(places) == longest(left, right)
    rest = iter(right)
    assert all(left[place] in rest for place in places)


@settings(deadline=None)  # a busy machine is no failure
@given(st.lists(words.map(" ".join), max_size=4), st.lists(words.map(" ".join), max_size=4))
def test_precision_and_recall_change_places_with_the_texts_when_one_paragraph_meets_one(a, b):
    there, back = rouge_lsum(a[:1], b[:1]), rouge_lsum(b[:1], a[:1])
    assert there.precision == pytest.approx(back.recall)
    assert there.f1 == pytest.approx(back.f1)
    assert 0 <= there.f1 <= 1


def test_the_same_text_is_perfect_in_any_order_of_paragraphs():
    text = ["Sáng 13-2, Hội trao 690 phần quà.", "Mỗi phần quà trị giá 500 ngàn đồng."]
    assert rouge_lsum(text, text[::-1]).f1 == 1.0


def test_repeating_a_paragraph_does_not_raise_recall_and_costs_precision():
    text = ["Nước lũ về sớm hơn mọi năm."]
    score = rouge_lsum(text, text * 3)
    assert score.recall == 1.0
    assert score.precision == pytest.approx(1 / 3)


def test_nothing_against_nothing_is_right_and_against_something_wrong():
    assert rouge_lsum([], []).f1 == 1.0
    assert rouge_lsum(["có chữ"], []).f1 == 0.0
    assert rouge_lsum([], ["có chữ"]).f1 == 0.0


def test_marks_tell_syllables_apart():
    assert syllables("Hoà – hòa") == ["hoà", "hòa"]
    assert rouge_lsum(["ma má mà"], ["ma ma ma"]).recall == pytest.approx(1 / 3)
