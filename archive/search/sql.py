"""A query → SQL against the two search indexes. Read only.

Words typed with marks are looked for in ``articles_exact``, words typed without in
``articles_plain``; where a query has both kinds, row numbers are intersected. A query is read at
several *levels*, from strict to loose: words as a phrase, then words that may stand apart. Stock
FTS5 and plain SQL do all the work, so the statements made here run in any SQLite shell.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import product
from typing import Literal

from archive import vietnamese
from archive.database.respelling import SEARCH_COLUMNS
from archive.periods import FIRST_YEAR, LAST_YEAR
from archive.search.filters import named, nearest
from archive.search.lookup import find_named
from archive.search.parser import parse
from archive.search.query import Note, Query, Term

Level = Literal["phrase", "phrase in another form", "words in the title", "words"]

#: The weight of a match by column: the title above the lead (which also opens the body), the lead
#: above the body. A caption is like a sentence of the body, but shorter: it weighs a little more.
WEIGHTS = {"title": 12.0, "kicker": 6.0, "lead": 4.0, "body": 1.0, "captions": 2.0, "byline": 1.0}

_SCORE = f"bm25({{index}}, {', '.join(str(WEIGHTS[column]) for column in SEARCH_COLUMNS)})"

# The unary + keeps a condition from becoming one seek in the index per row number: measured on
# 5,000 articles, 0.4 ms against 6.6 ms for a common word by one author.
_IN_PLAIN = "+rowid IN (SELECT rowid FROM articles_plain WHERE articles_plain MATCH ?)"

#: The score of an article whose number was typed: it comes first.
_BEST = -1e9

#: How many other names a note lists.
_OTHERS = 4

#: A phrase with more syllables of two spellings than this is tried in uniform spellings only.
_FREE_SPELLINGS = 4


@dataclass(frozen=True, slots=True)
class Selection:
    """SQL for the articles a query means, at one level."""

    ids: str
    """A SELECT of the column ``id``: every article once, in no order."""
    scored: str
    """A SELECT of ``id`` and ``score``; the best score is the smallest."""
    parameters: tuple[str | int, ...]
    """Of either statement."""


@dataclass(frozen=True, slots=True)
class Ids:
    """A set of articles, as a subquery."""

    sql: str
    parameters: tuple[str | int, ...]

    @classmethod
    def of(cls, ids: Iterable[int]) -> Ids:
        """These articles. One JSON parameter, for SQLite bounds the number of parameters."""
        return cls("SELECT value FROM json_each(?)", (json.dumps(list(ids)),))


def matching(connection: sqlite3.Connection, query: str | Query) -> Selection:
    """The SQL for every article that *query* means, for exports and counts."""
    meant = parse(query) if isinstance(query, str) else query
    builder = SqlBuilder(connection, meant)
    return builder.selection(builder.levels[-1])


def notes(connection: sqlite3.Connection, query: str | Query) -> tuple[Note, ...]:
    """The notes on *query*: what was ignored, unknown, or ambiguous."""
    meant = parse(query) if isinstance(query, str) else query
    return (*meant.notes, *SqlBuilder(connection, meant).notes)


@dataclass(frozen=True, slots=True)
class Named:
    """The article whose key, number or address is the whole query."""

    id: int
    key: str
    only: bool
    """Whether the query is only a name: a key or an address. A number may also be a word."""


@dataclass(frozen=True, slots=True)
class _Branch:
    """One alternative as expressions for the two indexes; both must hold."""

    exact: str | None
    plain: str | None


class SqlBuilder:
    """Builds the SQL for one query against one archive."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        query: Query,
        *,
        reading: Literal["typed", "exact", "tone", "plain"] = "typed",
    ) -> None:
        self.connection = connection
        self.query = query
        self.reading = reading
        self.notes: list[Note] = []
        self.article = self._article()
        self._conditions, self._parameters = self._filters()
        self._counts: dict[Level, int] = {}

    @property
    def levels(self) -> tuple[Level, ...]:
        """The levels of this query, strict first; the last one contains the others."""
        loose = [term for term in self.query.terms if term.loose]
        if not loose or self.article:
            return ("words",)
        if self.reading == "typed" and any(term.mixed for term in loose):
            return ("phrase", "phrase in another form", "words")
        return ("phrase", "words")

    @property
    def shown(self) -> str:
        """The words of the query as this reading spells them."""
        text = " ".join(str(term) for term in self.query.terms)
        return vietnamese.fold(text) if self.reading == "plain" else text

    @property
    def size(self) -> int:
        """How many syllables are looked for."""
        return sum(len(term.syllables) for term in self.query.terms)

    def selection(self, level: Level, *, but: Sequence[Ids] = ()) -> Selection:
        """The articles that match at *level*, except those in *but*."""
        conditions, parameters = [*self._conditions], [*self._parameters]
        for ids in but:
            conditions.append(f"+rowid NOT IN ({ids.sql})")
            parameters.extend(ids.parameters)
        named = self.article
        if named and named.only:
            conditions.insert(0, "id = ?")
            parameters.insert(0, named.id)
        branches = [] if named and named.only else self._branches(level)
        if not branches:
            source = f"FROM articles WHERE {' AND '.join(conditions) or '1'}"
            return Selection(
                f"SELECT id {source}", f"SELECT id, NULL AS score {source}", tuple(parameters)
            )
        one_each: list[str] = []
        scored: list[str] = []
        values: list[str | int] = []
        for branch in branches:
            index, expression = "articles_exact", branch.exact
            here, given = [*conditions], [*parameters]
            if branch.exact is None:
                index, expression = "articles_plain", branch.plain
            elif branch.plain is not None:
                here.insert(0, _IN_PLAIN)
                given.insert(0, branch.plain)
            assert expression is not None
            where = " AND ".join([f"{index} MATCH ?", *here])
            one_each.append(f"SELECT rowid AS id FROM {index} WHERE {where}")
            scored.append(
                f"SELECT rowid AS id, {_SCORE.format(index=index)} AS score"
                f" FROM {index} WHERE {where}"
            )
            values.extend([expression, *given])
        if named:
            where = " AND ".join(["id = ?", *conditions])
            one_each.append(f"SELECT id FROM articles WHERE {where}")
            scored.append(f"SELECT id, {_BEST} AS score FROM articles WHERE {where}")
            values.extend([named.id, *parameters])
        if len(one_each) == 1:
            return Selection(one_each[0], scored[0], tuple(values))
        return Selection(
            " UNION ".join(one_each),
            f"SELECT id, min(score) AS score FROM ({' UNION ALL '.join(scored)}) GROUP BY id",
            tuple(values),
        )

    def count(self, level: Level) -> int:
        """How many articles match at *level*; counted once."""
        if level not in self._counts:
            selection = self.selection(level)
            sql = f"SELECT count(*) FROM ({selection.ids})"
            (self._counts[level],) = self.connection.execute(sql, selection.parameters).fetchone()
        return self._counts[level]

    def counted(self, level: Level, number: int) -> None:
        """Remember a count that came as a by-product."""
        self._counts[level] = number

    def _article(self) -> Named | None:
        """The article that the query is the key, the number or the address of."""
        name = self.query.article
        if name is None:
            return None
        found = find_named(self.connection, name)
        if found is None:
            if not name.isalnum():
                self.notes.append(Note("unknown-article", name))
            return None
        (key,) = self.connection.execute(
            "SELECT key FROM articles WHERE id = ?", (found,)
        ).fetchone()
        if name.isalnum():
            self.notes.append(Note("article-number", name, key))
        return Named(found, key, only=not name.isalnum())

    def _branches(self, level: Level) -> list[_Branch]:
        """The alternatives of the query; those that need one index only are made one branch."""
        exact: list[str] = []
        plain: list[str] = []
        both: list[_Branch] = []
        for alternative in self.query.alternatives:
            branch = self._branch(alternative, level)
            if branch.plain is None and branch.exact is not None:
                exact.append(branch.exact)
            elif branch.exact is None and branch.plain is not None:
                plain.append(branch.plain)
            else:
                both.append(branch)
        if exact:
            both.append(_Branch(_any(exact), None))
        if plain:
            both.append(_Branch(None, _any(plain)))
        return both

    def _branch(self, terms: tuple[Term, ...], level: Level) -> _Branch:
        exact: list[str] = []
        plain: list[str] = []
        for term in terms:
            for strict, expression in self._expressions(term, level):
                (exact if strict else plain).append(expression)
        return _Branch(_all(exact), _all(plain))

    def _expressions(self, term: Term, level: Level) -> Iterable[tuple[bool, str]]:
        """The expressions of *term* for the exact (True) and the plain (False) index at *level*."""
        together = not term.loose or level == "phrase"
        if level == "words in the title" and term.field is None:
            term = replace(term, field="title kicker")
        if self.reading == "plain":
            words = [term.syllables] if together else term.words
            for word in words:
                yield False, _in_field(term, _plain_phrase(word))
            return
        if together:
            strict = self.reading != "typed" or any(map(vietnamese.has_marks, term.syllables))
            yield strict, _in_field(term, self._phrase(term.syllables, strict))
            return
        if level == "phrase in another form":
            yield False, _in_field(term, _plain_phrase(term.syllables))
        for word in term.words:
            strict = self.reading != "typed" or any(map(vietnamese.has_marks, word))
            if strict or level != "phrase in another form":
                yield strict, _in_field(term, self._phrase(word, strict))

    def _phrase(self, syllables: tuple[str, ...], strict: bool) -> str:
        if not strict:
            return _plain_phrase(syllables)
        if self.reading == "exact":
            return _quoted(syllables)
        return _any([_quoted(spelling) for spelling in spelled(syllables)])

    def _filters(self) -> tuple[list[str], list[str | int]]:
        """The conditions on ``rowid`` that are not about words, and their parameters."""
        conditions: list[str] = []
        parameters: list[str | int] = []
        query = self.query
        if query.impossible:
            conditions.append("0")
        if query.since or query.until:
            # Any time of a day sorts after the bare day and before "day" + "~". Both ends are
            # bound, so that an impossible date is in no period.
            first = max(query.since or "", f"{FIRST_YEAR}-01-01")
            last = min(query.until or "9999", f"{LAST_YEAR}-12-31")
            parameters += [first, f"{last}~"]
            conditions.append(
                "+rowid IN (SELECT id FROM articles WHERE updated_at >= ? AND updated_at < ?)"
            )
        for (name, negative), values in _grouped(query).items():
            subqueries = []
            for value in values:
                found = named(self.connection, name, value)
                if not found.parameters:
                    known = ", ".join(nearest(self.connection, name, value))
                    self.notes.append(Note("unknown-name", f"{name} “{value}”", known))
                if found.others:
                    others = ", ".join(found.others[:_OTHERS])
                    more = " …" if len(found.others) > _OTHERS else ""
                    self.notes.append(Note("whole-name", f"{name} “{value}”", others + more))
                subqueries.append(found.ids)
                parameters.extend(found.parameters)
            way = "NOT IN" if negative else "IN"
            conditions.append(f"+rowid {way} ({' UNION ALL '.join(subqueries)})")
        for term in query.without:
            strict = any(map(vietnamese.has_marks, term.syllables))
            index = "articles_exact" if strict else "articles_plain"
            conditions.append(f"+rowid NOT IN (SELECT rowid FROM {index} WHERE {index} MATCH ?)")
            parameters.append(_in_field(term, self._phrase(term.syllables, strict)))
        return conditions, parameters


def spelled(syllables: tuple[str, ...]) -> list[tuple[str, ...]]:
    """Every way to place the tones of a phrase; the way it was typed comes first.

    >>> spelled(("hòa", "bình"))
    [('hòa', 'bình'), ('hoà', 'bình')]
    """
    choices = [vietnamese.spellings(syllable) for syllable in syllables]
    if sum(len(choice) > 1 for choice in choices) <= _FREE_SPELLINGS:
        return list(product(*choices))
    # Most texts place all tones in one way: as typed, all in the old way, or all in the new way.
    ways = [
        syllables,
        tuple(min(choice, key=_tone_last) for choice in choices),
        tuple(max(choice, key=_tone_last) for choice in choices),
    ]
    return list(dict.fromkeys(ways))


def _tone_last(syllable: str) -> bool:
    return vietnamese.has_marks(syllable[-1])


def _quoted(syllables: tuple[str, ...]) -> str:
    # Syllables have only letters and digits, so no quotation mark must be doubled.
    return f'"{" ".join(syllables)}"'


def _plain_phrase(syllables: tuple[str, ...]) -> str:
    return _quoted(tuple(vietnamese.fold(syllable) for syllable in syllables))


def _any(expressions: list[str]) -> str:
    return expressions[0] if len(expressions) == 1 else f"({' OR '.join(expressions)})"


def _all(expressions: list[str]) -> str | None:
    return f"({' AND '.join(expressions)})" if expressions else None


def _in_field(term: Term, expression: str) -> str:
    return f"{{{term.field}}} : ({expression})" if term.field else expression


def _grouped(query: Query) -> dict[tuple[str, bool], list[str]]:
    groups: dict[tuple[str, bool], list[str]] = {}
    for condition in query.filters:
        groups.setdefault((condition.name, condition.negative), []).append(condition.value)
    return groups
