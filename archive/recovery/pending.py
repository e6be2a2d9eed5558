"""Captures without a row: what a killed crawl left, or, after archive.db was deleted, all of them.

Taking in what is unrecorded and rebuilding the database are therefore one thing. A file is walked
through once; when every capture in it has a row it is noted in ``warc_files`` and not read again.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from archive import crawls
from archive.errors import CorruptCapture
from archive.history.capture_rows import original_of
from archive.history.nights import run_of
from archive.models import Capture
from archive.numbers import whole_number
from archive.warc import files as warc_files
from archive.warc import reader
from archive.warc.record import Damage, Record


@dataclass(frozen=True, slots=True)
class Unrecorded:
    """A capture that has no row yet."""

    capture: Capture
    stored: reader.Stored
    """Of a revisit without its payload, as long as it is only seen ahead."""
    crawl_id: int | None
    """The crawl it belongs to, if the database knows that."""


def files(archive_dir: Path) -> list[Path]:
    """The finished WARC files of an archive, oldest first (their names begin with their time)."""
    return sorted((archive_dir / "captures").glob("*/*.warc.gz"), key=lambda path: path.name)


def unsettled(connection: sqlite3.Connection, archive_dir: Path) -> list[Path]:
    """The finished WARC files in which there may be captures without a row."""
    settled = dict(connection.execute("SELECT name, bytes FROM warc_files").fetchall())
    return [
        path
        for path in files(archive_dir)
        if settled.get(path.relative_to(archive_dir).as_posix()) != path.stat().st_size
    ]


Damaged = Callable[[CorruptCapture], None]
Ahead = Callable[[Iterator[Unrecorded]], Iterator[Unrecorded]]
Ended = Callable[[str, bool], None]


def unrecorded(
    connection: sqlite3.Connection,
    archive_dir: Path,
    damaged: Damaged | None = None,
    ahead: Ahead = iter,
    ended: Ended = lambda *_: None,
) -> Iterator[Unrecorded]:
    """Every capture that has no row, in the order it was written.

    The caller gives each its row before it asks for the next; a revisit is answered from the rows
    before it. A broken place raises CorruptCapture after the whole records before it; or, where
    *damaged* is given, is told to that, and the walk goes on with the next whole record: what is
    left of an archive must not depend on what is lost.

    *ahead* is given the captures of each file as they are found and passes them on: it may look at
    some before it does, and have other processes read them. *ended* is called with the last file of
    each run, when its captures have their rows, and told whether some of them had none before.
    """
    waiting: str | None = None
    fresh = False

    def given(found: Iterator[Unrecorded]) -> Iterator[Unrecorded]:
        nonlocal fresh
        for one in ahead(found):
            fresh = True
            yield one

    def over(name: str) -> None:
        nonlocal fresh
        ended(name, fresh)
        fresh = False

    for path in unsettled(connection, archive_dir):
        name = path.relative_to(archive_dir).as_posix()
        if waiting and run_of(waiting) != run_of(name):  # a killed run does not say that it ended
            over(waiting)
        done = yield from _unrecorded_in(connection, archive_dir, path, name, damaged, given, over)
        waiting = None if done else name
    if waiting:
        over(waiting)


def _unrecorded_in(
    connection: sqlite3.Connection,
    archive_dir: Path,
    path: Path,
    name: str,
    damaged: Damaged | None,
    ahead: Ahead,
    over: Callable[[str], None],
) -> Generator[Unrecorded, None, bool]:
    """The captures of one file; returns whether it was the last of its run."""
    known = {
        row[0]
        for row in connection.execute(
            "SELECT warc_offset FROM captures WHERE warc_file = ?", (name,)
        )
    }
    crawl_id = _crawl_of(connection, path)
    summary: dict[str, Any] = {}
    count = 0
    whole = True

    def broken(error: CorruptCapture) -> None:
        nonlocal whole
        if damaged is None:
            raise error
        whole = False
        damaged(error)

    def found() -> Iterator[Unrecorded]:
        nonlocal count, summary
        for record, offset, length in _walk(path, broken):
            if record.type == "metadata":
                summary = _summary_in(record)
            elif record.type in ("response", "revisit"):
                count += 1
                if offset not in known:
                    try:
                        stored = reader.stored_from(record)
                        capture = reader.capture_from(record, stored, name, offset, length)
                    except CorruptCapture as error:
                        broken(error)
                    except Exception as error:  # noqa: BLE001 - one record must not stop every later run
                        broken(CorruptCapture(f"{name} at {offset}: cannot be read: {error!r}"))
                    else:
                        yield Unrecorded(capture, stored, crawl_id)

    for one in ahead(found()):
        if one.capture.record_type == "revisit":
            try:
                yield replace(one, stored=_with_payload(connection, archive_dir, one))
            except CorruptCapture as error:
                broken(error)
        else:
            yield one
    recorded = connection.execute(
        "SELECT count(*) FROM captures WHERE warc_file = ?", (name,)
    ).fetchone()[0]
    if whole and recorded >= count:
        if "started_at" in summary:
            over(name)  # before its keys are frozen
            crawls.restore(connection, path.name, summary)
        connection.execute(
            "INSERT OR REPLACE INTO warc_files VALUES (?, ?, ?, ?)",
            (name, path.stat().st_size, count, json.dumps(summary, ensure_ascii=False)),
        )
    return whole and recorded >= count and "started_at" in summary


def _walk(
    path: Path, broken: Callable[[CorruptCapture], None]
) -> Iterator[tuple[Record, int, int]]:
    """Every record that can be read; *broken* is told of each place where none can."""
    start: int | None = 0
    while start is not None:
        try:
            yield from warc_files.records(path, start)
            return
        except Damage as error:
            broken(error)
            start = warc_files.after_damage(path, error.offset)


def _summary_in(record: Record) -> dict[str, Any]:
    """The crawl's own summary; empty where the record holds something else."""
    try:
        summary = json.loads(record.block)
    except (ValueError, RecursionError):
        return {}
    return summary if isinstance(summary, dict) else {}


def _with_payload(
    connection: sqlite3.Connection, archive_dir: Path, revisit: Unrecorded
) -> reader.Stored:
    """What the revisit holds; what it refers to has its row by now."""
    capture = revisit.capture
    if original_of(connection, capture) is None:
        place = f"{capture.warc_file} at {capture.warc_offset}"
        raise CorruptCapture(f"{place}: the payload it refers to is not known")
    return reader.read(archive_dir, capture, original=lambda one: original_of(connection, one))


def _crawl_of(connection: sqlite3.Connection, path: Path) -> int | None:
    number = whole_number(path.name.removesuffix(".warc.gz").rpartition("-")[2])
    if number is None:
        return None
    row = connection.execute("SELECT id FROM crawls WHERE id = ?", (number,)).fetchone()
    return int(row[0]) if row else None
