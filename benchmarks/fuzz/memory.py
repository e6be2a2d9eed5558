"""Whether reading pages over and over grows the process."""

from __future__ import annotations

import gc
import resource
from collections.abc import Sequence
from pathlib import Path

from benchmarks.fuzz import oracle

#: Passes before the first look: caches, arenas and lazy imports settle.
_SETTLE = 3
_PASSES = 8


def resident() -> int:
    """The memory that this process holds now, in bytes."""
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    return pages * resource.getpagesize()


def growth(pages: Sequence[tuple[bytes, str | None]]) -> int:
    """How many bytes more the process holds after eight passes than after three."""
    settled = 0
    for number in range(_PASSES):
        for page, url in pages:
            oracle.judge(page, url)
        gc.collect()
        if number + 1 == _SETTLE:
            settled = resident()
    return resident() - settled
