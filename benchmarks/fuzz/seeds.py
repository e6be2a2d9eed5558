"""Where fuzzing begins: the golden pages, each with an address of its own generation."""

from __future__ import annotations

from pathlib import Path

from benchmarks.extraction.pages import GOLDEN
from benchmarks.fuzz.oracle import ADDRESSES

#: One page in so many bytes at most: a fuzzer learns more from many small pages.
MAX_BYTES = 40_000


def load(folder: Path = GOLDEN) -> list[bytes]:
    """The pages below *folder*, the same order every time; the longest are left out."""
    pages = [file.read_bytes() for file in sorted(folder.rglob("*.html"))]
    short = [page for page in pages if len(page) <= MAX_BYTES]
    return short or sorted(pages, key=len)[:20]


def pack(page: bytes, address: int) -> bytes:
    """A page with the number of its address in front: one string of bytes for libFuzzer."""
    return bytes([address]) + page


def unpack(data: bytes) -> tuple[bytes, str | None]:
    """The page and the address in *data*."""
    return data[1:], ADDRESSES[data[0] % len(ADDRESSES)] if data else None
