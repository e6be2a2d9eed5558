"""WARC files: the evidence. Written once, one file per crawl, and never reopened for append.

A file is written under the name ``….warc.gz.open`` and renamed when it is whole: its first record
is a ``warcinfo``, its last a ``metadata`` record with the crawl's own summary, so that a file which
ends otherwise is known to have been cut off. `salvage` makes a plain file of what a killed crawl
left. Rows in the database name a file by its final name from the start; `read` looks under both.

This module reads; `archive.warc.writer` writes.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from archive.errors import CorruptCapture
from archive.models import Capture
from archive.numbers import whole_number
from archive.warc import record as warc
from archive.warc.encoding import Decoded, decode
from archive.warc.files import records
from archive.warc.record import Headers
from archive.warc.writer import (
    CaptureWriter,
    Exchange,
    finish,
    mime_of,
    open_name,
    payload_digest,
    redirect_of,
)

__all__ = [
    "CaptureWriter",
    "Exchange",
    "Salvage",
    "Stored",
    "header_in",
    "iterate",
    "locate",
    "payload_digest",
    "read",
    "received",
    "salvage",
]


@dataclass(frozen=True, slots=True)
class Stored:
    """What a capture holds, ready to read."""

    url: str
    fetched_at: str
    status: int
    headers: Headers
    body: bytes
    """Content encoding undone."""
    raw_body: bytes
    """As sent: what the payload digest is of."""
    problem: str | None = None
    """Why `body` is not the whole body: it is packed too often, or unpacks to too much."""
    truncated: str | None = None
    """Why the body is not whole, as its record states (WARC-Truncated)."""

    def header(self, name: str) -> str | None:
        """The first header called *name*, as text."""
        return header_in(self.headers, name)

    @property
    def is_cut_short(self) -> bool:
        """Whether the body is shorter than the server announced, or its transfer broke off."""
        if self.truncated:
            return True
        stated = self.header("X-Archive-Orig-Content-Length") or self.header("Content-Length")
        length = whole_number(stated) if stated else None
        return length is not None and length > len(self.raw_body)

    @property
    def content_type(self) -> str | None:
        """The Content-Type header."""
        return self.header("Content-Type")


def header_in(headers: Headers, name: str) -> str | None:
    """The first of *headers* called *name*, as text."""
    wanted = name.lower().encode()
    for key, value in headers:
        if key.lower() == wanted:
            return value.decode("latin-1")
    return None


def read(
    archive_dir: Path,
    capture: Capture,
    *,
    original: Callable[[Capture], Capture | None] | None = None,
) -> Stored:
    """The bytes of *capture*, each digest checked; raises CorruptCapture with the place.

    A revisit is answered with the payload it refers to: *original* finds the capture that holds it
    (`Archive.read` knows; without one only what the record itself holds can be given).
    """
    place = f"{capture.warc_file} at {capture.warc_offset}"
    path = locate(archive_dir, capture.warc_file)
    try:
        with path.open("rb") as stream:
            stream.seek(capture.warc_offset)
            packed = stream.read(capture.warc_length)
        if len(packed) < capture.warc_length:
            raise warc.Damage(
                capture.warc_offset, f"{len(packed)} of {capture.warc_length} bytes are there"
            )
        record = warc.parse(warc.unpack(packed), capture.warc_offset)
        if record.type == "revisit" and original is not None:
            whole = original(capture)
            if whole is None or whole.record_type != "response":
                raise warc.Damage(capture.warc_offset, "the payload it refers to is not known")
            payload = read(archive_dir, whole).raw_body
        else:
            payload = None
        stored = stored_from(record, payload)
        if record.type != "revisit" or payload is not None:
            warc.check_digest(
                capture.payload_digest, stored.raw_body, capture.warc_offset, "payload"
            )
    except FileNotFoundError as error:
        raise CorruptCapture(f"{place}: the file is missing") from error
    except warc.Damage as error:
        raise CorruptCapture(f"{place}: {error.what}") from error
    return stored


def stored_from(record: warc.Record, payload: bytes | None = None) -> Stored:
    """*record*'s HTTP response; *payload* stands in for the body that a revisit leaves out."""
    first, headers, body = warc.split_http(record.block)
    parts = first.split(None, 2)
    # Three digits, as RFC 9112 has it: the status is a number in every table.
    status = int(parts[1]) if len(parts) > 1 and re.fullmatch(rb"\d{3}", parts[1]) else 0
    transfer = b",".join(v for k, v in headers if k.lower() == b"transfer-encoding").lower()
    raw = payload if payload is not None else body
    if b"chunked" in transfer and payload is None:  # another tool's record, straight from the wire
        raw = warc.dechunk(body)
    decoded = _decoded(raw, headers)
    return Stored(
        url=record.headers.get("warc-target-uri", "").strip("<>"),
        fetched_at=_milliseconds(record.headers.get("warc-date", "")),
        status=status,
        headers=headers,
        body=decoded.body,
        raw_body=raw,
        problem=decoded.problem,
        truncated=record.headers.get("warc-truncated"),
    )


def received(exchange: Exchange) -> Stored:
    """What the capture of *exchange* holds, while it is at hand: `read` without the file."""
    decoded = _decoded(exchange.body, exchange.response_headers)
    return Stored(
        url=exchange.url,
        fetched_at=exchange.fetched_at,
        status=exchange.status,
        headers=exchange.response_headers,
        body=decoded.body,
        raw_body=exchange.body,
        problem=decoded.problem,
        truncated=exchange.truncated,
    )


def _decoded(body: bytes, headers: Headers) -> Decoded:
    encodings = [
        name
        for key, value in headers
        if key.lower() == b"content-encoding"
        for name in value.decode("latin-1").split(",")
    ]
    return decode(body, encodings) if encodings else Decoded(body)


def capture_from(
    record: warc.Record, stored: Stored, warc_file: str, offset: int, length: int
) -> Capture:
    """The `Capture` that points at *record*."""
    revisit = record.type == "revisit"
    stated = record.headers.get("warc-payload-digest", "")
    return Capture(
        url=stored.url,
        fetched_at=stored.fetched_at,
        status=stored.status,
        warc_file=warc_file,
        warc_offset=offset,
        warc_length=length,
        payload_digest=stated if revisit and stated else payload_digest(stored.raw_body),
        record_type="revisit" if revisit else "response",
        record_id=record.headers.get("warc-record-id"),
        mime=mime_of(stored.headers),
        redirect_to=redirect_of(stored.url, stored.status, stored.headers),
        origin=record.headers.get("khobao-origin", "live"),
    )


def iterate(path: Path, *, warc_file: str | None = None) -> Iterator[tuple[Capture, Stored]]:
    """Every HTTP response and revisit of a WARC file of our own.

    *warc_file* is the name that captures are given; for a file inside an archive that is its path
    below the archive folder. Raises CorruptCapture where the file breaks off; what came before it
    has been given by then.
    """
    for record, offset, length in records(path):
        if record.type in ("response", "revisit") and record.headers.get(
            "content-type", ""
        ).lower().startswith("application/http"):
            stored = stored_from(record)
            name = warc_file or path.name
            yield capture_from(record, stored, name, offset, length), stored


@dataclass(frozen=True, slots=True)
class Salvage:
    """What was left of a file that a killed crawl did not close."""

    warc_file: str | None
    """The file's final name; None if it held no whole capture."""
    name: str
    """What its captures would have called it either way."""
    records: int
    kept_bytes: int
    lost_bytes: int

    def __str__(self) -> str:
        lost = f"{self.lost_bytes} bytes of a record cut short were dropped"
        if self.warc_file is None:
            return f"a crawl was killed before its first capture was whole; {lost}"
        return (
            f"a crawl was killed: {self.warc_file} keeps {self.records} whole records"
            f" ({self.kept_bytes} bytes); {lost if self.lost_bytes else 'nothing was lost'}"
        )


def salvage(archive_dir: Path) -> list[Salvage]:
    """Close what killed crawls left open: cut each file after its last whole record, and rename it.

    Call it under the crawl lock only: an open file may be a living crawl's.
    """
    found = []
    for path in sorted((archive_dir / "captures").glob("*/*.warc.gz.open")):
        size = path.stat().st_size
        count = good = 0
        with path.open("r+b") as stream:
            try:
                for member in warc.members(stream):
                    warc.parse(member.data, member.offset)
                    good = member.offset + member.length
                    count += 1
            except warc.Damage:
                stream.truncate(good)
            os.fsync(stream.fileno())
        final = path.with_suffix("")
        name = final.relative_to(archive_dir).as_posix()
        if count > 1:
            finish(path, final)
            found.append(Salvage(name, name, count, good, size - good))
        else:  # nothing but the warcinfo
            path.unlink()
            found.append(Salvage(None, name, 0, 0, size - good))
    return found


def locate(archive_dir: Path, warc_file: str) -> Path:
    """Where *warc_file* is now: a crawl that is running has it under its open name."""
    path = archive_dir / warc_file
    if not path.exists() and (open_path := open_name(path)).exists():
        return open_path
    return path


def _milliseconds(date: str) -> str:
    """A WARC-Date to the millisecond: of one length, so that text order is time order."""
    whole, _, fraction = date.removesuffix("Z").partition(".")
    return f"{whole}.{fraction[:3]:0<3}Z" if whole else ""
