"""The search page with its facets, and all its results as a file."""

from __future__ import annotations

from functools import partial
from typing import Any
from urllib.parse import urlencode

from datasette.utils.asgi import AsgiStream, Response

from archive.articles.select import keys_of
from archive.export.rows import COLUMNS, flat_rows
from archive.export.tables import csv_line, csv_lines
from archive.reports import charts
from archive.reports.coverage import section_names
from archive.search import query as language
from archive.search import search
from archive.search.parser import parse
from archive.web.views import records
from archive.web.views.base import read, render, translator_of
from archive.web.views.filters import RequestFilters

PAGE_SIZE = 20


async def page(request: Any, datasette: Any) -> Response:
    """The search page."""
    asked = SearchRequest(request)
    shown = await read(datasette, asked.answer)
    months = shown.pop("months")
    t = translator_of(request)
    # One month says no more than its number; the chart is for several.
    chart = charts.growth_chart(
        months,
        label=t("growth.title", most=t.number(max(months.values())),
                first=t.day(min(months)), last=t.day(max(months))),
        describe=lambda month, articles: f"{t.day(month)}: {t.count('n.articles', articles)}",
        link=lambda month: asked.path(since=month, until=month, page=None),
    ) if len(months) > 1 else ""  # fmt: skip
    return await render(
        datasette, request, "search.html", {"asked": asked, "chart": chart, **shown}
    )


#: How many articles a download reads at a time, and holds in memory.
BATCH = 200

#: How long the search for all articles of a download may take, in seconds.
COLLECTING = 15.0


async def download(request: Any, datasette: Any) -> Any:
    """Every article found, as CSV: exact, or for a double click into Excel.

    Nothing is kept on the disk, and no thread waits for a slow reader. The snapshot is never
    written again, so parts that are read one after the other are of one state.
    """
    asked = SearchRequest(request)
    meant = asked.query(asked.text)
    excel = bool(request.url_vars["excel"])
    keys = await datasette.archive.execute_fn(
        lambda connection: keys_of(connection, meant), seconds=COLLECTING
    )

    async def stream(writer: Any) -> None:
        mark = "\ufeff" if excel else ""
        await writer.write(mark + csv_line(COLUMNS))
        for first in range(0, len(keys), BATCH):
            await writer.write(await read(datasette, partial(lines, keys[first : first + BATCH])))

    def lines(part: list[str], connection: Any) -> str:
        return csv_lines(flat_rows(connection, part), excel=excel)

    name = "khobao.excel.csv" if excel else "khobao.csv"
    return AsgiStream(
        stream,
        headers={"content-disposition": f'attachment; filename="{name}"'},
        content_type="text/csv; charset=utf-8",
    )


class SearchRequest(RequestFilters):
    """The parameters of the search page."""

    def __init__(self, request: Any) -> None:
        super().__init__(request, ("q", "sort", "page"))
        self.text: str = request.args.get("q") or ""
        sort = request.args.get("sort")
        self.sort: search.Sort = sort if sort in ("recent", "oldest") else "best"
        self.pairs = [
            *([("q", self.text)] if self.text else ()),
            *([("sort", self.sort)] if self.sort != "best" else ()),
            *self.filters,
        ]
        number = request.args.get("page") or "1"
        small = number.isdecimal() and len(number) < 6
        self.page = min(int(number), 10_000) or 1 if small else 1

    def answer(self, connection: Any) -> dict[str, Any]:
        """Everything the page shows."""
        meant = self.query(self.text)
        results = search.search(
            connection,
            meant,
            limit=PAGE_SIZE,
            offset=(self.page - 1) * PAGE_SIZE,
            sort=self.sort if any(meant.terms) or self.sort != "best" else "recent",
        )
        facets = records.facets(connection, meant)
        unfiltered = 0
        if self.narrowed and not results.total:
            unfiltered = search.search(connection, parse(self.text), limit=0).total
        listed = {name: {row["value"] for row in rows} for name, rows in facets.items()}
        return {
            "results": results,
            "months": records.by_month(connection, meant) if self.page == 1 else {},
            "undated": records.undated(connection, meant),
            "phrase": language.as_phrase(parse(self.text)),
            "readings": search.readings(connection, meant) if self.page == 1 else (),
            "facets": facets,
            "unfiltered": unfiltered,
            # A chosen section keeps its name even where it has no result.
            "section_names": section_names(connection) if self.chosen["section"] else {},
            "absent": {
                name: [value for value in values if value not in listed[name]]
                for name, values in self.chosen.items()
                if name in listed
            },
            "pages": -(-results.total // PAGE_SIZE),
        }

    def path_of(self, text: str) -> str:
        """The parameters of another page that asks for *text* under the same filters."""
        return f"?{urlencode([('q', text), *self.filters])}"

    def path(self, **changed: Any) -> str:
        """The same search with something changed; a change leads back to the first page."""
        pairs = [(name, value) for name, value in self.pairs if name not in changed]
        pairs += [(name, str(value)) for name, value in changed.items() if value]
        return f"?{urlencode(pairs)}" if pairs else "?"

    def toggled(self, facet: str, value: str) -> str:
        """The same search with one value of a facet chosen, or no longer chosen."""
        if value in self.chosen[facet]:
            pairs = [pair for pair in self.pairs if pair != (facet, value)]
        else:
            # Two years exclude each other; two values of any other facet mean either of them.
            kept = [p for p in self.pairs if not (facet == "year" and p[0] == "year")]
            pairs = [*kept, (facet, value)]
        return f"?{urlencode(pairs)}" if pairs else "?"
