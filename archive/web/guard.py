"""What keeps the room safe: bounded SQL, and headers under which nothing of a page can run.

Datasette interrupts a query after a time, but only between two steps of SQLite's machine. One step
can be a bomb. Measured on SQLite 3.40.1, with Datasette's limit of 1 s in force:

==========================================================  ========  ==============================
query                                                       ran       what stops it here
==========================================================  ========  ==============================
``hex(zeroblob(400000000))``, ``printf('%.*c', 1e9, 'x')``  7-13 s    the authorizer
``json_patch`` of 50,000 keys                               2.9 s     the authorizer
``instr``, ``replace``, ``trim`` of a long needle in 1 MB   6 s       Python's own, which are linear
``LIKE`` of a 1,000-letter pattern on 2 MB, 20 MB           1-20 s    limits of length
subqueries nested 24 deep (compiling only)                  minutes   a budget of authorizer calls
==========================================================  ========  ==============================
"""

from __future__ import annotations

import sqlite3
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]

#: The longest string, blob or row. The longest article is far below it; a bomb needs more.
MAX_LENGTH = 2_000_000

#: The longest pattern of LIKE and GLOB, in bytes: enough for a headline, too short for a bomb.
MAX_PATTERN = 200

#: The most that one query may hand over. A page of results holds 1,000 rows at most, and 1,000
#: rows of `MAX_LENGTH` would be 2 GB.
MAX_RESULT = 50_000_000

#: How often one query may ask the authorizer. Datasette's and our own largest pages ask some
#: hundred times; nesting that doubles asks without end.
MAX_QUESTIONS = 40_000

_FORBIDDEN = frozenset(
    "printf format zeroblob randomblob json_patch load_extension fts3_tokenizer".split()
)

HEADERS = (
    (
        b"content-security-policy",
        b"default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
        b"font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; "
        b"frame-ancestors 'none'",
    ),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"x-frame-options", b"DENY"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=(), payment=()"),
    (b"x-robots-tag", b"noindex, nofollow, noarchive"),
)


class Guard:
    """The bounds of one connection; `begin` opens a new budget for each query."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._questions = 0
        self._bytes = 0
        connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, MAX_LENGTH)
        connection.setlimit(sqlite3.SQLITE_LIMIT_LIKE_PATTERN_LENGTH, MAX_PATTERN)
        connection.setlimit(sqlite3.SQLITE_LIMIT_SQL_LENGTH, 100_000)
        connection.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
        for name, count, function in _LINEAR:
            connection.create_function(name, count, function, deterministic=True)
        connection.set_authorizer(self._authorize)
        connection.row_factory = self._row

    def begin(self) -> None:
        """Give the next query its budget."""
        self._questions = self._bytes = 0

    def _authorize(self, action: int, first: str | None, second: str | None, *_: Any) -> int:
        self._questions += 1
        if self._questions > MAX_QUESTIONS:
            return sqlite3.SQLITE_DENY
        if action == sqlite3.SQLITE_FUNCTION and (second or "").lower() in _FORBIDDEN:
            return sqlite3.SQLITE_DENY
        if action in (sqlite3.SQLITE_ATTACH, sqlite3.SQLITE_DETACH):
            return sqlite3.SQLITE_DENY
        return sqlite3.SQLITE_OK

    def _row(self, cursor: sqlite3.Cursor, values: tuple[Any, ...]) -> sqlite3.Row:
        self._bytes += sum(len(value) for value in values if isinstance(value, str | bytes))
        if self._bytes > MAX_RESULT:
            raise sqlite3.OperationalError(
                f"the answer is longer than {MAX_RESULT // 1_000_000} MB: ask for fewer rows"
            )
        return sqlite3.Row(cursor, values)


def _text(value: Any) -> str:
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    return str(value)


def _instr(haystack: Any, needle: Any) -> int | None:
    if haystack is None or needle is None:
        return None
    if isinstance(haystack, bytes) and isinstance(needle, bytes):
        return haystack.find(needle) + 1
    return _text(haystack).find(_text(needle)) + 1


def _replace(text: Any, old: Any, new: Any) -> Any:
    if text is None or old is None or new is None:
        return None
    if not (search := _text(old)):
        return text
    found = _text(text)
    with_ = _text(new)
    if len(with_) * found.count(search) > MAX_LENGTH:
        raise sqlite3.DataError("string too big")
    return found.replace(search, with_)


def _trimmed(strip: Callable[[str, str | None], str]) -> Callable[..., Any]:
    def trim(text: Any, letters: Any = " ") -> Any:
        if text is None or letters is None:
            return None
        # strip() looks every letter up in the string of letters, so their number is what counts.
        wanted = "".join(set(_text(letters)))
        if len(wanted) > 500:
            raise sqlite3.DataError("too many letters to trim")
        return strip(_text(text), wanted)

    return trim


_LINEAR: tuple[tuple[str, int, Callable[..., Any]], ...] = (
    ("instr", 2, _instr),
    ("replace", 3, _replace),
    *(
        (name, count, _trimmed(strip))
        for name, strip in (("trim", str.strip), ("ltrim", str.lstrip), ("rtrim", str.rstrip))
        for count in (1, 2)
    ),
)


def guarded(application: Application) -> Application:
    """The same application, with our headers on every answer, whoever made it."""
    ours = {name for name, _ in HEADERS}

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        async def send_guarded(message: MutableMapping[str, Any]) -> None:
            if message["type"] == "http.response.start":
                kept = [(n, v) for n, v in message.get("headers", []) if n.lower() not in ours]
                message = {**message, "headers": [*kept, *HEADERS]}
            await send(message)

        await application(scope, receive, send_guarded)

    return answer
