"""Texts as they are compared: what white space and marks nobody sees do not change."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.text import strict

INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff\u00ad"


def taken_apart(text: str) -> str:
    """What `strict` says it does, without its shortcut for tidy text."""
    kept = "".join(c for c in unicodedata.normalize("NFC", text) if c not in INVISIBLE)
    return " ".join(kept.split())


@given(st.text(st.sampled_from(" \n\t\u00a0\u3000\u200b\u00adaàĐ\u0301")))
def test_white_space_is_one_space_and_invisible_marks_are_none(text: str) -> None:
    assert strict(text) == taken_apart(text)


@pytest.mark.parametrize("pattern", ["{}", "a{}b", " a {}\n\n{} b "])
def test_every_character_is_treated_alike_in_tidy_text_and_in_other(pattern: str) -> None:
    # Beyond the first two planes nothing is white space or has a mark.
    for code in range(0x20000):
        text = pattern.format(chr(code), chr(code))
        assert strict.__wrapped__(text) == taken_apart(text), hex(code)
