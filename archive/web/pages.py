"""The room's own pages: what a request asks for, read off the event loop, and its template."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar
from urllib.parse import parse_qsl, quote, unquote, urlencode

from datasette.utils.asgi import NotFound as PageNotFound
from datasette.utils.asgi import Response

from archive import query as language
from archive import search
from archive.errors import NotFound, UsageError
from archive.query import Query
from archive.web import charts, records
from archive.web.language import Wording, spoken
from archive.web.questions import QUESTIONS

T = TypeVar("T")

PAGE_SIZE = 20


async def front(request: Any, datasette: Any) -> Response:
    """The front page: the state of the archive, its growth, what is new, where to begin."""
    shown = await _read(datasette, records.front)
    return await _render(
        datasette,
        request,
        "front.html",
        {**shown, "counts": datasette.snapshot.counts, "chart": charts.growth(shown["growth"])},
    )


async def find(request: Any, datasette: Any) -> Response:
    """The search page."""
    asked = _Asked(request)
    shown = await _read(datasette, asked.answer)
    return await _render(datasette, request, "search.html", {"asked": asked, **shown})


class _Asked:
    """What the address of the search page asks for."""

    def __init__(self, request: Any) -> None:
        arguments = request.args
        self.pairs = [
            (name, value)
            for name, value in parse_qsl(request.query_string)
            if name in ("q", "sort", *records.FACETS) and value
        ]
        self.text: str = arguments.get("q") or ""
        sort = arguments.get("sort")
        self.sort: search.Sort = sort if sort in ("recent", "oldest") else "best"
        self.chosen = {name: _values(self.pairs, name) for name in records.FACETS}
        number = arguments.get("page") or "1"
        self.page = min(int(number), 10_000) if number.isdecimal() and int(number) else 1

    def query(self) -> Query:
        """The words together with the facets that were chosen."""
        meant = language.parse(self.text).narrowed(
            sections=self.chosen["section"],
            authors=self.chosen["author"],
            sources=self.chosen["source"],
            kinds=self.chosen["kind"],
        )
        for year in self.chosen["year"]:
            if len(year) == 4 and year.isdecimal():
                meant = meant.narrowed(since=year, until=year)
        return meant

    def answer(self, connection: Any) -> dict[str, Any]:
        """Everything the page shows."""
        meant = self.query()
        results = search.search(
            connection,
            meant,
            limit=PAGE_SIZE,
            offset=(self.page - 1) * PAGE_SIZE,
            sort=self.sort if any(meant.terms) or self.sort != "best" else "recent",
        )
        return {
            "results": results,
            "readings": search.readings(connection, meant) if self.page == 1 else (),
            "facets": records.facets(connection, meant),
            "pages": -(-results.total // PAGE_SIZE),
        }

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
            # A year and another year leave nothing; any other facet means either of its values.
            kept = [p for p in self.pairs if not (facet == "year" and p[0] == "year")]
            pairs = [*kept, (facet, value)]
        return f"?{urlencode(pairs)}" if pairs else "?"


async def article(request: Any, datasette: Any) -> Response:
    """One article, to read."""
    name = _name(request)
    number = _number(request, "version")
    shown = await _found(datasette, lambda c: records.article(c, name, number))
    key = shown.dossier.stored.key
    if key != name:
        return Response.redirect(datasette.urls.path(f"/article/{quote(key, safe=':')}"))
    return await _render(
        datasette,
        request,
        "article.html",
        {"shown": shown, "dossier": shown.dossier, "stored": shown.dossier.stored},
    )


async def changes(request: Any, datasette: Any) -> Response:
    """Two versions of an article, word by word."""
    name = _name(request)
    after = _number(request, "to")
    before = _number(request, "from")

    def read(connection: Any) -> dict[str, Any]:
        last = records.article(connection, name).dossier.latest.number
        new = after or last
        return records.differences(connection, name, before or max(new - 1, 1), new)

    return await _render(datasette, request, "diff.html", await _found(datasette, read))


async def questions(request: Any, datasette: Any) -> Response:
    """The saved questions."""
    return await _render(datasette, request, "questions.html", {"questions": QUESTIONS})


async def guide(request: Any, datasette: Any) -> Response:
    """How to search, cite and take data away; what the archive does not say."""
    return await _render(datasette, request, "guide.html", {"counts": datasette.snapshot.counts})


async def robots(request: Any, datasette: Any) -> Response:
    """The room is for people: a robot would take every page of every facet."""
    return Response.text("User-agent: *\nDisallow: /\n")


ROUTES: tuple[tuple[str, Any], ...] = (
    (r"^/$", front),
    (r"^/search$", find),
    (r"^/article/(?P<name>[^/]+)$", article),
    (r"^/article/(?P<name>[^/]+)/diff$", changes),
    (r"^/questions$", questions),
    (r"^/guide$", guide),
    (r"^/robots\.txt$", robots),
)


def other_language(request: Any) -> str:
    """This page in the other language."""
    pairs = [(k, v) for k, v in parse_qsl(request.query_string, keep_blank_values=True)]
    other = "en" if spoken(request.scope) == "vi" else "vi"
    return f"?{urlencode([*pairs, ('lang', other)])}"


async def _read(datasette: Any, fn: Callable[[Any], T]) -> T:
    """Run *fn* in a thread, on the snapshot: nothing of ours holds up the event loop."""
    found: T = await datasette.archive.execute_fn(fn)
    return found


async def _found(datasette: Any, fn: Callable[[Any], T]) -> T:
    """The same; what the archive does not have becomes a page that says so."""
    try:
        return await _read(datasette, fn)
    except (NotFound, UsageError) as error:
        raise PageNotFound(str(error)) from None


async def _render(datasette: Any, request: Any, template: str, context: dict[str, Any]) -> Response:
    return Response.html(await datasette.render_template(template, context, request=request))


def _name(request: Any) -> str:
    return unquote(request.url_vars["name"])


def _number(request: Any, argument: str) -> int | None:
    text = request.args.get(argument) or ""
    return int(text) if text.isdecimal() and len(text) < 7 else None


def _values(pairs: list[tuple[str, str]], name: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for key, value in pairs if key == name))


def wording_of(request: Any) -> Wording:
    """The wording in the language of *request*."""
    return Wording(spoken(request.scope))
