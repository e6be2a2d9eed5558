"""What other tools hand over: WARC and ARC files, plain, gzipped or zstd, and WACZ packages.

A file is known by its first bytes, never by its name and never by its last: a WARC file may end
with a zip file that it holds.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, cast

from fastwarc.stream_io import ZstdReader

from archive.warc.lenient import Met, walk
from archive.warc.record import Damage

#: What is no bomb: web pages pack to a tenth, and lists of them to a thirtieth. Unpacking costs no
#: memory, but time: the least that is allowed takes less than a minute.
MAX_RATIO = 100
MAX_UNPACKED = 8 << 30
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_ZSTD = b"\x28\xb5\x2f\xfd"
#: A dictionary stands in front of some .warc.zst files, in a frame of its own.
_DICTIONARY = b"\x5d\x2a\x4d\x18"
_MAX_DICTIONARY = 16 << 20
#: Signature, lengths of name and extra field.
_LOCAL_HEADER = struct.Struct("<4s22xHH")
_WARC_NAMES = (".warc.gz", ".warc", ".warc.zst", ".arc.gz", ".arc")

Wanted = Callable[[dict[str, str]], int]


def records(path: Path, wanted: Wanted) -> Iterator[Met | Damage]:
    """Every record of the file or package at *path*, and what cannot be read of it.

    *wanted* is asked how many bytes of a record's block are needed. A Damage names the place.
    """
    try:
        with path.open("rb") as stream:
            size = path.stat().st_size
            first = stream.read(4)
            stream.seek(0)
            if first in _ZIP:
                yield from _in_package(path, stream, size, wanted)
            else:
                yield from _in_file(stream, path.name, size, size, wanted)
    except OSError as error:
        yield Damage(0, f"{path.name} cannot be read: {error.strerror or error}")


def _in_file(
    stream: IO[bytes], name: str, size: int, packed: int, wanted: Wanted
) -> Iterator[Met | Damage]:
    """The records of one WARC file; *packed* is how many bytes of a disk it takes."""
    first = stream.read(8)
    stream.seek(0)
    bound = max(MAX_UNPACKED, MAX_RATIO * packed)
    opened: IO[bytes] = stream
    known: int | None = size
    if first[:4] in (_ZSTD, _DICTIONARY):
        known = None
        try:
            opened = _zstd(stream, first)
        except (OSError, ValueError) as error:
            yield Damage(0, f"{name} is packed with zstd and cannot be unpacked: {error}")
            return
    met = False
    for found in walk(opened, wanted, size=known, max_unpacked=bound):
        if isinstance(found, Met):
            yield found
        elif not met and found.offset == 0 and not first.startswith((b"WARC/", b"\x1f\x8b")):
            what = f"it begins with {first!r}" if first else "it is empty"
            yield Damage(0, f"{name} is no WARC or ARC file and no WACZ package: {what}")
        else:
            yield Damage(found.offset, f"{name} at {found.offset}: {found.what}")
        met = True
    if not met:
        yield Damage(0, f"{name} holds no record" if first else f"{name} is empty")


def _in_package(path: Path, stream: IO[bytes], size: int, wanted: Wanted) -> Iterator[Met | Damage]:
    """The records of every WARC file in a WACZ package."""
    try:
        package = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
        yield Damage(0, f"{path.name}: the directory of the package cannot be read: {error}")
        # WARC files are stored in it as they are, so their records can be found without it.
        if size:
            for found in walk(stream, wanted, max_unpacked=max(MAX_UNPACKED, MAX_RATIO * size)):
                if isinstance(found, Met):
                    yield found
        return
    count = 0
    with package:
        for entry in sorted(package.infolist(), key=lambda one: one.filename):
            name = f"{path.name}: {entry.filename.encode('utf-8', 'replace').decode()}"
            if entry.filename.lower().endswith(".wacz"):
                count += 1
                yield Damage(0, f"{name} is a package in the package: unpack and import it")
            # macOS packs a shadow of each file, of a few hundred bytes.
            if not name.lower().endswith(_WARC_NAMES) or entry.filename.startswith("__MACOSX/"):
                continue
            count += 1
            if entry.flag_bits & 1:
                yield Damage(0, f"{name} is encrypted: import it decrypted")
                continue
            try:
                with _opened(package, stream, entry) as inner:
                    yield from _in_file(inner, name, entry.file_size, size, wanted)
            except (
                *(zipfile.BadZipFile, zlib.error, OSError, EOFError),
                *(RuntimeError, NotImplementedError, ValueError, struct.error),
            ) as error:
                yield Damage(0, f"{name} cannot be read: {error}")
    if not count:
        yield Damage(0, f"{path.name} is a zip file without a WARC file in it")


def _opened(package: zipfile.ZipFile, stream: IO[bytes], entry: zipfile.ZipInfo) -> IO[bytes]:
    """The bytes of *entry*.

    Where they are stored as they are, which is what WACZ asks for, they are read without zipfile:
    for a single wrong byte it gives none of them, and WARC records have digests of their own.
    """
    if entry.compress_type != zipfile.ZIP_STORED:
        return package.open(entry)
    stream.seek(entry.header_offset)
    header = stream.read(_LOCAL_HEADER.size)
    signature, name_length, extra_length = _LOCAL_HEADER.unpack(header)
    if signature != _ZIP[0]:
        raise zipfile.BadZipFile(f"no file begins at byte {entry.header_offset}")
    begin = entry.header_offset + _LOCAL_HEADER.size + name_length + extra_length
    return io.BufferedReader(_Part(stream, begin, entry.compress_size), 1 << 16)


class _Part(io.RawIOBase):
    """A part of a file."""

    def __init__(self, stream: IO[bytes], begin: int, size: int):
        self._stream, self._begin, self._size, self._at = stream, begin, size, 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        self._at = offset + {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._size}[whence]
        return self._at

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        self._stream.seek(self._begin + self._at)
        read = self._stream.read(min(len(buffer), max(0, self._size - self._at)))
        buffer[: len(read)] = read
        self._at += len(read)
        return len(read)


def _zstd(stream: IO[bytes], first: bytes) -> IO[bytes]:
    dictionary = None
    if first.startswith(_DICTIONARY):
        length = int.from_bytes(first[4:8], "little")
        if length > _MAX_DICTIONARY:
            raise ValueError(f"its dictionary states {length} bytes")
        stream.seek(8)
        dictionary = stream.read(length)
        if dictionary.startswith(_ZSTD):
            dictionary = ZstdReader(io.BytesIO(dictionary)).read(_MAX_DICTIONARY)
    return cast(IO[bytes], ZstdReader(stream, dictionary=dictionary))
