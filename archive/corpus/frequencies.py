"""Frequency lists and n-grams, with their dispersion over the articles.

Numbers per million tokens; dispersion as in `archive.corpus.dispersion`. An n-gram does not cross
the end of a paragraph. The two places of a tone (*hoà*, *hòa*) are one spelling.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterator
from dataclasses import astuple, dataclass, fields

from archive.corpus.dispersion import deviation_of_proportions
from archive.corpus.texts import Selection, select, texts
from archive.corpus.tokens import Tokenizer, Unit, tokenizer
from archive.search import query as language
from archive.search.parser import parse
from archive.search.query import Note, Query
from archive.search.sql import notes
from archive.vietnamese import sort_key


@dataclass(frozen=True, slots=True)
class Counts:
    """How often each token, or n-gram, stands in a set of articles."""

    frequency: Counter[str]
    articles: Counter[str]
    """In how many articles it stands (its range)."""
    tokens: int
    """How many tokens, or n-grams, there are in all."""
    read: int
    """How many articles were read, of all that the query means …"""
    meant: int
    """… which are so many."""


@dataclass(frozen=True, slots=True)
class Frequency:
    """One row of a frequency list."""

    text: str
    count: int
    per_million: float
    articles: int
    dispersion: float
    """Gries' DP over the articles: 0 evenly spread, near 1 in few articles."""


COLUMNS = tuple(field.name for field in fields(Frequency))


@dataclass(frozen=True, slots=True)
class Frequencies:
    """The most frequent tokens, or n-grams, of a set of articles."""

    query: Query
    unit: Unit
    n: int
    rows: tuple[Frequency, ...]
    tokens: int
    types: int
    """How many different ones there are."""
    read: int
    """How many articles were read, of all that the query means …"""
    meant: int
    """… which are so many."""
    notes: tuple[Note, ...]

    @property
    def understood(self) -> str:
        """How the query was understood, in one sentence."""
        return language.describe(self.query)

    def table(self) -> Iterator[tuple[str | int | float, ...]]:
        """The rows as tuples of `COLUMNS`."""
        return (astuple(row) for row in self.rows)


def frequencies(
    connection: sqlite3.Connection,
    query: str | Query = "",
    *,
    n: int = 1,
    unit: Unit = "syllables",
    limit: int = 100,
    at_least: int = 1,
    most: int | None = None,
) -> Frequencies:
    """The most frequent tokens (or, with *n* above 1, n-grams) of the articles *query* means.

    *at_least*: in so many articles. With *most*, at most so many articles are read. Ties are in
    alphabetical order. Raises UsageError where *unit* is words and no segmenter is installed.
    """
    meant = parse(query) if isinstance(query, str) else query
    cut = tokenizer(unit)
    selection = select(connection, meant, most)
    counted = count(connection, selection, cut, n)
    ranked = sorted(
        ((number, text) for text, number in counted.frequency.items()
         if counted.articles[text] >= at_least),
        key=lambda each: -each[0],
    )  # fmt: skip
    # Only ties with the last row that is shown must be put in order.
    if len(ranked) > limit:
        ranked = [each for each in ranked if each[0] >= ranked[limit - 1][0]] if limit else []
    ranked.sort(key=lambda each: (-each[0], sort_key(each[1])))
    del ranked[limit:]
    spread = _dispersions(connection, selection, cut, n, counted, [text for _, text in ranked])
    rows = tuple(
        Frequency(
            text=text,
            count=number,
            per_million=round(number * 1e6 / counted.tokens, 2),
            articles=counted.articles[text],
            dispersion=round(spread[text], 4),
        )
        for number, text in ranked
    )
    return Frequencies(
        meant, unit, n, rows, counted.tokens, len(counted.frequency), counted.read,
        counted.meant, tuple(notes(connection, meant)),
    )  # fmt: skip


def count(
    connection: sqlite3.Connection, selection: Selection, cut: Tokenizer, n: int = 1
) -> Counts:
    """Count every token, or n-gram, of the articles in *selection*."""
    frequency: Counter[str] = Counter()
    articles: Counter[str] = Counter()
    for grams in _articles(connection, selection, cut, n):
        frequency.update(grams)
        articles.update(set(grams))
    return Counts(frequency, articles, frequency.total(), len(selection.ids), selection.meant)


def _articles(
    connection: sqlite3.Connection, selection: Selection, cut: Tokenizer, n: int
) -> Iterator[list[str]]:
    """The tokens, or n-grams, of one article after another."""
    for text in texts(connection, selection.ids):
        grams: list[str] = []
        for paragraph in text.paragraphs:
            tokens = cut(paragraph)
            if n > 1:
                tokens = list(map(" ".join, zip(*(tokens[first:] for first in range(n)))))
            grams += tokens
        yield grams


def _dispersions(
    connection: sqlite3.Connection,
    selection: Selection,
    cut: Tokenizer,
    n: int,
    counted: Counts,
    wanted: list[str],
) -> dict[str, float]:
    """Gries' DP of each of *wanted*: a second reading, for all types would not fit in memory."""
    places: dict[str, list[tuple[int, int]]] = {text: [] for text in wanted}
    for grams in _articles(connection, selection, cut, n):
        for text, number in Counter(filter(places.__contains__, grams)).items():
            places[text].append((number, len(grams)))
    return {text: deviation_of_proportions(found, counted.tokens) for text, found in places.items()}
