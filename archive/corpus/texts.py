"""The articles that a query means, as texts in parts, one after another. Read only."""

from __future__ import annotations

import json
import random
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from archive.errors import UsageError
from archive.search.parser import parse
from archive.search.query import Query
from archive.search.sql import matching

_BATCH = 500


@dataclass(frozen=True, slots=True)
class Text:
    """One article, in the parts that are searched."""

    id: int
    key: str
    date: str | None
    """The day of the stamp, ``2018-01-03``."""
    section: str | None
    heading: str
    """The title, to name the article."""
    parts: tuple[tuple[str, str], ...]
    """Column and text of each part: ``title``, ``kicker``, ``lead`` (where the text does not open
    with it), ``body``, ``captions``, ``byline``; none twice."""

    @property
    def paragraphs(self) -> Iterator[str]:
        """The paragraphs of its running text: every part but the byline."""
        for column, text in self.parts:
            if column != "byline":
                yield from filter(None, text.split("\n"))


@dataclass(frozen=True, slots=True)
class Selection:
    """The articles to read."""

    ids: list[int]
    """Their row numbers, the oldest article first and the undated last."""
    meant: int
    """How many articles the query means; more than are read where a sample was drawn."""


def select(
    connection: sqlite3.Connection, query: Query | str = "", most: int | None = None
) -> Selection:
    """The articles that *query* means, or *most* of them: the same sample at every call."""
    selection = matching(connection, query)
    rows = connection.execute(
        f"SELECT id FROM articles WHERE +id IN ({selection.ids})"
        " ORDER BY updated_at IS NULL, updated_at, key",
        selection.parameters,
    )
    ids = [id for (id,) in rows]
    if most is None or len(ids) <= most:
        return Selection(ids, len(ids))
    picked = sorted(random.Random(1).sample(range(len(ids)), most))
    return Selection([ids[place] for place in picked], len(ids))


def texts(connection: sqlite3.Connection, ids: Iterable[int]) -> Iterator[Text]:
    """The articles with these row numbers, in this order."""
    wanted = list(ids)
    for start in range(0, len(wanted), _BATCH):
        rows = connection.execute(
            "SELECT a.id, a.key, substr(a.updated_at, 1, 10), a.section, a.title, a.kicker, a.lead,"
            " a.body, a.captions, a.byline FROM json_each(?) AS picked"
            " CROSS JOIN articles AS a ON a.id = picked.value ORDER BY picked.key",
            (json.dumps(wanted[start : start + _BATCH]),),
        )
        for id, key, date, section, title, kicker, lead, body, captions, byline in rows:
            if lead and (body or "").startswith(lead):
                lead = None
            named = (("title", title), ("kicker", kicker), ("lead", lead), ("body", body),
                     ("captions", captions), ("byline", byline))  # fmt: skip
            parts = tuple((column, text) for column, text in named if text)
            yield Text(id, key, date, section, title, parts)


def phrases(query: Query | str) -> Query:
    """*query* with words that stand together; raises UsageError if it has no words.

    A mention is one place in a text, so ``dân vận`` is read as ``"dân vận"``.

    >>> str(next(phrases("dân vận").terms))
    '“dân vận”'
    """
    meant = parse(query) if isinstance(query, str) else query
    if not any(meant.terms):
        raise UsageError("name the word or phrase to look for; filters alone have no mentions")
    return replace(
        meant,
        alternatives=tuple(
            tuple(replace(term, quoted=True) for term in terms) for terms in meant.alternatives
        ),
    )
