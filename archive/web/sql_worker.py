"""A process that only runs SQL for the reading room; `sql_pool` starts it by its path.

SQLite interrupts a query only between two steps, and while it compiles not at all (before 3.41):
one ``instr`` on 2 MB runs for seconds, a chain of common table expressions compiles for minutes and
takes gigabytes. A thread that is caught in such a step cannot be stopped; a process can. So the
operating system limits this process in memory, time and temporary files.

It imports only the standard library, because it starts again after each query that was stopped.
"""

from __future__ import annotations

import re
import resource
import signal
import sqlite3
import sys
import time
from contextlib import suppress
from multiprocessing.connection import Connection
from typing import Any

#: What SQLite may allocate. `hard_heap_limit` holds for all connections of a process.
MAX_HEAP = 128 << 20

#: What the process may map, including the rows it has fetched.
MAX_MEMORY = 640 << 20

#: The longest temporary file: what a sort or a materialised table may write.
MAX_TEMPORARY = 256 << 20

#: The longest answer. A page holds 1,000 rows at most, and an article rarely has 20 kB.
MAX_ANSWER = 24_000_000

#: The assumed size of a number or NULL in an answer, in bytes.
NUMBER = 16

#: A process that holds more than this after its answer is replaced: it rarely gives memory back.
STALE = 32 << 20

#: How long a query may run on after its time limit, in seconds, before its process is killed.
GRACE = 0.25

#: The pragmas that a query may read, and none of them may be set. `database_list` is not here: it
#: shows where the files lie. FTS5 asks for `data_version`.
PRAGMAS = frozenset(
    [
        "schema_version", "table_info", "table_xinfo", "table_list", "foreign_key_list",
        "index_list", "index_info", "index_xinfo", "page_count", "page_size", "function_list",
        "collation_list", "module_list", "pragma_list", "data_version",
    ]
)  # fmt: skip

#: `load_extension` is off anyway; `fts3_tokenizer` shows an address in memory.
FORBIDDEN = frozenset(["load_extension", "fts3_tokenizer"])


def authorize(action: int, first: str | None, second: str | None, *_: Any) -> int:
    """SQLite's authorizer: whether a query may do this."""
    if action in (sqlite3.SQLITE_ATTACH, sqlite3.SQLITE_DETACH):
        return sqlite3.SQLITE_DENY
    if action == sqlite3.SQLITE_FUNCTION and (second or "").lower() in FORBIDDEN:
        return sqlite3.SQLITE_DENY
    if action == sqlite3.SQLITE_PRAGMA and (first or "").lower() not in PRAGMAS:
        return sqlite3.SQLITE_DENY
    return sqlite3.SQLITE_OK


def connect(path: str) -> sqlite3.Connection:
    """Open the snapshot for reading only, with everything bounded that SQLite can bound."""
    connection = sqlite3.connect(f"file:{path}?immutable=1", uri=True, isolation_level=None)
    connection.execute("PRAGMA query_only = 1")
    connection.execute("PRAGMA cache_size = -4000")
    connection.execute(f"PRAGMA hard_heap_limit = {MAX_HEAP}")
    connection.setlimit(sqlite3.SQLITE_LIMIT_SQL_LENGTH, 100_000)
    connection.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
    connection.create_function("escape_fts", 1, escape_fts, deterministic=True)
    connection.set_authorizer(authorize)
    return connection


def escape_fts(text: Any) -> str:
    """Datasette's function for the search box of a table: quotes each word, keeps "a phrase"."""
    text = str(text)
    pieces = _PHRASE_OR_SPACE.split(text + '"' if text.count('"') % 2 else text)
    return " ".join(
        piece if piece.startswith('"') else f'"{piece}"'
        for piece in pieces
        if piece and piece != '""'
    )


_PHRASE_OR_SPACE = re.compile(r'\s+|("[^"]*")')


def run(
    connection: sqlite3.Connection, sql: str, parameters: Any, most: int | None, seconds: float
) -> tuple[Any, ...]:
    """Answer one query: ``("rows", columns, rows)`` or ``("error", kind, message)``."""
    deadline = time.monotonic() + seconds
    connection.set_progress_handler(lambda: time.monotonic() > deadline, 1_000)
    # SQLite does not call the handler within a step; then the alarm ends the process.
    signal.setitimer(signal.ITIMER_REAL, seconds + GRACE)
    try:
        cursor = connection.execute(sql, parameters)
        rows, size = [], 0
        for row in cursor:
            size += sum(len(v) if isinstance(v, str | bytes) else NUMBER for v in row)
            if size > MAX_ANSWER:
                megabytes = MAX_ANSWER // 1_000_000
                return (
                    "error",
                    "OperationalError",
                    f"the answer is longer than {megabytes} MB: ask for fewer rows or columns",
                )
            rows.append(row)
            if len(rows) == most:
                break
        columns = [column[0] for column in cursor.description or ()]
        cursor.close()
    except MemoryError:
        return "error", "MemoryError", f"the query needs more than {MAX_HEAP >> 20} MB of memory"
    except sqlite3.Error as error:
        if getattr(error, "sqlite_errorname", "").startswith(("SQLITE_FULL", "SQLITE_IOERR")):
            return "error", "OperationalError", "the query needs too much temporary space"
        return "error", type(error).__name__, str(error)
    except (ValueError, OverflowError, RecursionError, UnicodeError) as error:
        # A parameter that SQLite cannot hold: a lone surrogate, a number of 30 digits.
        return "error", "OperationalError", str(error)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
    return "rows", columns, rows


def main(path: str, descriptor: int) -> None:
    """Answer queries on the pipe *descriptor* until its other end closes.

    An answer is a pair: what `run` returns, and whether this process should be replaced.
    """
    # Ctrl-C reaches the whole process group; the room ends this process itself.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    for kind, most in (
        (resource.RLIMIT_AS, MAX_MEMORY),
        (resource.RLIMIT_FSIZE, MAX_TEMPORARY),
        (resource.RLIMIT_CORE, 0),
    ):
        _, hard = resource.getrlimit(kind)
        if hard == resource.RLIM_INFINITY or most <= hard:
            with suppress(ValueError, OSError):  # macOS does not know all of them
                resource.setrlimit(kind, (most, hard))
    connection = connect(path)
    with Connection(descriptor) as room, suppress(EOFError):
        room.send("ready")
        while True:
            answer = run(connection, *room.recv())
            try:
                room.send((answer, _resident() > STALE))
            except MemoryError:
                room.send((("error", "MemoryError", "the answer needs too much memory"), True))
            del answer


def _resident() -> int:
    """The memory that this process holds, in bytes; 0 where the system does not say."""
    try:
        with open("/proc/self/statm", encoding="ascii") as file:
            return int(file.read().split()[1]) * resource.getpagesize()
    except OSError:
        return 0


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
