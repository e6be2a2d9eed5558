"""A pool of worker processes for SQL. Killing a process frees its processor and its memory."""

from __future__ import annotations

import asyncio
import os
import queue
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from multiprocessing import Pipe
from pathlib import Path
from typing import Any
from urllib.parse import quote

from datasette.database import QueryInterrupted, Results

from archive.web import sql_worker


class _Process:
    """One worker process; it starts before its first query and is replaced when it ends."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._start()

    def _start(self) -> None:
        self._ready = False
        self._pipe, theirs = Pipe()
        # -I: Python imports nothing from the current folder or PYTHONPATH.
        self._process = subprocess.Popen(
            [sys.executable, "-I", sql_worker.__file__, self._path, str(theirs.fileno())],
            pass_fds=[theirs.fileno()],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            # GNU's allocator keeps large blocks for later, unless it is told a threshold.
            env={**os.environ, "MALLOC_ARENA_MAX": "1", "MALLOC_MMAP_THRESHOLD_": "131072"},
        )
        theirs.close()

    def ask(self, *request: Any) -> Any:
        """The answer to *request*, and whether to `renew`; None if the process ended over it."""
        with suppress(OSError, EOFError):
            if not self._ready:  # starting is not the query's time
                self._ready = self._pipe.recv() == "ready"
            self._pipe.send(request)
            return self._pipe.recv()
        return None

    def renew(self) -> None:
        """Start another process in the place of this one."""
        self.close()
        self._start()

    def close(self) -> None:
        """End the process."""
        self._process.kill()
        self._process.wait()
        self._pipe.close()


class SqlPool:
    """A few worker processes on one snapshot, each with a thread that waits for its answers."""

    def __init__(self, path: Path, size: int) -> None:
        quoted = quote(str(path))
        self._idle: queue.SimpleQueue[_Process] = queue.SimpleQueue()
        self._processes = [_Process(quoted) for _ in range(size)]
        for process in self._processes:
            self._idle.put(process)
        self._threads = ThreadPoolExecutor(size, thread_name_prefix="query")
        self._lock = threading.Lock()
        self._closed = False

    async def execute(
        self, sql: str, parameters: Any, *, most: int | None, truncate: bool, seconds: float
    ) -> Results:
        """Run *sql*, for *seconds* at most, and hand back the first *most* rows.

        With *truncate* the result says whether there are more.
        """
        deadline = time.monotonic() + seconds
        wanted = most + 1 if most and truncate else most

        def ask() -> Any:
            # Waiting for a process counts against the time limit.
            left = deadline - time.monotonic()
            return self._ask(sql, parameters, wanted, left) if left > 0 else None

        answer = await asyncio.get_running_loop().run_in_executor(self._threads, ask)
        if answer is None:
            raise QueryInterrupted("interrupted", sql, parameters)
        kind, first, second = answer
        if kind == "error":
            if second == "interrupted":
                raise QueryInterrupted(second, sql, parameters)
            error = getattr(sqlite3, first, sqlite3.OperationalError)
            raise error(second)
        rows = rows_of(first, second)
        cut = truncate and bool(most) and len(rows) > (most or 0)
        return Results(rows[:most] if cut else rows, cut, [(name,) + (None,) * 6 for name in first])

    def _ask(self, *request: Any) -> Any:
        process = self._idle.get()
        answer, used_up = None, True
        try:
            answer, used_up = process.ask(*request) or (None, True)
            return answer
        finally:
            with self._lock:
                if used_up and not self._closed:
                    process.renew()
            self._idle.put(process)

    def close(self) -> None:
        """End every process."""
        with self._lock:
            self._closed = True
            for process in self._processes:
                process.close()
        self._threads.shutdown()


def rows_of(columns: Sequence[str], values: Sequence[tuple[Any, ...]]) -> list[sqlite3.Row]:
    """Plain tuples as the rows that Datasette expects of a cursor."""
    if not columns:
        return []
    names = ", ".join('NULL AS "' + name.replace('"', '""') + '"' for name in columns)
    connection = sqlite3.connect(":memory:")
    try:
        cursor = connection.execute(f"SELECT {names}")
        return [sqlite3.Row(cursor, row) for row in values]
    finally:
        connection.close()
