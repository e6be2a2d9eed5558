"""The front page, articles, versions and the guide; and the routes of all pages."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import quote

from datasette.utils.asgi import Response, asgi_send_file

from archive.reports import charts
from archive.reports.lists import NAMES
from archive.web.views import citation as citing
from archive.web.views import coverage, instruments, lists, records, search, trends
from archive.web.views.base import name_in, number_in, read, render, translator_of


async def front(request: Any, datasette: Any) -> Response:
    """The front page: the state of the archive, its growth, new articles, ways to begin."""
    shown = await read(datasette, records.front)
    t = translator_of(request)
    months = {row["month"]: row["dated"] for row in shown["growth"]}
    most = max(months.values(), default=0)
    first, last = t.day(shown["span"]["first"]), t.day(shown["span"]["last"])
    chart = charts.growth_chart(
        months,
        label=t("growth.title", most=t.number(most), first=first, last=last),
        describe=lambda month, articles: f"{t.day(month)}: {t.count('n.articles', articles)}",
        link=lambda month: f"{datasette.urls.path('/search')}?year={month[:4]}",
    )
    return await render(
        datasette,
        request,
        "front.html",
        {**shown, "counts": datasette.snapshot.counts, "chart": chart, "most": most},
    )


async def article(request: Any, datasette: Any) -> Response:
    """One article, to read."""
    name = name_in(request)
    number = number_in(request, "version")
    shown = await read(datasette, lambda c: records.article(c, name, number))
    key = shown.details.stored.key
    if key != name:
        return Response.redirect(datasette.urls.path(f"/article/{quote(key, safe=':')}"))
    return await render(
        datasette,
        request,
        "article.html",
        {
            "shown": shown,
            "details": shown.details,
            "stored": shown.details.stored,
            "citation": citing.plain(shown, translator_of(request)),
        },
    )


async def citation(request: Any, datasette: Any) -> Response:
    """The citation of one version, as a file for a reference manager."""
    name, number = name_in(request), number_in(request, "version")
    shown = await read(datasette, lambda c: records.article(c, name, number))
    ending = request.url_vars["ending"]
    text, media = citing.file(shown, ending, translator_of(request))
    key = re.sub(r"[^\w.-]", "-", shown.details.stored.key)
    return Response(
        text,
        content_type=f"{media}; charset=utf-8",
        headers={"content-disposition": f'attachment; filename="{key}.{ending}"'},
    )


async def changes(request: Any, datasette: Any) -> Response:
    """Two versions of an article, word by word."""
    name = name_in(request)
    after = number_in(request, "to")
    before = number_in(request, "from")

    def compared(connection: Any) -> dict[str, Any]:
        last = records.article(connection, name).details.latest.number
        new = after or last
        return records.differences(connection, name, before or max(new - 1, 1), new)

    return await render(datasette, request, "diff.html", await read(datasette, compared))


async def questions(request: Any, datasette: Any) -> Response:
    """The saved questions."""
    saved = await datasette.get_canned_queries("archive", request.actor)
    return await render(datasette, request, "questions.html", {"questions": saved})


async def guide(request: Any, datasette: Any) -> Response:
    """The guide: how to search, read, cite and download."""
    return await render(datasette, request, "guide.html", {"counts": datasette.snapshot.counts})


class _Whole:
    """The snapshot's file, sent in large pieces; Datasette would send 4 kB at a time."""

    def __init__(self, datasette: Any) -> None:
        self._path = datasette.snapshot.path

    async def asgi_send(self, send: Any) -> None:
        """Send it."""
        await asgi_send_file(
            send,
            str(self._path),
            filename="archive.db",
            content_type="application/octet-stream",
            chunk_size=1 << 18,
        )


async def database(request: Any, datasette: Any) -> Any:
    """The whole database as a download."""
    return _Whole(datasette)


async def robots(request: Any, datasette: Any) -> Response:
    """Keep robots out: one would fetch every page of every facet."""
    return Response.text("User-agent: *\nDisallow: /\n")


ROUTES: tuple[tuple[str, Any], ...] = (
    (r"^/$", front),
    (r"^/search$", search.page),
    (r"^/search(?P<excel>-excel)?\.csv$", search.download),
    (r"^/article/(?P<name>[^/]+)$", article),
    (r"^/article/(?P<name>[^/]+)/diff$", changes),
    (r"^/article/(?P<name>[^/]+)/cite\.(?P<ending>bib|ris|json|txt)$", citation),
    (r"^/trends$", trends.trends_page),
    (r"^/trends\.(?P<ending>csv|svg|png)$", trends.trends_file),
    (
        rf"^/(?P<name>{'|'.join(instruments.NAMES)})(?:\.(?P<ending>csv|json))?$",
        instruments.instrument,
    ),
    (r"^/coverage$", coverage.coverage_page),
    (rf"^/list/(?P<name>{'|'.join(NAMES)})(?:\.(?P<ending>csv|json))?$", lists.list_page),
    (r"^/author/(?P<name>[^/]+)$", lists.author_page),
    (r"^/source/(?P<name>[^/]+)$", lists.source_page),
    (r"^/questions$", questions),
    (r"^/guide$", guide),
    (r"^/archive\.db$", database),
    (r"^/robots\.txt$", robots),
)
