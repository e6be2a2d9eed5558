"""Shared by all views: reading in a thread, the language, rendering."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar
from urllib.parse import parse_qsl, unquote, urlencode

from datasette.utils.asgi import Response

from archive.web.i18n import Translator, language_of

T = TypeVar("T")


async def read(datasette: Any, fn: Callable[[Any], T]) -> T:
    """Run *fn* on the snapshot in a thread, so that the event loop does not wait."""
    found: T = await datasette.archive.execute_fn(fn)
    return found


async def render(datasette: Any, request: Any, template: str, context: dict[str, Any]) -> Response:
    """A page."""
    return Response.html(await datasette.render_template(template, context, request=request))


def translator_of(request: Any) -> Translator:
    """The texts in the language of *request*."""
    return Translator(language_of(request.scope))


def other_language(request: Any) -> str:
    """The query string of this page in the other language."""
    pairs = parse_qsl(request.query_string, keep_blank_values=True)
    other = "en" if language_of(request.scope) == "vi" else "vi"
    return f"?{urlencode([*pairs, ('lang', other)])}"


def name_in(request: Any) -> str:
    """The name of the article that the address asks for."""
    return unquote(request.url_vars["name"])


def number_in(request: Any, argument: str) -> int | None:
    """A small number from the query; None if there is none."""
    text = request.args.get(argument) or ""
    return int(text) if text.isdecimal() and len(text) < 7 else None
