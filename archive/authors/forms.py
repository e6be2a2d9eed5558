"""Can one name be a shorter form of another? Pure.

A newspaper prints one reporter as ``Nguyễn Ngọc Lâm``, ``Ngọc Lâm``, ``N.Lâm`` and ``N.L``. The
form alone proves nothing, since *Nhật Lâm* is an ``N.Lâm`` too: `archive.authors.same` asks for
evidence.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Literal

from archive.vietnamese import name_key

Form = Literal["initials", "no family name", "other order"]

#: The consonants of two letters that open a syllable: ``Ng.`` stands for *Ngọc*, ``Th.`` for *Thu*.
_OPENINGS = frozenset(["ch", "gh", "gi", "kh", "ng", "nh", "ph", "qu", "th", "tr"])


def form_of(short: str, full: str) -> Form | None:
    """How the name *short* may stand for *full*; None if it cannot.

    >>> form_of("N.Lâm", "Ngọc Lâm"), form_of("K.D", "Khánh Duy")
    ('initials', 'initials')
    >>> form_of("Mỹ Lý", "Nguyễn Mỹ Lý"), form_of("Lý Mỹ", "Mỹ Lý")
    ('no family name', 'other order')
    >>> form_of("N.Lâm", "Hồng Lâm"), form_of("Lâm", "Ngọc Lâm"), form_of("Lý", "Lý")
    (None, None, None)
    >>> form_of("Song An", "Song Anh"), form_of("Y Du", "Y Du")
    (None, None)
    """
    return _form(_words(short), _words(full))


def _words(name: str) -> tuple[str, ...]:
    return tuple(name_key(name).split())


def _form(short: tuple[str, ...], full: tuple[str, ...]) -> Form | None:
    if short == full or not short or len(short) > len(full):
        return None
    if len(short) < len(full):
        # One syllable is a given name of many people.
        return "no family name" if len(short) > 1 and full[-len(short) :] == short else None
    if sorted(short) == sorted(full):
        return "other order"
    return "initials" if all(map(_stands_for, short, full)) else None


def _stands_for(word: str, syllable: str) -> bool:
    """Whether *word* is *syllable* or its initial."""
    is_initial = len(word) == 1 or word in _OPENINGS
    return word == syllable or (is_initial and syllable.startswith(word))


def pairs(names: Iterable[str]) -> Iterator[tuple[str, str, Form]]:
    """Every (short, full, form) among *names*, in order of the names.

    Names are looked up by their first letters and by their last syllables, so the time grows with
    the number of names and of pairs, not with its square.
    """
    words = {name: _words(name) for name in sorted(set(names))}
    by_letters: dict[tuple[str, ...], list[str]] = defaultdict(list)
    by_order: dict[tuple[str, ...], list[str]] = defaultdict(list)
    by_end: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for name, parts in words.items():
        by_letters[tuple(part[0] for part in parts)].append(name)
        by_order[tuple(sorted(parts))].append(name)
        for length in range(2, len(parts)):
            by_end[parts[-length:]].append(name)
    for short, parts in words.items():
        candidates = {
            *by_letters[tuple(part[0] for part in parts)],
            *by_order[tuple(sorted(parts))],
            *by_end[parts],
        }
        for full in sorted(candidates):
            form = _form(parts, words[full])
            # Of two orders of the same words, each is a form of the other.
            if form and (form != "other order" or short > full):
                yield short, full, form
