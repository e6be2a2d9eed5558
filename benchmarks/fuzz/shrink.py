"""A page that fails, made as small as it can be while it fails alike."""

from __future__ import annotations

import re
import time
from collections.abc import Callable

_PARTS = re.compile(rb"<[^<>]*>|[^<>]+|<|>")


def shrink(page: bytes, fails: Callable[[bytes], bool], *, seconds: float = 30.0) -> bytes:
    """The smallest part of *page* found within *seconds* for which *fails* still holds.

    Runs of tags and texts are left out, long runs first; then single bytes.
    """
    until = time.monotonic() + seconds
    parts = _PARTS.findall(page)
    parts = _leave_out(parts, lambda kept: fails(b"".join(kept)), until)
    small = b"".join(parts)
    if len(small) > 2_000:
        return small
    letters = [small[place : place + 1] for place in range(len(small))]
    return b"".join(_leave_out(letters, lambda kept: fails(b"".join(kept)), until))


def _leave_out(
    parts: list[bytes], fails: Callable[[list[bytes]], bool], until: float
) -> list[bytes]:
    size = max(1, len(parts) // 2)
    while True:
        place, shorter = 0, False
        while place < len(parts) and time.monotonic() < until:
            kept = parts[:place] + parts[place + size :]
            if fails(kept):
                parts, shorter = kept, True
            else:
                place += size
        if time.monotonic() >= until or (size == 1 and not shorter):
            return parts
        size = max(1, size // 2)
