"""How alike two texts are, and whether the likeness means anything. Pure.

A *sketch* (MinHash over three-syllable shingles) finds texts that share most of their wording;
that is cheap and not enough, for a daily bulletin shares its frame with every other of its series.
What tells a bulletin from a corrected re-post is what was put *into* the frame: the *facts*, which
are numbers, dates and names with the words around them. A re-post repeats them; another issue of a
series has others in the same places. So a pair is judged by its wording and its facts, and by
nothing else: neither titles nor the rest of the archive, which keeps the verdict the same whenever
and in whatever order the two arrive.
"""

from __future__ import annotations

import re
import zlib
from array import array
from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache

from archive.revisions import loose, strict

SLOTS = 63
#: Three rows to a band: a pair that shares half its shingles meets in one of the 21 bands 19 times
#: in 20, a pair that shares a twentieth once in 400.
ROWS = 3
#: Below this many syllables there is too little to go by.
ENOUGH = 40
#: The least share of common shingles, of all that either text has. A paragraph cut or added leaves
#: more; unrelated pieces of one beat share a few hundredths.
ALIKE = 0.5
#: From here on one figure may differ in its place: it was put right. Below, it is another day's.
CORRECTED = 0.9

_WORD = re.compile(r"\w+")
_TOKEN = re.compile(r"\d+(?:[.,:/-]\d+)*|[^\W\d_]+|[.!?:…“\"\n]")
_DATE = re.compile(r"\d{1,2}[/-]\d{1,2}(?:[/-]\d{2,4})?")
_NUMBER, _NAME, _DAY = range(3)
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
    slots = [_EMPTY] * 64
    for shingle in shingles(words):
        slot = shingle & 63
        if shingle < slots[slot]:
            slots[slot] = shingle
    slots = slots[:SLOTS]
    # One permutation, many slots: an empty one borrows from the next that is not, so that short
    # texts are compared fairly. (One hash a shingle, where 63 permutations would take 63.)
    filled = list(slots)
    for slot in range(SLOTS):
        distance = 0
        while filled[slot] == _EMPTY:
            distance += 1
            borrowed = slots[(slot + distance) % SLOTS]
            if borrowed != _EMPTY:
                filled[slot] = (borrowed + distance * 0x9E3779B1) & 0xFFFFFFFE
    return Fingerprint(
        array("I", filled).tobytes(), array("Q", sorted(facts(body or ""))).tobytes()
    )


def shingles(words: list[str]) -> set[int]:
    """The hashes of every three words in a row; each word is hashed once."""
    hashes = {word: zlib.crc32(word.encode()) for word in set(words)}
    row = [hashes[word] for word in words]
    return {
        ((a * 0x9E3779B1 + b) * 0x85EBCA77 + c) * 0xC2B2AE3D >> 32 & 0xFFFFFFFF
        for a, b, c in zip(row, row[1:], row[2:])
    }


def facts(text: str) -> set[int]:
    """The numbers, dates and names of *text*: each as a hash of its place and one of itself.

    A place is the words before and after. A capital inside a sentence begins a name, at the
    beginning of one it says nothing.
    """
    tokens = _TOKEN.findall(strict(text) or "")
    found: list[tuple[int, str, int, int]] = []  # kind, value, first and last token
    last = -1
    for first, token in enumerate(tokens):
        if first <= last:
            continue  # inside the name that was just read
        if token[0].isdigit():
            found.append((_DAY if _DATE.fullmatch(token) else _NUMBER, token, first, first))
        elif token[0].isupper() and first and tokens[first - 1][0].isalnum():
            last = first
            while last + 1 < len(tokens) and tokens[last + 1][0].isupper():
                last += 1
            found.append((_NAME, " ".join(tokens[first : last + 1]), first, last))
    # In a place, other facts count as facts and not as themselves: in "Lấp Vò 12 ca" the number
    # stands after a name, whatever name.
    plain = " ".join(tokens).casefold().split(" ")
    for kind, _, first, last in found:
        plain[first] = plain[last] = "#@#"[kind]
    packed = set()
    for kind, value, first, last in found:
        before = plain[first - 1] if first else ""
        after = plain[last + 1] if last + 1 < len(plain) else ""
        place = zlib.crc32(f"{before} {after}".encode()) & ~3 | kind
        packed.add(place << 32 | zlib.crc32(value.casefold().encode()))
    return packed


def agree(one: bytes, other: bytes, share: float) -> bool:
    """Whether two texts that share *share* of their wording state the same facts."""
    mine, its = _by_place(one), _by_place(other)
    kept, exchanged = [0, 0, 0], [0, 0, 0]
    for place in mine.keys() & its.keys():
        first, second = mine[place], its[place]
        common = len(first & second)
        kept[place & 3] += common
        exchanged[place & 3] += min(len(first), len(second)) - common
    numbers, names = exchanged[_NUMBER], exchanged[_NAME]
    # Another day in the same place is another issue, though nothing else were different.
    if exchanged[_DAY] or (numbers == 1 and share < CORRECTED):
        return False
    if numbers > 1 and numbers > (kept[_NUMBER] + numbers) * 0.15:
        return False
    return names <= max(2, (kept[_NAME] + names) * 0.25)


def estimate(one: bytes, other: bytes) -> float:
    """The share of common shingles, as two sketches tell it (give or take 0.06)."""
    return sum(a == b for a, b in zip(array("I", one), array("I", other))) / SLOTS


def similarity(one: str, other: str) -> float:
    """The share of common shingles of two texts, counted."""
    mine = shingles(_WORD.findall(loose(one) or ""))
    its = shingles(_WORD.findall(loose(other) or ""))
    common = len(mine & its)
    return round(common / (len(mine) + len(its) - common or 1), 4)


# One text is compared with a whole series of others.
@lru_cache(maxsize=64)
def _by_place(packed: bytes) -> dict[int, set[int]]:
    places: dict[int, set[int]] = defaultdict(set)
    for fact in array("Q", packed):
        places[fact >> 32].add(fact & 0xFFFFFFFF)
    return places
