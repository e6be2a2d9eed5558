"""The geometry of the small pictures that the server draws; the templates draw the SVG itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

#: The growth chart is as wide as its place, so x is in percent; its height is in pixels.
WIDTH, HEIGHT = 100.0, 140


@dataclass(frozen=True, slots=True)
class Bar:
    """One month of the growth chart."""

    month: str
    articles: int
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Growth:
    """The growth chart: a bar for each month, a label for each year."""

    bars: list[Bar]
    years: list[tuple[str, float]]
    most: int


def growth(months: list[dict[str, Any]]) -> Growth | None:
    """Lay out how many articles the paper dates to each month; None without any.

    Months without an article keep their place: a gap must be seen as one.
    """
    counts = {
        row["month"]: row["dated"] for row in months if row["dated"] and _is_month(row["month"])
    }
    if not counts:
        return None
    first, last = _number(min(counts)), _number(max(counts))
    # A stray date far off must not squeeze the rest into a few pixels: at most 40 years are drawn.
    first = max(first, last - 40 * 12 + 1)
    first -= first % 12
    total = max(last - first + 1, 12)
    step = WIDTH / total
    most = max(counts.values())
    bars, years = [], []
    for index in range(total):
        year, month = divmod(first + index, 12)
        name = f"{year:04d}-{month + 1:02d}"
        if month == 0:
            years.append((str(year), round(index * step, 3)))
        if articles := counts.get(name, 0):
            height = max(articles / most * HEIGHT, 1.5)
            bars.append(
                Bar(
                    name,
                    articles,
                    round(index * step, 3),
                    round(HEIGHT - height, 2),
                    round(step * 0.8, 3),
                    round(height, 2),
                )
            )
    # At most eight labels, so that they stand apart on a phone too.
    keep = -(-len(years) // 8)
    return Growth(bars, years[::keep], most)


def _is_month(text: str) -> bool:
    return len(text) == 7 and text[4] == "-" and text[:4].isdecimal() and text[5:] in _MONTHS


_MONTHS = {f"{month:02d}" for month in range(1, 13)}


def _number(month: str) -> int:
    return int(month[:4]) * 12 + int(month[5:]) - 1
