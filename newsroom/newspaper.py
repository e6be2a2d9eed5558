"""Everything the newspaper ever published, and what it looks like on a given day.

Hand-written stories are kept; composed ones are only places (`Slot`) until somebody asks, so that a
newspaper of 20,000 articles costs a few megabytes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cached_property, lru_cache

from archive.models import Article
from newsroom.addresses import key
from newsroom.composed import compose
from newsroom.days import COPIES, DAYS, Edit, Event, Return, Shut, Vanish, Vanishing
from newsroom.dress import Dress
from newsroom.expected import expected_article
from newsroom.handwritten import fresh, past
from newsroom.places import Place, numbered, slots_of
from newsroom.records import Story
from newsroom.sections import SECTIONS, Section

#: The newsroom's day 0, unless told otherwise.
TODAY = date(2026, 11, 23)

#: Articles of day 0, unless told otherwise.
ARTICLES = 180


@dataclass(frozen=True, slots=True)
class Script:
    """What a crawl on one day must find, measured against the day before."""

    new: frozenset[str] = frozenset()
    revised: Mapping[str, str] = field(default_factory=dict)
    """Key → ``stamped``, ``silent`` or ``bump``."""
    gone: Mapping[str, Vanishing] = field(default_factory=dict)
    returned: frozenset[str] = frozenset()
    blocked: frozenset[str] = frozenset()
    """Articles whose address shows the maintenance page today."""
    unchanged: frozenset[str] = frozenset()
    duplicates: frozenset[tuple[str, str, str]] = frozenset()
    """New pairs: the copy's key, the original's, ``exact`` or ``near``."""

    @property
    def counts(self) -> dict[str, int]:
        """How many of each."""
        names = ("new", "revised", "unchanged", "gone", "returned", "blocked", "duplicates")
        return {name: len(getattr(self, name)) for name in names}


class Newspaper:
    """The paper over all its days. Equal arguments make equal papers, to the byte."""

    def __init__(
        self,
        articles: int = ARTICLES,
        *,
        today: date = TODAY,
        seed: int = 0,
        dress: Dress | None = None,
    ) -> None:
        self.today = today
        self.dress = dress
        hand_written = [*((0, each) for each in past()), *fresh(today)]
        standing = sum(day == 0 for day, _ in hand_written)
        slots = list(slots_of(max(0, articles - standing), seed))
        if dress is not None:
            hand_written = [each for each in hand_written if each[1].generation == dress.generation]
            slots = [slot for slot in slots if slot.section.generation == dress.generation]
        self._written, self.places = numbered(hand_written, slots)
        self._composed = lru_cache(maxsize=3000)(compose)
        self._keys = {story.name: key(story) for story in self._written.values()}

    def edition(self, day: int) -> Edition:
        """The newspaper as it stands on *day*."""
        return Edition(self, day)

    @property
    def sections(self) -> tuple[Section, ...]:
        """The sections of its menu."""
        own = self.dress.generation if self.dress else None
        return tuple(each for each in SECTIONS if own in (None, each.generation))

    def events(self, day: int) -> list[Event]:
        """What happens on *day* to stories of this newspaper."""
        return [event for event in DAYS.get(day, ()) if event.name in self._keys]

    def key_of(self, name: str) -> str:
        """The key of the hand-written story *name*."""
        return self._keys[name]

    def story(self, place: Place, day: int) -> Story:
        """The story at *place*, with every edit up to *day*."""
        if place.slot is not None:
            return self._composed(place.slot)
        story = self._written[place.name or ""]
        for turn in range(1, day + 1):
            for event in self.events(turn):
                if isinstance(event, Edit) and event.name == story.name:
                    story = event.apply(story)
        return story

    def script(self, day: int, *, younger_than: int | None = None) -> Script:
        """What changes on *day*; only among articles *younger_than* so many days, if given."""
        if day == 0:
            everything = frozenset(place.key for place in self.places.values() if place.day == 0)
            return Script(new=everything, duplicates=self._duplicates(0))
        events = [each for each in self.events(day) if self._is_young(each.name, day, younger_than)]
        new = frozenset(place.key for place in self.places.values() if place.day == day)
        edits = {self._keys[each.name]: each.kind for each in events if isinstance(each, Edit)}
        gone = {self._keys[each.name]: each.how for each in events if isinstance(each, Vanish)}
        back = frozenset(self._keys[each.name] for each in events if isinstance(each, Return))
        shut = frozenset(self._keys[each.name] for each in events if isinstance(each, Shut))
        touched = {*edits, *gone, *back, *shut, *new}
        return Script(
            new=new,
            revised=edits,
            gone=gone,
            returned=back,
            blocked=shut,
            unchanged=frozenset(
                place.key
                for place in self.edition(day).places()
                if place.key not in touched
                and (younger_than is None or self._age(place, day) < younger_than)
            ),
            duplicates=self._duplicates(day),
        )

    def _duplicates(self, day: int) -> frozenset[tuple[str, str, str]]:
        return frozenset(
            (self._keys[copy], self._keys[original], kind)
            for copy, original, kind in COPIES
            if {copy, original} <= self._keys.keys() and self.places[self._keys[copy]].day == day
        )

    def _is_young(self, name: str, day: int, limit: int | None) -> bool:
        return limit is None or self._age(self.places[self._keys[name]], day) < limit

    def _age(self, place: Place, day: int) -> int:
        return (self.today + timedelta(days=day) - place.stamp.date()).days


class Edition:
    """The newspaper on one day."""

    def __init__(self, paper: Newspaper, day: int) -> None:
        self.paper = paper
        self.day = day
        self.gone: dict[str, Vanishing] = {}
        for turn in range(1, day + 1):
            for event in paper.events(turn):
                if isinstance(event, Vanish):
                    self.gone[paper.key_of(event.name)] = event.how
                elif isinstance(event, Return):
                    del self.gone[paper.key_of(event.name)]
        self.shut = {
            paper.key_of(event.name) for event in paper.events(day) if isinstance(event, Shut)
        }

    @property
    def clock(self) -> datetime:
        """The time of the visit, as the pages' header shows it."""
        return datetime.combine(self.paper.today + timedelta(days=self.day), time(23, 15, 42))

    def places(self) -> Iterator[Place]:
        """Where every story of today stands that is still served."""
        for place in self.paper.places.values():
            if place.day <= self.day and place.key not in self.gone:
                yield place

    def story(self, key: str) -> Story | None:
        """The story with this key, as it stands today; None if there is none yet (gone or not)."""
        place = self.paper.places.get(key)
        if place is None or place.day > self.day:
            return None
        return self.paper.story(place, self.day)

    def expected(self) -> dict[str, Article]:
        """The article that each page served today must give, by key."""
        return self._expected(self.places())

    def kept(self) -> dict[str, Article]:
        """What an archive holds that crawled every day up to this one: the vanished too."""
        return self._expected(p for p in self.paper.places.values() if p.day <= self.day)

    def _expected(self, places: Iterable[Place]) -> dict[str, Article]:
        dress = self.paper.dress
        found = (expected_article(self.paper.story(place, self.day)) for place in places)
        articles = map(dress.on_article, found) if dress else found
        return {article.key or "": article for article in articles}

    @cached_property
    def lists(self) -> dict[Section, list[Place]]:
        """Each section's stories, newest first."""
        lists: dict[Section, list[Place]] = defaultdict(list)
        for place in self.places():
            for filed in place.sections:
                lists[filed].append(place)
        for places in lists.values():
            places.sort(key=lambda place: (place.stamp, place.key), reverse=True)
        return dict(lists)

    @cached_property
    def positions(self) -> dict[str, int]:
        """Where in its first section's list a story stands."""
        return {
            place.key: number
            for filed, places in self.lists.items()
            for number, place in enumerate(places)
            if place.sections[0] == filed
        }

    @cached_property
    def newest(self) -> list[Place]:
        """The front page's choice: the newest of all."""
        return sorted(self.places(), key=lambda place: (place.stamp, place.key), reverse=True)[:24]

    def related(self, story: Story) -> tuple[Story, ...]:
        """The neighbours of *story* in its section."""
        places = self.lists.get(story.section, [])
        start = max(0, self.positions.get(key(story), 0) - 3)
        near = [place for place in places[start : start + 8] if place.key != key(story)]
        return tuple(self.paper.story(place, self.day) for place in near)
