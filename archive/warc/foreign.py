"""Reads files of other tools: WARC and ARC files, plain, gzipped or zstd, and WACZ packages.

The kind of a file is told by its first bytes: its name may be wrong, and its last bytes may be a
zip file that a record holds.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO, cast

from fastwarc.stream_io import ZstdReader

from archive.warc.lenient import BytesNeeded, FoundRecord, scan
from archive.warc.record import Damage

#: A file that unpacks to more than this times its size, and to more than `MAX_UNPACKED` bytes, is a
#: bomb: web pages shrink to a tenth, and lists of them to a thirtieth. Unpacking takes time, but no
#: memory; 8 GB take less than a minute.
MAX_RATIO = 100
MAX_UNPACKED = 8 << 30
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_ZSTD = b"\x28\xb5\x2f\xfd"
#: Some .warc.zst files begin with a dictionary, in a frame of its own.
_DICTIONARY = b"\x5d\x2a\x4d\x18"
_MAX_DICTIONARY = 16 << 20
#: Signature, lengths of name and extra field.
_LOCAL_HEADER = struct.Struct("<4s22xHH")
_WARC_NAMES = (".warc.gz", ".warc", ".warc.zst", ".arc.gz", ".arc")


def records(path: Path, bytes_needed: BytesNeeded) -> Iterator[FoundRecord | Damage]:
    """Every record of the file or package at *path*, and a Damage for each place that is damaged.

    The message of a Damage names the file and the place.
    """
    try:
        with path.open("rb") as stream:
            size = path.stat().st_size
            first = stream.read(4)
            stream.seek(0)
            if first in _ZIP:
                yield from _in_package(path, stream, size, bytes_needed)
            else:
                yield from _in_file(stream, path.name, size, size, bytes_needed)
    except OSError as error:
        yield Damage(0, f"{path.name} cannot be read: {error.strerror or error}")


def _in_file(
    stream: IO[bytes], name: str, size: int, packed: int, bytes_needed: BytesNeeded
) -> Iterator[FoundRecord | Damage]:
    """The records of one WARC file of *size* bytes, which take *packed* bytes on the disk."""
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
    is_empty = True
    for found in scan(opened, bytes_needed, size=known, max_unpacked=bound):
        if isinstance(found, FoundRecord):
            yield found
        elif is_empty and found.offset == 0 and not first.startswith((b"WARC/", b"\x1f\x8b")):
            what = f"it begins with {first!r}" if first else "it is empty"
            yield Damage(0, f"{name} is not a WARC file, ARC file or WACZ package: {what}")
        else:
            yield Damage(found.offset, f"{name} at {found.offset}: {found.what}")
        is_empty = False
    if is_empty:
        yield Damage(0, f"{name} holds no record" if first else f"{name} is empty")


def _in_package(
    path: Path, stream: IO[bytes], size: int, bytes_needed: BytesNeeded
) -> Iterator[FoundRecord | Damage]:
    """The records of every WARC file in a WACZ package."""
    try:
        package = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
        yield Damage(0, f"{path.name}: the directory of the package cannot be read: {error}")
        # A package stores WARC files uncompressed, so their records are found without it.
        if size:
            bound = max(MAX_UNPACKED, MAX_RATIO * size)
            for found in scan(stream, bytes_needed, max_unpacked=bound):
                if isinstance(found, FoundRecord):
                    yield found
        return
    count = 0
    with package:
        for entry in sorted(package.infolist(), key=lambda one: one.filename):
            name = f"{path.name}: {entry.filename.encode('utf-8', 'replace').decode()}"
            if entry.filename.lower().endswith(".wacz"):
                count += 1
                yield Damage(0, f"{name} is a package in the package: unpack and import it")
            # macOS adds a file of a few hundred bytes for each file, with its attributes.
            if not name.lower().endswith(_WARC_NAMES) or entry.filename.startswith("__MACOSX/"):
                continue
            count += 1
            if entry.flag_bits & 1:
                yield Damage(0, f"{name} is encrypted: import it decrypted")
                continue
            try:
                with _opened(package, stream, entry) as inner:
                    yield from _in_file(inner, name, entry.file_size, size, bytes_needed)
            except (
                *(zipfile.BadZipFile, zlib.error, OSError, EOFError),
                *(RuntimeError, NotImplementedError, ValueError, struct.error),
            ) as error:
                yield Damage(0, f"{name} cannot be read: {error}")
    if not count:
        yield Damage(0, f"{path.name} is a zip file without a WARC file in it")


def _opened(package: zipfile.ZipFile, stream: IO[bytes], entry: zipfile.ZipInfo) -> IO[bytes]:
    """The bytes of *entry*.

    Uncompressed files, which the WACZ standard asks for, are read without zipfile: it refuses a
    whole file for one wrong byte, and WARC records have digests of their own.
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
