"""New articles against the archive's own past: missing fields, short bodies, numbers.

Re-checked articles hide a fault of new ones, so only articles that a crawl saw first are counted.
A change is an alarm if it is large and no chance: the share of articles without a field rose by a
quarter of them or more, and Fisher's exact test gives it less than 1 in 100,000. With some twenty
comparisons a night this rings by chance once in several years. A night has few articles, so the
last nights are looked at together, too.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from math import comb
from statistics import median
from typing import NamedTuple

from archive.alarms import Finding

#: How much larger the share without a field must be, and how improbable.
RISE = 0.25
CHANCE = 1e-5
#: How many nights are looked at together: a fault of one new article a night needs a week.
WINDOWS = (1, 3, 7)
#: Articles of a layout before the window without which its past says nothing.
_PAST = 30
#: A body is short if it has fewer words than this share of the median of the past.
_SHORT = 0.4
#: Articles and runs looked at: three months of the paper's fifty a day.
_RECENT = 5_000
_RUNS = 120

#: Runs of a weekday without which it has no norm, and the least that this norm must be.
_WEEKS = 8
_LEAST = 8
#: A night has fewer articles than this share of the fewest that its weekday ever had.
_FEW = 0.5
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


class NewArticle(NamedTuple):
    """An article in the run that saw it first."""

    crawl_id: int
    started_at: str
    """When the run began."""
    layout: str
    url: str
    words: int
    fields: frozenset[str]
    """The fields that it has."""


@dataclass(frozen=True, slots=True)
class Change:
    """A field that new articles lack more often than before."""

    layout: str
    field: str
    missing: Sequence[NewArticle]
    total: int
    past_missing: int
    past_total: int
    chance: float

    def finding(self) -> Finding:
        """The alarm: what changed, since when, how sure, and three addresses."""
        name = "bodies are short" if self.field == "length" else f"{self.field} is missing"
        since = min(article.started_at for article in self.missing)[:10]
        sure = f"1 in {1 / self.chance:,.0f}" if self.chance > 1e-9 else "less than 1 in a billion"
        samples = ", ".join(article.url for article in self.missing[-3:])
        return Finding(
            f"new/{self.layout}/{self.field}",
            f"{self.layout}: {name} in {len(self.missing)} of {self.total} new articles since"
            f" {since}, in {self.past_missing} of {self.past_total} before (by chance {sure}):"
            f" {samples}",
        )


def new_articles(connection: sqlite3.Connection, paper: str) -> list[NewArticle]:
    """The last articles that crawls of *paper* saw first, the oldest first."""
    rows = connection.execute(
        "SELECT r.id, r.started_at, a.layout, a.url, a.word_count,"
        " iif(a.byline <> '', 'byline', ''), iif(a.updated_at <> '', 'updated_at', ''),"
        " iif(a.lead <> '', 'lead', ''),"
        " iif(a.section_slug <> '', 'section', ''), iif(a.image_count > 0, 'images', '')"
        " FROM articles AS a JOIN (SELECT *, min(coalesce(finished_at, '9999'),"
        # A run that was killed is over when the next one begins.
        " lead(started_at, 1, '9999') OVER (ORDER BY id)) AS ended_at"
        " FROM crawls WHERE command = 'crawl' ORDER BY id DESC"
        " LIMIT ?) AS r ON a.first_seen_at BETWEEN r.started_at AND r.ended_at"
        " WHERE a.id > (SELECT max(id) FROM articles) - ? AND a.paper = ? AND a.kind = 'article'"
        " AND a.layout IS NOT NULL ORDER BY a.id",
        (_RUNS, _RECENT, paper),
    )
    return [
        NewArticle(crawl_id, at, layout, url, words, frozenset(filter(None, fields)))
        for crawl_id, at, layout, url, words, *fields in rows
    ]


def changes(
    articles: Sequence[NewArticle], crawl_id: int, since: dict[str, str] | None = None
) -> list[Finding]:
    """The alarms of the run *crawl_id*, and those that it does not find to be over.

    *since* are the alarms that are open, by kind, with the start of the run that opened them: their
    past ends there, or a fault that lasts would become its own norm.
    """
    since = since or {}
    found: list[Finding] = []
    for layout in sorted({article.layout for article in articles}):
        ours = [article for article in articles if article.layout == layout]
        names = sorted({name for article in ours for name in article.fields})
        for name in [*names, "length"]:
            opened = since.get(f"new/{layout}/{name}")
            tried = list(_windows(ours, name, crawl_id, opened))
            if tried and (best := min(tried, key=lambda change: change.chance)).chance < CHANCE:
                found.append(best.finding())
    return found


def _windows(
    articles: Sequence[NewArticle], name: str, crawl_id: int, opened: str | None
) -> Iterator[Change]:
    """What changed in the last night, the last three …; of an open alarm, since it was opened."""
    nights = sorted({article.crawl_id for article in articles})
    if not nights or (nights[-1] != crawl_id and opened is None):
        return  # tonight says nothing of this layout
    for size in WINDOWS:
        first = nights[-size:][0]
        now = [article for article in articles if article.crawl_id >= first]
        past = [article for article in articles if article.crawl_id < first]
        if opened is not None:
            past = [article for article in past if article.started_at < opened]
        if len(past) < _PAST:
            continue
        bound = _SHORT * median(article.words for article in past)
        missing = [article for article in now if _lacks(article, name, bound)]
        before = sum(_lacks(article, name, bound) for article in past)
        if len(missing) / len(now) >= before / len(past) + RISE:
            chance = fisher(len(missing), len(now), before, len(past))
            yield Change(now[0].layout, name, missing, len(now), before, len(past), chance)
        if size >= len(nights):
            return


def _lacks(article: NewArticle, name: str, bound: float) -> bool:
    return article.words < bound if name == "length" else name not in article.fields


def fisher(missing: int, total: int, past_missing: int, past_total: int) -> float:
    """The probability that of all that lack it so many or more are new, by chance alone.

    Fisher's exact test, one-sided (R. A. Fisher, *The Design of Experiments*, 1935).

    >>> round(fisher(3, 4, 1, 4), 4)  # the lady tasting tea
    0.2429
    >>> fisher(0, 5, 0, 50)
    1.0
    """
    all_missing, everything = missing + past_missing, total + past_total
    ways = sum(
        comb(all_missing, k) * comb(everything - all_missing, total - k)
        for k in range(missing, min(total, all_missing) + 1)
    )
    return ways / comb(everything, total)


def too_few(
    now: str, new: int, past: Sequence[tuple[str, int]], *, paper_day: timedelta
) -> Finding | None:
    """The alarm that fewer articles are new than this weekday ever had; *past* is oldest first.

    *past* are the beginnings of earlier runs with their numbers of new articles; *paper_day* is the
    paper's distance from UTC. Days of the same weekday are compared, each with the 24 hours before
    the same time of day, so two runs a day are as one. Around public holidays and Tết nothing is
    said: `crawler.run.alarms` knows how long the paper may be silent.
    """
    at = datetime.fromisoformat(now)
    if is_holiday((at + paper_day).date()):
        return None
    runs = [(datetime.fromisoformat(started), count) for started, count in past]
    tonight = new + sum(count for start, count in runs if at - timedelta(hours=22) < start < at)
    norm = []
    for week in range(1, 53):
        then = at - timedelta(weeks=week)
        if is_holiday((then + paper_day).date()):
            continue
        near = [c for start, c in runs if abs(start - then) < timedelta(hours=3)]
        if near:
            before = (
                c for start, c in runs if timedelta(hours=3) <= then - start < timedelta(hours=22)
            )
            norm.append(sum(near) + sum(before))
    if len(norm) < _WEEKS or min(norm) < _LEAST or tonight >= _FEW * min(norm):
        return None
    day = _DAYS[(at + paper_day).weekday()]
    return Finding(
        "few-new",
        f"{tonight} new articles on a {day}; on {len(norm)} {day}s before there were"
        f" {min(norm)} or more, mostly about {median(norm):.0f}",
    )


def is_holiday(day: date) -> bool:
    """Whether *day* may be quiet: Tết with the days around it, or a public holiday.

    Tết falls between 21 January and 20 February. The day after a holiday is its news.

    >>> is_holiday(date(2026, 2, 17)), is_holiday(date(2026, 5, 1)), is_holiday(date(2026, 6, 1))
    (True, True, False)
    """
    if date(day.year, 1, 15) <= day <= date(day.year, 3, 1):
        return True
    fixed = ((1, 1), (4, 30), (5, 1), (9, 1), (9, 2))
    return any((d.month, d.day) in fixed for d in (day - timedelta(days=n) for n in (-1, 0, 1, 2)))
