"""Reading whole WARC files, our own and other tools': by record or in one piece, plain, or WACZ.

One walk for all of them, because only a walk that counts its bytes knows where a file breaks off.
(FastWARC 2.0.1 ends quietly at a truncated record, warcio 1.8.1 at a truncated file: measured.)
"""

from __future__ import annotations

import mmap
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from archive import warc

_CHUNK = 1 << 16
#: How every gzip member begins: magic number and deflate.
_GZIP = b"\x1f\x8b\x08"


def records(path: Path, start: int = 0) -> Iterator[tuple[warc.Record, int, int]]:
    """Every record of *path* from byte *start* on, with its offset and length in the file.

    Only in files that are gzipped record by record can one be read by these; what others wrote in
    one piece is imported by rewriting it. Raises CorruptCapture where the file cannot be read on.
    """
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as package:
            for name in sorted(package.namelist()):
                if name.endswith((".warc.gz", ".warc")):
                    with package.open(name) as stream:
                        yield from _records(stream, f"{path}: {name}")
    else:
        with path.open("rb") as stream:
            stream.seek(start)
            yield from _records(stream, str(path), start)


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


def _records(
    stream: IO[bytes], name: str, begin: int = 0
) -> Iterator[tuple[warc.Record, int, int]]:
    pending = bytearray()
    start = begin  # of the piece of the file that the first pending byte was unpacked from
    try:
        for data, start_of_data, end, done in _unpacked(stream, begin):
            if not pending:
                start = start_of_data
            pending += data
            while (size := _size(pending, start)) is not None:
                if size == len(pending) and not done:
                    break  # the last bytes of its gzip member are still to come
                yield warc.parse(bytes(pending[:size]), start, check=False), start, end - start
                del pending[:size]
                start = start_of_data
        if pending.strip(b"\r\n"):
            raise warc.Damage(start, "the file ends inside a record")
    except warc.Damage as error:
        raise warc.Damage(error.offset, f"{name} at {error.offset}: {error.what}") from error


def _size(pending: bytearray, offset: int) -> int | None:
    """How many bytes the first record of *pending* takes; None if it is not all there yet."""
    while pending[:2] == b"\r\n":  # some tools part records by more than two line ends
        del pending[:2]
    head = pending.find(b"\r\n\r\n")
    if head < 0:
        if pending and not b"WARC/".startswith(pending[:5]) and not pending.startswith(b"WARC/"):
            raise warc.Damage(offset, f"no WARC record begins here, but {bytes(pending[:40])!r}")
        return None
    size = head + 4 + warc.stated_length(bytes(pending[:head]), offset) + 4
    return size if len(pending) >= size else None


def _unpacked(stream: IO[bytes], offset: int) -> Iterator[tuple[bytes, int, int, bool]]:
    """The file's content in pieces: where its gzip member begins, how far it is read, if whole.

    The "members" of a plain file are the chunks it is read in.
    """
    chunk = stream.read(_CHUNK)
    if chunk[:2] != b"\x1f\x8b":
        while chunk:
            yield chunk, offset, offset + len(chunk), True
            offset += len(chunk)
            chunk = stream.read(_CHUNK)
        return
    while chunk:
        unpacker = zlib.decompressobj(16 + zlib.MAX_WBITS)
        start = offset
        while not unpacker.eof:
            if not chunk:
                raise warc.Damage(start, "the file ends inside a gzip member")
            try:
                data = unpacker.decompress(chunk)
            except zlib.error as error:
                raise warc.Damage(start, f"no gzip member can be read here: {error}") from error
            offset += len(chunk) - len(unpacker.unused_data)
            yield data, start, offset, unpacker.eof
            chunk = unpacker.unused_data if unpacker.eof else stream.read(_CHUNK)
        chunk = chunk or stream.read(_CHUNK)
