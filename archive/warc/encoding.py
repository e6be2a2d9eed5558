"""Undoes a Content-Encoding: bodies are stored as they were sent, so readers must unpack them.

Each coding may unpack to `MAX_BODY` bytes, and at most `MAX_CODINGS` codings are undone. A body
beyond that may be a bomb; `Decoded.problem` says so.
"""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable, Iterable
from typing import NamedTuple

from fastwarc.stream_io import BrotliReader, ZstdReader

#: Twice the largest page that is read.
MAX_BODY = 16 << 20

#: A server packs a page once, and a proxy once more; nobody packs it three times.
MAX_CODINGS = 2

_STEP = 4096


class Decoded(NamedTuple):
    """A body without its content encodings."""

    body: bytes
    problem: str | None = None
    """Why `body` is not the whole body; None if it is."""


def decode(body: bytes, encodings: Iterable[str], limit: int = MAX_BODY) -> Decoded:
    """*body* without its content *encodings*, given in the order of the headers.

    For a body that is cut off or damaged, the readable part is returned: the capture is sound
    evidence of a damaged page, and the layouts judge pages. An unknown encoding is left as it is.
    """
    names = [name for name in (one.strip().lower() for one in encodings) if name not in _NONE]
    if len(names) > MAX_CODINGS:
        return Decoded(
            body,
            f"the body is packed {len(names)} times ({', '.join(names)[:60]}); at most"
            f" {MAX_CODINGS} codings are undone",
        )
    for name in reversed(names):
        unpack = _DECODERS.get(name)
        if unpack is None:
            break
        body = unpack(body, limit)
        if len(body) > limit:
            return Decoded(body[:limit], f"the body unpacks to more than {limit:,} bytes")
    return Decoded(body)


def _zlib(windows: tuple[int, ...]) -> Callable[[bytes, int], bytes]:
    def unpack(body: bytes, limit: int) -> bytes:
        for window in windows:
            if unpacked := _at_once(body, window, limit):
                return unpacked
        for window in windows:
            if unpacked := _in_steps(body, window, limit):
                return unpacked
        # Some servers label plain bytes as compressed, and browsers show them.
        return body

    return unpack


def _at_once(body: bytes, window: int, limit: int) -> bytes:
    """A sound *body* unpacked in one step; empty bytes if it is not sound."""
    unpacker = zlib.decompressobj(window)
    try:
        unpacked = unpacker.decompress(body, limit + 1)
    except zlib.error:
        return b""
    whole = unpacker.eof and not unpacker.unused_data
    return unpacked if whole or len(unpacked) > limit else b""


def _in_steps(body: bytes, window: int, limit: int) -> bytes:
    """The readable part of *body*, one gzip member after the other; at most *limit* + 1 bytes.

    It is unpacked in steps, so that the bytes before a damaged place are not lost.
    """
    unpacked = bytearray()
    unpacker = zlib.decompressobj(window)
    at, pending = 0, b""
    try:
        while len(unpacked) <= limit:
            if not pending:
                pending, at = body[at : at + _STEP], at + _STEP
                if not pending:
                    break
            if unpacker.eof:
                # A body may be several members (RFC 1952); other bytes after a member do not count.
                if not (pending + body[at : at + 2]).startswith(b"\x1f\x8b"):
                    break
                unpacker = zlib.decompressobj(window)
            unpacked += unpacker.decompress(pending, limit + 1 - len(unpacked))
            pending = unpacker.unused_data if unpacker.eof else unpacker.unconsumed_tail
    except zlib.error:
        pass
    return bytes(unpacked)


def _reader(kind: type[BrotliReader] | type[ZstdReader]) -> Callable[[bytes, int], bytes]:
    # FastWARC's readers, because the module names of the Python packages are contested: `brotli` is
    # two distributions with two interfaces, and zstd moved into the standard library with 3.14.
    def unpack(body: bytes, limit: int) -> bytes:
        reader = kind(io.BytesIO(body))
        unpacked = bytearray()
        try:
            while len(unpacked) <= limit and (part := reader.read(1 << 16)):
                unpacked += part
        except OSError:  # FastWARC raises it for damaged data
            pass
        return bytes(unpacked) or body

    return unpack


_NONE = frozenset(("", "identity"))
_DECODERS: dict[str, Callable[[bytes, int], bytes]] = {
    "gzip": _zlib((16 + zlib.MAX_WBITS,)),
    "x-gzip": _zlib((16 + zlib.MAX_WBITS,)),
    # In RFC 9110 "deflate" means the zlib format; some servers send raw deflate data.
    "deflate": _zlib((zlib.MAX_WBITS, -zlib.MAX_WBITS)),
    "br": _reader(BrotliReader),
    "zstd": _reader(ZstdReader),
}
