"""SQL that anyone may type, bounded in time and size.

Datasette interrupts a query after a time, but only between two steps of SQLite's machine. One step
can be a bomb. Measured on SQLite 3.40.1, with Datasette's limit of 1 s in force:

==========================================================  ========  ==============================
query                                                       ran       what stops it here
==========================================================  ========  ==============================
``hex(zeroblob(400000000))``, ``printf('%.*c', 1e9, 'x')``  7-13 s    the authorizer
``json_patch`` of 50,000 keys                               2.9 s     the authorizer
``instr``, ``replace``, ``trim`` of a long needle in 1 MB   6 s       Python's own, which are linear
``LIKE`` of a 1,000-letter pattern on 2 MB, 20 MB           1-20 s    limits of length
a chain of 24 WITH, each used twice (compiling only)        minutes   `expansions`
rows that add up to 2 GB                                    –         a budget for each answer
==========================================================  ========  ==============================
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable
from typing import Any

#: The longest string, blob or row. The longest article is far below it; a bomb needs more.
MAX_LENGTH = 2_000_000

#: The longest pattern of LIKE and GLOB, in bytes: enough for a headline, too short for a bomb.
MAX_PATTERN = 120

#: The most that one query may hand over. A page of results holds 1,000 rows at most, and 1,000
#: rows of `MAX_LENGTH` would be 2 GB.
MAX_RESULT = 50_000_000

#: How often the parts of a query may be compiled; a query that people write needs a few dozen.
MAX_EXPANSIONS = 2_000

_FORBIDDEN = frozenset(
    ["printf", "format", "zeroblob", "randomblob", "json_patch", "load_extension", "fts3_tokenizer"]
)


class Guard:
    """The bounds of one connection; `begin` opens a new budget for each query."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._bytes = 0.0
        self._length = connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, MAX_LENGTH)
        connection.setlimit(sqlite3.SQLITE_LIMIT_LIKE_PATTERN_LENGTH, MAX_PATTERN)
        connection.setlimit(sqlite3.SQLITE_LIMIT_SQL_LENGTH, 100_000)
        connection.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
        for name, count, function in _LINEAR:
            connection.create_function(name, count, function, deterministic=True)
        connection.set_authorizer(_authorize)
        connection.row_factory = self._row

    def begin(self) -> None:
        """Give the next query its budget."""
        self._connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, MAX_LENGTH)
        self._bytes = 0.0

    def lift(self) -> None:
        """Let the next query, which is ours, hand over as much as there is."""
        self._connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, self._length)
        self._bytes = float("-inf")

    def _row(self, cursor: sqlite3.Cursor, values: tuple[Any, ...]) -> sqlite3.Row:
        self._bytes += sum(len(value) for value in values if isinstance(value, str | bytes))
        if self._bytes > MAX_RESULT:
            raise sqlite3.OperationalError(
                f"the answer is longer than {MAX_RESULT // 1_000_000} MB: ask for fewer rows"
            )
        return sqlite3.Row(cursor, values)


def _authorize(action: int, first: str | None, second: str | None, *_: Any) -> int:
    if action == sqlite3.SQLITE_FUNCTION and (second or "").lower() in _FORBIDDEN:
        return sqlite3.SQLITE_DENY
    if action in (sqlite3.SQLITE_ATTACH, sqlite3.SQLITE_DETACH):
        return sqlite3.SQLITE_DENY
    return sqlite3.SQLITE_OK


_COMMENT = re.compile(r"--[^\n]*|/\*.*?(?:\*/|\Z)|'(?:[^']|'')*'", re.DOTALL)
_QUOTED = re.compile(r'"([^"]*)"|`([^`]*)`|\[([^\]]*)\]')
_DEFINED = re.compile(
    r"(\w+)\s*(?:\([^()]*\)\s*)?\bas\s*(?:(?:not\s+)?materialized\s*)?"
    r"\(\s*(?=select|with|values)",
    re.IGNORECASE,
)


def expansions(sql: str) -> int:
    """How often SQLite may have to copy the parts of *sql* while it compiles them, at most.

    Each use of a name from WITH is compiled anew, so a chain of names of which each uses the last
    one twice doubles at every link. Nothing can stop SQLite 3.40 while it compiles.

    >>> expansions("with a as (select 1), b as (select * from a, a) select * from b, b")
    4
    """
    bare = _QUOTED.sub(lambda m: f" {m[1] or m[2] or m[3] or ''} ", _COMMENT.sub(" ", sql)).lower()
    product = 1
    for name in set(_DEFINED.findall(bare)):
        uses = len(re.findall(rf"(?<!\w){re.escape(name)}(?!\w)", bare)) - 1
        product *= max(uses, 1)
    return product


#: What a function returns to be refused by SQLite itself; an exception raised inside of one would
#: be printed with its traceback (Datasette asks sqlite3 for that).
_TOO_LONG = "x" * (MAX_LENGTH + 1)


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
        return _TOO_LONG
    return found.replace(search, with_)


def _trimmed(strip: Callable[[str, str | None], str]) -> Callable[..., Any]:
    def trim(text: Any, letters: Any = " ") -> Any:
        if text is None or letters is None:
            return None
        # strip() looks every letter up in the string of letters, so their number is what counts.
        wanted = "".join(set(_text(letters)))
        if len(wanted) > 500:
            return _TOO_LONG
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
