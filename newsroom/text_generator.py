"""Makes sentences from templates, with names, places and figures of the province.

A template is text with ``{slots}``; each slot names a list of further templates. A slot every few
words keeps two composed articles from sharing long runs of words, which would make them near-copies
of each other; only the near-copies that the newsroom wants should be that.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from random import Random
from typing import TypeVar

from newsroom import data

_NAMES = data.read("names")
COMMUNES: dict[str, list[str]] = _NAMES["communes"]
DISTRICTS = tuple(COMMUNES)

T = TypeVar("T")
Pools = Mapping[str, Sequence[str]]
Maker = Callable[["TextGenerator"], str]

#: What an article is about, and so keeps to.
_MATTERS = frozenset(["hang", "cay", "mon", "nghe", "diadanh", "viec", "mohinh"])

_SLOT = re.compile(r"\{(\w+)\}")


@lru_cache(maxsize=4096)
def _parts(template: str) -> tuple[str, ...]:
    """The template as literal, slot, literal, slot … (every second part is a slot's name)."""
    return tuple(_SLOT.split(template))


class TextGenerator:
    """Fills templates from pools by the luck of one seeded generator, for one article.

    An article has a home district that most of it speaks of, keeps to its matter (the fruit, the
    craft, the sport), and does not say one thing twice before it has said everything else.
    """

    def __init__(self, random: Random, pools: Pools, *, year: int, dash: str) -> None:
        self.random = random
        self.year = year
        self.dash = dash
        self._pools = pools
        self._home = self.pick(DISTRICTS)
        self._matter: dict[str, str] = {}
        self._decks: dict[str, list[str]] = {}

    def pick(self, options: Sequence[str]) -> str:
        """One of *options*."""
        return options[int(self.random.random() * len(options))]

    def number(self, low: int, high: int) -> int:
        """A whole number from *low* to *high*."""
        return low + int(self.random.random() * (high - low + 1))

    def fill(self, template: str) -> str:
        """*template* with every slot grown, to the last."""
        parts = _parts(template)
        if len(parts) == 1:
            return template
        grown = list(parts)
        for place in range(1, len(parts), 2):
            name = parts[place]
            key = name.lower()
            maker = _MAKERS.get(key)
            text = maker(self) if maker else self._from_pool(key)
            # A slot written with a capital opens a sentence.
            grown[place] = text if name == key else text[:1].upper() + text[1:]
        return "".join(grown)

    def _from_pool(self, name: str) -> str:
        if name in _MATTERS:
            if name not in self._matter:
                self._matter[name] = self.pick(self._pools[name])
            return self._matter[name]
        deck = self._decks.get(name)
        if not deck:
            deck = self._decks[name] = self.some(self._pools[name], len(self._pools[name]))
        return self.fill(deck.pop())

    def district(self) -> str:
        """The article's own district, mostly."""
        return self._home if self.random.random() < 0.6 else self.pick(DISTRICTS)

    def commune(self) -> str:
        """A commune, mostly of the article's own district."""
        return f"xã {self.pick(COMMUNES[self.district()])}"

    def person(self) -> str:
        """A full name: family, middle, given."""
        return " ".join(self.pick(_NAMES[part]) for part in ("family", "middle", "given"))

    def some(self, options: Sequence[T], count: int) -> list[T]:
        """*count* different ones of *options*, in a lucky order."""
        return self.random.sample(list(options), min(count, len(options)))


def _day(words: TextGenerator) -> str:
    # A prints 3/7 in its text, B and C 3-7: a trap for whoever looks for dates in the body.
    return f"{words.number(1, 28)}{words.dash}{words.number(1, 12)}"


_MAKERS: dict[str, Maker] = {
    "ten": TextGenerator.person,
    "huyen": TextGenerator.district,
    "xa": TextGenerator.commune,
    "ap": lambda w: f"ấp {w.pick(_NAMES['hamlets'])}",
    "ngay": _day,
    "thang": lambda w: f"tháng {w.number(1, 12)}",
    "nam": lambda w: str(w.year),
    "namtruoc": lambda w: str(w.year - 1),
    "it": lambda w: str(w.number(2, 9)),
    "chuc": lambda w: str(w.number(11, 98)),
    "tram": lambda w: str(w.number(105, 980)),
    "nghin": lambda w: f"{w.number(1, 48)}.{w.number(100, 999)}",
    "trieu": lambda w: f"{w.number(12, 950)} triệu đồng",
    "ty": lambda w: f"{w.number(1, 260)},{w.number(1, 9)} tỷ đồng",
    "phantram": lambda w: f"{w.number(2, 98)},{w.number(1, 9)}%",
    "ha": lambda w: f"{w.number(12, 980)}ha",
    "km": lambda w: f"{w.number(1, 24)},{w.number(1, 9)}km",
    "tan": lambda w: f"{w.number(2, 90)},{w.number(1, 9)} tấn",
    "tuoi": lambda w: f"{w.number(19, 74)} tuổi",
    "gio": lambda w: f"{w.number(5, 22)} giờ {w.number(1, 58)} phút",
}
