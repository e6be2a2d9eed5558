"""The pages with figures: trends over time, and the calendar of what was collected."""

from __future__ import annotations

import calendar
import csv
import io
from datetime import date, timedelta
from typing import Any, get_args
from urllib.parse import urlencode

from datasette.utils.asgi import Response

from archive import periods, search
from archive import query as language
from archive.coverage import TALLIES, Tally, section_names
from archive.errors import UsageError
from archive.query import Query
from archive.trends import Step, Trends, trends
from archive.web import records
from archive.web.answering import read, render, wording_of

#: A chart with more lines than colours that can be told apart is no chart.
MAX_TERMS = 6


class _Wanted:
    """What the address of the trends page asks for."""

    def __init__(self, request: Any) -> None:
        lines = [line.strip() for text in request.args.getlist("q") for line in text.splitlines()]
        self.terms = list(dict.fromkeys(line for line in lines if line))[:MAX_TERMS]
        by = request.args.get("by")
        self.by: Step = by if by in get_args(Step) else "month"
        dates = {name: request.args.get(name) or "" for name in ("since", "until")}
        self.since, self.until = (_date(text) for text in dates.values())
        #: What was typed for a date and is none.
        self.no_dates = [text for text in dates.values() if text.strip() and not _date(text)]

    def count(self, connection: Any) -> Trends | None:
        """The counts; None if nothing was asked."""
        if not self.terms:
            return None
        by = self.by
        if by == "day" and not (self.since or self.until):
            by = "month"  # fifteen years of days are no figure
        return trends(connection, self.terms, by=by, within=self._narrowed(""))

    def apart(self, connection: Any) -> list[dict[str, Any]]:
        """The terms whose words need not stand together, and the address that asks for a phrase."""
        found = []
        for number, term in enumerate(self.terms):
            if counted := search.apart(connection, self._narrowed(term)):
                phrase = language.as_phrase(language.parse(term))
                found.append(
                    {
                        "words": counted.words,
                        "total": counted.total,
                        "together": counted.together,
                        "phrase": phrase,
                        "path": phrase and self._path_with(number, phrase),
                    }
                )
        return found

    def _narrowed(self, text: str) -> Query:
        return language.parse(text).narrowed(since=self.since or None, until=self.until or None)

    def _path_with(self, number: int, term: str) -> str:
        """The same figure with another term in the place of one."""
        pairs = [("q", term if n == number else old) for n, old in enumerate(self.terms)]
        rest = {"by": self.by, "since": self.since, "until": self.until}
        return f"?{urlencode([*pairs, *(pair for pair in rest.items() if pair[1])])}"


def _date(text: str) -> str:
    """*text* if it is a date that people write, else nothing."""
    try:
        return text if text and periods.require(text) else ""
    except UsageError:
        return ""


async def trends_page(request: Any, datasette: Any) -> Response:
    """How often something is written about, as a chart and as numbers."""
    wanted = _Wanted(request)
    counted = await read(datasette, wanted.count)
    apart = await read(datasette, wanted.apart)
    chart = None
    if counted is not None:
        chart = {
            "terms": counted.terms,
            "points": [
                {
                    "label": point.label,
                    "first": point.first,
                    "last": point.last,
                    "total": point.total,
                    "counts": point.counts,
                    "state": point.state,
                }
                for point in counted.points
            ],
        }
    return await render(
        datasette,
        request,
        "trends.html",
        {
            "wanted": wanted,
            "counted": counted,
            "apart": apart,
            "chart": chart,
            "steps": get_args(Step),
            "query_string": request.query_string,
        },
    )


async def trends_file(request: Any, datasette: Any) -> Response:
    """The numbers of the chart, as CSV."""
    counted = await read(datasette, _Wanted(request).count)
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(Trends.COLUMNS)
    if counted is not None:
        writer.writerows(counted.rows())
    return Response(
        text.getvalue(),
        content_type="text/csv; charset=utf-8",
        headers={"content-disposition": 'attachment; filename="khobao-trends.csv"'},
    )


async def coverage_page(request: Any, datasette: Any) -> Response:
    """What was listed and stored on each day of a year."""
    year, section = request.args.get("year") or "", request.args.get("section") or ""
    ledger = datasette.snapshot.ledger

    def collect(connection: Any) -> dict[str, Any]:
        years = [
            row["year"]
            for row in records.rows(
                connection,
                "SELECT DISTINCT substr(day, 1, 4) AS year FROM coverage ORDER BY 1 DESC",
            )
            if row["year"] and row["year"].isdecimal() and len(row["year"]) == 4
        ]
        shown = int(year if year in years else years[0]) if years else None
        if shown is None:
            return {"years": [], "year": None}
        days = _days(connection, shown, section)
        names = section_names(connection)
        # What is still to come is no gap; an article may be dated ahead of its time.
        last = max([datasette.snapshot.published_at[:10], *days])
        return {
            "years": years,
            "year": shown,
            "section": section,
            "sections": [
                (row["section"], names.get(row["section"]) or row["section"])
                for row in records.rows(
                    connection,
                    "SELECT DISTINCT coalesce(section_slug, '(none)') AS section FROM coverage"
                    " WHERE day BETWEEN ? AND ? ORDER BY 1",
                    (f"{shown}-01-01", f"{shown}-12-31"),
                )
            ],
            "total": _sum(days.values()),
            "cells": _cells(shown, days, last),
            "months": _months(shown, days, last),
            "gaps": _gaps(shown, ledger["empty"])[:8],
            "failed_runs": [
                run for run in ledger["failed_runs"] if run["started_at"].startswith(f"{shown}-")
            ][-8:],
            "series": ledger["series"],
        }

    context = await read(datasette, collect)
    t = wording_of(request)

    def reading(time: str) -> str:
        """Where the articles of a day or a month are read."""
        wanted = {"q": t("coverage.read", time=time), "section": section, "sort": "oldest"}
        if section in ("", "(none)"):
            del wanted["section"]
        return f"{datasette.urls.path('/search')}?{urlencode(wanted)}"

    return await render(
        datasette,
        request,
        "coverage.html",
        {**context, "tallies": TALLIES, "reading": reading},
    )


def _days(connection: Any, year: int, section: str) -> dict[str, Tally]:
    days: dict[str, Tally] = {}
    for day, *numbers in connection.execute(
        f"SELECT day, {', '.join(TALLIES)} FROM coverage"
        " WHERE day BETWEEN ? AND ? AND (? = '' OR coalesce(section_slug, '(none)') = ?)",
        (f"{year}-01-01", f"{year}-12-31", section, section),
    ):
        days.setdefault(day, Tally()).add(Tally(*numbers))
    return days


def _sum(tallies: Any) -> Tally:
    total = Tally()
    for tally in tallies:
        total.add(tally)
    return total


def _cells(year: int, days: dict[str, Tally], last: str) -> list[dict[str, Any]]:
    """One square for each day: its column is the week, its row the weekday, Monday first."""
    fullest = max((tally.stored for tally in days.values()), default=0)
    first = date(year, 1, 1)
    cells = []
    for number in range(365 + calendar.isleap(year)):
        day = first + timedelta(days=number)
        if day.isoformat() > last:
            break
        tally = days.get(day.isoformat())
        missing = tally is not None and bool(tally.failed or tally.blocked or tally.due)
        if tally is None:
            shade = "none"
        elif not tally.stored:
            shade = "c0"
        else:
            shade = f"c{1 + min(3, 4 * (tally.stored - 1) // fullest)}"
        cells.append(
            {
                "day": day.isoformat(),
                "column": (number + first.weekday()) // 7,
                "row": day.weekday(),
                "shade": shade,
                "missing": missing,
                "tally": tally,
            }
        )
    return cells


def _months(year: int, days: dict[str, Tally], last: str) -> list[dict[str, Any]]:
    """The sums of each month, and the column of the calendar at which it begins."""
    months = []
    shift = date(year, 1, 1).weekday()
    for month in range(1, 13):
        name = f"{year}-{month:02d}"
        first = date(year, month, 1)
        if first.isoformat() > last:
            break
        length = calendar.monthrange(year, month)[1]
        if last.startswith(name):
            length = int(last[8:])
        inside = [tally for day, tally in days.items() if day.startswith(name)]
        months.append(
            {
                "name": name,
                "number": month,
                "column": (first.timetuple().tm_yday - 1 + shift) // 7,
                "days": length,
                "empty": length - sum(1 for tally in inside if tally.stored),
                "tally": _sum(inside),
            }
        )
    return months


def _gaps(year: int, empty: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The stretches of days without an article, as far as they lie in *year*, longest first."""
    gaps = []
    for gap in empty:
        first, last = max(gap["first"], f"{year}-01-01"), min(gap["last"], f"{year}-12-31")
        if first <= last:
            days = (date.fromisoformat(last) - date.fromisoformat(first)).days + 1
            gaps.append({"first": first, "last": last, "days": days})
    return sorted(gaps, key=lambda gap: (-gap["days"], gap["first"]))
