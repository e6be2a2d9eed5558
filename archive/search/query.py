"""A query: terms, filters and dates, with notes on what was typed. Pure.

`archive.search.parser` makes a query from text; `archive.search.sql` makes SQL from a query.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from archive import periods, vietnamese
from archive.periods import Period

#: How much of a query is read: far more than its `MAX_SYLLABLES` words take.
MAX_CHARACTERS = 4_000

#: How many syllables of a query are looked for. More than anyone types; enough for a pasted title.
MAX_SYLLABLES = 48


@dataclass(frozen=True, slots=True)
class Term:
    """Words that are searched together: one word, a phrase, or several words."""

    words: tuple[tuple[str, ...], ...]
    """Each word as the syllables the indexes cut it into: ``(("covid", "19"),)``."""
    quoted: bool = False
    """A phrase and nothing else; otherwise the phrase is only preferred."""
    field: str | None = None
    """The search column; None for all columns."""

    @property
    def syllables(self) -> tuple[str, ...]:
        """All syllables, in order."""
        return tuple(syllable for word in self.words for syllable in word)

    @property
    def loose(self) -> bool:
        """Whether the words may also stand apart."""
        return not self.quoted and len(self.words) > 1

    @property
    def mixed(self) -> bool:
        """Whether some of the words were typed with marks and some without."""
        marked = {any(map(vietnamese.has_marks, word)) for word in self.words}
        return len(marked) > 1

    def __str__(self) -> str:
        text = " ".join(self.syllables)
        return text if not self.quoted else f"“{text}”"


@dataclass(frozen=True, slots=True)
class Filter:
    """A condition on the article's metadata."""

    name: str
    """``author``, ``section``, ``anysection``, ``source``, ``kind``, ``tag``, ``place``, ``paper``,
    or a state: ``edited``, ``gone`` or ``has``."""
    value: str
    negative: bool = False


@dataclass(frozen=True, slots=True)
class Note:
    """A note on the query: what was ignored, and why."""

    code: str
    """``stray-quote`` · ``bad-date`` · ``too-long`` · ``no-words`` · ``empty-filter`` ·
    ``unknown-name`` · ``one-word-field`` · ``empty-period`` · ``operator`` · ``no-operator`` ·
    ``no-field`` · ``like-field`` · ``wildcard`` · ``sign`` · ``brackets`` · ``negative-date`` ·
    ``whole-name`` · ``unknown-article`` · ``article-number``."""
    value: str = ""
    other: str = ""
    """A second value: a similar field, or the names that were not matched."""

    def __str__(self) -> str:
        said = NOTES[self.code].format(self.value, self.other)
        return (
            f"{said}; it has {self.other}" if self.code == "unknown-name" and self.other else said
        )


NOTES = {
    "stray-quote": "an unmatched quotation mark was ignored",
    "bad-date": "“{}” is not a date and was ignored; write 2018, 03/2018 or 2018-01-03",
    "too-long": f"only the first {MAX_SYLLABLES} words were used",
    "cut": f"only the first {MAX_CHARACTERS:,} characters were read",
    "no-words": "the query has no searchable words",
    "empty-filter": "“{}” has no value and was ignored",
    "unknown-name": "the archive has no {}",
    "one-word-field": "{} takes one word; put several in quotation marks after it",
    "empty-period": "the end date is before the start date: {}",
    "operator": '{0} was read as an operator; to search for the word, write "{0}"',
    "no-operator": "“{0}” was searched as a word; write an operator in capitals",
    "no-field": "“{}:” is not a field and was searched as a word",
    "like-field": "“{}:” is not a field and was searched as a word; did you mean {}:?",
    "wildcard": "search finds whole words; the sign in “{}” was ignored",
    "sign": "the sign {} was ignored; use OR, AND and -",
    "brackets": "brackets do not group; words between two OR belong together",
    "negative-date": "dates cannot be excluded; “{}” was ignored",
    "whole-name": "{} is a complete name; other names contain it: {}",
    "unknown-article": "the archive has no article {}",
    "article-number": "{} is the number of the article {}, which comes first",
}


@dataclass(frozen=True, slots=True)
class Query:
    """A parsed query. `parser.parse` makes one from text, `narrowed` adds filters."""

    text: str = ""
    """As typed, in NFC."""
    alternatives: tuple[tuple[Term, ...], ...] = ()
    """Any of these; within one, all of its terms. Empty: every article."""
    without: tuple[Term, ...] = ()
    filters: tuple[Filter, ...] = ()
    since: str | None = None
    """The first day, ``2018-01-03``."""
    until: str | None = None
    """The last day, itself included."""
    article: str | None = None
    """The whole text, where it may be an article's key, number or address."""
    impossible: bool = False
    """Something was typed, but no searchable words: it matches no article."""
    notes: tuple[Note, ...] = field(default=(), compare=False)

    @property
    def terms(self) -> Iterator[Term]:
        """Every term that is searched (without the excluded ones)."""
        return (term for alternative in self.alternatives for term in alternative)

    @property
    def conditions(self) -> Query:
        """Its dates and filters alone."""
        return Query(filters=self.filters, since=self.since, until=self.until)

    def narrowed(
        self,
        *,
        since: str | None = None,
        until: str | None = None,
        sections: tuple[str, ...] = (),
        authors: tuple[str, ...] = (),
        sources: tuple[str, ...] = (),
        kinds: tuple[str, ...] = (),
        tags: tuple[str, ...] = (),
        papers: tuple[str, ...] = (),
    ) -> Query:
        """This query with more conditions; dates are given as people write them."""
        filters = [
            Filter(name, value)
            for name, values in (
                ("section", sections),
                ("author", authors),
                ("source", sources),
                ("kind", kinds),
                ("tag", tags),
                ("paper", papers),
            )
            for value in values
        ]
        first = periods.require(since).first if since else None
        last = periods.require(until).last if until else None
        days = [day for day in (self.since, first) if day]
        ends = [day for day in (self.until, last) if day]
        return replace(
            self,
            filters=(*self.filters, *filters),
            since=max(days, default=None),
            until=min(ends, default=None),
        )


def as_phrase(query: Query) -> str | None:
    """The query text that finds the same words only as a phrase; None for a more complex query.

    >>> from archive.search.parser import parse
    >>> as_phrase(parse("cá tra")), as_phrase(parse('"cá tra"')), as_phrase(parse("cá tra -lúa"))
    ('"cá tra"', None, None)
    """
    terms = list(query.terms)
    if (
        len(terms) != 1
        or not terms[0].loose
        or terms[0].field
        or query.notes
        or query.article
        or query != replace(Query(query.text), alternatives=query.alternatives)
    ):
        return None
    return f'"{query.text.strip()}"'


_NAMED = {
    "author": "author", "section": "section", "anysection": "seen in section", "source": "source",
    "kind": "kind", "tag": "tag", "paper": "paper", "edited": "edited", "gone": "gone",
    "has": "with", "place": "place",
}  # fmt: skip


def describe(query: Query) -> str:
    """How the query was understood, in one sentence.

    >>> from archive.search.parser import parse
    >>> describe(parse('dan van -covid title:"nông thôn" year:2018'))
    'dan van (phrase first, then all words) and “nông thôn” in the title, without covid, \
from 2018-01-01 to 2018-12-31'
    """
    said = " or ".join(
        " and ".join(_describe_term(term) for term in terms) for terms in query.alternatives
    )
    parts = [said or ("no searchable words" if query.impossible else "every article")]
    if query.without:
        parts.append(f"without {', '.join(_describe_term(t, False) for t in query.without)}")
    for name, said in _NAMED.items():
        wanted = [f.value for f in query.filters if f.name == name and not f.negative]
        refused = [f.value for f in query.filters if f.name == name and f.negative]
        if wanted:
            parts.append(f"{said} {' or '.join(wanted)}")
        if refused:
            parts.append(f"{said} not {' or '.join(refused)}")
    if query.since or query.until:
        parts.append(str(Period(query.since or "", query.until or "")))
    return ", ".join(parts)


def _describe_term(term: Term, order: bool = True) -> str:
    place = ""
    if term.field:
        name = "captions" if term.field == "captions" else term.field
        place = f" in the {name}"
    way = " (phrase first, then all words)" if term.loose and order else ""
    return f"{term}{way}{place}"
