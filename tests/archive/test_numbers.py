"""Numbers in other people's text, and numbers with their nouns."""

import pytest

from archive.numbers import counted, whole_number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("42", 42), (" 42\r\n", 42), ("007", 7), ("9" * 18, int("9" * 18)), ("9" * 19, None),
        ("9" * 6_000, None), ("²", None), ("٤٢", None), ("-1", None), ("+1", None), ("1_000", None),
        ("1.0", None), ("", None), ("0x10", None),
    ],
)  # fmt: skip
def test_only_plain_digits_are_a_number(text, number):
    assert whole_number(text) == number


@pytest.mark.parametrize(
    ("number", "text"), [(0, "0 days"), (1, "1 day"), (2, "2 days"), (1_000, "1,000 days")]
)
def test_a_number_agrees_with_its_noun(number, text):
    assert counted(number, "day") == text


def test_a_plural_of_its_own():
    assert counted(1, "article has", "articles have") == "1 article has"
    assert counted(3, "article has", "articles have") == "3 articles have"
