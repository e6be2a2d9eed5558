"""Trends over time: the page with the chart, and its numbers as a file."""

from __future__ import annotations

import csv
import io
from typing import Any, get_args
from urllib.parse import urlencode

from datasette.utils.asgi import Response

from archive import periods, search
from archive import query as language
from archive.errors import UsageError
from archive.query import Query
from archive.trends import Step, Trends, trends
from archive.web.answering import read, render

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
