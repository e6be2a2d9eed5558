"""What the room answers when something is wrong."""

from __future__ import annotations

import sqlite3
import sys
import traceback
from collections.abc import Awaitable
from typing import Any

from datasette.database import QueryInterrupted
from datasette.utils import InvalidSql
from datasette.utils.asgi import Base400, Response
from datasette.views.base import DatasetteError

from archive.errors import KhobaoError, NotFound
from archive.web.language import Wording, spoken


def answer(datasette: Any, request: Any, exception: Exception) -> Awaitable[Response]:
    """An error as a page, or as JSON to those who asked for JSON."""
    status, message = _said(exception, Wording(spoken(request.scope)))
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


def _said(exception: Exception, t: Wording) -> tuple[int, str]:
    """The status and what to say; of an unexpected error nothing, for it may name the machine."""
    if isinstance(exception, QueryInterrupted):
        return 400, t("sql.slow")
    if isinstance(exception, Base400):
        return exception.status, "" if str(exception) in ("404", "None") else str(exception)
    if isinstance(exception, DatasetteError):
        return exception.status, str(exception.message or exception)
    if isinstance(exception, InvalidSql | sqlite3.DatabaseError):
        return 400, str(exception)
    if isinstance(exception, KhobaoError):
        return 404 if isinstance(exception, NotFound) else 400, str(exception)
    return 500, ""
