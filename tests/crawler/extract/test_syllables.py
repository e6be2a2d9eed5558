"""Which words are syllables of Vietnamese."""

import json
import re
from pathlib import Path

import pytest

from crawler.extract.syllables import is_syllable

PAGES = Path(__file__).parents[2] / "pages"
WORD = re.compile(r"[^\W\d_]+")


@pytest.mark.parametrize(
    "word",
    ["giữa", "gì", "giếng", "quốc", "quý", "khuỷu", "nghiêng", "ngoằn", "thuở", "ý", "yêu", "ươm"],
)
def test_a_syllable(word):
    assert is_syllable(word)
    assert is_syllable(word.upper())


@pytest.mark.parametrize("word", ["hoà", "hòa", "thuý", "thúy", "khỏe", "khoẻ"])
def test_the_tone_may_stand_in_either_place(word):
    assert is_syllable(word)


@pytest.mark.parametrize(
    "word",
    ["bùt", "cac", "mằc", "web", "file", "été", "straße", "Trưêng", "®¹i", "ngk", "eo̱", "2", "a1"],
)
def test_no_syllable(word):
    assert not is_syllable(word)


def test_nearly_every_marked_word_of_the_golden_pages_is_one():
    """Real text is the measure: names of minorities and foreigners are the rest."""
    words = set()
    for file in PAGES.glob("*/*/expected.json"):
        words |= set(WORD.findall(json.loads(file.read_text("utf-8")).get("body") or ""))
    marked = [word for word in words if not word.isascii()]
    assert len(marked) > 1_000
    odd = [word for word in marked if not is_syllable(word)]
    assert len(odd) <= 0.02 * len(marked), odd
