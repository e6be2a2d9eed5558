"""Open the database: its file, its schema, its settings."""

from __future__ import annotations

import logging
import os
import sqlite3
from pathlib import Path

from sqlite_utils import Database

from archive.database import schema
from archive.database.lock import free_space, is_disk_full
from archive.errors import ArchiveLocked, DiskFull, NoArchive, SchemaTooNew, UsageError

#: Waits this long for another writer, in seconds: a catch-up or a reextract batch takes a few.
BUSY_TIMEOUT = 30.0
#: The file is made smaller after a migration that leaves this share of it empty.
WORTH_SHRINKING = 0.1

logger = logging.getLogger(__name__)


def open_database(database: Path, *, create: bool, read_only: bool) -> sqlite3.Connection:
    """A connection to *database*, its schema up to date.

    Raises NoArchive if there is none (unless *create*), SchemaTooNew if it is from a newer khobao.
    """
    if not database.exists():
        if not create:
            raise NoArchive(
                f"there is no archive at {database.parent} (no {database.name} in it);"
                f" khobao init {database.parent} begins one, khobao demo makes a small one to"
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
        is_older = _is_older(connection, database, read_only=read_only)
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
            if is_older:
                logger.warning("%s is brought up to date: this takes a while, once", database)
            schema.apply(Database(connection))
            if is_older:
                _shrink(connection, database)
            # Statements that may have to be undone ("ON CONFLICT DO UPDATE") note down what was
            # there; in a file, by default, which costs a third of the time of such a row.
            connection.execute("PRAGMA temp_store = MEMORY")
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


def _shrink(connection: sqlite3.Connection, database: Path) -> None:
    """Give the room that a migration left free back to the disk, if it is worth the time."""
    pages, free, size = (
        connection.execute(f"PRAGMA {name}").fetchone()[0]
        for name in ("page_count", "freelist_count", "page_size")
    )
    if free < pages * WORTH_SHRINKING:
        return
    # VACUUM writes what is left into a temporary file, and from there into the log.
    needed = 2 * (pages - free) * size
    if free_space(database) < needed:
        logger.warning(
            "%s has %d MB of free pages, which new articles will fill; to make the file smaller,"
            " free %d MB and run: sqlite3 %s VACUUM",
            *(database, free * size / 1e6, needed / 1e6, database),
        )
        return
    connection.execute("VACUUM")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    logger.warning(
        "%s is smaller now: %d MB instead of %d MB",
        *(database, (pages - free) * size / 1e6, pages * size / 1e6),
    )


def _is_older(connection: sqlite3.Connection, database: Path, *, read_only: bool) -> bool:
    """Whether *database* is an archive that an older khobao made; raises if it cannot be used."""
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
    return bool(applied and known - applied)
