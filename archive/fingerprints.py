"""How alike two texts are, and whether the likeness means anything. Pure.

A *sketch* (MinHash over three-syllable shingles) finds texts that share most of their wording;
that is cheap and not enough, for a daily bulletin shares its frame with every other of its series.
What tells a bulletin from a corrected re-post is what was put *into* the frame: numbers, dates,
names. A re-post repeats them; another issue of a series has others in the same places. So a pair is
judged by its wording and by its facts, and by nothing else: neither titles nor the rest of the
archive, which keeps the verdict the same whenever and in whatever order the two arrive.
"""

from __future__ import annotations

import re
import zlib
from array import array
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise

from archive.revisions import loose, strict

SLOTS = 64
ROWS = 4
#: Below this many syllables there is too little to go by.
ENOUGH = 40
#: The least share of common shingles, of all that either text has. A paragraph cut or added leaves
#: two thirds; unrelated pieces of one beat share a few hundredths.
ALIKE = 0.55

_WORD = re.compile(r"\w+")
_NUMBER = re.compile(r"\d+(?:[.,:/-]\d+)*")
_DATE = re.compile(r"\d{1,2}[/-]\d{1,2}(?:[/-]\d{2,4})?")
_WORD_OR_STOP = re.compile(r"[^\W\d_]+|[.!?:…“\"\n]")
_EMPTY = 0xFFFFFFFF


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """What is kept of a text to find its likes."""

    sketch: bytes
    facts: bytes

    def bands(self) -> list[int]:
        """The keys by which it is looked up: texts with a common one are worth comparing."""
        width = 4 * ROWS
        return [
            (i << 32) | zlib.crc32(self.sketch[i * width : (i + 1) * width])
            for i in range(SLOTS // ROWS)
        ]


def fingerprint(body: str | None) -> Fingerprint | None:
    """The fingerprint of a text; None if it is too short to have one."""
    words = _WORD.findall(loose(body) or "")
    if len(words) < ENOUGH:
        return None
    slots = [_EMPTY] * SLOTS
    for shingle in shingles(words):
        slot, value = shingle & (SLOTS - 1), shingle >> 6
        if value < slots[slot]:
            slots[slot] = value
    # One permutation, many slots: an empty one borrows from the next that is not, so that short
    # texts are compared fairly. (One hash a shingle, where 64 permutations would take 64.)
    for slot in range(SLOTS):
        if slots[slot] == _EMPTY:
            distance = next(d for d in range(1, SLOTS) if slots[(slot + d) % SLOTS] < 1 << 26)
            slots[slot] = (slots[(slot + distance) % SLOTS] + (distance << 26)) & 0xFFFFFFFE
    numbers = sorted({zlib.crc32(n.encode()) for n in _NUMBER.findall(body or "")})
    return Fingerprint(array("I", slots).tobytes(), array("I", numbers).tobytes())


def shingles(words: list[str]) -> set[int]:
    """The hashes of every three words in a row."""
    return {zlib.crc32(" ".join(three).encode()) for three in zip(words, words[1:], words[2:])}


def worth_comparing(one: Fingerprint, other: Fingerprint) -> bool:
    """Whether a pair that shares a band may be alike: a look at the sketches, without the texts."""
    first, second = array("I", one.sketch), array("I", other.sketch)
    if sum(a == b for a, b in zip(first, second)) < SLOTS * (ALIKE - 0.2):
        return False
    mine, its = set(array("I", one.facts)), set(array("I", other.facts))
    exchanged = min(len(mine - its), len(its - mine))
    return not _too_many(exchanged, min(len(mine), len(its)))


def similarity(one: str, other: str) -> float | None:
    """How alike two texts are, from `ALIKE` to 1; None if they are two articles in one frame."""
    first, second = loose(one) or "", loose(other) or ""
    mine, its = shingles(_WORD.findall(first)), shingles(_WORD.findall(second))
    common = len(mine & its)
    share = common / (len(mine) + len(its) - common or 1)
    if share < ALIKE or not _same_facts(strict(one) or "", strict(other) or ""):
        return None
    return round(share, 4)


def _same_facts(one: str, other: str) -> bool:
    numbers, others = Counter(_NUMBER.findall(one)), Counter(_NUMBER.findall(other))
    gone, come = numbers - others, others - numbers
    # Another day in the same place is another issue, though nothing else were different.
    if any(map(_DATE.fullmatch, gone)) and any(map(_DATE.fullmatch, come)):
        return False
    if _too_many(min(gone.total(), come.total()), min(numbers.total(), others.total())):
        return False
    names, other_names = Counter(_names(one)), Counter(_names(other))
    gone, come = names - other_names, other_names - names
    exchanged = min(gone.total(), come.total())
    return exchanged <= max(2, min(names.total(), other_names.total()) * 0.25)


def _names(text: str) -> list[str]:
    """Words with a capital inside a sentence; at its beginning a capital says nothing."""
    tokens = _WORD_OR_STOP.findall(text)
    return [word for before, word in pairwise(tokens) if word[0].isupper() and before[0].isalpha()]


def _too_many(exchanged: int, of: int) -> bool:
    """Whether *exchanged* numbers are another day's figures and not a figure put right."""
    return exchanged > 1 and exchanged > of * 0.15
