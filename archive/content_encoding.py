"""Undoing a Content-Encoding: bodies are kept as they were sent, so readers must unpack them."""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable, Iterable

from fastwarc.stream_io import BrotliReader, ZstdReader

from archive.warc import packer

#: More than any page: a body that unpacks to more is cut here, so that a bomb costs no memory.
MAX_BODY = 64 << 20


def decode(body: bytes, encodings: Iterable[str]) -> bytes:
    """*body* without its content encodings (in the order the headers name them).

    A body that breaks off inside its encoding yields what can be read: the capture is sound
    evidence of a damaged page, and layouts judge pages. An unknown encoding leaves the bytes alone.
    """
    for encoding in reversed([name.strip().lower() for name in encodings]):
        unpack = _DECODERS.get(encoding)
        if unpack is None:
            break
        body = unpack(body)
    return body


def _zlib(windows: tuple[int, ...]) -> Callable[[bytes], bytes]:
    def unpack(body: bytes) -> bytes:
        for window in windows:
            if unpacked := _at_once(body, window):
                return unpacked
        for window in windows:
            unpacker = zlib.decompressobj(window)
            parts: list[bytes] = []
            try:
                # In steps, so that what stands before a broken spot is not lost with it.
                for start in range(0, len(body), 4096):
                    parts.append(unpacker.decompress(body[start : start + 4096], MAX_BODY))
            except zlib.error:
                pass
            if unpacked := b"".join(parts)[:MAX_BODY]:
                return unpacked
        # Servers do label plain bytes as compressed, and browsers show them.
        return body

    return unpack


def _at_once(body: bytes, window: int) -> bytes:
    """A sound *body*, unpacked in a third of the time; nothing of one that is not."""
    unpacker = packer.decompressobj(window)
    try:
        unpacked: bytes = unpacker.decompress(body, MAX_BODY)
    except packer.error:
        return b""
    return unpacked if unpacker.eof else b""


def _reader(kind: type[BrotliReader] | type[ZstdReader]) -> Callable[[bytes], bytes]:
    # FastWARC's readers, because the module names of the Python packages are contested: `brotli` is
    # two distributions with two interfaces, and zstd moved into the standard library with 3.14.
    def unpack(body: bytes) -> bytes:
        reader = kind(io.BytesIO(body))
        unpacked = bytearray()
        try:
            while len(unpacked) < MAX_BODY and (part := reader.read(1 << 16)):
                unpacked += part
        except OSError:  # what FastWARC raises for broken data
            pass
        return bytes(unpacked[:MAX_BODY]) or body

    return unpack


_DECODERS: dict[str, Callable[[bytes], bytes]] = {
    "gzip": _zlib((16 + zlib.MAX_WBITS,)),
    "x-gzip": _zlib((16 + zlib.MAX_WBITS,)),
    # RFC 9110 means zlib by deflate; some servers send it raw.
    "deflate": _zlib((zlib.MAX_WBITS, -zlib.MAX_WBITS)),
    "br": _reader(BrotliReader),
    "zstd": _reader(ZstdReader),
}
