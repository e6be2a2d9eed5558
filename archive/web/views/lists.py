"""The lists of the archive, and the page of an author or a source."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote, urlencode

from datasette.utils.asgi import NotFound, Response

from archive.export.tables import csv_text
from archive.reports import charts
from archive.reports.lists import NAMES, listing
from archive.search.query import Query
from archive.search.sql import matching
from archive.search.sql import notes as notes_on
from archive.web.views import records
from archive.web.views.base import name_in, read, render, translator_of
from archive.web.views.filters import RequestFilters

#: A page shows at most so many rows; a file has them all.
MOST = 200

#: What a value in a column leads to: a filter of the search, or a page of its own.
_FILTERS = {"section": "section", "slug": "section", "tag": "tag", "year": "year"}
_PAGES = {"key": "article", "other": "article", "author": "author", "source": "source"}


class ListRequest(RequestFilters):
    """The parameters of a list."""

    def __init__(self, request: Any) -> None:
        super().__init__(request, ("q",))
        self.text: str = request.args.get("q") or ""
        self.pairs = [*([("q", self.text)] if self.text else ()), *self.filters]

    @property
    def parameters(self) -> str:
        """The parameters of another list over the same articles."""
        return f"?{urlencode(self.pairs)}" if self.pairs else ""


async def list_page(request: Any, datasette: Any) -> Response:
    """One list, narrowed as a search can be; as a page, as CSV or as JSON."""
    asked = ListRequest(request)
    name, ending = request.url_vars["name"], request.url_vars["ending"]
    meant = asked.query(asked.text)
    found, notes = await read(
        datasette,
        lambda c: (listing(c, name, meant, limit=None if ending else MOST), notes_on(c, meant)),
    )
    if ending == "csv":
        return Response(
            csv_text(found.columns, [list(row) for row in found.rows]),
            content_type="text/csv; charset=utf-8",
            headers={"content-disposition": f'attachment; filename="khobao-{name}.csv"'},
        )
    if ending == "json":
        return Response.json({"list": name, "rows": found.to_dicts(), "more": found.more})
    rows = [
        [_cell(datasette, found.columns[place], row[place]) for place in found.filled]
        for row in found.rows
    ]
    return await render(
        datasette,
        request,
        "list.html",
        {"asked": asked, "notes": notes, "found": found, "rows": rows, "lists": NAMES},
    )


def _cell(datasette: Any, column: str, value: Any) -> tuple[str, Any, str | None]:
    """Column, value and address of a cell."""
    if column == "fields":
        return column, json.loads(value or "[]"), None
    if not isinstance(value, str):
        return column, value, None
    path = None
    if page := _PAGES.get(column):
        path = f"/{page}/{quote(value, safe=':')}"
    elif column == "place":
        path = f"/search?{urlencode([('q', f'place:{chr(34)}{value}{chr(34)}')])}"
    elif name := _FILTERS.get(column):
        path = f"/search?{urlencode([(name, value)])}"
    return column, value, path and datasette.urls.path(path)


async def author_page(request: Any, datasette: Any) -> Response:
    """An author: articles by month and section, co-authors, other names and why they are one."""
    name = name_in(request)

    def same_as(connection: Any) -> str | None:
        found = connection.execute(
            "SELECT author FROM articles_by_author WHERE author = ?1 OR printed = ?1 LIMIT 1",
            (name,),
        ).fetchone()
        return found and str(found[0])

    shown = await read(datasette, same_as)
    if shown is None:
        raise NotFound(name)
    if shown != name:
        return Response.redirect(datasette.urls.path(f"/author/{quote(shown, safe='')}"))
    return await _profile(request, datasette, "author", Query().narrowed(authors=(name,)))


async def source_page(request: Any, datasette: Any) -> Response:
    """A source: its articles by month and section."""
    meant = Query().narrowed(sources=(name_in(request),))
    return await _profile(request, datasette, "source", meant)


async def _profile(request: Any, datasette: Any, kind: str, meant: Query) -> Response:
    name = name_in(request)

    def collect(connection: Any) -> dict[str, Any]:
        selection = matching(connection, meant)
        months = records.by_month(connection, meant)
        total = connection.execute(
            f"SELECT count(*) FROM ({selection.ids})", selection.parameters
        ).fetchone()[0]
        others = records.rows(
            connection,
            "SELECT a.name, a.same_reason AS reason FROM authors AS a JOIN authors AS shown"
            " ON shown.id = a.same_as WHERE shown.name = ? ORDER BY a.sort_key",
            (name if kind == "author" else None,),
        )
        authors = listing(connection, "authors", meant, 40).to_dicts()
        return {
            "total": total,
            "months": months,
            "others": others,
            "sections": listing(connection, "sections", meant, 40).to_dicts(),
            "authors": [a for a in authors if kind != "author" or a["author"] != name],
        }

    found = await read(datasette, collect)
    if not found["total"]:
        raise NotFound(name)
    t = translator_of(request)
    months = found["months"]
    reading = datasette.urls.path(f"/search?{urlencode([(kind, name)])}")
    chart = charts.growth_chart(
        months,
        label=t("growth.title", most=t.number(max(months.values())),
                first=t.day(min(months)), last=t.day(max(months))) if months else "",
        describe=lambda month, articles: f"{t.day(month)}: {t.count('n.articles', articles)}",
        link=lambda month: f"{reading}&year={month[:4]}",
    )  # fmt: skip
    return await render(
        datasette,
        request,
        "profile.html",
        {**found, "name": name, "kind": kind, "chart": chart, "reading": reading},
    )
