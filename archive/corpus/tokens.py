"""Tokens: the syllables of a text, or its words where a segmenter is installed.

Vietnamese writes a space after each syllable, and most words have two (*dân vận*). Syllables are
cut as the search indexes cut them. Words are cut by underthesea (``khobao[words]``), a model that
errs in some of them; so every result names its unit.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from itertools import chain
from typing import Any, Literal

from archive.errors import UsageError
from archive.vietnamese import has_marks, spellings, syllables

Unit = Literal["syllables", "words"]

#: A paragraph → its tokens in order, in lower case and `one_spelling`; punctuation is none.
Tokenizer = Callable[[str], list[str]]


def tokenizer(unit: Unit) -> Tokenizer:
    """What cuts a paragraph into *unit*; UsageError if words are wanted without a segmenter."""
    if unit == "syllables":
        return _Syllables().cut
    try:
        from underthesea import word_tokenize
    except ImportError as error:
        raise UsageError(
            "words need underthesea; install it with: pip install 'khobao[words]',"
            " or count syllables"
        ) from error
    return _Words(word_tokenize)


class _Syllables(dict[str, tuple[str, ...]]):
    """What stands between two spaces → its syllables; each is cut once (twice as fast)."""

    def cut(self, paragraph: str) -> list[str]:
        return list(chain.from_iterable(map(self.__getitem__, paragraph.split())))

    def __missing__(self, chunk: str) -> tuple[str, ...]:
        self[chunk] = found = tuple(map(one_spelling, syllables(chunk)))
        return found


class _Words:
    """Words as their syllables with one space between: ``dân vận``."""

    def __init__(self, segment: Callable[[str], list[Any]]) -> None:
        self._segment = segment

    def __call__(self, paragraph: str) -> list[str]:
        words = (" ".join(syllables(str(word))) for word in self._segment(paragraph))
        return [one_spelling(word) for word in words if word]


@lru_cache(maxsize=1 << 17)
def one_spelling(token: str) -> str:
    """*token* with each tone on the first vowel, so that ``hoà`` and ``hòa`` are counted as one.

    >>> one_spelling("hoà bình"), one_spelling("quý"), one_spelling("thuỷ")
    ('hòa bình', 'quý', 'thủy')
    """
    return " ".join(
        min(spellings(syllable), key=lambda spelt: has_marks(spelt[-1]))
        for syllable in token.split(" ")
    )
