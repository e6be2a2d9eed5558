"""The query language: text → `archive.search.query.Query`. Pure; it never fails.

======================  ======================================================================
typed                   means
======================  ======================================================================
``dân vận``             typed with marks: exactly so (either tone placement: hòa = hoà)
``dan van``             typed without: every marked form, đ too
``công tác dân vận``    several words: articles with the phrase first, then those with all words
``"dân vận"``           the phrase only
``-covid``  ``-"a b"``  without it
``a OR b``              either (``HOẶC`` too); words between two OR belong together
``title:lúa``           in one part: title, kicker, lead, body, caption, byline; one word or "…"
``author:"Mỹ Lý"``      by name: author, section (name or slug), source, kind, tag, place, paper;
                        twice = either
``edited:silent``       by state: ``edited:`` silent, stamped or yes; ``gone:`` yes, no or returned;
                        ``has:`` caption, image, author, source, tag, date or duplicate
``since:03/2018``       from then on; ``until:``; ``year:2018``; ``date:3/1/2018``;
                        ``date:2015..2018``; days, months and years as in Vietnam or ISO 8601
``a AND b``  ``NOT a``  as in other search engines: both words; without it
``dto:84085``           the article with this key; its number or address alone works, too
======================  ======================================================================

Dates, filters and ``-`` hold for the whole query. Field names are understood in Vietnamese too
(``tiêuđề:``, ``tacgia:``, ``chuyenmuc:``, ``tu:`` …). Everything else is text: ``19/5``, ``TP.HCM``
and ``COVID-19`` are phrases of their parts, because the indexes cut them so. A query is normalised
in the same way as the indexed articles (`archive.vietnamese.normalise`).

A query is cut to `MAX_CHARACTERS` before any pattern sees it, and it is read once, from left to
right.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches

from archive import periods, vietnamese
from archive.periods import Period
from archive.search.query import MAX_CHARACTERS, MAX_SYLLABLES, Filter, Note, Query, Term

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
    "paper": "paper", "bao": "paper",
    "place": "place", "diadanh": "place",
    "anysection": "anysection", "moichuyenmuc": "anysection",
    "edited": "edited", "suadoi": "edited",
    "gone": "gone", "damat": "gone",
    "has": "has", "co": "has",
}  # fmt: skip
_DATE_FIELDS = {
    "since": "since", "from": "since", "tu": "since",
    "until": "until", "to": "until", "den": "until",
    "year": "date", "month": "date", "date": "date", "nam": "date", "thang": "date", "ngay": "date",
}  # fmt: skip

_FIELDS = {*_TEXT_FIELDS, *_NAME_FIELDS, *_DATE_FIELDS}
_OF_ONE_WORD = {"kind", "loai", "edited", "suadoi", "gone", "damat", "has", "co"}
_OF_SEVERAL_WORDS = _FIELDS - {*_DATE_FIELDS} - _OF_ONE_WORD

# Each of these is matched where the piece before it ended and gives nothing back.
_SPACE = re.compile(r"\s*+")
_FIELD = re.compile(r"([^\W\d_]++):")
_AFTER_FIELD = re.compile(r"[ ]*+")
_BARE = re.compile(r'[^\s"]++')
_QUOTES = str.maketrans("“”„‟«»＂", '"' * 7)

#: Signs that mean something to other search engines; a note says that they are ignored here.
_WILD = re.compile(r"[^\W_][*?]|[*?][^\W_]")
_BOOLEAN_SIGNS = frozenset(("&", "&&", "|", "||", "+"))

#: The forms of an article's name: a key (dto:84085, dto:b1050912), a number, an address.
_KEY = re.compile(r"(?P<prefix>[a-z]{2,16}):[a-z]{0,16}-?[0-9]{1,18}")
_NUMBER = re.compile(r"[0-9]{1,18}|[a-z][0-9]{5,18}")
_ADDRESS = re.compile(r"(?:https?://)?[\w-]+(?:\.[\w-]+)+(?::[0-9]+)?/\S+")


@dataclass(frozen=True, slots=True)
class _Piece:
    """The text between two spaces, or between two quotation marks."""

    value: str
    field: str = ""
    """The name before the colon, if it is a field."""
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


def parse(text: str) -> Query:
    """Parse a query.

    >>> [str(term) for term in parse('dân vận "tổ tự quản" -covid').terms]
    ['dân vận', '“tổ tự quản”']
    >>> parse("lũ OR hạn since:03/2018").since
    '2018-03-01'
    """
    parser = _Parser()
    if len(text) > MAX_CHARACTERS:
        text = text[:MAX_CHARACTERS]
        parser.note("cut")
    text = vietnamese.normalise(text)
    for piece in _pieces(text.translate(_QUOTES)):
        parser.take(piece)
    return parser.query(text)


def _article_in(text: str) -> str | None:
    """The key, number or address that *text* is, if it may be one."""
    text = text.strip()
    key = _KEY.fullmatch(text.lower())
    if key and key["prefix"] not in _FIELDS:
        return text.lower()
    if _NUMBER.fullmatch(text.lower()):
        return text.lower()
    return text if _ADDRESS.fullmatch(text) else None


class _Parser:
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
        """Add one piece of the text."""
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
        """Add a word to the current run; note signs that have no meaning here."""
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
        """Add a separate term: quoted, in a field, or excluded."""
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
        """Add a filter by name or by state."""
        if vietnamese.syllables(value):
            self.filters.append(Filter(name, value, negative))
        else:
            self.note("empty-filter", f"{name}:")

    def take_date(self, name: str, typed: str, value: str, negative: bool) -> None:
        """Add a date or a period."""
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
        """The syllables of *value*, up to `MAX_SYLLABLES` of the whole query."""
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
        """Add a note, once."""
        note = Note(code, _shortened(value), other)
        if note not in self.notes:
            self.notes.append(note)

    def query(self, text: str) -> Query:
        """The query of all pieces."""
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
    """*value*, shortened for a message."""
    return value if len(value) <= 60 else f"{value[:60]}…"
