"""Collocations: the tokens that stand near a word or phrase more often than chance would have it.

Three measures, each with its use: logDice (P. Rychlý, "A lexicographer-friendly association score",
2008) is at most 14 and can be compared between archives; MI (K. W. Church and P. Hanks, 1990) finds
rare, fixed company; t (Church et al., 1991) frequent, safe company. The expected frequency counts
all places of the window (S. Evert, "Corpora and collocations", 2008): E = fx · fy · window / N.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterator
from dataclasses import astuple, dataclass, fields
from math import log2, sqrt
from typing import Literal

from archive.corpus.concordance import mentions_by_article
from archive.corpus.frequencies import count
from archive.corpus.texts import phrases, select
from archive.corpus.tokens import Tokenizer, Unit, tokenizer
from archive.errors import UsageError
from archive.search import query as language
from archive.search.query import Note, Query
from archive.search.sql import notes

Measure = Literal["logdice", "mi", "t"]


@dataclass(frozen=True, slots=True)
class Collocate:
    """One token near the word."""

    text: str
    together: int
    """How often it stands in the window of a mention."""
    articles: int
    """In how many articles it does."""
    left: int
    """How often on the left; the rest on the right."""
    count: int
    """How often it stands in all articles that the filters select."""
    logdice: float
    mi: float
    t: float


COLUMNS = tuple(field.name for field in fields(Collocate))


@dataclass(frozen=True, slots=True)
class Collocations:
    """The strongest collocates of a word or phrase."""

    query: Query
    unit: Unit
    window: tuple[int, int]
    rows: tuple[Collocate, ...]
    mentions: int
    articles: int
    tokens: int
    """Of all articles that the filters select, or of those of them that were read."""
    read: int
    """How many articles were read, of all that the filters select …"""
    meant: int
    """… which are so many."""
    measure: Measure
    notes: tuple[Note, ...]

    @property
    def understood(self) -> str:
        """How the query was understood, in one sentence."""
        return language.describe(self.query)

    def table(self) -> Iterator[tuple[str | int | float, ...]]:
        """The rows as tuples of `COLUMNS`."""
        return (astuple(row) for row in self.rows)


def collocations(
    connection: sqlite3.Connection,
    query: str | Query,
    *,
    window: tuple[int, int] = (5, 5),
    unit: Unit = "syllables",
    measure: Measure = "logdice",
    limit: int = 100,
    at_least: int = 3,
    most: int | None = None,
) -> Collocations:
    """The tokens in the *window* (left, right) of each mention of *query*, by *measure*.

    The window ends with its paragraph. *at_least*: near mentions in so many articles. Bylines are
    no text and have no collocates. With *most*, at most so many articles are read. Raises
    UsageError if *query* has no words.
    """
    if min(window) < 0 or not sum(window):
        raise UsageError(f"a window has at least one token; this has {window[0]} and {window[1]}")
    meant = phrases(query)
    cut = tokenizer(unit)
    selection = select(connection, meant.conditions, most)
    among = set(selection.ids)
    ids = [id for id in select(connection, meant).ids if id in among]
    near = _near(connection, meant, ids, cut, window)
    base = count(connection, selection, cut)
    rows = []
    for text, together in near.together.items():
        if near.ranges[text] >= at_least:
            scores = measures(
                together, near.mentions, base.frequency[text], base.tokens, sum(window)
            )
            rows.append(
                Collocate(text, together, near.ranges[text], near.left[text],
                          base.frequency[text], *(round(score, 3) for score in scores))
            )  # fmt: skip
    rows.sort(key=lambda row: (-float(getattr(row, measure)), -row.together, row.text))
    return Collocations(
        meant, unit, window, tuple(rows[:limit]), near.mentions, near.articles, base.tokens,
        base.read, base.meant, measure, tuple(dict.fromkeys(notes(connection, meant))),
    )  # fmt: skip


def measures(
    together: int, mentions: int, frequency: int, tokens: int, window: int
) -> tuple[float, float, float]:
    """logDice, MI and t of a token that stands *together* times in a *window* of so many tokens.

    Published figures (Manning and Schütze 1999, tables 5.6 and 5.14, *Ayatollah Ruhollah*):

    >>> [round(score, 3) for score in measures(20, 42, 20, 14_307_668, 1)][1:]
    [18.378, 4.472]
    """
    expected = mentions * frequency * window / tokens
    return (
        14 + log2(2 * together / (mentions + frequency)),
        log2(together / expected),
        (together - expected) / sqrt(together),
    )


class _Near:
    """What stands near the mentions."""

    def __init__(self) -> None:
        self.together: Counter[str] = Counter()
        self.left: Counter[str] = Counter()
        self.ranges: Counter[str] = Counter()
        self.mentions = 0
        self.articles = 0


def _near(
    connection: sqlite3.Connection,
    meant: Query,
    ids: list[int],
    cut: Tokenizer,
    window: tuple[int, int],
) -> _Near:
    near = _Near()
    for text, mentions in mentions_by_article(connection, meant, ids):
        here: set[str] = set()
        running = [each for each in mentions if text.parts[each.part][0] != "byline"]
        near.articles += bool(running)
        for mention in running:
            part = text.parts[mention.part][1]
            before = part[part.rfind("\n", 0, mention.start) + 1 : mention.start]
            after = part[mention.end :].partition("\n")[0]
            left = cut(before)[-window[0] :] if window[0] else []
            tokens = [*left, *cut(after)[: window[1]]]
            near.mentions += 1
            near.left.update(tokens[: len(left)])
            near.together.update(tokens)
            here.update(tokens)
        near.ranges.update(here)
    return near
