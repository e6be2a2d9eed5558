"""Which number the CMS gave to an article of a given time.

The points are the paper's own (SEEN on real pages); between them 18 to 25 numbers a day pass in A
and about 50 in C, so a made-up article gets a number that the real paper could have given it.
"""

from __future__ import annotations

from bisect import bisect_right
from datetime import datetime

from archive.models import Generation

_KNOWN: dict[Generation, tuple[tuple[str, int], ...]] = {
    "A": (
        ("2012-06-20", 23014),
        ("2015-01-05", 45867),
        ("2015-04-24", 48437),
        ("2016-04-17", 57543),
        ("2018-08-06", 78760),
        ("2018-11-09", 80760),
        ("2019-05-02", 84085),
        ("2019-11-25", 87993),
        ("2020-10-18", 93852),
        ("2021-10-07", 101204),
        ("2022-10-18", 108942),
        ("2023-12-12", 118815),
        ("2024-07-03", 123669),
        ("2025-05-20", 131560),
    ),
    "B": (("2025-07-27", 1047447), ("2025-10-22", 1050912)),
    "C": (("2026-01-18", 235582), ("2026-02-13", 236888)),
}

_POINTS = {
    generation: [(datetime.fromisoformat(day), number) for day, number in points]
    for generation, points in _KNOWN.items()
}


def number_at(generation: Generation, stamp: datetime) -> int:
    """The number that *generation* had reached at *stamp*, continued beyond the known points."""
    points = _POINTS[generation]
    place = bisect_right(points, (stamp, 0))
    place = min(max(place, 1), len(points) - 1)
    (since, low), (until, high) = points[place - 1], points[place]
    return low + int((stamp - since) / (until - since) * (high - low))
