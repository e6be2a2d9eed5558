"""A newspaper for a year: what it published, edited, took down and put back, night by night."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from random import Random
from typing import NamedTuple

from archive.models import Article
from newsroom.composed import compose
from newsroom.days import Edit, Vanishing
from newsroom.expected import expected_article
from newsroom.newspaper import Edition
from newsroom.places import Place
from newsroom.records import Story
from newsroom.sections import SECTIONS
from tests.nights.paper import SUNDAY, EvenPaper, EvenRoom, old_places, place_at

#: Days without news: the nine around Tết 2027 (6 February), and public holidays.
TET = range(74, 83)
HOLIDAYS = frozenset(
    (day - SUNDAY).days
    for day in (date(2027, 1, 1), date(2027, 4, 30), date(2027, 5, 1), date(2027, 9, 2))
)


class Gone(NamedTuple):
    """From *since* until the day before *until* an article is not served; None: for good."""

    since: int
    until: int | None
    how: Vanishing


@dataclass(frozen=True)
class Plan:
    """What a year must leave room for."""

    nights: int
    calm: frozenset[int]
    """Nights on which the paper may edit and take down: the crawls of that night and the next see
    it."""
    closed: int
    """The first day of a section that is closed: nothing more is filed there."""
    without_bylines: range
    """Days whose articles say of nobody that they wrote them."""


class YearPaper(EvenPaper):
    """Day 0 is a Sunday, on which the archive is begun."""

    def __init__(self, plan: Plan) -> None:
        self.today = SUNDAY
        self.dress = None
        self.plan = plan
        self._written = {}
        self._keys = {}
        self._composed = lru_cache(maxsize=6000)(compose)
        self.quiet = frozenset()
        sections = [one for one in SECTIONS if one.topics and one.generation == "C"]
        self.closing = sections[-1]
        self.places: dict[str, Place] = {place.key: place for place in old_places()}
        self.edits: dict[str, list[tuple[int, Edit]]] = defaultdict(list)
        self.gone: dict[str, list[Gone]] = defaultdict(list)
        number = 240_000
        by_day: dict[int, list[str]] = defaultdict(list)
        for day in range(1, plan.nights + 1):
            random = Random(f"{day} news")
            for turn in range(self.count_of(day)):
                number += 1
                stamp = datetime.combine(
                    SUNDAY + timedelta(days=day), time(6 + turn, random.randrange(60))
                )
                section = sections[(day + turn) % (len(sections) - (day >= plan.closed))]
                key = f"dto:a{number}"
                self.places[key] = place_at(key, day, stamp, section, number)
                by_day[day].append(key)
            if day in plan.calm:
                self._change(day, random, [k for d in (day - 3, day - 1) for k in by_day[d]])

    def _change(self, day: int, random: Random, young: list[str]) -> None:
        """One or two of the *young* articles are edited; one a week is taken down."""
        young = [key for key in young if key not in self.gone]
        random.shuffle(young)
        for turn in range(min(len(young), random.randrange(3))):
            key = young.pop()
            kind = random.choice(("stamped", "silent"))
            title = f"{self._base(key).title}: thông tin mới" if turn else None
            added = (
                f"Đến {8 + turn} giờ ngày {day}, cơ quan chức năng có thêm {day + 2} trường hợp."
            )
            # Over an hour after the last edit, and in the evening of the day on which it is seen.
            self.edits[key].append(
                (day, Edit(key, kind, self._minutes(key, day), title, None, added))
            )
        if young and day % 7 in (2, 5):
            until = day + 4 if day % 3 == 0 and {day + 3, day + 4} <= self.plan.calm else None
            self.gone[young.pop()].append(
                Gone(day, until, random.choice(("404", "410", "soft-404")))
            )

    def _minutes(self, key: str, day: int) -> int:
        evening = datetime.combine(SUNDAY + timedelta(days=day), time(21, 30))
        story = self.story(self.places[key], day)
        return int((evening - (story.modified or story.stamp)).total_seconds() // 60)

    def count_of(self, day: int) -> int:
        """How many articles are published on *day*."""
        random = Random(f"{day} count")
        if day in TET or day in HOLIDAYS:
            return 0
        weekday = (SUNDAY + timedelta(days=day)).weekday()
        if weekday == 6:
            return random.randrange(3)
        return random.randrange(4, 7) if weekday == 5 else random.randrange(8, 12)

    def edition(self, day: int) -> YearEdition:
        return YearEdition(self, day)

    def _base(self, key: str) -> Story:
        place = self.places[key]
        story = self._composed(place.slot)
        if place.day in self.plan.without_bylines:
            story = replace(story, byline=None, authors=())
        return story

    def story(self, place: Place, day: int) -> Story:
        """The story at *place* with every edit up to *day*."""
        story = self._base(place.key)
        for when, edit in self.edits.get(place.key, ()):
            if when <= day:
                story = edit.apply(story)
        return story

    # ── What the archive must hold after the night of *day* ─────────────────────────────────────

    def versions(self, key: str, day: int) -> list[tuple[int, Article]]:
        """Each version of an article, with the day on which it appeared."""
        place = self.places[key]
        days = [place.day, *(when for when, _ in self.edits.get(key, ()) if when <= day)]
        return [(when, expected_article(self.story(place, when))) for when in days]

    def gone_on(self, key: str, day: int) -> int | None:
        """Since which day an article has been gone; None if it is there."""
        for gone in self.gone.get(key, ()):
            if gone.since <= day and (gone.until is None or day < gone.until):
                return gone.since
        return None


class YearEdition(Edition):
    """One day of it."""

    paper: YearPaper

    def __init__(self, paper: YearPaper, day: int) -> None:
        self.paper = paper
        self.day = day
        self.shut = set()
        self.gone = {
            key: gone.how
            for key, times in paper.gone.items()
            for gone in times
            if gone.since <= day and (gone.until is None or day < gone.until)
        }

    def places(self) -> Iterator[Place]:
        return (
            place
            for place in self.paper.places.values()
            if place.day <= self.day and place.key not in self.gone
        )


class YearRoom(EvenRoom):
    """It on a socket."""

    def __init__(self, plan: Plan, **options: object) -> None:
        super().__init__(**options)
        self.paper = YearPaper(plan)
        self.set_day(0)

    def set_day(self, day: int) -> None:
        """Let it be *day*, and all be well; the articles are composed before anybody waits."""
        super().set_day(day)
