"""The Datasette plugin: the pages, texts and limits of a `ReadingRoom`."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote, urlsplit

from datasette import handle_exception as default_handler
from datasette import hookimpl
from markupsafe import Markup, escape

from archive.web import errors
from archive.web.admission import check_requests, refuse_cross_site
from archive.web.headers import Application, with_security_headers
from archive.web.i18n import Translator, choose_language, language_of
from archive.web.static import asset, cached
from archive.web.views import pages
from archive.web.views.base import other_language


def _is_reading_room(datasette: Any) -> bool:
    """Whether it is `archive.web.app.ReadingRoom`, which imports this module."""
    return hasattr(datasette, "snapshot")


@hookimpl  # type: ignore[untyped-decorator]
def asgi_wrapper(datasette: Any) -> Any:
    """Check a request, choose its language, apply the limits, add the security headers."""
    if not _is_reading_room(datasette):
        return lambda application: application

    def wrap(application: Application) -> Application:
        bounded = refuse_cross_site(datasette.limits.limited(cached(application)))
        return with_security_headers(check_requests(choose_language(bounded), datasette.hosts))

    return wrap


@hookimpl  # type: ignore[untyped-decorator]
def register_routes(datasette: Any) -> list[tuple[str, Any]]:
    """Our own pages."""
    return list(pages.ROUTES) if _is_reading_room(datasette) else []


@hookimpl  # type: ignore[untyped-decorator]
def prepare_jinja2_environment(env: Any, datasette: Any) -> None:
    """Add the filter `safe_link`, which decides which addresses become links."""
    if _is_reading_room(datasette):
        env.filters["safe_link"] = safe_link


@hookimpl  # type: ignore[untyped-decorator]
def extra_template_vars(datasette: Any, request: Any) -> dict[str, Any]:
    """The variables of every template."""
    if not _is_reading_room(datasette):
        return {}
    language = language_of(request.scope) if request else "vi"
    return {
        "t": Translator(language),
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
    """Render errors with our template; this hook replaces Datasette's own (see `app`)."""
    if _is_reading_room(datasette):
        return errors.answer(datasette, request, exception)
    return default_handler.handle_exception(datasette, request, exception)


def safe_link(url: str | None) -> str | None:
    """*url* if it is an ordinary web address, else None: it is then shown, but leads nowhere.

    >>> safe_link("https://baodongthap.vn/a.aspx"), safe_link("javascript:alert(1)")
    ('https://baodongthap.vn/a.aspx', None)
    """
    if not url or any(ord(letter) < 33 for letter in url):
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.hostname else None
