"""Makes ``archive.db`` again from the captures, and keeps what captures do not tell.

The old database stays beside the new one under another name. From it come the rows of runs and
alarms, and addresses that no capture names; if it cannot be read, they are lost, and that is said.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from archive.archive import Archive, crawl_lock
from archive.clock import now
from archive.database.connection import open_database
from archive.database.lock import check_free_space
from archive.errors import KhobaoError, UsageError

#: The files of a database.
_ENDINGS = ("", "-wal", "-shm")
#: Writes every capture of an archive whose database is empty; the crawler has it.
Rebuild = Callable[[Archive], int]


@dataclass(frozen=True, slots=True)
class Repaired:
    """What a repair did."""

    captures: int
    """How many captures were read again."""
    kept: Path
    """The old database."""
    runs: int | None
    """How many rows of runs were taken over; None if the old database cannot be read."""


def repair(path: Path, rebuild: Rebuild) -> Repaired:
    """Make the database of the archive in the folder *path* again; raises UsageError.

    If anything fails, the old database is in its place again.
    """
    database = path / "archive.db"
    with crawl_lock(path):
        _refuse_losses(database)
        check_free_space(path, 2 * database.stat().st_size)
        _checkpoint(database)
        kept = path / f"archive.db.{now()[:19].replace(':', '')}"
        _move(database, kept)
        try:
            with Archive.open(path, create=True) as archive:
                captures = rebuild(archive)
                runs = _take_over(archive, kept)
                run = archive.begin_crawl("repair", {})
                archive.finish_crawl(run, exit_code=0, reason="done", counts={"read": captures})
        except BaseException:
            for ending in _ENDINGS:
                database.with_name(database.name + ending).unlink(missing_ok=True)
            _move(kept, database)
            raise
    return Repaired(captures, kept, runs)


def _move(database: Path, target: Path) -> None:
    for ending in _ENDINGS:
        file = database.with_name(database.name + ending)
        if file.exists():
            file.rename(target.with_name(target.name + ending))


def _checkpoint(database: Path) -> None:
    """Write the log of the database into it, if it can be read."""
    try:
        with closing(open_database(database, create=False, read_only=False)) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    except (sqlite3.DatabaseError, KhobaoError):
        pass


def _refuse_losses(database: Path) -> None:
    """Raise UsageError if articles stand in the database only, since their file is lost."""
    try:
        with closing(sqlite3.connect(f"{database.absolute().as_uri()}?mode=ro", uri=True)) as old:
            lost = [name for (name,) in old.execute("SELECT warc_file FROM losses")]
    except sqlite3.DatabaseError:
        return
    if lost:
        raise UsageError(
            f"{lost[0]} is lost, and what it held stands in archive.db only: a repair would lose"
            " it. Put the file back from a backup first"
        )


def _take_over(archive: Archive, old: Path) -> int | None:
    """Copy the rows that captures do not tell; returns how many runs, None if it cannot be read."""
    archive.commit()
    connection = archive.connection
    try:
        connection.execute("ATTACH ? AS old", (str(old),))
        with archive.transaction():
            runs = 0
            for table in ("crawls", "alarms"):
                names = _columns(connection, table)
                copied = connection.execute(
                    f"INSERT OR REPLACE INTO {table} ({names}) SELECT {names} FROM old.{table}"
                ).rowcount
                runs = runs or copied
            # The articles have other numbers now, and what has one is in a capture.
            names = _columns(connection, "frontier", without="article_id")
            connection.execute(
                f"INSERT OR IGNORE INTO frontier ({names}) SELECT {names} FROM old.frontier"
            )
        archive.commit()
        connection.execute("DETACH old")
    except sqlite3.DatabaseError:
        return None
    return runs


def _columns(connection: sqlite3.Connection, table: str, *, without: str = "") -> str:
    rows = connection.execute(f"SELECT name FROM pragma_table_info('{table}')")
    return ", ".join(name for (name,) in rows if name != without)
