"""Opening the database: where it is, whose it is, and how it is to behave."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

from archive.database import schema
from archive.database.lock import is_disk_full
from archive.database.sqlite import Database
from archive.errors import ArchiveLocked, DiskFull, NoArchive, SchemaTooNew, UsageError

#: Waits this long for another writer, in seconds: a catch-up or a reextract batch takes a few.
BUSY_TIMEOUT = 30.0


def open_database(database: Path, *, create: bool, read_only: bool) -> sqlite3.Connection:
    """A connection to *database*, its schema up to date.

    Raises NoArchive if there is none (unless *create*), SchemaTooNew if it is from a newer khobao.
    """
    if not database.exists():
        if not create:
            raise NoArchive(
                f"there is no archive at {database.parent} (no {database.name} in it);"
                f" khobao crawl -a {database.parent} begins one, khobao demo makes a small one to"
                " try, and -a FOLDER or $KHOBAO_ARCHIVE names another"
            )
        database.parent.mkdir(parents=True, exist_ok=True)
    try:
        connection = sqlite3.connect(
            f"{database.absolute().as_uri()}?{reading_mode(database) if read_only else 'mode=rwc'}",
            uri=True,
            timeout=BUSY_TIMEOUT,
            isolation_level=None,
            check_same_thread=False,
        )
    except sqlite3.OperationalError as error:
        raise UsageError(_refusal(database, read_only=read_only)) from error
    try:
        _check_schema(connection, database, read_only=read_only)
        connection.execute("PRAGMA foreign_keys = ON")
        if not read_only:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = NORMAL")
            connection.execute("PRAGMA journal_size_limit = 67108864")
            # A crawl writes the same pages of its indexes again with every batch: gather more of it
            # before they go into the database (1,000 pages, the default, are less than one batch).
            connection.execute("PRAGMA wal_autocheckpoint = 8192")
            # The indexes of 20,000 articles do not fit into the 2 MB that SQLite allows itself.
            connection.execute("PRAGMA cache_size = -32768")
            # Statements that may have to be undone ("ON CONFLICT DO UPDATE") note down what was
            # there; in a file, by default, which costs a third of the time of such a row.
            connection.execute("PRAGMA temp_store = MEMORY")
            schema.apply(Database(connection))
    except sqlite3.DatabaseError as error:
        connection.close()
        if is_disk_full(error):
            raise DiskFull(f"cannot write to {database}: {error}. Free some space.") from error
        if is_busy(error):
            raise ArchiveLocked(
                f"{database} is being written by another program, which did not finish within"
                f" {BUSY_TIMEOUT:.0f} s; end it, or wait, and run the command again"
            ) from error
        if is_refused(error):
            raise UsageError(_refusal(database, read_only=read_only)) from error
        raise NoArchive(f"{database} cannot be read as an archive: {error}") from error
    except BaseException:
        connection.close()
        raise
    return connection


def reading_mode(database: Path) -> str:
    """How to open *database* for reading: the part of SQLite's address behind the question mark.

    A WAL database makes two files beside it when it is opened. Where that is not allowed, it opens
    only as immutable; which is right as long as there is no log beside it that holds more.
    """
    log = Path(f"{database}-wal")
    may_write = os.access(database.parent, os.W_OK) and os.access(database, os.W_OK)
    return "mode=ro" if may_write or (log.exists() and log.stat().st_size) else "immutable=1"


def is_busy(error: sqlite3.Error) -> bool:
    """Whether another program holds the database."""
    return getattr(error, "sqlite_errorname", "").startswith(("SQLITE_BUSY", "SQLITE_LOCKED"))


def is_refused(error: sqlite3.Error) -> bool:
    """Whether the operating system does not let us at the database, which may be sound."""
    refused = ("SQLITE_CANTOPEN", "SQLITE_READONLY", "SQLITE_PERM", "SQLITE_AUTH")
    return getattr(error, "sqlite_errorname", "").startswith(refused)


def _refusal(database: Path, *, read_only: bool) -> str:
    if read_only and Path(f"{database}-wal").exists() and os.access(database, os.R_OK):
        return (
            f"{database} was not closed by its last writer, and what it wrote is in"
            f" {database.name}-wal, which can be read only with the right to write in the folder;"
            " run a khobao command as the archive's owner, or read a copy of the folder"
        )
    right = "read" if read_only else "write"
    return f"{database} is there, but may not be opened to {right}; look at its permissions"


def _check_schema(connection: sqlite3.Connection, database: Path, *, read_only: bool) -> None:
    steps = schema.migrations
    known = {step.name for step in steps.pending(Database(memory=True))}
    applied = {step.name for step in steps.applied(Database(connection))}
    if newer := applied - known:
        raise SchemaTooNew(
            f"{database} was written by a newer khobao (it has {', '.join(sorted(newer))})."
            " Upgrade khobao, or open a copy made by the older one."
        )
    if read_only and known - applied:
        raise UsageError(
            f"{database} has the schema of an older khobao. Any writing command, such as"
            " khobao crawl or khobao reextract, brings it up to date."
        )
