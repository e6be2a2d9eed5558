"""What the room answers when something is wrong."""

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

from archive.errors import KhobaoError, NoRevision, NotFound
from archive.web.answering import name_in
from archive.web.language import Wording, spoken


def answer(datasette: Any, request: Any, exception: Exception) -> Awaitable[Response]:
    """An error as a page, or as JSON to those who asked for JSON."""
    status, message = _said(exception, request, Wording(spoken(request.scope)))
    if status == 500:
        traceback.print_exception(exception, file=sys.stderr)

    async def render() -> Response:
        if request.path.split("?")[0].endswith(".json"):
            return Response.json({"ok": False, "error": message, "status": status}, status=status)
        page = await datasette.render_template(
            "error.html", {"status": status, "error": message}, request=request
        )
        return Response.html(page, status=status)

    return render()


def _said(exception: Exception, request: Any, t: Wording) -> tuple[int, str]:
    """The status and what to say; of an unexpected error nothing, for it may name the machine."""
    if isinstance(exception, QueryInterrupted):
        return 400, t("sql.slow")
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
        return exception.status, str(exception.message or exception)
    if isinstance(exception, InvalidSql | sqlite3.DatabaseError):
        return 400, str(exception)
    if isinstance(exception, KhobaoError):
        return 400, str(exception)
    return 500, ""


def _typed(path: str) -> str:
    """A path as the reader would type it: Datasette sends who typed ``%3A`` on to ``~3A``."""
    return unquote(re.sub(r"~(?=[0-9A-F]{2})", "%", path))
