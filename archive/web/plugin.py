"""The Datasette plugin: the pages, texts and limits of a `ReadingRoom`."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from datasette import handle_exception as default_handler
from datasette import hookimpl
from markupsafe import Markup, escape

from archive.web import errors
from archive.web.admission import admitted, from_here
from archive.web.headers import Application, guarded
from archive.web.i18n import Wording, speaking, spoken
from archive.web.links import web_address
from archive.web.queries import QUESTIONS
from archive.web.static import asset, cached
from archive.web.views import pages
from archive.web.views.answer import other_language


def _is_reading_room(datasette: Any) -> bool:
    """Whether it is `archive.web.app.ReadingRoom`, which imports this module."""
    return hasattr(datasette, "snapshot")


@hookimpl  # type: ignore[untyped-decorator]
def asgi_wrapper(datasette: Any) -> Any:
    """Admit a request, settle its language, keep it within bounds; our headers on each answer."""
    if not _is_reading_room(datasette):
        return lambda application: application

    def wrap(application: Application) -> Application:
        bounded = from_here(datasette.limits.limited(cached(application)))
        return guarded(admitted(speaking(bounded), datasette.hosts))

    return wrap


@hookimpl  # type: ignore[untyped-decorator]
def register_routes(datasette: Any) -> list[tuple[str, Any]]:
    """Our own pages."""
    return list(pages.ROUTES) if _is_reading_room(datasette) else []


@hookimpl  # type: ignore[untyped-decorator]
def canned_queries(datasette: Any, database: str) -> dict[str, dict[str, Any]]:
    """The saved questions; their titles are in the catalogue, for they have two languages."""
    if not _is_reading_room(datasette) or database != "archive":
        return {}
    return {name: {"sql": question.sql, "hide_sql": True} for name, question in QUESTIONS.items()}


@hookimpl  # type: ignore[untyped-decorator]
def prepare_jinja2_environment(env: Any, datasette: Any) -> None:
    """The one filter that decides what may become a link."""
    if _is_reading_room(datasette):
        env.filters["web_address"] = web_address


@hookimpl  # type: ignore[untyped-decorator]
def extra_template_vars(datasette: Any, request: Any) -> dict[str, Any]:
    """What every template of ours can say and link to."""
    if not _is_reading_room(datasette):
        return {}
    language = spoken(request.scope) if request else "vi"
    return {
        "t": Wording(language),
        "snapshot": datasette.snapshot,
        "asset": lambda name: datasette.urls.path(asset(name)),
        "other_language": other_language(request) if request else "",
    }


@hookimpl  # type: ignore[untyped-decorator]
def render_cell(value: Any, column: str, table: str | None, datasette: Any) -> Any:
    """Link the name of an article to its page, wherever a table or a query shows one."""
    if not _is_reading_room(datasette) or not isinstance(value, str):
        return None
    if column == "key" and table in (None, "articles", "articles_flat"):
        path = datasette.urls.path(f"/article/{quote(value, safe=':')}")
        return Markup('<a href="{}">{}</a>').format(escape(path), value)
    return None


@hookimpl  # type: ignore[untyped-decorator]
def handle_exception(datasette: Any, request: Any, exception: Exception) -> Any:
    """Errors in our own dress; this hook takes the place of Datasette's own (see `app`)."""
    if _is_reading_room(datasette):
        return errors.answer(datasette, request, exception)
    return default_handler.handle_exception(datasette, request, exception)
