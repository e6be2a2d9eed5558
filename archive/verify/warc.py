"""Checks WARC files against their own digests, and the rows of ``captures`` against WARC files."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from archive.history.capture_rows import CAPTURE_COLUMNS, capture_of
from archive.models import Capture
from archive.verify.database import Fault
from archive.warc.exchange import StoredResponse
from archive.warc.reader import capture_of_record, next_record, records
from archive.warc.record import Damage, Record, check_digest

RESTORE = (
    "put the file back from a backup; without one, khobao verify --accept-loss FILE keeps the rows"
    " and says so from now on"
)
_REBUILD_ROWS = "nothing in the WARC is wrong: khobao verify --repair makes every row again"


@dataclass
class FileCheck:
    """The result of checking one file."""

    faults: list[Fault] = field(default_factory=list)
    records: int = 0
    captures: int = 0


def missing_file(connection: sqlite3.Connection, name: str) -> Fault:
    """The fault of a file that does not exist and that rows name."""
    rows, articles = connection.execute(
        "SELECT count(*), count(DISTINCT article_id) FROM captures WHERE warc_file = ?", (name,)
    ).fetchone()
    what = f"the file is not there; {rows} captures of {articles} articles are in it"
    return Fault("missing file", name, what, RESTORE)


def open_file(name: str, path: Path) -> Fault:
    """The fault of a file that a killed crawl did not close."""
    return Fault(
        "open file",
        name + ".open",
        f"a killed crawl left it open, {path.stat().st_size} bytes long",
        "any crawl, import or reextract keeps its whole records and saves their rows",
    )


def size_faults(connection: sqlite3.Connection, name: str, path: Path) -> list[Fault]:
    """Whether the file is as long as it was when its rows were saved."""
    row = connection.execute("SELECT bytes FROM warc_files WHERE name = ?", (name,)).fetchone()
    end = connection.execute(
        "SELECT max(warc_offset + warc_length) FROM captures WHERE warc_file = ?", (name,)
    ).fetchone()[0]
    size = path.stat().st_size
    known = row[0] if row else None
    if known is not None and size != known:
        what = f"the file has {size} bytes and had {known} when its rows were saved"
        return [Fault("changed file", f"{name} at {min(size, known)}", what, RESTORE)]
    if end is not None and size < end:
        what = f"the file has {size} bytes, and captures reach to byte {end}"
        return [Fault("changed file", f"{name} at {size}", what, RESTORE)]
    return []


def check_file(connection: sqlite3.Connection, name: str, path: Path) -> FileCheck:
    """Check every record, length and digest of a file, and every row that points into it."""
    check = FileCheck()
    faults = check.faults
    rows = {
        row.warc_offset: row
        for row in map(
            capture_of,
            connection.execute(
                f"SELECT {CAPTURE_COLUMNS} FROM captures WHERE warc_file = ?", (name,)
            ),
        )
    }
    without_row = []
    end = 0
    damage = None
    try:
        for record, offset, length in records(path):
            end = offset + length
            place = f"{name} at {offset}"
            check.records += 1
            if check.records == 1 and record.type != "warcinfo":
                what = f"the file begins with a {record.type or 'nameless'} record"
                faults.append(Fault("record", place, what, RESTORE))
            is_capture = record.type in ("response", "revisit")
            row = rows.pop(offset, None) if is_capture else None
            try:
                stored = StoredResponse.of_record(record)
                faults += _digest_faults(record, stored, offset, place)
            except Exception as error:  # noqa: BLE001 - one record must not keep the rest from being checked
                rows.pop(offset, None)
                what = f"the record cannot be read: {error!r}"
                faults.append(Fault("record", place, what, RESTORE))
                continue
            if not is_capture:
                continue
            check.captures += 1
            if row is None:
                without_row.append(offset)
            else:
                found = capture_of_record(record, stored, name, offset, length)
                faults += _row_faults(connection, row, found, place)
    except Damage as error:
        damage = error
        faults.append(_damage_fault(name, path, error, end))
    if without_row:
        what = f"{len(without_row)} whole captures have no row, the first at {without_row[0]}"
        remedy = "any crawl, import or reextract saves their rows"
        faults.append(Fault("missing row", f"{name} at {without_row[0]}", what, remedy))
    for row in rows.values():
        what = f"row {row.id} of {row.url} points to where no record begins"
        remedy = _REBUILD_ROWS
        if row.warc_offset >= end:
            if damage:  # the rows behind the damaged place are lost with it
                continue
            what = f"the file ends at {end}; row {row.id} of {row.url} points past its end"
            remedy = RESTORE
        faults.append(Fault("row", f"{name} at {row.warc_offset}", what, remedy))
    if not faults:
        faults += size_faults(connection, name, path)
    return check


def _digest_faults(
    record: Record, stored: StoredResponse, offset: int, place: str
) -> Iterator[Fault]:
    """The first digest that *record* states and its bytes do not have."""
    try:
        check_digest(record.headers.get("warc-block-digest"), record.block, offset, "block")
        if record.type == "response":
            payload = record.headers.get("warc-payload-digest")
            check_digest(payload, stored.raw_body, offset, "payload")
    except Damage as error:
        yield Fault("digest", place, error.what, RESTORE)


def _row_faults(
    connection: sqlite3.Connection, row: Capture, found: Capture, place: str
) -> Iterator[Fault]:
    """Where *row* differs from the capture that its record is."""
    for column in Capture.__dataclass_fields__:
        mine, its = getattr(row, column), getattr(found, column)
        if column != "id" and mine != its:
            what = f"row {row.id} of captures has {column} = {mine!r}, the record says {its!r}"
            yield Fault("row", place, what, _REBUILD_ROWS)
    if found.record_type == "revisit":
        original = connection.execute(
            "SELECT 1 FROM captures WHERE url = ? AND payload_digest = ?"
            " AND record_type = 'response' AND fetched_at <= ?",
            (found.url, found.payload_digest, found.fetched_at),
        ).fetchone()
        if original is None:
            what = f"no capture holds the payload {found.payload_digest} that it refers to"
            yield Fault("revisit", place, what, RESTORE)


def _damage_fault(name: str, path: Path, error: Damage, end: int) -> Fault:
    """The place at which a file cannot be read any further, and how many records follow it."""
    what = f"{error.what}; {end} of {path.stat().st_size} bytes can be read"
    first = next_record(path, error.offset)
    if first is not None:
        count = 0
        try:
            for _ in records(path, first):
                count += 1
        except Damage:
            pass
        what += f"; {count} whole records follow from byte {first} on, which no tool will reach"
    return Fault("damage", f"{name} at {error.offset}", what, RESTORE)
