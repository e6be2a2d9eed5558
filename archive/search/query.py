"""The query language: what a person typed → what is meant. Pure; it never fails.

======================  ======================================================================
typed                   means
======================  ======================================================================
``dân vận``             typed with marks: exactly so (either tone placement: hòa = hoà)
``dan van``             typed without: every marked form, đ too
``công tác dân vận``    several words: articles with the phrase first, then those with all words
``"dân vận"``           the phrase only
``-covid``  ``-"a b"``  without it
``a OR b``              either (``HOẶC`` too); what stands between two OR belongs together
``title:lúa``           in one part: title, kicker, lead, body, caption, byline; one word or "…"
``author:"Mỹ Lý"``      by name: author, section (name or slug), source, kind, tag; twice = either
``since:03/2018``       from then on; ``until:``; ``year:2018``; ``date:3/1/2018``;
                        ``date:2015..2018``; days, months and years as in Vietnam or ISO 8601
``a AND b``  ``NOT a``  as other search engines have it: both words; without it
``dto:84085``           the article of this key; its number or address alone will do, too
======================  ======================================================================

Dates, filters and ``-`` hold for the whole query. Field names are understood in Vietnamese too
(``tiêuđề:``, ``tacgia:``, ``chuyenmuc:``, ``tu:`` …). Whatever else is typed is text: ``19/5``,
``TP.HCM`` and ``COVID-19`` are phrases of their parts, for so the indexes cut them. A text goes
through the normalisation that the indexes apply to articles (`archive.vietnamese.normalise`).

A query is cut to `MAX_CHARACTERS` before any pattern sees it, and it is read once, from left to
right.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from difflib import get_close_matches

from archive import periods, vietnamese
from archive.periods import Period

#: How much of a query is read: far more than its `MAX_SYLLABLES` words take.
MAX_CHARACTERS = 4_000

#: How many syllables of a query are looked for. More than anyone types; enough for a pasted title.
MAX_SYLLABLES = 48

_TEXT_FIELDS = {
    "title": "title", "tieude": "title", "tit": "title",
    "kicker": "kicker", "titdan": "kicker",
    "lead": "lead", "sapo": "lead",
    "body": "body", "noidung": "body",
    "caption": "captions", "captions": "captions", "chuthich": "captions",
    "byline": "byline", "butdanh": "byline",
}  # fmt: skip
_NAME_FIELDS = {
    "author": "author", "tacgia": "author",
    "section": "section", "chuyenmuc": "section",
    "source": "source", "nguon": "source",
    "kind": "kind", "loai": "kind",
    "tag": "tag", "tags": "tag", "tukhoa": "tag",
    "anysection": "anysection", "moichuyenmuc": "anysection",
}  # fmt: skip
_DATE_FIELDS = {
    "since": "since", "from": "since", "tu": "since",
    "until": "until", "to": "until", "den": "until",
    "year": "date", "month": "date", "date": "date", "nam": "date", "thang": "date", "ngay": "date",
}  # fmt: skip

_FIELDS = {*_TEXT_FIELDS, *_NAME_FIELDS, *_DATE_FIELDS}
_OF_SEVERAL_WORDS = _FIELDS - {*_DATE_FIELDS, "kind", "loai"}

# Each of these is matched where the piece before it ended and gives nothing back.
_SPACE = re.compile(r"\s*+")
_FIELD = re.compile(r"([^\W\d_]++):")
_AFTER_FIELD = re.compile(r"[ ]*+")
_BARE = re.compile(r'[^\s"]++')
_QUOTES = str.maketrans("“”„‟«»＂", '"' * 7)

#: Signs that other search engines act on and this one does not: said, unless they are in a word.
_WILD = re.compile(r"[^\W_][*?]|[*?][^\W_]")
_BOOLEAN_SIGNS = frozenset(("&", "&&", "|", "||", "+"))

#: What the names of articles look like: a key (dto:84085, dto:b1050912), a number, an address.
_KEY = re.compile(r"(?P<prefix>[a-z]{2,16}):[a-z]{0,16}-?[0-9]{1,18}")
_NUMBER = re.compile(r"[0-9]{1,18}|[a-z][0-9]{5,18}")
_ADDRESS = re.compile(r"(?:https?://)?[\w-]+(?:\.[\w-]+)+(?::[0-9]+)?/\S+")


@dataclass(frozen=True, slots=True)
class _Piece:
    """What stands between two spaces, or between two quotation marks."""

    value: str
    field: str = ""
    """The name before the colon, if it is one of ours."""
    quoted: bool = False
    negative: bool = False
    stray: bool = False
    """An unmatched quotation mark."""


def _pieces(text: str) -> Iterator[_Piece]:
    """The pieces of *text*; every character is looked at a fixed number of times."""
    at, partners = 0, text.count('"')
    while (at := _SPACE.match(text, at).end()) < len(text):  # type: ignore[union-attr]
        negative = (
            text[at] == "-"
            and (at == 0 or text[at - 1].isspace())
            and text[at + 1 : at + 2].strip() != ""
        )
        at += negative
        name = ""
        if (found := _FIELD.match(text, at)) and vietnamese.fold(found[1]) in _FIELDS:
            name = found[1]
            at = _AFTER_FIELD.match(text, found.end()).end()  # type: ignore[union-attr]
        if text[at : at + 1] == '"':
            partners -= 1
            end = text.find('"', at + 1) if partners else -1
            if end < 0:
                yield _Piece("", stray=True)
                at += 1
                continue
            partners -= 1
            yield _Piece(text[at + 1 : end], name, quoted=True, negative=negative)
            at = end + 1
            continue
        bare = _BARE.match(text, at)
        yield _Piece(bare[0] if bare else "", name, negative=negative)
        at = bare.end() if bare else at


@dataclass(frozen=True, slots=True)
class Term:
    """Words that are looked for together: one word, a phrase, or several words."""

    words: tuple[tuple[str, ...], ...]
    """Each word as the syllables the indexes cut it into: ``(("covid", "19"),)``."""
    quoted: bool = False
    """A phrase and nothing else; otherwise the phrase is only preferred."""
    field: str | None = None
    """The search column it is confined to."""

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
    """A condition on what the article is, not on its words."""

    name: str
    """``author``, ``section``, ``anysection``, ``source``, ``kind`` or ``tag``."""
    value: str
    negative: bool = False


@dataclass(frozen=True, slots=True)
class Note:
    """Something the reader of the query should say: what was ignored, and why."""

    code: str
    """``stray-quote`` · ``bad-date`` · ``too-long`` · ``no-words`` · ``empty-filter`` ·
    ``unknown-name`` · ``one-word-field`` · ``empty-period`` · ``operator`` · ``no-operator`` ·
    ``no-field`` · ``like-field`` · ``wildcard`` · ``sign`` · ``brackets`` · ``negative-date`` ·
    ``whole-name`` · ``unknown-article`` · ``article-number``."""
    value: str = ""
    other: str = ""
    """What else the note names: the field that was meant, the names that were not."""

    def __str__(self) -> str:
        said = _NOTES[self.code].format(self.value, self.other)
        return (
            f"{said}; it has {self.other}" if self.code == "unknown-name" and self.other else said
        )


_NOTES = {
    "stray-quote": "an unmatched quotation mark was ignored",
    "bad-date": "“{}” is not a date and was ignored; write 2018, 03/2018 or 2018-01-03",
    "too-long": f"only the first {MAX_SYLLABLES} words were used",
    "cut": f"only the first {MAX_CHARACTERS:,} characters were read",
    "no-words": "there is no searchable word in it",
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
    """What is looked for. `parse` makes one from text, `narrowed` adds filters to it."""

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
        """Every term that is looked for (not those that are excluded)."""
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


def parse(text: str) -> Query:
    """Read what a person typed.

    >>> [str(term) for term in parse('dân vận "tổ tự quản" -covid').terms]
    ['dân vận', '“tổ tự quản”']
    >>> parse("lũ OR hạn since:03/2018").since
    '2018-03-01'
    """
    reader = _Reader()
    if len(text) > MAX_CHARACTERS:
        text = text[:MAX_CHARACTERS]
        reader.note("cut")
    text = vietnamese.normalise(text)
    for piece in _pieces(text.translate(_QUOTES)):
        reader.take(piece)
    return reader.query(text)


def _article_in(text: str) -> str | None:
    """The key, number or address that *text* is, if it may be one."""
    text = text.strip()
    key = _KEY.fullmatch(text.lower())
    if key and key["prefix"] not in _FIELDS:
        return text.lower()
    if _NUMBER.fullmatch(text.lower()):
        return text.lower()
    return text if _ADDRESS.fullmatch(text) else None


class _Reader:
    """Collects the pieces of one query."""

    def __init__(self) -> None:
        self.alternatives: list[list[Term]] = [[]]
        self.run: list[tuple[str, ...]] = []
        self.without: list[Term] = []
        self.filters: list[Filter] = []
        self.since: list[str] = []
        self.until: list[str] = []
        self.notes: list[Note] = []
        self.left = MAX_SYLLABLES
        self.open_field = ""
        self.excluding = False
        self.brackets = False

    def take(self, piece: _Piece) -> None:
        """Take one piece of the text."""
        if piece.stray:
            self.note("stray-quote")
            return
        value, quoted, negative = piece.value, piece.quoted, piece.negative or self.excluding
        name = vietnamese.fold(piece.field)
        plain = not quoted and not name and not negative
        if self.open_field and plain and vietnamese.syllables(value):
            # author:Mỹ Lý looks like one name, but is the name Mỹ and the word Lý.
            self.note("one-word-field", self.open_field)
        self.open_field = f"{piece.field}:" if name in _OF_SEVERAL_WORDS and not quoted else ""
        if plain and value in ("AND", "NOT"):
            self.note("operator", value)
            self.end_run()
            self.excluding = value == "NOT"
            return
        self.excluding = False
        if name in _DATE_FIELDS:
            self.take_date(_DATE_FIELDS[name], piece.field, value, negative)
        elif name in _NAME_FIELDS:
            self.take_name(_NAME_FIELDS[name], value, negative)
        elif name in _TEXT_FIELDS:
            self.take_term(value, quoted, _TEXT_FIELDS[name], negative)
        elif plain and value in ("OR", "HOẶC"):
            self.end_alternative()
        elif quoted or negative:
            self.take_term(value, quoted, None, negative)
        else:
            self.take_word(value)

    def take_word(self, value: str) -> None:
        """Take a word that belongs to those beside it; say what in it means nothing here."""
        if (found := _FIELD.match(value)) and value[found.end() :][:1] != "/":  # no address
            likely = get_close_matches(vietnamese.fold(found[1]), _FIELDS, n=1, cutoff=0.75)
            if likely:
                self.note("like-field", found[1], likely[0])
            elif found.end() < len(value):
                self.note("no-field", found[1])
        if _WILD.search(value):
            self.note("wildcard", value)
        elif value in _BOOLEAN_SIGNS or (value[0] == "+" and value[1:2].isalpha()):
            self.note("sign", value[0])
        elif value in ("and", "or", "not") and (self.run or any(self.alternatives[-1])):
            self.note("no-operator", value)
        self.brackets = self.brackets or value[0] in "([" or value[-1] in ")]"
        if word := self.cut(value):
            self.run.append(word)

    def take_term(self, value: str, quoted: bool, column: str | None, negative: bool) -> None:
        """Take a term of its own: quoted, confined to a field, or excluded."""
        words = self.cut(value)
        if not words:
            if column:
                self.note("empty-filter", f"{column}:")
            return
        term = Term((words,), quoted, column)
        if negative:
            self.without.append(term)
        else:
            self.end_run()
            self.alternatives[-1].append(term)

    def take_name(self, name: str, value: str, negative: bool) -> None:
        """Take a filter by name."""
        if vietnamese.syllables(value):
            self.filters.append(Filter(name, value, negative))
        else:
            self.note("empty-filter", f"{name}:")

    def take_date(self, name: str, typed: str, value: str, negative: bool) -> None:
        """Take a date or a period."""
        if negative:
            self.note("negative-date", f"-{typed}:{value}")
            return
        period = periods.parse(value)
        if period is None:
            self.note("bad-date", value)
            return
        if name in ("since", "date"):
            self.since.append(period.first)
        if name in ("until", "date"):
            self.until.append(period.last)

    def cut(self, value: str) -> tuple[str, ...]:
        """The syllables of *value*, as long as the query may still grow."""
        found = vietnamese.syllables(value)
        if len(found) > self.left:
            self.note("too-long")
            found = found[: self.left]
        self.left -= len(found)
        return tuple(found)

    def end_run(self) -> None:
        """Make one term of the words read so far."""
        if self.run:
            self.alternatives[-1].append(Term(tuple(self.run)))
            self.run = []

    def end_alternative(self) -> None:
        """Begin another alternative."""
        self.end_run()
        if self.alternatives[-1]:
            self.alternatives.append([])

    def note(self, code: str, value: str = "", other: str = "") -> None:
        """Remember something to say, once."""
        note = Note(code, _shortened(value), other)
        if note not in self.notes:
            self.notes.append(note)

    def query(self, text: str) -> Query:
        """What has been read."""
        self.end_run()
        alternatives = tuple(tuple(terms) for terms in self.alternatives if terms)
        since, until = max(self.since, default=None), min(self.until, default=None)
        meant = bool(alternatives or self.without or self.filters or since or until)
        if text.strip() and not meant:
            self.note("no-words")
        if since and until and since > until:
            self.note("empty-period", str(Period(since, until)))
        article = _article_in(text)
        if article:  # dto:84085 looks like a field, too
            self.notes = [
                note for note in self.notes if note.code not in ("no-field", "like-field")
            ]
        if self.brackets and len(alternatives) > 1:
            self.note("brackets")
        return Query(
            text=text,
            alternatives=alternatives,
            without=tuple(self.without),
            filters=tuple(self.filters),
            since=since,
            until=until,
            article=article,
            impossible=bool(text.strip()) and not meant,
            notes=tuple(self.notes),
        )


def _shortened(value: str) -> str:
    """*value* as a message can show it."""
    return value if len(value) <= 60 else f"{value[:60]}…"


def as_phrase(query: Query) -> str | None:
    """What to type for the same words as a phrase only; None if there is more to the query.

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
    "kind": "kind", "tag": "tag",
}  # fmt: skip


def describe(query: Query) -> str:
    """How the query was understood, in one sentence.

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
