"""The lists of a run, and the alarms that they raise: a silent list is not a quiet night.

News comes in only through lists. So a run whose lists name no article, or articles at addresses of
a new shape, or nothing new for longer than ever, has to say so, whatever else went well.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple
from urllib.parse import unquote, urlsplit

from archive.alarms import Finding
from archive.history.nights import SILENT
from crawler.site.paper import DONGTHAP, Paper
from crawler.site.proposal import propose

#: Stands before a shape that the definition file may take.
PROPOSED = "; proposed for shapes in the definition file: "

#: Addresses that a shape needs to be reported.
_SHAPE = 3
#: Earlier runs with news in which a shape appeared: after so many it is not an article's.
_HARMLESS = 7
#: Nights before which an archive's own past says nothing, and the silence to be borne until then.
_PAST = 14
_AT_FIRST = timedelta(days=4)
#: How much later than the night before a run may begin, or come to its lists.
_EARLIER = timedelta(hours=6)
#: How much longer than the longest so far a silence may be; more over Tết, which falls between the
#: 21st of January and the 20th of February.
_MARGIN = timedelta(days=2)
_TET = timedelta(days=7)

_NUMBER = re.compile(r"\d+")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)?")


class Run(NamedTuple):
    """An earlier crawl that went through to its end."""

    started_at: str
    exit_code: int
    counts: Mapping[str, Any]


@dataclass
class Lists:
    """The lists of one run."""

    read: int = 0
    """How many first pages were asked for and answered."""
    known: int = 0
    """How many of them named articles in some earlier run."""
    naming: int = 0
    nameless: dict[str, str] = field(default_factory=dict)
    """Address and looks of each list that names no article."""
    silent: dict[str, str] = field(default_factory=dict)
    """Those of them that named articles in some earlier run."""
    listed: int = 0
    new: int = 0
    """Articles that no list had named before."""
    unknown: dict[str, None] = field(default_factory=dict)
    """Addresses with headlines, of no known shape."""

    def note(
        self, url: str, *, known: bool, articles: int, unknown: Iterable[str], looks: str | None
    ) -> None:
        """Note the first page of the list at *url*: what it named, or what it was instead."""
        self.read += 1
        self.known += known
        self.naming += articles > 0
        self.listed += articles
        self.unknown.update(dict.fromkeys(unknown))
        if not articles:
            self.nameless[url] = looks or "a page without articles"
            if known:
                self.silent[url] = self.nameless[url]

    def shapes(self) -> Counter[str]:
        """How many addresses there are of each unknown shape."""
        return Counter(map(shape_of, self.unknown))

    def counts(self) -> Counter[str]:
        """The counts that later runs compare themselves with."""
        return Counter(
            {
                "lists_read": self.read,
                "lists_naming": self.naming,
                "lists_silent": len(self.silent),
                "listed_new": self.new,
                **{f"shape{shape}": count for shape, count in self.shapes().items()},
            }
        )

    def unwell(self, front_page: str) -> str | None:
        """Why the site is not well; None if its lists named articles.

        Addresses of a new shape, and pages that scripts fill in, are a new design: see `drift`.
        """
        silence = self._silence(front_page)
        return None if self._shapes_without_past() or self._drawn(front_page) else silence

    def _silence(self, front_page: str) -> str | None:
        """A sentence, if fewer lists name articles than did."""
        looks = Counter(self._of_note(front_page)).most_common(1)
        said = f"; most look like {looks[0][0]}" if looks else ""
        if self.read and not self.listed and (self.known or front_page in self.nameless):
            return f"none of {self.read} lists names an article{said}"
        if front_page in self.silent:
            return f"the front page names no article any more: it is {self.silent[front_page]}"
        if self.silent and len(self.silent) * SILENT >= self.known:
            return (
                f"{len(self.silent)} of {self.known} lists that named articles name none any"
                f" more{said}"
            )
        return None

    def _of_note(self, front_page: str) -> list[str]:
        """How pages at addresses of lists look, without addresses that were only tried."""
        if self.silent:
            return [*self.silent.values()]
        return [looks for url, looks in self.nameless.items() if url == front_page]

    def _drawn(self, front_page: str) -> bool:
        """Whether most of them are pages that scripts fill in."""
        looks = self._of_note(front_page)
        return sum("scripts fill in" in each for each in looks) > len(looks) / 2

    def _shapes_without_past(self) -> bool:
        shapes = sum(count for count in self.shapes().values() if count >= _SHAPE)
        return shapes > self.listed

    def drift(
        self,
        now: str,
        past: Sequence[Run],
        *,
        front_page: str,
        whole: bool,
        paper: Paper = DONGTHAP,
    ) -> list[Finding]:
        """What a new design does to lists; *past* is oldest first.

        *whole*: all lists were asked for, so that a run without news says something.
        """
        found = []
        if self._drawn(front_page) and (sentence := self._silence(front_page)):
            found.append(Finding("lists-drawn", sentence))
        if sentence := self._drift_of_shape(past, paper):
            found.append(Finding("lists-new-shape", sentence))
        if whole and self.read and not self.new and (sentence := _too_quiet(now, past)):
            found.append(Finding("lists-too-quiet", sentence))
        return found

    def _drift_of_shape(self, past: Sequence[Run], paper: Paper) -> str | None:
        shapes = {shape for shape, count in self.shapes().items() if count >= _SHAPE}
        if any("lists_read" in run.counts for run in past):
            shapes = {shape for shape in shapes if not _is_harmless(shape, past)}
        elif not self._shapes_without_past():
            shapes = set()
        if not shapes:
            return None
        commonest = max(shapes, key=lambda shape: self.shapes()[shape])
        samples = [url for url in self.unknown if shape_of(url) == commonest]
        what = "addresses of a new shape" if self.listed else "no address of a known shape"
        proposed = propose(samples, paper)
        remedy = f"{PROPOSED}{proposed}" if proposed else ""
        return f"the lists name {what}: {', '.join(samples[:3])}{remedy}"


def shape_of(url: str) -> str:
    """The shape of an address: numbers, slugs and words are one each.

    >>> shape_of("https://baodongthap.vn/2027/03/14/cho-noi-cai-be")
    '/0/0/0/slug'
    >>> shape_of("https://baodongthap.vn/bai-viet/cho-noi-cai-be.412000?x=1")
    '/word/slug.0'
    """
    path = unquote(urlsplit(url).path)[:300].lower()
    parts = []
    for part in path.split("/"):
        stem, dot, ending = part.partition(".")
        if stem.count("-") >= 2:
            parts.append(f"slug{dot}{_NUMBER.sub('0', ending)}")
        else:
            parts.append(_WORD.sub("word", _NUMBER.sub("0", part)))
    return "/".join(parts)


def _is_harmless(shape: str, past: Sequence[Run]) -> bool:
    """Whether runs that were well had such addresses, or many that had news beside them."""
    key = f"shape{shape}"
    having = [run for run in past if run.counts.get(key, 0)]
    well = [run.counts[key] for run in having if run.exit_code == 0]
    if len(well) >= _SHAPE or max(well, default=0) >= _SHAPE:
        return True
    return len([run for run in having if run.counts.get("listed_new", 0)]) >= _HARMLESS


def _too_quiet(now: str, past: Sequence[Run]) -> str | None:
    """A sentence, if no list has named anything new for longer than this archive ever saw."""
    nights = {run.started_at[:10] for run in past}
    news: list[datetime] = []
    longest, silent = timedelta(), timedelta()
    for run in past:
        at = _moment(run.started_at)
        if run.counts.get("listed_new", run.counts.get("new", 0)) <= 0:
            silent = at - news[-1] if news else silent
            continue
        if news:  # what no run saw was no silence: the machine may have been off for a month
            longest = max(longest, min(at - news[-1], silent + timedelta(days=1)))
        news.append(at)
        silent = timedelta()
    if not news:
        return None
    quiet = _moment(now) - news[-1]
    bound = _AT_FIRST
    if len(nights) >= _PAST:
        bound = max(_AT_FIRST, longest + (_TET if _is_tet(_moment(now).date()) else _MARGIN))
    if quiet <= bound + _EARLIER:
        return None
    before = f" (the longest so far was {longest.days})" if longest.days else ""
    return f"no list has named a new article for {quiet.days} days{before}"


def _is_tet(day: date) -> bool:
    """Whether the holidays of Tết may be on *day* or just over."""
    return date(day.year, 1, 18) <= day <= date(day.year, 3, 1)


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)
