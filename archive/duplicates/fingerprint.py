"""How alike two texts are, and whether that means that one copies the other. Pure.

A *sketch* (the smallest hashes of its three-syllable shingles: MinHash) finds texts that share most
of their wording. That is cheap and not enough, because a daily bulletin shares its frame with every
other issue of its series. A bulletin differs from a corrected re-post in its *entities*: numbers,
dates and names, each with the words around it. A re-post repeats them; another issue of a series
has others in the same places. So a pair is decided by its wording and its entities and by nothing
else: not by titles, and not by the rest of the archive.
"""

from __future__ import annotations

import re
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from zlib import crc32

from archive.text import loose, strict

#: How many of the smallest hashes of a text are kept to estimate how much it shares with another.
SKETCH = 64
#: Syllables to a shingle, and to a key. A key is longer, because three syllables ("phó chủ tịch")
#: stand in thousands of articles that have nothing else in common.
SHINGLE, KEY = 3, 5
#: How many keys a text is looked up by: its smallest. A key that is among the smallest of two texts
#: together is among those of each, so a pair that shares half its wording has none in common once
#: in a thousand times; once in forty, if every eighth word is another.
KEYS = 10
#: It is also looked up by so many runs of so many figures, whatever words are between: the issues
#: of some series differ in nothing else, so an issue and its corrected re-post share only these.
FIGURE_KEYS, FIGURES = 5, 4
#: A text of fewer syllables is too short to compare.
ENOUGH = 40
#: The least share of common shingles, of all that either text has. A paragraph cut or added leaves
#: more; unrelated pieces of one beat share a few hundredths.
ALIKE = 0.5
#: An estimate may be off: down to this estimate the share is counted. It turns away one pair in
#: eighty of those that share 0.5, one in a thousand of those that share 0.55.
MAYBE_ALIKE = 0.36
#: From this share on one figure may differ in its place: it was corrected. Below, it is another
#: day's.
CORRECTED = 0.9
#: A share that no two texts have.
NEVER = 2.0

_TOKEN = re.compile(r"\d+(?:[.,:/-]\d+)*|[^\W\d_]+|[.!?:…“\"\n]")
_DATE = re.compile(r"\d{1,2}[/-]\d{1,2}(?:[/-]\d{2,4})?")
_NUMBER, _NAME, _DAY = range(3)
_PUNCTUATION = bytes(
    ord(" ") if byte < 128 and not chr(byte).isalnum() else byte for byte in range(256)
)


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """The part of a text that is kept to find its near-duplicates, packed."""

    sketch: bytes
    keys: bytes
    """Texts that have one in common are worth comparing."""


def fingerprint(body: str | None) -> Fingerprint | None:
    """The fingerprint of a text; None if it is too short to have one."""
    words = _words(body)
    if len(words) < ENOUGH:
        return None
    runs = list(islice(_runs(words), KEY))
    figures = [word for word in words if word.isdigit()]
    keys = {*_smallest(runs[KEY - 1], KEYS)}
    for figure_runs in islice(_runs(figures), FIGURES - 1, FIGURES):
        keys.update(_smallest(figure_runs, FIGURE_KEYS))
    return Fingerprint(_pack(_smallest(runs[SHINGLE - 1], SKETCH)), _pack(sorted(keys)))


def hashes(packed: bytes) -> list[int]:
    """The hashes in a sketch, or in keys: smallest first."""
    return array("I", packed).tolist()


def _pack(numbers: Iterable[int]) -> bytes:
    return array("I", numbers).tobytes()


def _words(text: str | None) -> list[bytes]:
    """The words of *text* without case and punctuation; a figure with a point is two."""
    # `loose` has made marks and dashes of every kind plain. Splitting what is left takes a third of
    # the time that \w+ takes.
    plain = (loose(text) or "").replace("…", " ").encode()
    return plain.translate(_PUNCTUATION).split()


def _runs(words: list[bytes]) -> Iterator[list[int]]:
    """The hashes of all runs of one word, of two words, and so on."""
    found = [0] * len(words)
    for begun in range(len(words)):
        # CRC-32 goes on where it ended, so each round makes every run longer by a word.
        found = list(map(crc32, words[begun:], found))
        yield found


def _smallest(numbers: list[int], count: int) -> list[int]:
    """The *count* smallest of *numbers*, each once."""
    # Hashes are spread evenly, so nearly all can be left out before the rest is sorted.
    limit = (count + 12) * (3 << 31) // len(numbers)
    few = {number for number in numbers if number < limit}
    return sorted(few if len(few) >= count else set(numbers))[:count]


def estimated_share(one: AbstractSet[int], other: AbstractSet[int]) -> float:
    """The share of common shingles of two texts by their sketches, give or take 0.06.

    A share below `MAYBE_ALIKE` is only an upper bound.
    """
    common = one & other
    most = len(common) / max(len(one), len(other))
    if most < MAYBE_ALIKE:
        return most
    smallest = sorted(one | other)[:SKETCH]
    return len(common & set(smallest)) / len(smallest)


def similarity(one: str, other: str) -> float:
    """The share of common shingles of two texts, counted."""
    mine, its = _shingles(one), _shingles(other)
    common = len(mine & its)
    return round(common / (len(mine) + len(its) - common or 1), 4)


# One text is compared with a whole series of others.
@lru_cache(maxsize=32)
def _shingles(text: str) -> frozenset[int]:
    return frozenset(next(islice(_runs(_words(text)), SHINGLE - 1, None), ()))


def entities(text: str | None) -> bytes:
    """The numbers, dates and names of *text*, packed: each as a hash of its place and its own.

    A place is the kind of the entity with the words before and after it. A capital inside a
    sentence begins a name; at the beginning of one it means nothing.
    """
    tokens = _TOKEN.findall(strict(text) or "")
    found: list[tuple[int, int, int]] = []  # kind, first and last token
    last = -1
    for first, token in enumerate(tokens):
        if first <= last:
            continue  # inside the name that was just read
        if token[0].isdigit():
            found.append((_DAY if _DATE.fullmatch(token) else _NUMBER, first, first))
        elif token[0].isupper() and first and tokens[first - 1][0].isalnum():
            last = first
            while last + 1 < len(tokens) and tokens[last + 1][0].isupper():
                last += 1
            found.append((_NAME, first, last))
    # In a place, other entities stand for their kind: in "Lấp Vò 12 ca" the number stands after a
    # name, whatever name.
    around = ["", *(token.casefold() for token in tokens), ""]
    for kind, first, last in found:
        around[first + 1] = around[last + 1] = "#@#"[kind]
    packed = set()
    for kind, first, last in found:
        place = kind << 30 | crc32(f"{around[first]} {around[last + 2]}".encode()) >> 2
        value = crc32(" ".join(tokens[first : last + 1]).casefold().encode())
        packed.add(place << 32 | value)
    return array("Q", sorted(packed)).tobytes()


def share_needed(one: bytes, other: bytes) -> float:
    """How much of their wording two texts with these entities must share to be copies.

    More than 1 if their entities are not the same, whatever the wording.
    """
    mine, its = _by_place(one), _by_place(other)
    kept: Counter[int] = Counter()
    exchanged: Counter[int] = Counter()
    for place in mine.keys() & its.keys():
        kind = place >> 30
        common = len(mine[place] & its[place])
        kept[kind] += common
        exchanged[kind] += min(len(mine[place]), len(its[place])) - common
    # Another day in the same place is another issue, though nothing else were different.
    if exchanged[_DAY]:
        return NEVER
    numbers, names = exchanged[_NUMBER], exchanged[_NAME]
    if numbers > 1 and numbers > (kept[_NUMBER] + numbers) * 0.15:
        return NEVER
    if names > max(2, (kept[_NAME] + names) * 0.25):
        return NEVER
    return CORRECTED if numbers == 1 else ALIKE


@lru_cache(maxsize=32)
def _by_place(packed: bytes) -> Mapping[int, set[int]]:
    places: dict[int, set[int]] = defaultdict(set)
    for one in array("Q", packed):
        places[one >> 32].add(one & 0xFFFFFFFF)
    return places
