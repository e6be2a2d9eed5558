"""Error pages."""

from __future__ import annotations

import re
import sqlite3
import sys
import traceback
from collections.abc import Awaitable
from typing import Any
from urllib.parse import unquote

from datasette.database import QueryInterrupted
from datasette.utils import InvalidSql
from datasette.utils.asgi import Base400, Response
from datasette.views.base import DatasetteError
from jinja2 import TemplateError

from archive.errors import KhobaoError, NoRevision, NotFound
from archive.web.i18n import Translator, language_of
from archive.web.views.base import name_in


def answer(datasette: Any, request: Any, exception: Exception) -> Awaitable[Response]:
    """The error as a page, or as JSON if the path ends in .json."""
    t = Translator(language_of(request.scope))
    status, message = _said(exception, request, t)
    if status == 500 or (message == t("error.data") and not isinstance(exception, ValueError)):
        _log(exception)

    async def render() -> Response:
        if request.path.split("?")[0].endswith(".json"):
            return Response.json({"ok": False, "error": message, "status": status}, status=status)
        page = await datasette.render_template(
            "error.html", {"status": status, "error": message}, request=request
        )
        return Response.html(page, status=status)

    return render()


def _said(exception: Exception, request: Any, t: Translator) -> tuple[int, str]:
    """Status and message; an unexpected error has no message, because it may show paths."""
    if isinstance(exception, QueryInterrupted):
        # A query of our own pages that ran out of time before it began has no SQL.
        return (400, t("sql.slow")) if exception.sql else (503, t("error.slow"))
    if isinstance(exception, sqlite3.OperationalError) and str(exception) == "interrupted":
        return 503, t("error.slow")
    if isinstance(exception, NoRevision):
        name, number, last = exception.key, exception.number, exception.last
        return 404, t("error.version", name=name, number=number, last=last)
    if isinstance(exception, NotFound):
        return 404, t("error.article", name=name_in(request))
    if getattr(exception, "status", None) == 404:
        return 404, t("error.path", path=_typed(request.path))
    if isinstance(exception, Base400):
        return exception.status, "" if str(exception) == "None" else str(exception)
    if isinstance(exception, DatasetteError):
        if exception.title == "SQL Interrupted":
            return 400, t("sql.slow")
        # Datasette's default is 500, also for a column that does not exist.
        status = 400 if exception.status == 500 else exception.status
        return status, str(exception.message or exception)
    if isinstance(exception, InvalidSql | sqlite3.DatabaseError):
        return 400, str(exception)
    if isinstance(exception, KhobaoError):
        return 400, str(exception)
    if "database" in request.url_vars and not isinstance(exception, TemplateError):
        # Datasette's own pages convert parts of the address, and raise where that fails.
        return 400, t("error.data")
    return 500, ""


_logged: set[tuple[str, int]] = set()


def _log(exception: Exception) -> None:
    """Print the traceback; each place once, because a visitor can repeat the request."""
    *_, last = traceback.extract_tb(exception.__traceback__)
    place = (last.filename, last.lineno or 0)
    if place not in _logged:
        _logged.add(place)
        traceback.print_exception(exception, file=sys.stderr)


def _typed(path: str) -> str:
    """A path as the reader typed it: Datasette redirects ``%3A`` to ``~3A``."""
    return unquote(re.sub(r"~(?=[0-9A-F]{2})", "%", path))
