"""Coverage: what was collected and what is missing, by day and section. Read only."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from dataclasses import asdict, dataclass, fields
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from archive.periods import FIRST_YEAR, LAST_YEAR

#: The first and the last day that a page can state.
_FIRST, _LAST = f"{FIRST_YEAR}-01-01", f"{LAST_YEAR}-12-31"

#: The day of a crawl in Vietnam's time.
_LOCAL_DAY = "date(started_at, '+7 hours')"

#: The code of a run's paper; the runs of the first paper do not state it.
_PAPER_OF_RUN = "coalesce(json_extract(arguments, '$.paper'), 'dto')"

#: A longer number at the end of a key is not an article number.
MAX_DIGITS = 19

#: A shorter run of unknown numbers is not reported: drafts and pictures use numbers up, too.
MIN_NUMBER_GAP = 25


@dataclass(slots=True)
class Tally:
    """Numbers of addresses by state, for one day or one section."""

    listed: int = 0
    stored: int = 0
    failed: int = 0
    blocked: int = 0
    gone: int = 0
    due: int = 0

    @property
    def missing(self) -> int:
        """Listed, but not stored for now."""
        return self.failed + self.blocked + self.due

    def add(self, other: Tally) -> None:
        """Add *other* to this."""
        for name in TALLIES:
            setattr(self, name, getattr(self, name) + getattr(other, name))

    def to_dict(self) -> dict[str, int]:
        """Name → number."""
        return asdict(self)


TALLIES = tuple(each.name for each in fields(Tally))


@dataclass(frozen=True, slots=True)
class Gap:
    """Days in a row."""

    first: str
    last: str
    days: int


@dataclass(frozen=True, slots=True)
class NumberGap:
    """Consecutive article numbers that no known article has."""

    first: int
    last: int
    numbers: int
    """How many."""
    after: str | None
    """The stamp of the article before the gap."""
    before: str | None
    """The stamp of the article after it."""


@dataclass(frozen=True, slots=True)
class Series:
    """One series of numbers that the site has given."""

    series: str
    """The part of the key before the number: ``dto:``, ``dto:b``, ``dto:a``."""
    first: int
    last: int
    known: int
    gaps: tuple[NumberGap, ...]
    """Longest first."""


@dataclass(frozen=True, slots=True)
class FailedRun:
    """A crawl that did not end well."""

    started_at: str
    exit_code: int
    """-1 if it was cut off."""
    reason: str


@dataclass(frozen=True, slots=True)
class Coverage:
    """Coverage between two days."""

    first: str | None
    last: str | None
    total: Tally
    undated: Tally
    """Addresses without a date: in `total` and `sections` only for the whole archive."""
    days: dict[str, Tally]
    """Every day with a known address."""
    sections: dict[str, Tally]
    section_names: dict[str, str]
    """Slug → name, for the sections whose name a page states."""
    empty: tuple[Gap, ...]
    """Days without an article, longest gap first."""
    runs: int
    failed_runs: tuple[FailedRun, ...]
    days_without_a_crawl: tuple[Gap, ...]
    """Between the first crawl and the last."""
    series: tuple[Series, ...]

    def to_dict(self) -> dict[str, Any]:
        """A JSON-ready mapping."""
        return asdict(self)


def coverage(
    connection: sqlite3.Connection,
    *,
    since: str | None = None,
    until: str | None = None,
    paper: str | None = None,
) -> Coverage:
    """Coverage of the days *since* to *until* (``2018-01-03``), both included.

    *paper* is the code of the only paper that counts, if the archive holds several.
    """
    whole = not (since or until)
    since, until = since and max(since, _FIRST), until and min(until, _LAST)
    days: dict[str, Tally] = {}
    sections: dict[str, Tally] = defaultdict(Tally)
    total = Tally()
    rows = connection.execute(
        f"SELECT day, section_slug, {', '.join(TALLIES)} FROM coverage"
        " WHERE (day >= ? AND day <= ? OR day IS NULL) AND paper = coalesce(?, paper)"
        " ORDER BY day, section_slug",
        (since or "", until or "9999", paper),
    )
    undated = Tally()
    for day, section, *numbers in rows:
        tally = Tally(*numbers)
        if day is None:
            undated.add(tally)
            if not whole:
                continue
        else:
            days.setdefault(day, Tally()).add(tally)
        sections[section or "(none)"].add(tally)
        total.add(tally)
    first = since or min(days, default=None)
    last = until or max(days, default=None)
    runs, failed, without = _runs(connection, since, until, paper)
    names = section_names(connection)
    return Coverage(
        first=first,
        last=last,
        total=total,
        undated=undated,
        days=days,
        sections=dict(sorted(sections.items(), key=lambda item: -item[1].listed)),
        section_names={slug: names[slug] for slug in sections if slug in names},
        empty=_gaps({day for day, tally in days.items() if tally.stored}, first, last),
        runs=runs,
        failed_runs=failed,
        days_without_a_crawl=without,
        series=_series(connection, paper),
    )


def section_names(connection: sqlite3.Connection) -> dict[str, str]:
    """Slug → name of each section."""
    return dict(connection.execute("SELECT slug, name FROM sections WHERE name <> ''"))


def _runs(
    connection: sqlite3.Connection, since: str | None, until: str | None, paper: str | None
) -> tuple[int, tuple[FailedRun, ...], tuple[Gap, ...]]:
    """How many crawls ran, those that did not end well, and the days without one."""
    rows = connection.execute(
        f"SELECT {_LOCAL_DAY}, started_at, exit_code, reason, finished_at FROM crawls"
        f" WHERE command = 'crawl' AND {_LOCAL_DAY} BETWEEN '{_FIRST}' AND '{_LAST}'"
        f" AND {_PAPER_OF_RUN} = coalesce(?1, {_PAPER_OF_RUN}) ORDER BY started_at",
        (paper,),
    ).fetchall()
    days = {day for day, *_ in rows}
    first = max(filter(None, (min(days, default=None), since if days else None)), default=None)
    last = min(filter(None, (max(days, default=None), until if days else None)), default=None)
    inside = [row for row in rows if (since or "") <= row[0] <= (until or "9999")]
    failed = tuple(
        FailedRun(started, -1 if code is None else code, reason or ("" if finished else "cut off"))
        for _, started, code, reason, finished in inside
        if code != 0
    )
    return len(inside), failed, _gaps(days, first, last)


def _gaps(present: set[str], first: str | None, last: str | None) -> tuple[Gap, ...]:
    """The gaps: runs of days from *first* to *last* that are not in *present*, longest first."""
    if first is None or last is None or first > last:
        return ()
    known = sorted(day for day in present if first <= day <= last)
    found = []
    before = date.fromisoformat(first) - timedelta(days=1)
    for day in [*map(date.fromisoformat, known), date.fromisoformat(last) + timedelta(days=1)]:
        length = (day - before).days - 1
        if length > 0:
            start, end = before + timedelta(days=1), day - timedelta(days=1)
            found.append(Gap(start.isoformat(), end.isoformat(), length))
        before = day
    return tuple(sorted(found, key=lambda gap: (-gap.days, gap.first)))


def _series(connection: sqlite3.Connection, paper: str | None) -> tuple[Series, ...]:
    """The series of numbers in all known keys, and the gaps in them."""
    stamps: dict[str, dict[int, str | None]] = defaultdict(dict)
    rows = connection.execute(
        "SELECT key, article_id FROM article_urls UNION"
        " SELECT key, article_id FROM frontier WHERE key IS NOT NULL AND state = 'gone'"
    )
    dated = dict(
        connection.execute("SELECT id, updated_at FROM articles INDEXED BY articles_updated_at")
    )
    for key, article in rows:
        if paper and not key.startswith(f"{paper}:"):
            continue
        digits = len(key) - len(key.rstrip("0123456789"))
        if 0 < digits < min(len(key), MAX_DIGITS):
            stamps[key[:-digits]][int(key[-digits:])] = dated.get(article)
    series = []
    for name, numbers in sorted(stamps.items()):
        ordered = sorted(numbers)
        gaps = [
            NumberGap(low + 1, high - 1, high - low - 1, numbers[low], numbers[high])
            for low, high in pairwise(ordered)
            if high - low - 1 >= MIN_NUMBER_GAP
        ]
        gaps.sort(key=lambda gap: (-gap.numbers, gap.first))
        series.append(Series(name, ordered[0], ordered[-1], len(ordered), tuple(gaps)))
    return tuple(series)
