"""How one reading of one page is judged, and what all of them come to.

The same for every system, ours included:

- Text is compared in NFC with runs of white space made one space; nothing else is forgiven.
- A field counts on a page if the page *or* the system states it: silence about what is not there
  earns nothing, and an invented value costs as much as a missing one.
- ``title``, ``section``: equal strings. ``date``: the day. ``time``: hour and minute, and the
  second where the page prints it, in the paper's zone.
- ``byline``: the line as printed, or exactly the names in it, in any order and case: peers give
  names.
- ``captions``: F1 over the captions of all pages, each an equal string.
- ``leak``: the share of captions that stand in the body more often than they should.
- ``precision``, ``recall``, ``rouge``: ROUGE-LSum of the body, the mean over the pages with one.
- ``paragraphs``: bodies equal paragraph by paragraph. The mark that opens a text (``ĐTO -``) is a
  field of its own with us; it is taken off the text of every system before anything is compared.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, timezone
from typing import Any

from archive.models import Article
from benchmarks.extraction.pages import Case
from benchmarks.extraction.rouge import rouge_lsum, syllables

ZONE = timezone(timedelta(hours=7))

#: The scores in the order of the tables; `cpu` columns are added by the report.
FIELDS = ("title", "date", "time", "byline", "section", "captions")
BODY = ("precision", "recall", "rouge", "paragraphs", "leak")
SCORES = (*FIELDS, *BODY)


@dataclass
class Tally:
    """Hits and chances of one score; None where nothing gave a chance."""

    hits: float = 0.0
    chances: float = 0.0

    def add(self, hits: float, chances: float = 1.0) -> None:
        """Count one more page."""
        self.hits += hits
        self.chances += chances

    @property
    def value(self) -> float | None:
        """The share, 0 to 1."""
        return self.hits / self.chances if self.chances else None


@dataclass
class Result:
    """All scores of one system over all pages."""

    system: str
    version: str
    offers: frozenset[str]
    """The fields that the system gives at all."""
    scores: dict[str, float | None] = field(default_factory=dict)
    pages: int = 0
    errors: int = 0
    cpu: float = 0.0
    """Process seconds for one pass over the pages: the least of the rounds."""
    misses: list[tuple[str, str, Any, Any]] = field(default_factory=list)
    """What went wrong where: (page, field, expected, found)."""

    @property
    def speed(self) -> float:
        """Pages per CPU second."""
        return self.pages / self.cpu if self.cpu else 0.0


def tidy(text: Any) -> str | None:
    """*text* in NFC on one line; None if nothing is left."""
    if text is None:
        return None
    return " ".join(unicodedata.normalize("NFC", str(text)).split()) or None


def judge(
    system: str,
    version: str,
    readings: Sequence[tuple[Case, Mapping[str, Any]]],
) -> Result:
    """Score *readings*: a page with what is on it, and what the system made of it."""
    offers = frozenset(name for _, reading in readings for name in reading)
    result = Result(system, version, offers)
    tallies = {name: Tally() for name in SCORES}
    for case, reading in readings:
        result.pages += 1
        result.errors += bool(reading.get("error"))
        _judge_page(case, reading, tallies, result.misses)
    result.scores = {name: tally.value for name, tally in tallies.items()}
    for name in ("captions", *BODY):
        # A system without the field is not judged by it; captions may leak from any body.
        source = "captions" if name == "captions" else "body"
        if source not in offers:
            result.scores[name] = None
    for name in FIELDS:
        if name not in offers:
            result.scores[name] = None
    return result


def _judge_page(
    case: Case,
    reading: Mapping[str, Any],
    tallies: Mapping[str, Tally],
    misses: list[tuple[str, str, Any, Any]],
) -> None:
    name, expected = case.name, case.expected

    def compare(score: str, stated: Any, found: Any, equal: bool | None = None) -> None:
        if stated is None and found is None:
            return
        hit = stated == found if equal is None else equal
        tallies[score].add(hit)
        if not hit:
            misses.append((name, score, stated, found))

    for score in ("title", "section"):
        if score in case.stated:
            compare(score, tidy(getattr(expected, score)), tidy(reading.get(score)))
    stamp = expected.updated_at or expected.published_at
    # That one of the two is null does not say that the page states neither.
    clocks = case.stated & {"updated_at", "published_at"}
    if clocks and (stamp or len(clocks) == 2):
        precision = expected.updated_precision if expected.updated_at else None
        compare("date", day(stamp), day(reading.get("date")))
        if stamp is None or precision != "day":
            compare("time", clock(stamp, precision), clock(reading.get("time"), precision))
    if "byline" in case.stated:
        byline = tidy(reading.get("byline"))
        compare("byline", tidy(expected.byline), byline, same_people(expected, byline))
    captions = [tidy(image.caption) for image in expected.images if image.caption]
    if "images" in case.stated:
        _judge_captions(name, captions, reading, tallies, misses)
    if "body" in case.stated:
        _judge_body(name, expected, captions, reading, tallies, misses)


def _judge_captions(
    name: str,
    stated: Sequence[str | None],
    reading: Mapping[str, Any],
    tallies: Mapping[str, Tally],
    misses: list[tuple[str, str, Any, Any]],
) -> None:
    found = [tidy(caption) for caption in reading.get("captions") or ()]
    both = sum((Counter(stated) & Counter(found)).values())
    # F1 over all pages: twice the common ones, by the sum of both sides.
    tallies["captions"].add(2 * both, len(stated) + len(found))
    if Counter(stated) != Counter(found):
        misses.append((name, "captions", stated, found))


def _judge_body(
    name: str,
    expected: Article,
    captions: Sequence[str | None],
    reading: Mapping[str, Any],
    tallies: Mapping[str, Tally],
    misses: list[tuple[str, str, Any, Any]],
) -> None:
    stated = paragraphs(expected.paragraphs, expected.agency)
    found = paragraphs(reading.get("body") or (), expected.agency)
    if not stated and not found:
        return
    score = rouge_lsum(stated, found)
    tallies["precision"].add(score.precision)
    tallies["recall"].add(score.recall)
    tallies["rouge"].add(score.f1)
    tallies["paragraphs"].add(stated == found)
    if stated != found:
        # Only what differs: a body is long.
        lost = [text for text in stated if text not in found]
        added = [text for text in found if text not in stated]
        misses.append((name, "paragraphs", lost or "another order", added))
    told, truth = _run(found), _run(stated)
    for caption in captions:
        needle = _run([caption or ""])
        leaked = told.count(needle) > truth.count(needle)
        tallies["leak"].add(leaked)
        if leaked:
            misses.append((name, "leak", caption, None))


def paragraphs(texts: Iterable[str], agency: str | None) -> list[str]:
    """Tidied paragraphs; the agency's mark taken off the one that it opens."""
    tidied = [text for raw in texts if (text := tidy(raw))]
    if agency is None:
        return tidied
    mark = re.compile(rf"\(?{re.escape(agency)}\)?\s*[-–—:]?\s*")
    for place, text in enumerate(tidied):
        opened = mark.match(text)
        if opened and opened.end() < len(text):
            tidied[place] = text[opened.end() :]
            break
        if opened:  # the mark stands alone on its line
            del tidied[place]
            break
    return tidied


def day(stamp: Any) -> str | None:
    """The day of an ISO stamp in the paper's zone; what is no date stays as it is.

    >>> day("2018-01-03T23:30:00+00:00"), day("2018-01-03"), day(None)
    ('2018-01-04', '2018-01-03', None)
    """
    moment = _moment(stamp)
    return moment.date().isoformat() if moment else tidy(stamp)


def clock(stamp: Any, precision: str | None) -> str | None:
    """The time of day of an ISO stamp in the paper's zone, to the minute or the second.

    >>> clock("2018-01-03T10:12:28+07:00", "second"), clock("2018-01-03T03:12:00Z", "minute")
    ('10:12:28', '10:12')
    """
    moment = _moment(stamp)
    return moment.strftime("%H:%M" if precision == "minute" else "%H:%M:%S") if moment else None


def _moment(stamp: Any) -> datetime | None:
    text = tidy(stamp)
    if text is None:
        return None
    try:
        if len(text) == 10:
            return datetime.combine(date.fromisoformat(text), datetime.min.time(), ZONE)
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment.astimezone(ZONE) if moment.tzinfo else moment.replace(tzinfo=ZONE)


def same_people(expected: Article, byline: str | None) -> bool:
    """Whether *byline* is the printed line, or names exactly its people.

    Peers join their names with commas or semicolons.
    """
    stated = tidy(expected.byline)
    if byline is None or stated is None:
        return byline == stated
    if byline == stated:
        return True
    names = sorted((tidy(author.name) or "").casefold() for author in expected.authors)
    given = sorted(part.strip().casefold() for part in re.split(r"[;,]", byline) if part.strip())
    return bool(names) and names == given


def _run(texts: Sequence[str]) -> str:
    """All syllables in one line, parted so that a search meets whole ones only."""
    # Doubled spaces part the syllables, so that counts of neighbours do not share one.
    return " " + "  ".join(syllables(" ".join(texts))) + " "
