"""Composes articles: any number of them, each from its own seed, the same on every machine.

The texts are invented. They read like the paper's (who did what, where, what for, what people
said), and share few long runs of words, so that no two of them look like reprints of each other.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from archive.models import Author
from newsroom import data
from newsroom.records import Picture, Story, slugify
from newsroom.sections import Section
from newsroom.text_generator import DISTRICTS, Pools, TextGenerator

_TOPICS = data.read("topics")
_COMMON: Pools = _TOPICS["common"]
_STAFF: list[str] = data.read("names")["staff"]

_A_IMAGE_HOSTS = (
    "http://www.baodongthap.vn",
    "https://cdn.baodongthap.vn",
    "",
    "http://baodongthap.com.vn",
)


@dataclass(frozen=True, slots=True)
class Slot:
    """The little that must be known of an article before it is written."""

    seed: int
    section: Section
    template: str
    stamp: datetime
    number: int = 0


def generator_for(random: Random, topic: str, section: Section, year: int) -> TextGenerator:
    """A generator for *topic* that writes dates as the generation of *section* does."""
    dash = "/" if section.generation == "A" else "-"
    return TextGenerator(random, {**_COMMON, **_TOPICS[topic]}, year=year, dash=dash)


def compose(slot: Slot) -> Story:
    """Write the article of *slot*."""
    random = Random(slot.seed)
    section, stamp = slot.section, slot.stamp
    words = generator_for(random, words_topic(random, section), section, stamp.year)
    title = words.fill("{title}")
    paragraphs = [words.fill("{opening}"), *compose_paragraphs(words, words.number(4, 8))]
    subheads: frozenset[int] = frozenset()
    if random.random() < 0.35:
        place = words.number(2, len(paragraphs) - 1)
        paragraphs.insert(place, words.fill("{subhead}"))
        subheads = frozenset({place})
    byline, authors = _byline(words)
    return Story(
        name=f"n{slot.seed}",
        section=section,
        template=slot.template,
        stamp=stamp,
        title=title,
        paragraphs=tuple(paragraphs),
        subheads=subheads,
        number=slot.number,
        slug=slugify(title),
        kicker=_kicker(words, slot, title),
        agency=_agency(random, slot),
        byline=byline,
        authors=authors,
        pictures=tuple(_pictures(words, slot, paragraphs, subheads)),
        tags=_tags(words, slot),
        published=stamp - timedelta(minutes=95) if slot.template == "c-binhduong" else None,
        style=random.randrange(1 << 30),
    )


def words_topic(random: Random, section: Section) -> str:
    """What an article of *section* is about."""
    return section.topics[int(random.random() * len(section.topics))]


def compose_paragraphs(words: TextGenerator, count: int) -> list[str]:
    """*count* paragraphs of two to four sentences, no two of which have the same shape."""
    shapes: list[str] = []
    paragraphs = []
    for _ in range(count):
        sentences = []
        for _ in range(words.number(2, 4)):
            if not shapes:
                shapes = words.some(_COMMON["sentence"], len(_COMMON["sentence"]))
            sentence = words.fill(shapes.pop())
            sentences.append(sentence[:1].upper() + sentence[1:])
        paragraphs.append(" ".join(sentences))
    return paragraphs


def _byline(words: TextGenerator) -> tuple[str | None, tuple[Author, ...]]:
    """An author line as printed, and who is meant by it."""
    luck = words.random.random()
    first, second = words.some(_STAFF, 2)
    if luck < 0.08:
        return None, ()
    if luck < 0.16:
        return f"{first} - {second}", (Author(first), Author(second))
    if luck < 0.22:
        return f"Bài, ảnh: {first}", (Author(first, "text+photo"),)
    if luck < 0.30:
        initials = f"{first[0]}.{second[0]}"
        return initials, (Author(initials),)
    name = first.upper() if luck < 0.62 else first
    return name, (Author(name),)


def _kicker(words: TextGenerator, slot: Slot, title: str) -> str | None:
    if slot.section.generation != "A" or words.random.random() > 0.15:
        return None
    district = words.pick(DISTRICTS)
    if district.lower() in title.lower():
        return None
    colon = ":" if slot.stamp.year < 2017 else ""
    return f"{district[:1].upper()}{district[1:]}{colon}"


def _agency(random: Random, slot: Slot) -> str | None:
    likely = {"A": 0.0 if slot.stamp.year < 2018 else 0.75, "B": 0.3, "C": 0.9}
    return "ĐTO" if random.random() < likely[slot.section.generation] else None


def _tags(words: TextGenerator, slot: Slot) -> tuple[str, ...]:
    if slot.section.generation != "C" or words.random.random() < 0.4:
        return ()
    places = words.some(DISTRICTS, 2)
    return (slot.section.name.lower(), *(place.removeprefix("huyện ") for place in places))


def _pictures(
    words: TextGenerator, slot: Slot, paragraphs: Sequence[str], subheads: frozenset[int]
) -> list[Picture]:
    random = words.random
    places = [n for n in range(1, len(paragraphs)) if n - 1 not in subheads]
    count = (1, 1, 1, 2, 3, 0)[int(random.random() * 6)]
    chosen = sorted(words.some(places, count))
    captions: list[str] = []
    pictures = []
    for turn, after in enumerate(chosen, 1):
        caption: str | None = words.fill("{caption}")
        if slot.section.generation == "C" and random.random() < 0.7:
            caption = f"{caption}."
        if caption in captions or any(str(caption) in text for text in paragraphs):
            caption = None
        captions.append(str(caption))
        host, path = picture_address(slot, turn, random)
        pictures.append(Picture(path, caption, after, None, host))
    return pictures


def picture_address(slot: Slot, turn: int, random: Random) -> tuple[str, str]:
    """The host and path of the *turn*-th picture, as the CMS of its generation named files."""
    day, number = slot.stamp, random.randrange(1000, 9999)
    if slot.section.generation == "A":
        host = _A_IMAGE_HOSTS[int(random.random() * len(_A_IMAGE_HOSTS))]
        return host, f"/database/image/{day:%Y/%m/%d}/anh{number}-{turn}.jpg"
    if slot.section.generation == "B":
        name = f"images19{number}_anh-{turn}.jpg"
        return "https://baodongthap.vn", f"/dataimages/{day:%Y%m}/original/{name}"
    if random.random() < 0.4:
        name = f"images20{number}-anh-{turn}.jpg"
        return "https://cdn2.baodongthap.vn", f"/image/news/{day:%Y/%Y%m%d}/fckimage/{name}"
    return "", f"/image/ckeditor/{day:%Y/%Y%m%d}/images/wm_{number}_{turn}.jpg"
