"""WARC files against themselves, and the rows of ``captures`` against WARC files."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass, field
from pathlib import Path

from archive.history.capture_rows import CAPTURE_COLUMNS, capture_of
from archive.models import Capture
from archive.verify.database import Fault
from archive.warc import reader as captures
from archive.warc import record as warc
from archive.warc.files import after_damage

RESTORE = (
    "put the file back from a backup; without one, khobao reextract goes on without these captures"
)
_ROWS = (
    "nothing in the WARC is wrong: delete archive.db (keep a copy) and run khobao reextract,"
    " which makes every row again"
)


@dataclass
class Walk:
    """One file, gone through."""

    faults: list[Fault] = field(default_factory=list)
    records: int = 0
    captures: int = 0


def missing(connection: sqlite3.Connection, name: str) -> Fault:
    """The fault of a file that rows name and that is not there."""
    rows, articles = connection.execute(
        "SELECT count(*), count(DISTINCT article_id) FROM captures WHERE warc_file = ?", (name,)
    ).fetchone()
    return Fault(
        "missing file",
        name,
        f"the file is not there; {rows} captures of {articles} articles are in it",
        RESTORE,
    )


def left_open(name: str, path: Path) -> Fault:
    """The fault of a file that a killed crawl did not close."""
    return Fault(
        "open file",
        name + ".open",
        f"a killed crawl left it open, {path.stat().st_size} bytes long",
        "any crawl, import or reextract keeps its whole records and takes them in",
    )


def size_faults(connection: sqlite3.Connection, name: str, path: Path) -> list[Fault]:
    """Whether the file is as long as when it was last gone through."""
    row = connection.execute("SELECT bytes FROM warc_files WHERE name = ?", (name,)).fetchone()
    end = connection.execute(
        "SELECT max(warc_offset + warc_length) FROM captures WHERE warc_file = ?", (name,)
    ).fetchone()[0]
    size = path.stat().st_size
    known = row[0] if row else None
    if known is not None and size != known:
        what = f"the file has {size} bytes and had {known} when it was taken in"
        return [Fault("changed file", f"{name} at {min(size, known)}", what, RESTORE)]
    if end is not None and size < end:
        what = f"the file has {size} bytes, and captures reach to byte {end}"
        return [Fault("changed file", f"{name} at {size}", what, RESTORE)]
    return []


def walk(connection: sqlite3.Connection, name: str, path: Path) -> Walk:
    """Every member, record, length and digest of a file, and every row that points into it."""
    done = Walk()
    rows = {
        row[1]: (row[0], capture_of(row[2:]))
        for row in connection.execute(
            f"SELECT id, warc_offset, {CAPTURE_COLUMNS} FROM captures WHERE warc_file = ?", (name,)
        )
    }
    fault = done.faults.append
    good = 0
    unrecorded = []
    with path.open("rb") as stream:
        try:
            for member in warc.members(stream):
                # The digest is judged apart: a record that fails it is still read, and walked past.
                record = warc.parse(member.data, member.offset, check=False)
                good = member.offset + member.length
                done.records += 1
                if done.records == 1 and record.type != "warcinfo":
                    what = f"the file begins with a {record.type or 'nameless'} record"
                    fault(Fault("record", f"{name} at 0", what, RESTORE))
                try:
                    stored = _digests(record, member, name, done)
                except Exception as error:  # noqa: BLE001 - one record must not keep the rest from being checked
                    what = f"the record cannot be read: {error!r}"
                    fault(Fault("record", f"{name} at {member.offset}", what, RESTORE))
                    rows.pop(member.offset, None)
                    continue
                if record.type not in ("response", "revisit"):
                    continue
                done.captures += 1
                known = rows.pop(member.offset, None)
                if known is None:
                    unrecorded.append(member.offset)
                else:
                    _compare(connection, record, stored, member, name, *known, done)
        except warc.Damage as error:
            fault(_broken(name, path, error, good))
    if unrecorded:
        what = f"{len(unrecorded)} whole captures have no row, the first at {unrecorded[0]}"
        remedy = "any crawl, import or reextract takes them in"
        fault(Fault("unrecorded", f"{name} at {unrecorded[0]}", what, remedy))
    broken = any(f.kind == "damage" for f in done.faults)
    lost = [(row_id, c) for row_id, c in rows.values() if not broken or c.warc_offset < good]
    for row_id, capture in lost:
        what = f"row {row_id} of {capture.url} points to where no record begins"
        if capture.warc_offset >= good:
            what = f"the file ends at {good}; row {row_id} of {capture.url} points past its end"
        remedy = RESTORE if capture.warc_offset >= good else _ROWS
        fault(Fault("row", f"{name} at {capture.warc_offset}", what, remedy))
    if not done.faults:
        done.faults += size_faults(connection, name, path)
    return done


def _digests(record: warc.Record, member: warc.Member, name: str, done: Walk) -> captures.Stored:
    stored = captures.stored_from(record)
    stated = [(record.headers.get("warc-block-digest"), record.block, "block")]
    if record.type == "response":
        stated.append((record.headers.get("warc-payload-digest"), stored.raw_body, "payload"))
    for digest, data, what in stated:
        try:
            warc.check_digest(digest, data, member.offset, what)
        except warc.Damage as error:
            done.faults.append(Fault("digest", f"{name} at {member.offset}", error.what, RESTORE))
            break
    return stored


def _compare(
    connection: sqlite3.Connection,
    record: warc.Record,
    stored: captures.Stored,
    member: warc.Member,
    name: str,
    row_id: int,
    row: Capture,
    done: Walk,
) -> None:
    """A row against the record it points to."""
    found = captures.capture_from(record, stored, name, member.offset, member.length)
    place = f"{name} at {member.offset}"
    for column in Capture.__dataclass_fields__:
        mine, its = getattr(row, column), getattr(found, column)
        if column == "id" or mine == its:
            continue
        what = f"row {row_id} of captures has {column} = {mine!r}, the record says {its!r}"
        done.faults.append(Fault("row", place, what, _ROWS))
    if record.type == "revisit":
        whole = connection.execute(
            "SELECT 1 FROM captures WHERE url = ? AND payload_digest = ?"
            " AND record_type = 'response' AND fetched_at <= ?",
            (found.url, found.payload_digest, found.fetched_at),
        ).fetchone()
        if whole is None:
            what = f"no capture holds the payload {found.payload_digest} that it refers to"
            done.faults.append(Fault("revisit", place, what, RESTORE))


def _broken(name: str, path: Path, error: warc.Damage, good: int) -> Fault:
    """Where a file cannot be read on, and what stands behind that place."""
    size = path.stat().st_size
    what = f"{error.what}; {good} of {size} bytes can be read"
    count, first = _behind(path, error.offset)
    if count:
        what += f"; {count} whole records follow from byte {first} on, which no tool will reach"
    return Fault("damage", f"{name} at {error.offset}", what, RESTORE)


def _behind(path: Path, offset: int) -> tuple[int, int]:
    """How many whole records stand after a broken place, and where the first begins."""
    first = after_damage(path, offset)
    if first is None:
        return 0, 0
    count = 0
    with path.open("rb") as stream:
        stream.seek(first)
        try:
            for _ in warc.members(stream):
                count += 1
        except warc.Damage:
            pass
    return count, first
