"""All hand-written articles of the past: some for every kind of page that the paper printed."""

from __future__ import annotations

from dataclasses import replace

from newsroom.records import Story
from newsroom.troubled import troubled
from newsroom.written_a import written_a
from newsroom.written_b import written_b
from newsroom.written_c import written_c


def specials() -> list[Story]:
    """The hand-written articles of the past, in all three generations."""
    stories = [*written_a(), *troubled(), *written_b(), *written_c()]
    return [*stories, *_copies({story.name: story for story in stories})]


def _copies(stories: dict[str, Story]) -> list[Story]:
    """A story posted again under another number, and one posted again with corrections."""
    first = stories["cu-tri"]
    again = replace(first, name="dang-lai", number=0)
    source = stories["guong-bac"]
    corrected = (
        source.paragraphs[0].replace("Mười năm nay", "Hơn mười năm nay"),
        *source.paragraphs[1:],
    )
    near = replace(
        source,
        name="dang-lai-co-sua",
        number=0,
        stamp=source.stamp.replace(day=20, hour=8),
        paragraphs=corrected,
    )
    return [again, near]
