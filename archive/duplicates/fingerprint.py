"""How alike two texts are, and whether the likeness means anything. Pure.

A *sketch* (the smallest hashes of its three-syllable shingles) finds texts that share most of their
wording; that is cheap and not enough, for a daily bulletin shares its frame with every other of its
series. What tells a bulletin from a corrected re-post is what was put *into* the frame: the
*facts*, which are numbers, dates and names with the words around them. A re-post repeats them;
another issue of a series has others in the same places. So a pair is judged by its wording and its
facts, and by nothing else: not by titles, and not by the rest of the archive.

Hashes are counted for a whole text at once, in one long integer with a lane of 64 bits for each
word: where a loop over the words takes 0.5 ms for an article, that takes 0.1.
"""

from __future__ import annotations

import re
import zlib
from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import compress
from math import ceil
from operator import not_

from archive.text import loose, strict

#: How many of the smallest hashes of a text are kept, to tell its likeness to another.
SKETCH = 64
#: Syllables to a shingle, and to a key. A key is longer, for three syllables ("phó chủ tịch") stand
#: in thousands of articles that have nothing else in common.
SHINGLE, KEY = 3, 5
#: How many keys a text is looked up by: its smallest. What is among the smallest of two texts
#: together is among those of either, so a pair that shares half its wording has none in common once
#: in a thousand times; once in forty, if every eighth word is another.
KEYS = 10
#: And so many of so many figures in a row, whatever words are between: in a series that has only
#: its figures to tell its issues apart, they are what an issue and its corrected re-post share.
FIGURE_KEYS, FIGURES = 5, 4
#: Below this many syllables there is too little to go by.
ENOUGH = 40
#: The least share of common shingles, of all that either text has. A paragraph cut or added leaves
#: more; unrelated pieces of one beat share a few hundredths.
ALIKE = 0.5
#: An estimate may be off: down to this the likeness is counted. It turns away one pair in eighty of
#: those on the line, one in a thousand of those that share 0.55.
MAYBE_ALIKE = 0.36
#: From here on one figure may differ in its place: it was put right. Below, it is another day's.
CORRECTED = 0.9
#: A share that no two texts have.
NEVER = 2.0

_TOKEN = re.compile(r"\d+(?:[.,:/-]\d+)*|[^\W\d_]+|[.!?:…“\"\n]")
_DATE = re.compile(r"\d{1,2}[/-]\d{1,2}(?:[/-]\d{2,4})?")
_NUMBER, _NAME, _DAY = range(3)
#: A packed fact begins with its kind, so that facts of a kind stand together.
_KINDS = [kind << 62 for kind in (_NUMBER, _NAME, _DAY, _DAY + 1)]
#: One for each word of a shingle or key. A lane holds the sum: 32 bits of a word's hash times 29
#: bits, five times; so none spills into the next, and the same words give the same hash anywhere.
_FACTORS = (0x1E3779B1, 0x15EBCA77, 0x12B2AE3D, 0x17D4EB2F, 0x165667B1)
_PUNCTUATION = bytes(
    ord(" ") if byte < 128 and not chr(byte).isalnum() else byte for byte in range(256)
)
_EVERY_BYTE = bytes(range(256))
#: What stands neither in a figure nor between two.
_NO_FIGURES = _EVERY_BYTE.translate(None, b"0123456789 ")
_EVEN = tuple(range(0, 6000, 2))
#: An array of 64 bits each; "L", where it is that wide, is made in half the time.
_WIDE = "L" if array("L").itemsize == 8 else "Q"


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """What is kept of a text to find its likes."""

    sketch: bytes
    keys: bytes
    """What it is looked up by: texts with a common one are worth comparing."""


def fingerprint(body: str | None) -> Fingerprint | None:
    """The fingerprint of a text; None if it is too short to have one."""
    text = _plain(body)
    words = text.split()
    if len(words) < ENOUGH:
        return None
    short, long = _windows(words, SHINGLE, KEY)
    keys = set(_smallest(long, KEYS))
    figures = text.translate(None, _NO_FIGURES).split()
    if len(figures) >= FIGURES:
        (runs,) = _windows(figures, FIGURES)
        keys.update(_smallest(runs, FIGURE_KEYS))
    return Fingerprint(
        array("I", _smallest(short, SKETCH)).tobytes(), array("I", sorted(keys)).tobytes()
    )


def hashes(packed: bytes) -> list[int]:
    """What is in a sketch, or the keys: smallest first."""
    return array("I", packed).tolist()


def _smallest(lanes: array[int], count: int) -> list[int]:
    """The *count* smallest hashes in *lanes*, each once."""
    # They are spread evenly, so most can be passed over by their highest byte, which is told for
    # all at once; numbers that are there already are counted off faster than new ones are made.
    size = len(lanes) // 2
    limit = min(256, 384 * (count + 12) // size + 1)
    low = lanes.tobytes()[3::8].translate(b"\1" * limit + bytes(256 - limit))
    places = compress(_EVEN if size <= len(_EVEN) else range(0, 2 * size, 2), low)
    few = set(map(lanes.__getitem__, places))
    return sorted(few if len(few) >= count else set(lanes[::2]))[:count]


def _plain(text: str | None) -> bytes:
    """*text* without case and punctuation; a figure with a point is two."""
    # `loose` has made marks and dashes of every kind plain. Splitting what is left takes a third of
    # the time that \w+ takes.
    return (loose(text) or "").replace("…", " ").encode().translate(_PUNCTUATION)


def _windows(words: list[bytes], *sizes: int) -> list[array[int]]:
    """The hashes of all runs of *words*, for each of *sizes* (which grow): every second number."""
    count = len(words)
    # From a list, whose length is known, an array is made faster than from an iterator.
    coded = array(_WIDE, list(map(zlib.crc32, words)))
    row = int.from_bytes(coded.tobytes(), "little")
    sums = 0
    found = []
    for place, factor in enumerate(_FACTORS[: sizes[-1]], 1):
        sums += row * factor
        row >>= 64
        if place in sizes:
            lanes = sums.to_bytes(8 * count, "little")
            found.append(array("I", lanes[: 8 * max(count - place + 1, 0)]))
    return found


def facts(text: str | None) -> bytes:
    """The numbers, dates and names of *text*: each as a hash of its place and one of itself.

    A place is the words before and after. A capital inside a sentence begins a name, at the
    beginning of one it says nothing.
    """
    tokens = _TOKEN.findall(strict(text) or "")
    found: list[tuple[int, str, int, int]] = []  # kind, value, first and last token
    last = -1
    for first in compress(range(len(tokens)), map(not_, map(str.islower, tokens))):
        if first <= last:
            continue  # inside the name that was just read
        token = tokens[first]
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
        place = kind << 30 | zlib.crc32(f"{before} {after}".encode()) >> 2
        packed.add(place << 32 | zlib.crc32(value.casefold().encode()))
    return array("Q", sorted(packed)).tobytes()


def share_needed(one: bytes, other: bytes) -> float:
    """How much of their wording two texts with these facts must share to be copies.

    More than 1 if their facts are not the same, whatever the wording.
    """
    mine, its = _by_place(one), array("Q", other)
    ends = [bisect_left(its, kind) for kind in _KINDS]
    # Another day in the same place is another issue, though nothing else were different.
    if _exchanged(mine, its[ends[_DAY] : ends[_DAY + 1]])[1]:
        return NEVER
    kept, numbers = _exchanged(mine, its[: ends[_NUMBER + 1]])
    if numbers > 1 and numbers > (kept + numbers) * 0.15:
        return NEVER
    kept, names = _exchanged(mine, its[ends[_NAME] : ends[_NAME + 1]])
    if names > max(2, (kept + names) * 0.25):
        return NEVER
    return CORRECTED if numbers == 1 else ALIKE


def _exchanged(mine: dict[int, set[int]], its: array[int]) -> tuple[int, int]:
    """How many facts of *its* stand in *mine* too, and in how many places there are others."""
    kept = exchanged = at = 0
    while at < len(its):
        place = its[at] >> 32
        known = mine.get(place)
        end = at + 1
        while end < len(its) and its[end] >> 32 == place:
            end += 1
        if known is not None:
            common = sum(fact & 0xFFFFFFFF in known for fact in its[at:end])
            kept += common
            exchanged += min(len(known), end - at) - common
        at = end
    return kept, exchanged


def resembling(one: bytes, others: Sequence[bytes]) -> list[bool]:
    """Which of *others*, all sketches, are near enough to *one* to be looked at: few are.

    Says so of all that `seems_alike` would at `MAYBE_ALIKE`, and may of one that it would not.
    """
    # What stands in *one* has each of its bytes there in that place. Of what does not stand there,
    # one in a hundred has, so nearly all is told without taking hashes out of their bytes: for the
    # seventeen others of an article in a third of the time.
    joined = b"".join(others)
    common = -1
    for place in range(3):
        mine = one[place::4]
        rest = _EVERY_BYTE.translate(None, mine)
        table = bytes.maketrans(rest + mine, bytes(len(rest)) + b"\1" * len(mine))
        common &= int.from_bytes(joined[place::4].translate(table), "little")
    flags = common.to_bytes(len(joined) // 4, "little") if joined else b""
    whole = array("I", one)
    found = []
    begin = 0
    for other in others:
        end = begin + len(other) // 4
        near = flags.count(1, begin, end) >= MAYBE_ALIKE * (end - begin)
        if near:
            its = array("I", other)
            near = _reach(whole, its, list(compress(its, flags[begin:end])), MAYBE_ALIKE)
        found.append(near)
        begin = end
    return found


def seems_alike(one: bytes, other: bytes, share: float) -> bool:
    """Whether two texts have *share* of their shingles in common, give or take 0.06."""
    mine, its = array("I", one), array("I", other)
    return _reach(mine, its, sorted(set(mine).intersection(its)), share)


def _reach(mine: array[int], its: array[int], common: list[int], share: float) -> bool:
    """Whether *common* hashes are *share* of the smallest of two sketches together."""
    needed = ceil(share * min(SKETCH, len(mine) + len(its) - len(common)))
    if len(common) < needed:
        return False
    last = common[needed - 1]
    return bisect_left(mine, last) + bisect_left(its, last) - (needed - 1) < SKETCH


def similarity(one: str, other: str) -> float:
    """The share of common shingles of two texts, counted."""
    mine, its = _shingles(one), _shingles(other)
    common = len(mine & its)
    return round(common / (len(mine) + len(its) - common or 1), 4)


# One text is compared with a whole series of others, and then with its likes.
@lru_cache(maxsize=32)
def _shingles(text: str) -> frozenset[int]:
    return frozenset(_windows(_plain(text).split(), SHINGLE)[0][::2])


@lru_cache(maxsize=8)
def _by_place(packed: bytes) -> dict[int, set[int]]:
    places: dict[int, set[int]] = defaultdict(set)
    for fact in array("Q", packed):
        places[fact >> 32].add(fact & 0xFFFFFFFF)
    return places
