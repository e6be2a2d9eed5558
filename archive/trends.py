"""How often is something written about? Counts over time, with the base they stand on. Read only.

A bare count of articles says little: the paper grew, and an archive has holes. So every count comes
with the total and the share, and every period with what is known of its completeness; a period of
which nothing was collected has no count at all, which is not the same as zero.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice
from typing import Literal

from archive import query as language
from archive.matching import matching
from archive.query import Query

Step = Literal["day", "week", "month", "year"]
State = Literal["collected", "partial", "none"]

#: A longer period is partial if more than this share of its days has no article, or of what was
#: listed was not stored. The paper writes every day, so empty days are days not collected.
PARTIAL_ABOVE = 1 / 3
MISSING_ABOVE = 0.1

#: How many periods can be read one below the other.
READABLE = 40


@dataclass(frozen=True, slots=True)
class Point:
    """One period."""

    label: str
    """``2018-01-03``, ``2018-W01``, ``2018-01``, ``2018``."""
    first: str
    last: str
    total: int
    """Every article of the period that the filters leave."""
    counts: tuple[int, ...]
    """Of these, what answers each term."""
    days: int
    empty_days: int
    """Days of which the archive has no article at all, whatever the filters."""
    missing: int
    """Listed for these days, but failed, blocked or not fetched yet."""
    state: State

    def share(self, term: int) -> float | None:
        """The share of the total; None where there is no total."""
        return self.counts[term] / self.total if self.total else None


@dataclass(frozen=True, slots=True)
class Trends:
    """Counts of several terms over time."""

    terms: tuple[str, ...]
    by: Step
    points: tuple[Point, ...]
    undated: tuple[int, ...]
    """What answers each term but has no date, and so is in no period."""
    filters: str
    """The filters, in words; empty if there are none."""

    COLUMNS = (
        "period", "first_day", "last_day", "term", "count", "total", "share", "days",
        "days_without_articles", "listed_not_stored", "state",
    )  # fmt: skip

    def rows(self) -> Iterator[tuple[str | int | float | None, ...]]:
        """One row per period and term; count and share are empty where nothing was collected."""
        for point in self.points:
            for number, term in enumerate(self.terms):
                known = point.state != "none"
                share = point.share(number)
                yield (
                    point.label,
                    point.first,
                    point.last,
                    term,
                    point.counts[number] if known else None,
                    point.total if known else None,
                    round(share, 6) if share is not None else None,
                    point.days,
                    point.empty_days,
                    point.missing,
                    point.state,
                )


def trends(
    connection: sqlite3.Connection,
    terms: Sequence[str],
    *,
    by: Step | None = "month",
    within: Query | None = None,
) -> Trends:
    """Count each of *terms* (queries of their own) per period, among what *within* leaves.

    Without *by* the periods are as short as they can be and still be read below each other.
    """
    base = within or Query()
    totals = _per_day(connection, base)
    counts = []
    undated = []
    for term in terms:
        found = _per_day(connection, _both(language.parse(term), base))
        undated.append(found.pop(None, 0))
        counts.append(found)
    totals.pop(None, None)
    everything = _per_day(connection, Query()) if base != Query() else totals
    everything.pop(None, None)
    span = _span(base, everything)
    by = by or (readable_step(*span) if span is not None else "month")
    points: tuple[Point, ...] = ()
    if span is not None:
        missing = _missing(connection)
        points = tuple(
            _point(label, first, last, totals, counts, everything, missing)
            for label, first, last in _periods(*span, by)
        )
    filters = language.describe(base) if base != Query() else ""
    return Trends(tuple(terms), by, points, tuple(undated), filters)


def _both(term: Query, base: Query) -> Query:
    """What answers *term* and is left by *base*."""
    return Query(
        text=term.text,
        alternatives=term.alternatives,
        without=(*term.without, *base.without),
        filters=(*term.filters, *base.filters),
        since=max((day for day in (term.since, base.since) if day), default=None),
        until=min((day for day in (term.until, base.until) if day), default=None),
        impossible=term.impossible,
    )


def _per_day(connection: sqlite3.Connection, query: Query) -> Counter[str | None]:
    """Articles per day of their stamp; None for those without."""
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
    return Counter(dict(rows.fetchall()))


def _missing(connection: sqlite3.Connection) -> Counter[str]:
    """What was listed but is not stored, by day."""
    rows = connection.execute(
        "SELECT coalesce(listed_on, substr(found_at, 1, 10)), count(*) FROM frontier"
        " WHERE kind = 'article' AND article_id IS NULL AND state <> 'gone' GROUP BY 1"
    )
    return Counter(dict(rows.fetchall()))


def _span(base: Query, everything: Counter[str | None]) -> tuple[date, date] | None:
    days = [day for day in everything if day]
    first = base.since or min(days, default=None)
    last = base.until or max(days, default=None)
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
    for step in ("day", "week", "month"):
        if sum(1 for _ in islice(_periods(first, last, step), READABLE + 1)) <= READABLE:
            return step
    return "year"


def _periods(first: date, last: date, by: Step) -> Iterator[tuple[str, date, date]]:
    """Every period that *first* to *last* touches, cut to that span."""
    start = first
    while start <= last:
        if by == "day":
            label, end = start.isoformat(), start
        elif by == "week":
            year, week, weekday = start.isocalendar()
            label, end = f"{year}-W{week:02}", start + timedelta(days=7 - weekday)
        elif by == "month":
            label = f"{start:%Y-%m}"
            end = (start.replace(day=1) + timedelta(days=32)).replace(day=1) - timedelta(days=1)
        else:
            label, end = f"{start:%Y}", date(start.year, 12, 31)
        yield label, start, min(end, last)
        start = end + timedelta(days=1)


def _point(
    label: str,
    first: date,
    last: date,
    totals: Counter[str | None],
    counts: list[Counter[str | None]],
    everything: Counter[str | None],
    missing: Counter[str],
) -> Point:
    length = (last - first).days + 1
    days = [(first + timedelta(days=number)).isoformat() for number in range(length)]
    empty = sum(not everything[day] for day in days)
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
        total=sum(totals[day] for day in days),
        counts=tuple(sum(count[day] for day in days) for count in counts),
        days=length,
        empty_days=empty,
        missing=lost,
        state=state,
    )
