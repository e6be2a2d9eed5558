"""Walking over whole WARC files of our own, which are gzipped record by record.

One walk for all of them, because only a walk that counts its bytes knows where a file breaks off.
(FastWARC 2.0.1 ends quietly at a truncated record, warcio 1.8.1 at a truncated file: measured.)
What other tools wrote is read by `archive.warc.foreign`.
"""

from __future__ import annotations

import mmap
from collections.abc import Iterator
from pathlib import Path

from archive.warc import record as warc

#: How every gzip member begins: magic number and deflate.
_GZIP = b"\x1f\x8b\x08"


def records(path: Path, start: int = 0) -> Iterator[tuple[warc.Record, int, int]]:
    """Every record of *path* from byte *start* on, with its offset and length in the file.

    Raises CorruptCapture where the file cannot be read on.
    """
    with path.open("rb") as stream:
        stream.seek(start)
        try:
            for member in warc.members(stream):
                record = warc.parse(member.data, member.offset, check=False)
                yield record, member.offset, member.length
        except warc.Damage as error:
            raise warc.Damage(error.offset, f"{path} at {error.offset}: {error.what}") from error


def after_damage(path: Path, offset: int) -> int | None:
    """Where the next whole record begins behind a broken place at *offset*; None if none does."""
    with path.open("rb") as stream, mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) as data:
        at = data.find(_GZIP, offset + 1)
        while at >= 0:
            stream.seek(at)
            try:
                member = next(warc.members(stream), None)
                if member is not None:
                    warc.parse(member.data, member.offset, check=False)
                    return at
            except warc.Damage:
                pass
            at = data.find(_GZIP, at + 1)
    return None
