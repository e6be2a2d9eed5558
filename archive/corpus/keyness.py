"""Keyness: which words one set of articles has more, or less, than another.

Significance is the log-likelihood G2 of P. Rayson and R. Garside, "Comparing corpora using
frequency profiling" (2000); effect size is the log ratio of A. Hardie, "Log Ratio: an informal
introduction" (2014). A great G2 says that a difference is no chance, the log ratio how large it is:
each point doubles the ratio. Neither knows that the words of one article belong together, so each
row says in how many articles its word stands.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import astuple, dataclass, fields
from math import log, log2

from archive.corpus.frequencies import Counts, count
from archive.corpus.texts import select
from archive.corpus.tokens import Unit, tokenizer
from archive.errors import UsageError
from archive.search import query as language
from archive.search.parser import parse
from archive.search.query import Note, Query
from archive.search.sql import notes

#: G2 above this is significant at p < 0.0001 for one word (χ² of one degree of freedom).
SIGNIFICANT = 15.13


@dataclass(frozen=True, slots=True)
class Key:
    """One word, and how differently two sets use it."""

    text: str
    count: int
    per_million: float
    articles: int
    """In how many articles of the first set it stands."""
    other_count: int
    other_per_million: float
    other_articles: int
    g2: float
    log_ratio: float
    """Binary logarithm of the ratio of the relative frequencies; below 0, the other set has it
    more. A count of 0 is taken for 0.5."""


COLUMNS = tuple(field.name for field in fields(Key))


@dataclass(frozen=True, slots=True)
class Keyness:
    """The words that differ most, by G2."""

    query: Query
    other: Query
    unit: Unit
    n: int
    rows: tuple[Key, ...]
    tokens: int
    other_tokens: int
    read: tuple[int, int]
    """How many articles of each set were read, of all that the queries mean …"""
    meant: tuple[int, int]
    """… which are so many."""
    notes: tuple[Note, ...]

    @property
    def understood(self) -> tuple[str, str]:
        """How the two queries were understood."""
        return language.describe(self.query), language.describe(self.other)

    def table(self) -> Iterator[tuple[str | int | float, ...]]:
        """The rows as tuples of `COLUMNS`."""
        return (astuple(row) for row in self.rows)


def keyness(
    connection: sqlite3.Connection,
    query: str | Query,
    other: str | Query,
    *,
    n: int = 1,
    unit: Unit = "syllables",
    limit: int = 100,
    at_least: int = 3,
    most: int | None = None,
) -> Keyness:
    """The words that the articles of *query* have more or less than those of *other*, by G2.

    *at_least*: the word stands in so many articles of the set that has it more. With
    *most*, at most so many articles of each set are read. Raises UsageError if a set is empty.
    """
    sets = tuple(parse(each) if isinstance(each, str) else each for each in (query, other))
    cut = tokenizer(unit)
    one, two = (count(connection, select(connection, each, most), cut, n) for each in sets)
    for counted, meant in zip((one, two), sets):
        if not counted.tokens:
            raise UsageError(f"no text to compare: no article is {language.describe(meant)}")
    rows = [_key(text, one, two) for text in {*one.frequency, *two.frequency}]
    kept = [
        row for row in rows
        if (row.articles if row.log_ratio > 0 else row.other_articles) >= at_least
    ]  # fmt: skip
    kept.sort(key=lambda row: (-row.g2, row.text))
    return Keyness(
        sets[0], sets[1], unit, n, tuple(kept[:limit]), one.tokens, two.tokens,
        (one.read, two.read), (one.meant, two.meant),
        tuple(dict.fromkeys(note for each in sets for note in notes(connection, each))),
    )  # fmt: skip


def _key(text: str, one: Counts, two: Counts) -> Key:
    here, there = one.frequency[text], two.frequency[text]
    return Key(
        text=text,
        count=here,
        per_million=round(here * 1e6 / one.tokens, 2),
        articles=one.articles[text],
        other_count=there,
        other_per_million=round(there * 1e6 / two.tokens, 2),
        other_articles=two.articles[text],
        g2=round(log_likelihood(here, there, one.tokens, two.tokens), 2),
        log_ratio=round(log_ratio(here, there, one.tokens, two.tokens), 3),
    )


def log_likelihood(here: int, there: int, size: int, other_size: int) -> float:
    """G2 of a word that stands *here* times in *size* tokens and *there* in *other_size*.

    >>> round(log_likelihood(52, 57, 50_000, 75_000), 2)
    2.65
    """
    expected = (here + there) / (size + other_size)
    found = ((here, size * expected), (there, other_size * expected))
    # Rounding may leave a trace below zero where the sets are alike.
    return max(2 * sum(seen * log(seen / meant) for seen, meant in found if seen), 0.0)


def log_ratio(here: int, there: int, size: int, other_size: int) -> float:
    """The binary logarithm of the ratio of two relative frequencies; 0 is taken for 0.5.

    >>> log_ratio(40, 10, 1000, 1000), round(log_ratio(8, 0, 1000, 1000), 2)
    (2.0, 4.0)
    """
    return log2((here or 0.5) / size) - log2((there or 0.5) / other_size)
