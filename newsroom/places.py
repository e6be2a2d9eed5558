"""Where every story stands: number, day, sections; decided before any composed story is written."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from random import Random

from archive.models import Generation
from newsroom.addresses import key
from newsroom.article_numbers import number_at
from newsroom.composed import Slot
from newsroom.records import Story
from newsroom.sections import SECTIONS, Section

#: Generation, its share of the composed articles, and the days they are spread over.
_SPANS: tuple[tuple[Generation, float, date, date], ...] = (
    ("A", 0.52, date(2012, 6, 21), date(2025, 5, 18)),
    ("B", 0.14, date(2025, 7, 28), date(2026, 1, 4)),
    ("C", 0.34, date(2026, 1, 8), date(2026, 2, 28)),
)
_C_TEMPLATES = [
    "c-angiang",
    "c-tayninh",
    "c-cantho",
    "c-camau",
    "c-binhduong",
    "c-dongkhoi",
    "c-longan",
]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a story stands: enough to list it without having written it."""

    key: str
    day: int
    """The day it was published (0: it was there from the start)."""
    stamp: datetime
    sections: tuple[Section, ...]
    slot: Slot | None = None
    name: str | None = None


def slots_of(count: int, seed: int) -> Iterator[Slot]:
    """Places for *count* composed articles, spread over generations, years and sections."""
    filed = {
        generation: [each for each in SECTIONS if each.generation == generation and each.topics]
        for generation, *_ in _SPANS
    }
    shares = [share for _, share, _, _ in _SPANS]
    for turn in range(count):
        random = Random(seed * 1_000_003 + turn)
        generation, _, since, until = random.choices(_SPANS, shares)[0]
        day = since + timedelta(days=random.randrange((until - since).days))
        # Many pages are released overnight, from a queue.
        hour = random.choice((4, 5, 5, 6, 7, 8, 9, 10, 11, 13, 14, 15, 16, 17, 19, 21))
        seconds = random.randrange(60) if generation == "A" else 0
        stamp = datetime.combine(day, time(hour, random.randrange(60), seconds))
        yield Slot(
            seed=seed * 1_000_003 + turn,
            section=random.choice(filed[generation]),
            template=_template(random, generation, stamp),
            stamp=stamp,
        )


def _template(random: Random, generation: Generation, stamp: datetime) -> str:
    if generation == "B":
        return "b"
    if generation == "C":
        return random.choice(_C_TEMPLATES)
    if stamp.year < 2014:
        return random.choice(("a-2017", "a-2017-br"))
    if stamp.year < 2019:
        return "a-2017"
    return random.choice(("a-2019", "a-2019", "a-2019", "a-2019-div"))


def numbered(
    hand_written: list[tuple[int, Story]], slots: list[Slot]
) -> tuple[dict[str, Story], dict[str, Place]]:
    """Give every story its number, in the order of publication within its generation."""
    queue: list[tuple[int, datetime, str, Story | Slot]] = [
        *((day, story.stamp, story.name, story) for day, story in hand_written),
        *((0, slot.stamp, f"~{slot.seed}", slot) for slot in slots),
    ]
    queue.sort(key=lambda each: each[:3])
    last: dict[Generation, int] = defaultdict(int)
    written: dict[str, Story] = {}
    places: dict[str, Place] = {}
    for day, stamp, _, unnumbered in queue:
        generation = unnumbered.section.generation
        number = unnumbered.number
        if not number:
            number = last[generation] = max(last[generation] + 1, number_at(generation, stamp))
        if isinstance(unnumbered, Story):
            story = replace(unnumbered, number=number)
            written[story.name] = story
            place = Place(key(story), day, stamp, _sections(story), name=story.name)
        else:
            mark = {"A": "", "B": "b", "C": "a"}[generation]
            slot = replace(unnumbered, number=number)
            place = Place(f"dto:{mark}{number}", day, stamp, (slot.section,), slot=slot)
        places[place.key] = place
    return written, places


def _sections(story: Story) -> tuple[Section, ...]:
    twin = (story.twin.section,) if story.twin else ()
    return (story.section, *story.also_in, *twin)
