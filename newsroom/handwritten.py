"""Hand-written articles, read from ``texts``: one for each kind of page that the paper has printed.

An entry gives the first sentences; composed paragraphs follow, as many as ``more`` says (4 if the
entry does not say). All other names are the fields of `records.Story`. A time is a date, or a day
that counts from day 0, with its clock.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any
from zlib import crc32

from archive.models import Author
from newsroom import data
from newsroom.composed import compose_paragraphs, generator_for
from newsroom.records import Picture, Story, Twin, slugify
from newsroom.sections import section_at

_PAST = ("generation_a", "faults", "generation_b", "generation_c")


def past() -> list[Story]:
    """The articles of all three generations that stand on day 0, whatever its date."""
    return [story for name in _PAST for story in _stories(name, date.min)]


def fresh(today: date) -> list[tuple[int, Story]]:
    """The young articles of day 0, which is *today*, and of later days, each with its first day."""
    stories = _stories("fresh", today)
    return [(max(0, (story.stamp.date() - today).days), story) for story in stories]


def _stories(name: str, today: date) -> list[Story]:
    entries = data.read(name)
    stories = {entry["name"]: _story(entry, today) for entry in entries["story"]}
    copies = [_copy(stories[each["of"]], each, today) for each in entries.get("copy", ())]
    return [*stories.values(), *copies]


def _copy(story: Story, entry: dict[str, Any], today: date) -> Story:
    """*story* posted again under another number, maybe later or with one word changed."""
    stamp = _time(entry["stamp"], today) if "stamp" in entry else story.stamp
    old, new = entry.get("swap", ("", ""))
    paragraphs = tuple(text.replace(old, new) for text in story.paragraphs)
    return replace(story, name=entry["name"], number=0, stamp=stamp, paragraphs=paragraphs)


def _story(entry: dict[str, Any], today: date) -> Story:
    fields = {name: _value(name, value, today) for name, value in entry.items()}
    filed, topic = fields["section"], fields.pop("topic", None)
    style = crc32(fields["name"].encode())
    topic = topic or (filed.topics[0] if filed.topics else "society")
    generator = generator_for(Random(style), topic, filed, fields["stamp"].year)
    composed = compose_paragraphs(generator, fields.pop("more", 4))
    paragraphs = (*fields.pop("paragraphs", ()), *composed)
    if "authors" not in fields and fields.get("byline") and not fields.get("source"):
        fields["authors"] = (Author(fields["byline"]),)
    fields.setdefault("slug", slugify(fields["title"]))
    return Story(paragraphs=paragraphs, style=style, **fields)


def _value(name: str, value: Any, today: date) -> Any:
    """The *value* of the field *name* as `Story` holds it."""
    match name:
        case "section":
            return section_at(value)
        case "stamp" | "published":
            return _time(value, today)
        case "authors":
            return tuple(Author(**a) if isinstance(a, dict) else Author(a) for a in value)
        case "pictures":
            return tuple(Picture(**each) for each in value)
        case "also_in":
            return tuple(section_at(each) for each in value)
        case "twin":
            return Twin(**{**value, "section": section_at(value["section"])})
        case "subheads":
            return frozenset(value)
    return tuple(value) if isinstance(value, list) else value


def _time(value: datetime | dict[str, Any], today: date) -> datetime:
    if isinstance(value, datetime):
        return value
    return datetime.combine(today + timedelta(days=value["day"]), time.fromisoformat(value["at"]))
