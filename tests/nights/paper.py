"""A small newspaper of even nights: six new articles each, twenty-nine of the last week, old ones."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from functools import lru_cache
from random import Random

from newsroom import Newsroom
from newsroom.composed import Slot, compose
from newsroom.newspaper import Edition, Newspaper
from newsroom.places import Place
from newsroom.responses import Responder
from newsroom.sections import SECTIONS

#: The night that is looked at is number 0, a Sunday; those before it are the archive's good past.
SUNDAY = date(2026, 11, 22)

#: Articles of each day, from the first one that a crawl sees.
EACH_DAY = dict.fromkeys(range(-5, 30), 6) | {-5: 5}

_TEMPLATES = {"A": "a-2019", "B": "b", "C": "c-angiang"}
_OLD = {"A": date(2019, 3, 4), "B": date(2025, 10, 6), "C": date(2026, 2, 2)}


class EvenPaper(Newspaper):
    """The newspaper: `day` counts from the night that is looked at."""

    def __init__(self) -> None:
        self.today = SUNDAY
        self.dress = None
        self._written = {}
        self._keys = {}
        self._composed = lru_cache(maxsize=3000)(compose)
        self.places = {place.key: place for place in (*old_places(), *_young())}
        self.quiet: frozenset[int] = frozenset()
        """Days on which nothing is published."""

    def edition(self, day: int) -> Edition:
        return EvenEdition(self, day)


class EvenEdition(Edition):
    """One day of it; nothing happens but what a kind of trouble plays."""

    def __init__(self, paper: EvenPaper, day: int) -> None:
        self.paper = paper
        self.day = day
        self.gone = {}
        self.shut = set()

    def places(self):
        return (
            place
            for place in self.paper.places.values()
            if place.day <= self.day and place.day not in self.paper.quiet
        )


def old_places():
    """One article for each section that has any, so that every list is one."""
    for turn, section in enumerate(one for one in SECTIONS if one.topics):
        day = _OLD[section.generation] + timedelta(days=turn)
        stamp = datetime.combine(day, time(8, turn))
        mark = {"A": "", "B": "b", "C": "a"}[section.generation]
        number = {"A": 80_000, "B": 1_050_000, "C": 230_000}[section.generation] + turn
        yield place_at(f"dto:{mark}{number}", -9, stamp, section, number)


def _young():
    sections = [one for one in SECTIONS if one.topics and one.generation == "C"]
    number = 240_000
    for day, count in EACH_DAY.items():
        random = Random(day)
        for turn in range(count):
            number += 1
            clock = time(6 + 2 * turn, random.randrange(60))
            stamp = datetime.combine(SUNDAY + timedelta(days=day), clock)
            section = sections[(day + turn) % len(sections)]
            yield place_at(f"dto:a{number}", day, stamp, section, number)


def place_at(key, day, stamp, section, number):
    """Where an article of *section* stands that is composed when it is asked for."""
    slot = Slot(number, section, _TEMPLATES[section.generation], stamp, number)
    return Place(key, day, stamp, (section,), slot=slot)


class EvenRoom(Newsroom):
    """The newspaper on a socket; `play` is asked first what to answer."""

    def __init__(self, **options) -> None:
        self.play = None
        super().__init__(articles=0, crawl_delay=0, **options)
        self.paper = EvenPaper()
        self.set_day(-3)

    def set_day(self, day: int) -> None:
        """Let it be *day*, and all be well."""
        self.day = day
        self.play = None
        if isinstance(self.paper, EvenPaper):  # not yet while it is made
            self.responder = _Playing(self)


class _Playing(Responder):
    def __init__(self, room: EvenRoom) -> None:
        super().__init__(room.paper.edition(room.day), crawl_delay=0, cache_bytes=64_000_000)
        self.room = room

    def answer(self, host, target, conditions):
        if self.room.play is None:
            return super().answer(host, target, conditions)
        # In trouble, or playing it, the site builds every page anew: nothing is "not modified".
        return self.room.play(
            host, target, lambda where: super(_Playing, self).answer(host, where, {})
        )
