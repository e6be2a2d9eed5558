"""The copy of the archive that the reading room reads.

A page shows counts over all articles. The copy has tables and indexes for them that the archive
does not need, and it never changes while it is read, so all numbers of a page are of one state. It
lies in a folder of the server's own and is deleted with it.
"""

from __future__ import annotations

import hashlib
import shutil
import sqlite3
import sys
from contextlib import closing
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

from archive import clock
from archive.database import schema
from archive.database.connection import open_database
from archive.errors import NoArchive, UsageError
from archive.reports import coverage


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One copy, and facts about it."""

    path: Path
    published_at: str
    state: str
    """A digest of the archive's content; while it is the same, no new copy is needed."""
    counts: dict[str, int]
    """Rows by table and view."""
    views: frozenset[str]
    gaps: dict[str, Any]
    """``empty``, ``failed_runs`` and ``series`` of `Coverage.to_dict`, which no table has."""
    khobao: str
    """The version of khobao that made it."""

    @property
    def name(self) -> str:
        """The first letters of the state, enough to cite it."""
        return self.state[:12]


def database_of(archive: Path | str) -> Path:
    """The database at *archive*, which is the folder or the file."""
    path = Path(archive)
    found = path / "archive.db" if path.is_dir() else path
    if not found.is_file():
        raise NoArchive(f"No archive at {path}: expected a folder with archive.db, or the file.")
    return found


def make(archive: Path | str, folder: Path) -> Snapshot:
    """Copy the archive as it is now into *folder*; UsageError if there is no room for it."""
    source = database_of(archive)
    needed, free = source.stat().st_size, shutil.disk_usage(folder).free
    if needed > free:
        raise UsageError(
            f"The reading room needs {needed / 1e6:,.0f} MB for a copy of the archive, and"
            f" {folder.parent} has {free / 1e6:,.0f} MB: set TMPDIR to a folder with more space."
        )
    with closing(open_database(source, create=False, read_only=True)) as connection:
        state = _state(connection)
        path = folder / f"{state[:12]}.db"
        try:
            connection.execute("VACUUM INTO ?", (str(path),))
            return _complete(path, state)
        except BaseException:
            path.unlink(missing_ok=True)
            raise


def changed(archive: Path | str, snapshot: Snapshot) -> bool:
    """Whether the archive holds something that *snapshot* does not."""
    source = database_of(archive)
    with closing(open_database(source, create=False, read_only=True)) as connection:
        return _state(connection) != snapshot.state


def _state(connection: sqlite3.Connection) -> str:
    """A digest of the archive's content, from its newest rows.

    Everything that enters the archive adds a capture or a crawl, and a re-extraction adds a crawl.
    So the newest rows of these tables are enough; only crawls, one a night, are counted. The change
    counter of the file cannot be used: SQLite does not keep it in WAL mode.
    """
    (facts,) = connection.execute(
        "SELECT json_array((SELECT max(id) FROM articles), (SELECT max(id) FROM revisions),"
        " (SELECT max(id) FROM captures), (SELECT count(*) FROM crawls),"
        " (SELECT max(id) FROM crawls), (SELECT max(finished_at) FROM crawls),"
        " (SELECT count(*) FROM _sqlite_migrations))"
    ).fetchone()
    made_by = f"{version('khobao')} {schema.SUMMARIES}"
    return hashlib.sha256(f"{facts} {made_by}".encode()).hexdigest()


def _complete(path: Path, state: str) -> Snapshot:
    """Add to the copy the tables and indexes of the reading room, and count its rows."""
    with closing(sqlite3.connect(path)) as connection:
        found = coverage.coverage(connection).to_dict()
        schema.add_summaries(connection)
        connection.execute("ANALYZE")
        facts = {
            "published_at": clock.now(),
            "state": state,
            "khobao": version("khobao"),
            "python": sys.version.split()[0],
            "sqlite": sqlite3.sqlite_version,
        }
        connection.executemany("INSERT INTO snapshot VALUES (?, ?)", facts.items())
        connection.commit()
        kinds = dict(
            connection.execute(
                "SELECT name, type FROM sqlite_schema WHERE type IN ('table', 'view') ORDER BY name"
            )
        )
        counts = {
            name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]
            for name in kinds
        }
    return Snapshot(
        path=path,
        published_at=facts["published_at"],
        state=state,
        counts=counts,
        views=frozenset(name for name, kind in kinds.items() if kind == "view"),
        gaps={name: found[name] for name in ("empty", "failed_runs", "series")},
        khobao=facts["khobao"],
    )
