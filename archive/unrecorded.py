"""Captures without a row: what a killed crawl left, or, after archive.db was deleted, all of them.

Taking in what is unrecorded and rebuilding the database are therefore one thing. A file is walked
through once; when every capture in it has a row it is noted in ``warc_files`` and not read again.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from archive import captures, crawls, warc_files
from archive.capture_rows import original_of
from archive.errors import CorruptCapture
from archive.models import Capture
from archive.warc import Record


@dataclass(frozen=True, slots=True)
class Unrecorded:
    """A capture that has no row yet."""

    capture: Capture
    stored: captures.Stored
    crawl_id: int | None
    """The crawl it belongs to, if the database knows that."""


def files(archive_dir: Path) -> list[Path]:
    """The finished WARC files of an archive, oldest first (their names begin with their time)."""
    return sorted((archive_dir / "captures").glob("*/*.warc.gz"), key=lambda path: path.name)


def unrecorded(connection: sqlite3.Connection, archive_dir: Path) -> Iterator[Unrecorded]:
    """Every capture that has no row, in the order it was written.

    The caller gives each its row before it asks for the next; a revisit is answered from the rows
    before it. A file that breaks off raises CorruptCapture after its last whole record.
    """
    settled = dict(connection.execute("SELECT name, bytes FROM warc_files").fetchall())
    for path in files(archive_dir):
        name = path.relative_to(archive_dir).as_posix()
        if settled.get(name) != path.stat().st_size:
            yield from _unrecorded_in(connection, archive_dir, path, name)


def _unrecorded_in(
    connection: sqlite3.Connection, archive_dir: Path, path: Path, name: str
) -> Iterator[Unrecorded]:
    known = {
        row[0]
        for row in connection.execute(
            "SELECT warc_offset FROM captures WHERE warc_file = ?", (name,)
        )
    }
    crawl_id = _crawl_of(connection, path)
    summary: dict[str, Any] = {}
    count = 0
    for record, offset, length in warc_files.records(path):
        if record.type == "metadata":
            summary = json.loads(record.block)
        elif record.type in ("response", "revisit"):
            count += 1
            if offset not in known:
                yield Unrecorded(
                    *_read(connection, archive_dir, record, name, offset, length), crawl_id
                )
    recorded = connection.execute(
        "SELECT count(*) FROM captures WHERE warc_file = ?", (name,)
    ).fetchone()[0]
    if recorded >= count:
        if "started_at" in summary:
            crawls.restore(connection, path.name, summary)
        connection.execute(
            "INSERT OR REPLACE INTO warc_files VALUES (?, ?, ?, ?)",
            (name, path.stat().st_size, count, json.dumps(summary, ensure_ascii=False)),
        )


def _read(
    connection: sqlite3.Connection,
    archive_dir: Path,
    record: Record,
    name: str,
    offset: int,
    length: int,
) -> tuple[Capture, captures.Stored]:
    stored = captures.stored_from(record)
    capture = captures.capture_from(record, stored, name, offset, length)
    if capture.record_type == "revisit":
        whole = original_of(connection, capture)
        if whole is None:
            raise CorruptCapture(f"{name} at {offset}: the payload it refers to is not known")
        stored = captures.stored_from(record, captures.read(archive_dir, whole).raw_body)
    return capture, stored


def _crawl_of(connection: sqlite3.Connection, path: Path) -> int | None:
    number = path.name.removesuffix(".warc.gz").rpartition("-")[2]
    if not number.isdigit():
        return None
    row = connection.execute("SELECT id FROM crawls WHERE id = ?", (int(number),)).fetchone()
    return int(row[0]) if row else None
