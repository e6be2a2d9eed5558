"""The growth chart of the front page: a bar for each month, a label for each year."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from html import escape

from archive.reports.charts.svg import GRID, QUIET

#: At most so many months are drawn: one stray date must not squeeze the rest into a few pixels.
_MOST = 40 * 12
_HEIGHT = 140


def growth_chart(
    months: Mapping[str, int],
    *,
    label: str,
    describe: Callable[[str, int], str],
    link: Callable[[str], str],
) -> str:
    """Draw the number of articles by month (``2018-01``); empty without a month.

    The chart is as wide as its place: x is in percent, y in pixels, so letters keep their size. A
    month without articles keeps its place: a gap must be seen as one. *describe* gives the tooltip
    of a month, *link* its address.
    """
    counts = {
        _number(month): count for month, count in months.items() if count and _is_month(month)
    }
    if not counts:
        return ""
    last, highest = max(counts), max(counts.values())
    first = max(min(counts), last - _MOST + 1)
    first -= first % 12
    step = 100 / max(last - first + 1, 12)
    body = [
        f'<line class="grid" x1="0" x2="100%" y1="{_HEIGHT}.5" y2="{_HEIGHT}.5" stroke="{GRID}"/>'
    ]
    for number, count in sorted(counts.items()):
        if number < first:
            continue
        month = f"{number // 12:04d}-{number % 12 + 1:02d}"
        height = max(count / highest * _HEIGHT, 1.5)
        x = (number - first) * step
        body.append(
            f'<a href="{escape(link(month))}" tabindex="-1"><rect class="bar" fill="#1d6aa5"'
            f' x="{x:.3f}%" y="{_HEIGHT - height:.2f}" width="{step * 0.8:.3f}%"'
            f' height="{height:.2f}"><title>{escape(describe(month, count))}</title></rect></a>'
        )
    years = range(first // 12, last // 12 + 1)
    # At most eight labels, so that they stand apart on a phone too.
    for year in years[:: -(-len(years) // 8)]:
        x = (year * 12 - first) * step
        place = 'x="100%" text-anchor="end"' if x > 90 else f'x="{x:.3f}%"'
        body.append(
            f'<text class="quiet" {place} y="{_HEIGHT + 20}" font-size="12" fill="{QUIET}">'
            f"{year}</text>"
        )
    lines = "\n".join(body)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="100%" height="{_HEIGHT + 24}" role="img"'
        f' aria-label="{escape(label)}">\n{lines}\n</svg>'
    )


def _is_month(name: str) -> bool:
    """Whether *name* is a year and a month.

    >>> [_is_month(name) for name in ("2018-01", "2018-13", "2018-1", "mai")]
    [True, False, False, False]
    """
    return (
        len(name) == 7
        and name[4] == "-"
        and name.isascii()
        and name[:4].isdecimal()
        and name[5:].isdecimal()
        and 1 <= int(name[5:]) <= 12
    )


def _number(month: str) -> int:
    """Months since year 0."""
    return int(month[:4]) * 12 + int(month[5:]) - 1
