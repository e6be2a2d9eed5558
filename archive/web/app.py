"""The Datasette application of the reading room: one snapshot, our plugin, templates and limits.

The plugin is registered here and has no entry point, and its hooks do nothing unless a
`ReadingRoom` asks: installing khobao changes no other Datasette on the machine.
"""

from __future__ import annotations

import sqlite3
import time
import tomllib
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

from datasette.app import Datasette
from datasette.database import Database, QueryInterrupted, Results
from datasette.plugins import pm

from archive.web import plugin
from archive.web.admission import Hosts
from archive.web.request_limits import TIME_LIMIT, Limits, time_left
from archive.web.snapshot import Snapshot
from archive.web.sql_pool import SqlPool

HERE = Path(__file__).parent

#: The name of the database in addresses: /archive/articles.
NAME = "archive"

#: The threads of our own pages. `request_limits.Limits` admits fewer requests at a time, so that no
#: request waits for a thread.
THREADS = 14

SETTINGS = {
    "sql_time_limit_ms": 1000,
    "max_returned_rows": 1000,
    "default_page_size": 50,
    "num_sql_threads": THREADS,
    # Datasette would try every column as a facet at every visit; metadata.toml names useful ones.
    "suggest_facets": False,
    "facet_time_limit_ms": 500,
    "allow_download": True,
    # 0: no limit. By default Datasette cuts a file at 100 MB and says so in its last row.
    "max_csv_mb": 0,
    "default_cache_ttl": 0,
    "truncate_cells_html": 160,
    "cache_size_kb": 8_000,
}


#: How many queries of the data pages run at the same time, each in its own process.
QUERIES = 3

#: SQLite checks the time limit after so many steps of its virtual machine: about every millisecond.
_STEPS = 50_000

#: The only open route of Datasette below /-/: style and script of the SQL editor.
_OPEN = "/-/static/"


class SnapshotDatabase(Database):  # type: ignore[misc]
    """The snapshot as Datasette's database: every query has a limit in time and size."""

    async def execute(
        self,
        sql: str,
        params: Any = None,
        truncate: bool = False,
        custom_time_limit: float | None = None,
        page_size: int | None = None,
        log_sql_errors: bool = True,
    ) -> Results:
        """Run SQL of Datasette's pages, which a visitor may have typed, in a worker process."""
        limit = self.ds.sql_time_limit_ms
        if custom_time_limit and custom_time_limit < limit:
            limit = custom_time_limit
        most = self.ds.max_returned_rows
        if most == (page_size or self.ds.page_size):
            most += 1
        return await self.ds.sql_pool.execute(
            sql,
            dict(params) if isinstance(params, Mapping) else params or {},
            most=most if truncate else None,
            truncate=truncate,
            seconds=min(limit / 1000, time_left(self.ds.limits.time_limit)),
        )

    async def execute_fn(self, fn: Any, *, seconds: float | None = None) -> Any:
        """Run *fn*, a function of our own pages, in a thread, within the time of the request."""
        left = time_left(self.ds.limits.time_limit) if seconds is None else seconds
        deadline = time.monotonic() + left

        def bounded(connection: sqlite3.Connection) -> Any:
            if time.monotonic() > deadline:
                raise QueryInterrupted("interrupted", "", None)
            connection.set_progress_handler(lambda: time.monotonic() > deadline, _STEPS)
            try:
                return fn(connection)
            finally:
                connection.set_progress_handler(None, 0)

        return await super().execute_fn(bounded)

    async def attached_databases(self) -> list[Any]:
        """None are attached. Asking SQLite would show the path of the file."""
        return []


class ReadingRoom(Datasette):  # type: ignore[misc]
    """A Datasette on one snapshot."""

    def __init__(
        self,
        snapshot: Snapshot,
        *,
        secret: str | None = None,
        base_url: str = "/",
        sql: bool = True,
        hosts: Hosts | None = None,
        time_limit: float = TIME_LIMIT,
    ) -> None:
        self.snapshot, path = snapshot, snapshot.path
        self.hosts = hosts or Hosts("127.0.0.1")
        self.limits = Limits(base_url=base_url, time_limit=time_limit)
        if not pm.is_registered(plugin):
            # Datasette uses the first error handler that answers. Its own handler prints a
            # traceback for each missing page, and its pages are not translated.
            pm.unregister(name="datasette.handle_exception")
            pm.register(plugin, "khobao")
        super().__init__(
            files=[],
            settings={**SETTINGS, "base_url": base_url, "default_allow_sql": sql},
            metadata=tomllib.loads((HERE / "metadata.toml").read_text(encoding="utf-8")),
            template_dir=str(HERE / "templates"),
            static_mounts=[("static", str(HERE / "static"))],
            inspect_data={
                NAME: {
                    "hash": self.snapshot.state,
                    "size": path.stat().st_size,
                    "file": str(path),
                    "tables": {
                        name: {"count": rows}
                        for name, rows in self.snapshot.counts.items()
                        if name not in self.snapshot.views
                    },
                }
            },
            secret=secret,
        )
        self.remove_database("_memory")
        self.add_database(SnapshotDatabase(self, str(path), is_mutable=False), name=NAME)
        self.sql_pool = SqlPool(path, QUERIES)

    def _routes(self) -> list[Any]:
        """Our pages, and those of Datasette that show data.

        Its other pages show paths and versions, or accept data from visitors.
        """
        return [
            (pattern, view)
            for pattern, view in super()._routes()
            if "/-/" not in pattern.pattern or _OPEN in pattern.pattern
        ]

    @cached_property
    def archive(self) -> SnapshotDatabase:
        """The snapshot's database."""
        database: SnapshotDatabase = self.get_database(NAME)
        return database

    def close(self) -> None:
        """Close every connection and end the worker processes."""
        self.sql_pool.close()
        self.executor.shutdown(wait=True)
        self.archive.close()
        self.get_database("_internal").close()
