"""Pictures: tiny, valid, and of one colour per address."""

from __future__ import annotations

import base64
import struct
import zlib
from functools import lru_cache

# The smallest baseline JPEG: 1×1, grey.
_JPEG = base64.b64decode(
    "/9j/4AAQSkZJRgABAQEASABIAAD/2wBDAP//////////////////////////////////////////////////////////////////"
    "////////////////////wAALCAABAAEBAREA/8QAFAABAAAAAAAAAAAAAAAAAAAAA//EABQQAQAAAAAAAAAAAAAAAAAAAAD/2gAIAQEA"
    "AD8AN//Z"
)
_GIF = base64.b64decode("R0lGODlhAQABAIAAAAAA/////ywAAAAAAQABAAACAkQBADs=")


@lru_cache(maxsize=256)
def picture(path: str) -> tuple[str, bytes]:
    """The media type and bytes of the picture at *path*."""
    if path.endswith((".gif", ".ico")):
        return "image/gif", _GIF
    if path.endswith(".png"):
        return "image/png", _png(zlib.crc32(path.encode()))
    return "image/jpeg", _JPEG


def _png(colour: int) -> bytes:
    size = 8
    row = b"\x00" + struct.pack(">I", colour)[1:] * size

    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    header = struct.pack(">IIBBBBB", size, size, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(row * size))
        + chunk(b"IEND", b"")
    )
