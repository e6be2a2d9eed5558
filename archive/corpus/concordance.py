"""Concordance: every mention of a word or phrase with its context (KWIC, key word in context).

Source: H. P. Luhn, "Key word-in-context index for technical literature", American Documentation
11 (1960); J. Sinclair, "Corpus, Concordance, Collocation" (1991). Mentions that overlap (of *sếu*
and of *sếu đầu đỏ*) are one.
"""

from __future__ import annotations

import random
import re
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import astuple, dataclass, fields
from typing import Literal

from archive.corpus.texts import Text, phrases, select, texts
from archive.errors import UsageError
from archive.search import query as language
from archive.search.highlight import Marker
from archive.search.query import Note, Query
from archive.search.sql import notes
from archive.vietnamese import sort_key, syllables

Sort = Literal["date", "left", "right", "section"]

#: How many neighbours decide the order of lines, and in how many characters they are looked for.
_NEIGHBOURS, _NEAR = 3, 60

_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Mention:
    """One place in a text where the query's words stand."""

    article: int
    """The row number."""
    part: int
    """Which of `Text.parts`."""
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Line:
    """One mention with its context, in the newspaper's own spelling."""

    key: str
    date: str | None
    section: str | None
    place: str
    """The column it stands in: ``title``, ``body``, ``captions`` …"""
    left: str
    hit: str
    right: str
    title: str


COLUMNS = tuple(field.name for field in fields(Line))


@dataclass(frozen=True, slots=True)
class Concordance:
    """Lines, and the numbers of what they are taken from."""

    query: Query
    lines: tuple[Line, ...]
    mentions: int
    articles: int
    """How many articles have mentions."""
    read: int
    """How many articles were read, of all that the query means …"""
    meant: int
    """… which are so many."""
    sample: int | None
    seed: int
    notes: tuple[Note, ...]

    @property
    def understood(self) -> str:
        """How the query was understood, in one sentence."""
        return language.describe(self.query)

    def rows(self) -> Iterator[tuple[str | None, ...]]:
        """The lines as rows of `COLUMNS`."""
        return (astuple(line) for line in self.lines)


def concordance(
    connection: sqlite3.Connection,
    query: str | Query,
    *,
    sort: Sort = "date",
    sample: int | None = None,
    seed: int = 1,
    limit: int | None = None,
    offset: int = 0,
    context: int = 100,
    most: int | None = None,
) -> Concordance:
    """Every mention of *query*, whose words stand together, with *context* characters each side.

    *sample* draws so many mentions at random; the same *seed* draws the same. They are in order of
    date (the oldest first, the undated last), of section, or of the three syllables on the left
    (the nearest first) or on the right, in the Vietnamese alphabet. With *most*,
    at most so many articles are read. Raises UsageError if *query* has no words.
    """
    if sample is not None and sample < 1:
        raise UsageError(f"a sample has at least one mention, not {sample}")
    meant = phrases(query)
    found: list[tuple[str, Mention]] = []
    articles = 0
    order = _Order(sort)
    selection = select(connection, meant, most)
    for text, mentions in mentions_by_article(connection, meant, selection.ids):
        articles += 1
        found.extend((order.key(text, mention), mention) for mention in mentions)
    total = len(found)
    if sample is not None and sample < total:
        # Picked by place and kept in order, so that a sample by date reads as a whole.
        picked = sorted(random.Random(seed).sample(range(total), sample))
        found = [found[place] for place in picked]
    if sort != "date":
        found.sort(key=lambda each: each[0])
    shown = found[offset:] if limit is None else found[offset : offset + limit]
    return Concordance(
        query=meant,
        lines=tuple(_lines(connection, [mention for _, mention in shown], context)),
        mentions=total,
        articles=articles,
        read=len(selection.ids),
        meant=selection.meant,
        sample=sample,
        seed=seed,
        notes=tuple(dict.fromkeys(notes(connection, meant))),
    )


def mentions_by_article(
    connection: sqlite3.Connection, query: Query, ids: Iterable[int]
) -> Iterator[tuple[Text, list[Mention]]]:
    """Each article of *ids* that mentions *query* (of `phrases`), with its mentions in order."""
    marker = Marker(query)
    for text in texts(connection, ids):
        found = [
            Mention(text.id, number, start, end)
            for number, (column, part) in enumerate(text.parts)
            for start, end in marker.spans(part, column)
        ]
        if found:
            yield text, found


class _Order:
    """The sort key of a mention."""

    def __init__(self, sort: Sort) -> None:
        self._sort = sort
        self._known: dict[str, str] = {}

    def key(self, text: Text, mention: Mention) -> str:
        if self._sort == "date":
            return ""  # they are found in this order
        if self._sort == "section":
            # What has no section comes last.
            return sort_key(text.section) if text.section else "\U0010ffff"
        part = text.parts[mention.part][1]
        if self._sort == "left":
            # A syllable that is cut in the middle is not looked at.
            near = part[max(mention.start - _NEAR, 0) : mention.start]
            neighbours = syllables(near)[: -_NEIGHBOURS - 1 : -1]
        else:
            neighbours = syllables(part[mention.end : mention.end + _NEAR])[:_NEIGHBOURS]
        return " ".join(map(self._syllable, neighbours))

    def _syllable(self, syllable: str) -> str:
        if syllable not in self._known:
            self._known[syllable] = sort_key(syllable)
        return self._known[syllable]


def _lines(connection: sqlite3.Connection, mentions: list[Mention], context: int) -> Iterator[Line]:
    wanted = dict.fromkeys(mention.article for mention in mentions)
    known = {text.id: text for text in texts(connection, wanted)}
    for mention in mentions:
        text = known[mention.article]
        place, part = text.parts[mention.part]
        left = part[max(mention.start - context, 0) : mention.start]
        right = part[mention.end : mention.end + context]
        if mention.start > context:
            left = left.partition(" ")[2] or left  # not the end of a syllable that is cut
        if mention.end + context < len(part):
            right = right.rpartition(" ")[0] or right
        hit = part[mention.start : mention.end]
        left, hit, right = (_SPACE.sub(" ", each) for each in (left, hit, right))
        yield Line(text.key, text.date, text.section, place, left, hit, right, text.heading)
