"""A hand-written article: a few sentences of its own, and composed ones after them."""

from __future__ import annotations

from datetime import datetime
from random import Random
from typing import Any
from zlib import crc32

from archive.models import Author
from newsroom.prose import compose_paragraphs, wordsmith
from newsroom.records import Story, slugify
from newsroom.sections import section


def special(
    name: str,
    where: tuple[str, str],
    template: str,
    stamp: str | datetime,
    title: str,
    *paragraphs: str,
    more: int = 4,
    topic: str = "",
    **fields: Any,
) -> Story:
    """A hand-written story, with *more* composed paragraphs about *topic* after its own."""
    filed = section(*where)
    when = datetime.fromisoformat(stamp) if isinstance(stamp, str) else stamp
    seed = crc32(name.encode())
    chosen = topic or (filed.topics[0] if filed.topics else "society")
    words = wordsmith(Random(seed), chosen, filed, when.year)
    if isinstance(authors := fields.get("authors"), str):
        fields["authors"] = tuple(Author(each) for each in authors.split("|"))
    elif "authors" not in fields and fields.get("byline") and not fields.get("source"):
        fields["authors"] = (Author(fields["byline"]),)
    fields.setdefault("slug", slugify(title))
    return Story(
        name=name,
        section=filed,
        template=template,
        stamp=when,
        title=title,
        paragraphs=(*paragraphs, *compose_paragraphs(words, more)),
        style=seed,
        **fields,
    )
