"""The bytes of WARC records: how one is built, parsed and checked. No files here.

warcio and FastWARC read what this module writes; tests hold that. The writing is our own, for two
reasons: warcio 1.8.1 always compresses at level 9 and copies each payload through a temporary file
(measured, 35 KB pages: 0.95 ms for a response alone), and it decodes header lines and encodes them
again, which changes bytes that are not UTF-8.
"""

from __future__ import annotations

import base64
import hashlib
import re
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import BinaryIO

from archive.errors import CorruptCapture
from archive.numbers import whole_number

Headers = list[tuple[bytes, bytes]]

VERSION = b"WARC/1.1"
REVISIT_PROFILE = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"

#: zlib's window size for gzip.
_GZIP = 16 + zlib.MAX_WBITS
#: Measured on 196 pages of 57 KB: level 1 takes 0.51 ms a page and leaves 29.3 % of the size, level
#: 2 0.54 ms and 28.5 %, level 3 0.60 ms and 28.1 %, level 6 1.10 ms and 26.1 %. (ISA-L's level 2
#: takes 0.12 ms and leaves 28.7 %; 0.4 ms a page are one minute over 131,000 articles, which is not
#: worth a dependency.)
LEVEL = 2
#: A body that came gzipped is only wrapped: compressing it again took 0.43 ms and saved 0.4 %.
_GZIPPED = b"\x1f\x8b"
_CHUNK = 1 << 16
#: A larger block is compressed in pieces, without another copy of it.
_LARGE = 1 << 20
#: The most that one record may unpack to. A crawl limits its responses to far less.
MAX_RECORD = 1 << 30


def sha1(*parts: bytes) -> str:
    """A digest as WARC files label it: ``sha1:`` and base32, as every other tool writes it."""
    digest = hashlib.sha1(usedforsecurity=False)
    for part in parts:
        digest.update(part)
    return "sha1:" + base64.b32encode(digest.digest()).decode("ascii")


def header_block(first_line: bytes, headers: Sequence[tuple[bytes, bytes]]) -> bytes:
    """An HTTP (or WARC) header block, order and repeats kept, its blank line included."""
    lines = [first_line, *(name + b": " + value for name, value in headers), b"", b""]
    return b"\r\n".join(lines)


def record(headers: Sequence[tuple[str, str]], *block: bytes) -> bytes:
    """One WARC record, uncompressed. Adds the block digest and the length to *headers*."""
    return b"".join(_parts(headers, *block))


def packed_record(headers: Sequence[tuple[str, str]], *block: bytes) -> bytes | bytearray:
    """One WARC record as `compress` makes it of `record`, without a copy of a large *block*."""
    level = 0 if block[-1].startswith(_GZIPPED) else LEVEL
    if sum(map(len, block)) < _LARGE:
        return compress(record(headers, *block), level)
    packing = zlib.compressobj(level, zlib.DEFLATED, _GZIP)
    packed = bytearray()
    for part in _parts(headers, *block):
        piece = memoryview(part)
        for at in range(0, len(piece), _LARGE):
            packed += packing.compress(piece[at : at + _LARGE])
    packed += packing.flush()
    return packed


def _parts(headers: Sequence[tuple[str, str]], *block: bytes) -> tuple[bytes, ...]:
    length = sum(map(len, block))
    head = [
        VERSION.decode(),
        *(f"{name}: {value}" for name, value in headers),
        f"WARC-Block-Digest: {sha1(*block)}",
        f"Content-Length: {length}",
        "",
        "",
    ]
    return ("\r\n".join(head).encode("utf-8"), *block, b"\r\n\r\n")


def compress(data: bytes, level: int = LEVEL) -> bytes:
    """One gzip member, without a time in its header."""
    return zlib.compress(data, level, wbits=_GZIP)


@dataclass(frozen=True, slots=True)
class Member:
    """One gzip member of a file, unpacked."""

    offset: int
    length: int
    data: bytes


def members(stream: BinaryIO) -> Iterator[Member]:
    """Every gzip member of *stream*, from its present position to its end.

    Raises Damage with the offset of the first byte that does not belong to a whole member: at torn
    tails, flipped bits (the CRC) and foreign bytes. warcio lacks this check: it reads a truncated
    file as if it were whole.
    """
    offset = stream.tell()
    pending = stream.read(_CHUNK)
    while pending:
        unpacker = zlib.decompressobj(_GZIP)
        parts: list[bytes] = []
        consumed = size = 0
        while not unpacker.eof:
            if not pending:
                raise Damage(offset, "the file ends inside a record")
            try:
                part = unpacker.decompress(pending)
            except zlib.error as error:
                raise Damage(offset, f"no gzip member can be read here: {error}") from error
            consumed += len(pending)
            size += len(part)
            if size > MAX_RECORD:
                raise Damage(offset, f"a record unpacks to more than {MAX_RECORD} bytes")
            parts.append(part)
            pending = unpacker.unused_data if unpacker.eof else stream.read(_CHUNK)
        consumed -= len(pending)
        yield Member(offset, consumed, b"".join(parts))
        offset += consumed
        pending = pending or stream.read(_CHUNK)


def unpack(data: bytes) -> bytes:
    """The one record in *data*, which must be exactly one gzip member."""
    unpacker = zlib.decompressobj(_GZIP)
    try:
        unpacked = unpacker.decompress(data, MAX_RECORD)
    except zlib.error as error:
        raise Damage(0, f"the record does not unpack: {error}") from error
    if not unpacker.eof or unpacker.unused_data:
        raise Damage(0, "the record is not exactly one gzip member")
    return unpacked


class Damage(CorruptCapture):
    """Bytes that are not a sound WARC record, and where they begin."""

    def __init__(self, offset: int, what: str):
        super().__init__(what)
        self.offset = offset
        self.what = what


@dataclass(frozen=True, slots=True)
class Record:
    """One WARC record. Header names are in lower case; the block is untouched."""

    headers: dict[str, str]
    block: bytes

    @property
    def type(self) -> str:
        """``response``, ``request``, ``revisit``, ``warcinfo``, ``metadata`` …"""
        return self.headers.get("warc-type", "")


def parse(data: bytes, offset: int = 0, *, check: bool = True) -> Record:
    """Parse the one record in *data*; raises Damage if its length or digest is wrong."""
    head, separator, rest = data.partition(b"\r\n\r\n")
    if not separator or not head.startswith(b"WARC/"):
        raise Damage(offset, f"no WARC record begins here, but {head[:40]!r}")
    headers = headers_in(head)
    length = stated_length(headers.get("content-length"), offset)
    if len(rest) != length + 4 or not rest.endswith(b"\r\n\r\n"):
        raise Damage(offset, f"the record states {length} bytes and holds {len(rest) - 4}")
    block = rest[:length]
    if check:
        check_digest(headers.get("warc-block-digest"), block, offset, "block")
    return Record(headers, block)


def headers_in(head: bytes) -> dict[str, str]:
    """The fields in a record's header lines, by their names in lower case.

    The first field of a name counts. A line that begins with a space continues the one before.
    """
    headers: dict[str, str] = {}
    name = ""
    for line in _LINE_END.split(head)[1:]:
        if line[:1] in (b" ", b"\t") and name:
            headers[name] += " " + line.strip().decode("utf-8", "replace")
            continue
        key, _, value = line.partition(b":")
        name = key.strip().lower().decode("utf-8", "replace")
        if name in headers:
            name = ""
        else:
            headers[name] = value.strip().decode("utf-8", "replace")
    return headers


def stated_length(stated: str | None, offset: int) -> int:
    """The value of a record's Content-Length; raises Damage if it is not a number."""
    length = None if stated is None else whole_number(stated)
    if length is None:
        raise Damage(offset, f"the record states no length, but {(stated or '')[:40]!r}")
    return length


def split_http(block: bytes) -> tuple[bytes, Headers, bytes]:
    """The first line, the headers (order and repeats kept) and the body of an HTTP message.

    Lines may end in a bare line feed, as some servers and tools write them (RFC 9112, 2.2).
    """
    blank = _BLANK_LINE.search(block)
    head, body = (block[: blank.start()], block[blank.end() :]) if blank else (block, b"")
    first, *lines = _LINE_END.split(head)
    headers: Headers = []
    for line in lines:
        if line[:1] in (b" ", b"\t") and headers:  # an obsolete folded line belongs to the last one
            headers[-1] = (headers[-1][0], headers[-1][1] + b" " + line.strip())
        elif line:
            name, _, value = line.partition(b":")
            headers.append((name.strip(), value.strip()))
    return first, headers, body


_LINE_END = re.compile(rb"\r?\n")
_BLANK_LINE = re.compile(rb"\r?\n\r?\n")


def target_uri(url: str) -> str:
    """*url* for a header line: white space, control characters and angle brackets are escaped."""
    return _NOT_IN_A_LINE.sub(lambda found: f"%{ord(found[0]):02X}", url)


_NOT_IN_A_LINE = re.compile(r"[\x00-\x20\x7f<>]")


def dechunk(body: bytes) -> bytes:
    """*body* without HTTP chunking; unchanged if it is not chunked.

    Some tools keep the header and undo the chunking, so the header alone proves nothing.
    """
    parts: list[bytes] = []
    at = 0
    while found := _CHUNK_SIZE.match(body, at):
        size = int(found[1], 16)
        if size == 0:
            return b"".join(parts)
        parts.append(body[found.end() : found.end() + size])
        at = found.end() + size
        if body[at : at + 2] == b"\r\n":
            at += 2
    return b"".join(parts) if parts and at >= len(body) else body


_CHUNK_SIZE = re.compile(rb"([0-9a-fA-F]{1,8})[ \t]{0,16}(?:;[^\r\n]{0,400})?\r\n")


#: Digests that WARC files state, and how many bytes each has.
_DIGESTS = {"md5": 16, "sha1": 20, "sha256": 32, "sha384": 48, "sha512": 64}


def read_digest(stated: str | None) -> tuple[str, bytes] | None:
    """Algorithm and value of a *stated* digest; None if it is not a digest.

    Tools write ``sha1:`` with base32, lower case, hex or base64, ``sha-256:``, ``sha1:null``.
    """
    name, _, value = (stated or "").partition(":")
    name, value = name.strip().lower().replace("-", ""), value.strip().rstrip("=")
    size = _DIGESTS.get(name)
    if size is None:
        return None
    try:
        if len(value) == 2 * size:
            return name, bytes.fromhex(value)
        if len(value) == -(-8 * size // 5):
            return name, base64.b32decode(value.upper() + "=" * (-len(value) % 8))
        if len(value) == -(-8 * size // 6):
            return name, base64.b64decode(value + "=" * (-len(value) % 4), "-_", validate=True)
    except ValueError:
        pass
    return None


def check_digest(stated: str | None, data: bytes, offset: int, what: str) -> None:
    """Raise Damage if *data* does not have the *stated* digest; unknown algorithms are ignored."""
    digest = read_digest(stated)
    if digest is None:
        if (stated or "").lower().startswith("sha1:"):
            raise Damage(offset, f"the {what} digest is not a digest, but {stated!r}")
        return
    name, value = digest
    if hashlib.new(name, data, usedforsecurity=False).digest() != value:
        raise Damage(offset, f"the {what} digest is {stated}, the bytes have {sha1(data)}")
