"""Highlighting: the words of a query in the text of an article, and the best snippet. Pure.

FTS5's own ``snippet()`` reads the index's text, which has d for đ in the plain index. Here the
original is shown: the text is folded character by character, so that an offset in the folded text
is an offset in the paper's own spelling.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from archive import vietnamese
from archive.search.query import Query, Term

#: About how many characters of text a snippet shows.
WIDTH = 220

#: A beginning of at most so many characters is kept and not cut off.
_NOT_WORTH_CUTTING = 24

_COLUMNS = ("lead", "body", "captions", "kicker", "byline")
_GAP = r"[\W_]+"
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Marked:
    """A text in parts, some of which are marked."""

    parts: tuple[tuple[str, bool], ...]

    @property
    def text(self) -> str:
        """The text without its marks."""
        return "".join(text for text, _ in self.parts)

    @property
    def marks(self) -> tuple[tuple[int, int], ...]:
        """Where the marked parts begin and end."""
        found, at = [], 0
        for text, marked in self.parts:
            if marked:
                found.append((at, at + len(text)))
            at += len(text)
        return tuple(found)

    def __str__(self) -> str:
        return "".join(f"[{text}]" if marked else text for text, marked in self.parts)


class Marker:
    """Marks the words of one query in one article after another."""

    def __init__(self, query: Query) -> None:
        self._terms = list(query.terms)
        self._made: dict[tuple[str, bool], _Patterns] = {}

    def _patterns(self, column: str, together: bool) -> _Patterns:
        """The patterns for *column*, made when they are first needed."""
        key = (column, together)
        if key not in self._made:
            self._made[key] = _patterns(self._terms, column, together=together)
        return self._made[key]

    def spans(self, text: str, column: str) -> list[tuple[int, int]]:
        """Where the words of the query stand together in *text*, which is of *column*."""
        return _spans(text, self._patterns(column, True))

    def mark(self, row: Mapping[str, Any], *, together: bool) -> tuple[Marked, Marked, str]:
        """The title and the best snippet of an article, and the column the snippet is from.

        With *together*, the words of a phrase are marked only where they stand together.
        """
        title = row["title"]
        spans = _spans(title, self._patterns("title", together))
        marked_title = _marked(title, spans, 0, len(title))
        best: tuple[float, str, str, list[tuple[int, int]], int] | None = None
        for column in _COLUMNS:
            text = row[column]
            if not text:
                continue
            spans = _spans(text, self._patterns(column, together))
            if spans:
                at, worth = _densest(spans)
                if best is None or worth > best[0]:
                    best = (worth, column, text, spans, at)
        if best is None:
            column = next((name for name in ("lead", "body", "captions") if row[name]), "title")
            text = row[column]
            return marked_title, _cut(text, [], 0), column
        _, column, text, spans, at = best
        return marked_title, _cut(text, spans, at), column


@dataclass(frozen=True, slots=True)
class _Patterns:
    """What to mark in one column."""

    exact: tuple[re.Pattern[str], ...]
    """For the text in lower case."""
    plain: tuple[re.Pattern[str], ...]
    """For the text as it is."""


def _patterns(terms: list[Term], column: str, *, together: bool) -> _Patterns:
    exact: list[str] = []
    plain: list[str] = []
    for term in terms:
        if term.field not in (None, column):
            continue
        loose = term.loose and not together
        for group in (term.syllables, *(term.words if loose else ())):
            marked = any(map(vietnamese.has_marks, group))
            if marked:
                exact.extend(_exact(group))
            if not marked or (loose and group is term.syllables and term.mixed):
                # Such a phrase may have been found in another form as well.
                plain.append(_plain(group))
    return _Patterns(_compiled(exact), _compiled(plain))


# One pattern for each phrase, each beginning with a letter: so the search skips from one such
# letter to the next, ten times as fast as an alternation or a look behind at every place. That the
# letter begins a word is checked after it.
_START = r"(?<![^\W_].)"
_END = r"(?![^\W_])"


def _exact(group: tuple[str, ...]) -> Iterator[str]:
    first, *others = group
    rest = "".join(_GAP + _either(vietnamese.spellings(syllable)) for syllable in others)
    for spelling in vietnamese.spellings(first):
        yield re.escape(spelling[0]) + _START + re.escape(spelling[1:]) + rest + _END


def _plain(group: tuple[str, ...]) -> str:
    first, *others = group
    rest = "".join(_GAP + vietnamese.pattern(syllable) for syllable in others)
    return vietnamese.pattern(first[0]) + _START + vietnamese.pattern(first[1:]) + rest + _END


def _either(spellings: tuple[str, ...]) -> str:
    return f"(?:{'|'.join(map(re.escape, spellings))})"


def _compiled(patterns: list[str]) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern, re.DOTALL) for pattern in dict.fromkeys(patterns))


def _spans(text: str, patterns: _Patterns) -> list[tuple[int, int]]:
    searched = vietnamese.normalise(text)
    if searched == text:
        return _found(text, patterns)
    # Spans refer to the paper's own spelling, where one character may have become several or none.
    searched, places = vietnamese.aligned(text)
    return [(places[here], places[there]) for here, there in _found(searched, patterns)]


def _found(text: str, patterns: _Patterns) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    if patterns.exact:
        lowered = vietnamese.lower(text)
        for pattern in patterns.exact:
            found.extend(match.span() for match in pattern.finditer(lowered))
    for pattern in patterns.plain:
        found.extend(match.span() for match in pattern.finditer(text))
    return list(_joined(sorted(found)))


def _joined(spans: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """*spans* in order, with overlapping ones made one."""
    start, end = -1, -1
    for here, there in spans:
        if here < end:
            end = max(end, there)
            continue
        if end >= 0:
            yield start, end
        start, end = here, there
    if end >= 0:
        yield start, end


def _densest(spans: list[tuple[int, int]]) -> tuple[int, float]:
    """Where the window with the most marked text begins, and how much that is."""
    at, best = spans[0][0], 0.0
    first = 0
    worth = 0
    for last, (_, end) in enumerate(spans):
        worth += end - spans[last][0]
        while end - spans[first][0] > WIDTH and first < last:
            worth -= spans[first][1] - spans[first][0]
            first += 1
        if worth > best:
            at, best = spans[first][0], float(worth)
    return at, best


def _cut(text: str, spans: list[tuple[int, int]], at: int) -> Marked:
    """About `WIDTH` characters around *at*, cut between words."""
    start = max(at - WIDTH // 4, 0)
    if start <= _NOT_WORTH_CUTTING:
        start = 0
    else:
        # Begin after a space, but not so late that the first mark would be cut off.
        space = text.find(" ", start, at)
        start = space + 1 if space >= 0 else at
    end = min(start + WIDTH, len(text))
    if end < len(text):
        space = text.rfind(" ", start + WIDTH // 2, end)
        end = space if space > 0 else end
    return _marked(text, spans, start, end)


def _marked(text: str, spans: list[tuple[int, int]], start: int, end: int) -> Marked:
    parts: list[tuple[str, bool]] = [("… ", False)] if start else []
    at = start
    for here, there in spans:
        if there <= start or here >= end:
            continue
        here, there = max(here, start), min(there, end)
        parts.append((text[at:here], False))
        parts.append((text[here:there], True))
        at = there
    parts.append((text[at:end], False))
    if end < len(text):
        parts.append((" …", False))
    return Marked(tuple((_SPACE.sub(" ", part), mark) for part, mark in parts if part))
