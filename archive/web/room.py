"""The room itself: Datasette on one snapshot, with our plugin, templates and bounds.

Everything is set here, in process: no entry point, so that installing khobao changes no other
Datasette on the machine, and the plugin's hooks keep still unless it is a `Room` that asks.
"""

from __future__ import annotations

import asyncio
import sqlite3
import threading
from functools import cached_property
from pathlib import Path
from typing import Any

from datasette.app import Datasette
from datasette.database import Database
from datasette.plugins import pm

from archive.web import plugin, snapshot
from archive.web.guard import MAX_EXPANSIONS, Guard, expansions
from archive.web.questions import described

HERE = Path(__file__).parent

#: The name of the database in addresses: /archive/articles.
NAME = "archive"

SETTINGS = {
    "sql_time_limit_ms": 1000,
    "max_returned_rows": 1000,
    "default_page_size": 50,
    "num_sql_threads": 4,
    # Datasette would try every column as a facet at every visit; the useful ones are named.
    "suggest_facets": False,
    "facet_time_limit_ms": 500,
    "allow_download": True,
    # 0: no limit. A table that is cut at 100 MB with a note in its last row is no download.
    "max_csv_mb": 0,
    "default_cache_ttl": 0,
    "truncate_cells_html": 300,
    "cache_size_kb": 16_000,
}


class Published(Database):  # type: ignore[misc]
    """The snapshot as Datasette's database: each query is looked at first and gets a budget."""

    async def execute(self, sql: str, *args: Any, **kwargs: Any) -> Any:
        """Run SQL that anyone may have typed."""
        if expansions(sql) > MAX_EXPANSIONS:
            raise sqlite3.OperationalError("the query uses too many names from WITH too often")
        return await super().execute(sql, *args, **kwargs)

    async def execute_fn(self, fn: Any) -> Any:
        """Run *fn* in a thread of the pool, on that thread's connection."""

        def bounded(connection: Any) -> Any:
            self.ds.guards[id(connection)].begin()
            return fn(connection)

        return await super().execute_fn(bounded)

    async def unbounded(self, fn: Any) -> Any:
        """Run *fn*, which is ours and not a visitor's, without a budget: an export of everything.

        One at a time, so that downloads never take every thread of the pool.
        """

        def lifted(connection: Any) -> Any:
            self.ds.guards[id(connection)].lift()
            return fn(connection)

        async with self.ds.exporting:
            return await super().execute_fn(lifted)


class Room(Datasette):  # type: ignore[misc]
    """A Datasette on one snapshot."""

    def __init__(self, path: Path, *, secret: str | None = None, base_url: str = "/") -> None:
        self.snapshot = snapshot.read(path)
        self.guards: dict[int, Guard] = {}
        self.exporting = asyncio.Lock()
        if not pm.is_registered(plugin):
            # Datasette asks every handler of errors and uses the first answer; its own prints each
            # missing page as a traceback with all variables, and renders without our words.
            pm.unregister(name="datasette.handle_exception")
            pm.register(plugin, "khobao")
        super().__init__(
            files=[],
            settings={**SETTINGS, "base_url": base_url},
            metadata=described(NAME),
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
        self.add_database(Published(self, str(path), is_mutable=False), name=NAME)

    @cached_property
    def archive(self) -> Published:
        """The snapshot's database."""
        database: Published = self.get_database(NAME)
        return database

    async def open(self) -> None:
        """Open one connection in every thread of the pool.

        Datasette opens them when they are first needed. By then another copy may have been
        published under the same name, and one page would be read from two states of the archive.
        """
        await self.invoke_startup()
        threads = int(SETTINGS["num_sql_threads"])
        barrier = threading.Barrier(threads)
        await asyncio.gather(
            *(self.archive.execute_fn(lambda _: barrier.wait(timeout=30)) for _ in range(threads))
        )

    def close(self) -> None:
        """Let go of the snapshot."""
        self.executor.shutdown(wait=True)
        self.archive.close()
        self.get_database("_internal").close()
