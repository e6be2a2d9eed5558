"""Reads the archive's own WARC files, which are gzipped record by record.

`records` counts the bytes it reads, because only so it is known where a file breaks off. (FastWARC
2.0.1 ends quietly at a truncated record, warcio 1.8.1 at a truncated file: measured.) Files of
other tools are read by `archive.warc.foreign`.
"""

from __future__ import annotations

import mmap
from collections.abc import Callable, Iterator
from pathlib import Path

from archive.errors import CorruptCapture
from archive.models import Capture
from archive.warc import record as warc
from archive.warc.exchange import StoredResponse, mime_of, payload_digest, redirect_of
from archive.warc.writer import open_name

#: How every gzip member begins: magic number and deflate.
_GZIP = b"\x1f\x8b\x08"


def read(
    archive_dir: Path,
    capture: Capture,
    *,
    original: Callable[[Capture], Capture | None] | None = None,
) -> StoredResponse:
    """The response of *capture*, each digest checked; raises CorruptCapture with the place.

    *original* finds the capture with the payload that a revisit refers to (`Archive.read` knows
    it). Without *original*, the response of a revisit has no body.
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
        payload = None
        if record.type == "revisit" and original is not None:
            whole = original(capture)
            if whole is None or whole.record_type != "response":
                raise warc.Damage(capture.warc_offset, "the payload it refers to is not known")
            payload = read(archive_dir, whole).raw_body
        stored = StoredResponse.of_record(record, payload)
        if record.type != "revisit" or payload is not None:
            warc.check_digest(
                capture.payload_digest, stored.raw_body, capture.warc_offset, "payload"
            )
    except FileNotFoundError as error:
        raise CorruptCapture(f"{place}: the file is missing") from error
    except warc.Damage as error:
        raise CorruptCapture(f"{place}: {error.what}") from error
    return stored


def locate(archive_dir: Path, warc_file: str) -> Path:
    """The path of *warc_file*, which has another name while a crawl writes it."""
    path = archive_dir / warc_file
    if not path.exists() and (open_path := open_name(path)).exists():
        return open_path
    return path


def records(path: Path, start: int = 0) -> Iterator[tuple[warc.Record, int, int]]:
    """Every record of *path* from byte *start* on, with its offset and length in the file.

    Block digests are not checked. Raises Damage where the file cannot be read any further.
    """
    with path.open("rb") as stream:
        stream.seek(start)
        for member in warc.members(stream):
            record = warc.parse(member.data, member.offset, check=False)
            yield record, member.offset, member.length


def next_record(path: Path, offset: int) -> int | None:
    """The offset of the next whole record after the damaged place at *offset*; None at the end."""
    with path.open("rb") as stream, mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) as data:
        at = data.find(_GZIP, offset + 1)
        while at >= 0:
            try:
                next(records(path, at))
                return at
            except warc.Damage:
                at = data.find(_GZIP, at + 1)
    return None


def capture_of_record(
    record: warc.Record, stored: StoredResponse, warc_file: str, offset: int, length: int
) -> Capture:
    """The `Capture` that points at *record*, a response or revisit."""
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
