"""The trends page, and its numbers and its chart as files."""

from __future__ import annotations

from importlib.util import find_spec
from typing import Any, get_args
from urllib.parse import urlencode

from datasette.utils.asgi import Response

from archive.errors import UsageError
from archive.export.tables import csv_text
from archive.reports import charts
from archive.reports.coverage import section_names
from archive.reports.trends import (
    MAX_POINTS,
    SMALL_BASE,
    STEPS,
    Step,
    Trends,
    coarser,
    span,
    trends,
)
from archive.search import query as language
from archive.search import search
from archive.search.parser import parse
from archive.search.query import Note
from archive.web.i18n import Translator
from archive.web.views.base import read, render, translator_of
from archive.web.views.filters import RequestFilters

#: A page shows at most so many periods: the days of three years. A file has them all.
MAX_SHOWN = 1_100


class TrendsRequest(RequestFilters):
    """The parameters of the trends page."""

    def __init__(self, request: Any) -> None:
        super().__init__(request, ("q", "by", "measure"))
        lines = [line.strip() for text in request.args.getlist("q") for line in text.splitlines()]
        terms = list(dict.fromkeys(line for line in lines if line))
        self.terms = terms[: charts.MAX_TERMS]
        if len(terms) > charts.MAX_TERMS:
            self.notes.append(Note("terms", str(charts.MAX_TERMS)))
        by = request.args.get("by")
        #: None: the shortest step that can be read.
        self.by: Step | None = by if by in get_args(Step) else None
        measure = request.args.get("measure")
        self.measure: charts.Measure = "count" if measure == "count" else "share"
        #: Slug → name, where the request has filters.
        self.section_names: dict[str, str] = {}

    def count(self, connection: Any, most: int | None = None) -> Trends | None:
        """The counts, in a longer step where there would be more than *most* periods."""
        self.section_names = section_names(connection) if self.narrowed else {}
        if not self.terms:
            return None
        within, by = self.query(""), self.by
        if by and most and (days := span(connection, within)):
            shorter, by = by, coarser(*days, by, most)
            if by != shorter:
                self.notes.append(Note("coarser", shorter, by))
        return trends(connection, self.terms, by=by, within=within, most=most or MAX_POINTS)

    def apart(self, connection: Any) -> list[dict[str, Any]]:
        """The terms whose words need not stand together, and the address that asks for a phrase."""
        found = []
        for number, term in enumerate(self.terms):
            if counted := search.apart(connection, self.query(term)):
                phrase = language.as_phrase(parse(term))
                terms = [phrase if n == number else old for n, old in enumerate(self.terms)]
                found.append(
                    {
                        "words": counted.words,
                        "total": counted.total,
                        "together": counted.together,
                        "phrase": phrase,
                        "path": phrase and self.path(self.pairs(terms)),
                    }
                )
        return found

    def path(self, pairs: list[tuple[str, str]], *without: tuple[str, str]) -> str:
        """The parameters *pairs* with the filters, but for those in *without*."""
        kept = [pair for pair in self.filters if pair not in without]
        return f"?{urlencode([*pairs, *kept])}"

    def pairs(
        self, terms: Any = None, by: str | None = None, measure: str | None = None
    ) -> list[tuple[str, str]]:
        """The parameters of this page other than its filters."""
        by, measure = by or self.by, measure or self.measure
        return [
            *(("q", term) for term in (self.terms if terms is None else terms) if term),
            *([("by", by)] if by else ()),
            *([("measure", "count")] if measure == "count" else ()),
        ]


async def trends_page(request: Any, datasette: Any) -> Response:
    """The trends page: a figure and its numbers."""
    wanted = TrendsRequest(request)
    t = translator_of(request)
    try:
        counted = await read(datasette, lambda connection: wanted.count(connection, MAX_SHOWN))
    except UsageError as error:
        counted = None
        wanted.notes.append(Note("refused", str(error)))
    apart = await read(datasette, wanted.apart)
    return await render(
        datasette,
        request,
        "trends.html",
        {
            "wanted": wanted,
            "counted": counted,
            "apart": apart,
            "picture": _picture(wanted, counted, datasette, t) if counted else "",
            "base_filters": _filters_in_words(wanted, counted, t) if counted else "",
            "steps": STEPS,
            "files": wanted.path(wanted.pairs(by=counted.by)) if counted else "",
            "small_base": SMALL_BASE,
            "small": counted is not None
            and any(p.small(n) for p in counted.points for n in range(len(counted.terms))),
            "png": find_spec("resvg_py") is not None,
        },
    )


def _filters_in_words(wanted: TrendsRequest, counted: Trends, t: Translator) -> str:
    """The filters of the common base of all shares."""
    base = counted.base_queries[0]
    parts = []
    for each in sorted(base.filters, key=lambda each: each.negative):
        value = each.value
        if each.name.endswith("section"):
            value = wanted.section_names.get(value, value)
        without = f"{t('trends.without')} " if each.negative else ""
        parts.append(f"{without}{t(f'facet.{each.name}').lower()} {value}")
    for name, day in (("since", base.since), ("until", base.until)):
        if day:
            parts.append(f"{t(f'facet.{name}').lower()} {t.day(day)}")
    return ", ".join(parts)


def _picture(wanted: TrendsRequest, counted: Trends, datasette: Any, t: Translator) -> str:
    if not counted.points:
        return ""
    words = {name: t(f"chart.{name}") for name in charts.ENGLISH}
    # A typed term may have braces, and the chart fills this text as a template.
    said = _filters_in_words(wanted, counted, t).replace("{", "{{").replace("}", "}}")
    said = said or t("trends.base.all")
    words["base"] = words["base"].replace("{said}", said)
    published = t.day(datasette.snapshot.published_at)
    return charts.trend_chart(
        counted,
        measure=wanted.measure,
        source=t("chart.source", when=published),
        label=t("trends.chart", terms=", ".join(counted.terms)),
        words=words,
        number=t.number,
    )


async def trends_file(request: Any, datasette: Any) -> Response:
    """The numbers of the figure as CSV, or the figure as SVG or PNG."""
    wanted, ending = TrendsRequest(request), request.url_vars["ending"]
    try:
        most = None if ending == "csv" else MAX_SHOWN
        counted = await read(datasette, lambda connection: wanted.count(connection, most))
        if ending == "csv":
            table = csv_text(Trends.COLUMNS, counted.rows() if counted else (), end="\r\n")
            return _file(table, "text/csv; charset=utf-8", ending)
        if counted is None or not counted.points:
            raise UsageError(translator_of(request)("trends.nothing"))
        svg = _picture(wanted, counted, datasette, translator_of(request))
        if ending == "svg":
            return _file(svg, "image/svg+xml; charset=utf-8", ending)
        png = await read(datasette, lambda _: charts.png(svg))
    except UsageError as error:
        return Response.text(f"{error}\n", status=400)
    return _file(png, "image/png", ending)


def _file(body: Any, content_type: str, ending: str) -> Response:
    return Response(
        body,
        content_type=content_type,
        headers={"content-disposition": f'attachment; filename="khobao-trends.{ending}"'},
    )
