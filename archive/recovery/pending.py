"""Finds the captures that have no row in the database.

These are the last captures of a killed crawl or, after ``archive.db`` was deleted, all of them:
repairing and rebuilding a database are one thing. When every capture of a WARC file has its row,
the file is noted in ``warc_files`` and not read again.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from archive import crawls
from archive.errors import CorruptCapture
from archive.history.capture_rows import original_of
from archive.history.nights import run_of
from archive.models import Capture
from archive.numbers import whole_number
from archive.warc import reader
from archive.warc.exchange import StoredResponse
from archive.warc.record import Damage, Record


@dataclass(frozen=True, slots=True)
class PendingRecord:
    """A record in a WARC file whose capture has no row yet."""

    capture: Capture
    stored: StoredResponse
    """A revisit has no body here before its turn comes: see `Prefetch`."""
    crawl_id: int | None
    """The crawl it belongs to, if the database knows the crawl."""


OnDamage = Callable[[CorruptCapture], None]
#: Passes on the records of one file in their order; it may take some before it passes them on.
Prefetch = Callable[[Iterator[PendingRecord]], Iterator[PendingRecord]]
#: Called with the name of a run's last file, and whether the run had records without a row.
OnRunEnd = Callable[[str, bool], None]


def pending_files(connection: sqlite3.Connection, archive_dir: Path) -> list[Path]:
    """The finished WARC files that may hold captures without a row, oldest first."""
    noted = dict(connection.execute("SELECT name, bytes FROM warc_files").fetchall())
    return [
        path
        # The names begin with the time.
        for path in sorted(archive_dir.glob("captures/*/*.warc.gz"), key=lambda path: path.name)
        if noted.get(path.relative_to(archive_dir).as_posix()) != path.stat().st_size
    ]


def pending_records(
    connection: sqlite3.Connection,
    archive_dir: Path,
    on_damage: OnDamage | None = None,
    prefetch: Prefetch = iter,
    on_run_end: OnRunEnd = lambda *_: None,
) -> Iterator[PendingRecord]:
    """Every record whose capture has no row, in the order in which they were written.

    The caller must save the row of each before it asks for the next: the body of a revisit is found
    by the rows before it. At a damaged place *on_damage* is called, and the records after the place
    follow; without *on_damage*, CorruptCapture is raised. *on_run_end* is called when all rows of a
    run are saved.
    """
    unended, has_pending = None, False
    for path in pending_files(connection, archive_dir):
        file = _File(connection, archive_dir, path, on_damage)
        if unended and run_of(unended) != run_of(file.name):  # a killed run wrote no summary
            on_run_end(unended, has_pending)
            has_pending = False
        for record in prefetch(file.pending()):
            has_pending = True
            if (complete := file.with_payload(record)) is not None:
                yield complete
        is_saved = file.is_saved()
        unended = file.name
        if is_saved and "started_at" in file.summary:
            crawls.reinsert(connection, file.summary)
            on_run_end(file.name, has_pending)  # the run is judged before its keys are frozen
            unended, has_pending = None, False
            crawls.restore(connection, path.name, file.summary)
        if is_saved:
            summary = json.dumps(file.summary, ensure_ascii=False)
            connection.execute(
                "INSERT OR REPLACE INTO warc_files VALUES (?, ?, ?, ?)",
                (file.name, path.stat().st_size, file.captures, summary),
            )
    if unended:
        on_run_end(unended, has_pending)


class _File:
    """One WARC file while it is read."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        archive_dir: Path,
        path: Path,
        on_damage: OnDamage | None,
    ):
        self._connection = connection
        self._archive_dir = archive_dir
        self._path = path
        self._on_damage = on_damage
        self._is_whole = True
        self.name = path.relative_to(archive_dir).as_posix()
        self.captures = 0
        """How many responses and revisits were found."""
        self.summary: dict[str, Any] = {}
        """The summary of the crawl, which ends its last file."""

    def pending(self) -> Iterator[PendingRecord]:
        """The records of the file whose captures have no row."""
        rows = self._connection.execute(
            "SELECT warc_offset FROM captures WHERE warc_file = ?", (self.name,)
        )
        saved = {offset for (offset,) in rows}
        crawl_id = self._crawl_id()
        for record, offset, length in self._records():
            if record.type == "metadata":
                self.summary = _summary_in(record)
            elif record.type in ("response", "revisit"):
                self.captures += 1
                if offset in saved:
                    continue
                try:
                    stored = StoredResponse.of_record(record)
                    capture = reader.capture_of_record(record, stored, self.name, offset, length)
                except Exception as error:  # noqa: BLE001 - one record must not stop every later run
                    place = f"{self.name} at {offset}"
                    self._damaged(CorruptCapture(f"{place}: cannot be read: {error!r}"))
                else:
                    yield PendingRecord(capture, stored, crawl_id)

    def with_payload(self, record: PendingRecord) -> PendingRecord | None:
        """*record*, a revisit with the body it refers to; None if that cannot be read."""
        if record.capture.record_type != "revisit":
            return record
        try:
            stored = reader.read(
                self._archive_dir,
                record.capture,
                original=lambda revisit: original_of(self._connection, revisit),
            )
        except CorruptCapture as error:
            self._damaged(error)
            return None
        return replace(record, stored=stored)

    def is_saved(self) -> bool:
        """Whether every capture of the file has its row."""
        (rows,) = self._connection.execute(
            "SELECT count(*) FROM captures WHERE warc_file = ?", (self.name,)
        ).fetchone()
        return self._is_whole and rows >= self.captures

    def _records(self) -> Iterator[tuple[Record, int, int]]:
        """Every record that can be read, after damaged places too."""
        start: int | None = 0
        while start is not None:
            try:
                yield from reader.records(self._path, start)
                return
            except Damage as error:
                place = f"{self.name} at {error.offset}"
                self._damaged(CorruptCapture(f"{place}: {error.what}"))
                start = reader.next_record(self._path, error.offset)

    def _damaged(self, error: CorruptCapture) -> None:
        if self._on_damage is None:
            raise error
        self._is_whole = False
        self._on_damage(error)

    def _crawl_id(self) -> int | None:
        number = whole_number(self._path.name.removesuffix(".warc.gz").rpartition("-")[2])
        row = self._connection.execute("SELECT id FROM crawls WHERE id = ?", (number,)).fetchone()
        return int(row[0]) if row else None


def _summary_in(record: Record) -> dict[str, Any]:
    """The crawl's own summary; empty if the record holds something else."""
    try:
        summary = json.loads(record.block)
    except (ValueError, RecursionError):
        return {}
    return summary if isinstance(summary, dict) else {}
