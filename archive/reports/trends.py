"""Counts of articles over time, with the total that each share is a share of. Read only.

A bare count of articles says little: the paper grew, and an archive has gaps. So every count comes
with the total and the share, and every period with its completeness. A period without any collected
article has no count at all, which is not the same as zero.
"""

from __future__ import annotations

import sqlite3
from bisect import bisect_left, bisect_right
from calendar import monthrange
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import islice
from typing import Literal

from archive.errors import UsageError
from archive.periods import FIRST_YEAR, LAST_YEAR, day_of
from archive.reports.proportions import wilson
from archive.search import query as language
from archive.search.parser import parse
from archive.search.query import Note, Query
from archive.search.sql import matching, notes

Step = Literal["day", "week", "month", "year"]
State = Literal["collected", "partial", "none"]

#: A period is partial if more than this share of its days has no article, or more than this share
#: of the listed articles was not stored. The paper is published daily, so that an empty day was not
#: collected.
PARTIAL_ABOVE = 1 / 3
MISSING_ABOVE = 0.1

#: How many periods can be read one below the other.
READABLE = 40

#: How many periods are counted at most: the days of 32 years.
MAX_POINTS = 12_000

#: A share of fewer articles says little: one more article moves it by 5 points.
SMALL_BASE = 20

STEPS: tuple[Step, ...] = ("day", "week", "month", "year")


@dataclass(frozen=True, slots=True)
class Point:
    """One period."""

    label: str
    """``2018-01-03``, ``2018-W01``, ``2018-01``, ``2018``."""
    first: str
    last: str
    totals: tuple[int, ...]
    """For each term, all articles of the period that its filters and the shared ones select."""
    counts: tuple[int, ...]
    """Of these, the articles that match the term."""
    days: int
    empty_days: int
    """Days without any article, ignoring the filters."""
    missing: int
    """Listed for these days, but failed, blocked or not fetched yet."""
    state: State

    def share(self, term: int) -> float | None:
        """The share of the total; None where there is no total."""
        return self.counts[term] / self.totals[term] if self.totals[term] else None

    def interval(self, term: int) -> tuple[float, float] | None:
        """The 95 % confidence interval of the share (Wilson); None where there is no total."""
        total = self.totals[term]
        return wilson(self.counts[term], total) if total else None

    def small(self, term: int) -> bool:
        """Whether the share stands on so few articles that it says little."""
        return 0 < self.totals[term] < SMALL_BASE


@dataclass(frozen=True, slots=True)
class Trends:
    """Counts of several terms over time."""

    terms: tuple[str, ...]
    by: Step
    points: tuple[Point, ...]
    undated: tuple[int, ...]
    """For each term, matching articles without a date; they are in no period."""
    base_queries: tuple[Query, ...]
    """For each term, the query of the articles that are its total."""
    notes: tuple[Note, ...]
    """Notes on the terms: what was ignored or may be misread."""

    @property
    def bases(self) -> tuple[str, ...]:
        """`base_queries` in words."""
        return tuple(language.describe(base) for base in self.base_queries)

    @property
    def base(self) -> str | None:
        """The total in words; None if the terms have different totals."""
        return self.bases[0] if len(set(self.bases)) == 1 else None

    COLUMNS = (
        "period", "first_day", "last_day", "term", "count", "total", "share", "days",
        "days_without_articles", "listed_not_stored", "state", "share_low", "share_high",
    )  # fmt: skip

    def rows(self) -> Iterator[tuple[str | int | float | None, ...]]:
        """One row per period and term; count and share are empty where nothing was collected."""
        for point in self.points:
            for number, term in enumerate(self.terms):
                known = point.state != "none"
                share = point.share(number)
                low, high = point.interval(number) or (None, None)
                yield (
                    point.label,
                    point.first,
                    point.last,
                    term,
                    point.counts[number] if known else None,
                    point.totals[number] if known else None,
                    round(share, 6) if share is not None else None,
                    point.days,
                    point.empty_days,
                    point.missing,
                    point.state,
                    round(low, 6) if low is not None else None,
                    round(high, 6) if high is not None else None,
                )


def trends(
    connection: sqlite3.Connection,
    terms: Sequence[str],
    *,
    by: Step | None = "month",
    within: Query | None = None,
    most: int = MAX_POINTS,
) -> Trends:
    """Count each of *terms* (each is a query) per period, among the articles that *within* selects.

    Filters and dates typed in a term narrow its base as those of *within* do: ``lúa
    section:kinh-te`` is a share of that section. A term of filters alone is counted among *within*.
    Without *by* the periods are as short as they can be and still be read below each other. Raises
    UsageError for more than *most* periods.
    """
    shared = within or Query()
    queries = [parse(term) for term in terms]
    bases = [_both(term.conditions, shared) if any(term.terms) else shared for term in queries]
    everything = _per_day(connection, Query())
    known = {Query(): everything}
    for base in bases:
        if base not in known:
            known[base] = _per_day(connection, base)
    counts = [_per_day(connection, _both(term, shared)) for term in queries]
    span = _span(shared, everything)
    by = by or (readable_step(*span) if span is not None else "month")
    points: tuple[Point, ...] = ()
    if span is not None:
        _check_number(*span, by, most)
        missing = _missing(connection)
        totals = [known[base] for base in bases]
        # A period may span three million days; the archive knows articles of a few thousand.
        known_days = sorted(day for day in {*everything, *missing} if day)
        points = tuple(
            _point(label, first, last, known_days, totals, counts, everything, missing)
            for label, first, last in _periods(*span, by)
        )
    return Trends(
        terms=tuple(terms),
        by=by,
        points=points,
        undated=tuple(count[None] for count in counts),
        base_queries=tuple(bases),
        notes=tuple(
            dict.fromkeys(
                note for term in queries for note in notes(connection, _both(term, shared))
            )
        ),
    )


def _check_number(first: date, last: date, by: Step, most: int) -> None:
    if periods_between(first, last, by) > most:
        fits = coarser(first, last, by, most)
        longer = f"count by {fits}, or " if fits != by else ""
        raise UsageError(
            f"{first} to {last} by {by} is more than {most:,} periods; {longer}name a shorter time"
            " with since and until"
        )


def periods_between(first: date, last: date, by: Step) -> int:
    """How many periods of the length *by* there are, at most one off."""
    days = (last - first).days + 1
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    return {
        "day": days, "week": -(-days // 7), "month": months, "year": last.year - first.year + 1,
    }[by]  # fmt: skip


def coarser(first: date, last: date, by: Step, most: int) -> Step:
    """The shortest step from *by* on that makes at most *most* periods; else years."""
    steps = STEPS[STEPS.index(by) :]
    return next((step for step in steps if periods_between(first, last, step) <= most), "year")


def span(connection: sqlite3.Connection, within: Query) -> tuple[date, date] | None:
    """The first and the last day that `trends` would count."""
    return _span(within, _per_day(connection, Query()))


def _both(term: Query, base: Query) -> Query:
    """The articles that match both *term* and *base*."""
    return replace(
        term,
        without=(*term.without, *base.without),
        filters=(*term.filters, *base.filters),
        since=max((day for day in (term.since, base.since) if day), default=None),
        until=min((day for day in (term.until, base.until) if day), default=None),
        notes=(*term.notes, *base.notes),
    )


def _per_day(connection: sqlite3.Connection, query: Query) -> Counter[str | None]:
    """Articles per day of their stamp; None for those without a possible date."""
    where = ""
    parameters: tuple[str | int, ...] = ()
    if query != Query():
        selection = matching(connection, query)
        where, parameters = f"WHERE +id IN ({selection.ids})", selection.parameters
    # The index on the stamp holds all that this asks; the rows themselves are long.
    rows = connection.execute(
        "SELECT substr(updated_at, 1, 10), count(*) FROM articles INDEXED BY articles_updated_at"
        f" {where} GROUP BY 1",
        parameters,
    )
    found: Counter[str | None] = Counter()
    for day, articles in rows:
        found[day_of(day)] += articles
    return found


def _missing(connection: sqlite3.Connection) -> Counter[str]:
    """Listed but not stored, by day."""
    rows = connection.execute(
        "SELECT coalesce(listed_on, substr(found_at, 1, 10)), count(*) FROM frontier"
        " WHERE kind = 'article' AND article_id IS NULL AND state <> 'gone' GROUP BY 1"
    )
    return Counter({day: number for day, number in rows if day is not None})


def _span(base: Query, everything: Counter[str | None]) -> tuple[date, date] | None:
    days = [day for day in everything if day]
    # The period is cut to the years in which an article can be dated.
    first = max(base.since, f"{FIRST_YEAR}-01-01") if base.since else min(days, default=None)
    last = min(base.until, f"{LAST_YEAR}-12-31") if base.until else max(days, default=None)
    if not first or not last or first > last:
        return None
    return date.fromisoformat(first), date.fromisoformat(last)


def readable_step(first: date, last: date) -> Step:
    """The shortest step with at most `READABLE` periods from *first* to *last*; else years.

    >>> readable_step(date(2018, 1, 1), date(2018, 1, 31))
    'day'
    >>> readable_step(date(2012, 1, 1), date(2026, 12, 31))
    'year'
    """
    for step in STEPS[:-1]:
        # One off at most, so that only steps near the bound are gone through.
        few = periods_between(first, last, step) <= READABLE + 1
        if few and sum(1 for _ in islice(_periods(first, last, step), READABLE + 1)) <= READABLE:
            return step
    return "year"


def _periods(first: date, last: date, by: Step) -> Iterator[tuple[str, date, date]]:
    """Every period between *first* and *last*, cut to that span."""
    start = first
    while True:
        if by == "day":
            label, days = start.isoformat(), 1
        elif by == "week":
            year, week, weekday = start.isocalendar()
            label, days = f"{year}-W{week:02}", 8 - weekday
        elif by == "month":
            label, days = start.isoformat()[:7], monthrange(start.year, start.month)[1]
            days += 1 - start.day
        else:
            label, days = start.isoformat()[:4], (date(start.year, 12, 31) - start).days + 1
        # Cut before adding: the last day that a date can hold has no day after it.
        days = min(days, (last - start).days + 1)
        end = start + timedelta(days=days - 1)
        yield label, start, end
        if end >= last:
            return
        start = end + timedelta(days=1)


def _point(
    label: str,
    first: date,
    last: date,
    known_days: list[str],
    totals: list[Counter[str | None]],
    counts: list[Counter[str | None]],
    everything: Counter[str | None],
    missing: Counter[str],
) -> Point:
    length = (last - first).days + 1
    begin = bisect_left(known_days, first.isoformat())
    days = known_days[begin : bisect_right(known_days, last.isoformat())]
    empty = length - sum(1 for day in days if everything[day])
    lost = sum(missing[day] for day in days)
    stored = sum(everything[day] for day in days)
    if empty == length:
        state: State = "none"
    elif empty / length > PARTIAL_ABOVE or lost > MISSING_ABOVE * (stored + lost):
        state = "partial"
    else:
        state = "collected"
    return Point(
        label=label,
        first=first.isoformat(),
        last=last.isoformat(),
        totals=tuple(sum(total[day] for day in days) for total in totals),
        counts=tuple(sum(count[day] for day in days) for count in counts),
        days=length,
        empty_days=empty,
        missing=lost,
        state=state,
    )
