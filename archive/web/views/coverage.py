"""The coverage page: the calendar of a year, its months, and the gaps."""

from __future__ import annotations

import calendar
from datetime import date
from typing import Any
from urllib.parse import urlencode

from datasette.utils.asgi import Response

from archive.reports import charts
from archive.reports.coverage import TALLIES, Tally, section_names
from archive.web.views import records
from archive.web.views.base import read, render, translator_of


async def coverage_page(request: Any, datasette: Any) -> Response:
    """The articles that were listed and stored on each day of a year."""
    year, section = request.args.get("year") or "", request.args.get("section") or ""
    known = datasette.snapshot.gaps

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
        # Future days are not a gap, but an article may carry a future date.
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
            "undated": _undated(connection, section),
            "total": _sum(days.values()),
            "days": days,
            "last": min(last, f"{shown}-12-31"),
            "months": _months(shown, days, last),
            "gaps": _gaps(shown, known["empty"])[:8],
            "failed_runs": [
                run for run in known["failed_runs"] if run["started_at"].startswith(f"{shown}-")
            ][-8:],
            "series": known["series"],
        }

    def describe(day: date, tally: Tally | None) -> str:
        if tally is None:
            return t("coverage.nothing", day=t.day(day.isoformat()))
        return t("coverage.day", day=t.day(day.isoformat()), **tally.to_dict())

    context = await read(datasette, collect)
    t = translator_of(request)

    def reading(time: str) -> str:
        """The search for the articles of a day or a month."""
        wanted = {"q": t("coverage.read", time=time), "section": section, "sort": "oldest"}
        if section in ("", "(none)"):
            del wanted["section"]
        return f"{datasette.urls.path('/search')}?{urlencode(wanted)}"

    picture = ""
    if context["year"]:
        picture = charts.calendar(
            context["days"],
            f"{context['year']}-01-01",
            context["last"],
            title=t("coverage.calendar", year=context["year"]),
            words={name: t(f"calendar.{name}") for name in ("empty", "few", "many", "missing")},
            describe=describe,
            link=lambda day: reading(day.isoformat()),
        )
    return await render(
        datasette,
        request,
        "coverage.html",
        {**context, "tallies": TALLIES, "reading": reading, "calendar": picture},
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


def _undated(connection: Any, section: str) -> int:
    """How many articles have no date, and so no year."""
    (number,) = connection.execute(
        "SELECT coalesce(sum(stored), 0) FROM coverage WHERE day IS NULL"
        " AND (? = '' OR coalesce(section_slug, '(none)') = ?)",
        (section, section),
    ).fetchone()
    return int(number)


def _sum(tallies: Any) -> Tally:
    total = Tally()
    for tally in tallies:
        total.add(tally)
    return total


def _months(year: int, days: dict[str, Tally], last: str) -> list[dict[str, Any]]:
    """The sums of each month."""
    months = []
    for month in range(1, 13):
        name = f"{year}-{month:02d}"
        if f"{name}-01" > last:
            break
        length = calendar.monthrange(year, month)[1]
        if last.startswith(name):
            length = int(last[8:])
        inside = [tally for day, tally in days.items() if day.startswith(name)]
        months.append(
            {
                "name": name,
                "empty": length - sum(1 for tally in inside if tally.stored),
                "tally": _sum(inside),
            }
        )
    return months


def _gaps(year: int, empty: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The gaps of *year*, longest first."""
    gaps = []
    for gap in empty:
        first, last = max(gap["first"], f"{year}-01-01"), min(gap["last"], f"{year}-12-31")
        if first <= last:
            days = (date.fromisoformat(last) - date.fromisoformat(first)).days + 1
            gaps.append({"first": first, "last": last, "days": days})
    return sorted(gaps, key=lambda gap: (-gap["days"], gap["first"]))
