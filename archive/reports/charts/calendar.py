"""The calendar: a cell for each day, a strip for each year."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from html import escape

from archive.errors import UsageError
from archive.reports.charts.svg import NONE, PAPER, svg, text
from archive.reports.coverage import Tally

LEVELS = ("#cfe3f2", "#92c1e2", "#4a94c8", "#1d6aa5", "#0b4374")
_MISSING = ' stroke="#d55e00" stroke-width="1.4"'
_CELL, _LEFT = 12, 58

#: The legend; another language gives the same keys.
ENGLISH = {
    "empty": "no article",
    "few": "few",
    "many": "many",
    "missing": "listed, not stored",
}


def _english(day: date, tally: Tally | None) -> str:
    stored, missing = (tally.stored, tally.missing) if tally else (0, 0)
    return f"{day.isoformat()}: {stored} stored" + (f", {missing} missing" if missing else "")


def calendar(
    days: Mapping[str, Tally],
    first: str | None,
    last: str | None,
    *,
    title: str = "Articles stored, by day",
    words: Mapping[str, str] = ENGLISH,
    describe: Callable[[date, Tally | None], str] = _english,
    link: Callable[[date], str] | None = None,
) -> str:
    """Draw the days from *first* to *last* (ISO): how many articles are stored, which are missing.

    *describe* gives the tooltip of a day; *link* the address of a day that has articles. Raises
    UsageError where there is no day.
    """
    if first is None or last is None:
        raise UsageError("there is nothing in the archive to draw")
    begin, end = date.fromisoformat(first), date.fromisoformat(last)
    years = range(begin.year, end.year + 1)
    counts = sorted(tally.stored for tally in days.values() if tally.stored)
    strip = 7 * _CELL + 16
    width, height = _LEFT + 54 * _CELL + 20, 56 + len(years) * strip + 40
    body = [text(_LEFT, 22, title, size=15, weight="600", quiet=False)] if title else []
    for month in range(12):
        week = (date(2024, month + 1, 1) - date(2024, 1, 1)).days // 7
        body.append(text(_LEFT + week * _CELL, 44, f"{month + 1}", size=11))
    for number, year in enumerate(years):
        y = 52 + number * strip
        body.append(text(_LEFT - 10, y + 4 * _CELL, str(year), anchor="end"))
        day, until = max(begin, date(year, 1, 1)), min(end, date(year, 12, 31))
        while day <= until:
            tally = days.get(day.isoformat())
            cell = _cell(day, y, tally, counts, describe(day, tally))
            if link and tally and tally.stored:
                cell = f'<a href="{escape(link(day))}" tabindex="-1">{cell}</a>'
            body.append(cell)
            if day == date.max:
                break
            day += timedelta(days=1)
    body.extend(_legend(height - 18, words))
    return svg(width, height, title, body)


def _cell(day: date, top: int, tally: Tally | None, counts: list[int], tooltip: str) -> str:
    january = date(day.year, 1, 1)
    week, weekday = divmod((day - january).days + january.weekday(), 7)
    return _square(
        _LEFT + week * _CELL,
        top + weekday * _CELL,
        level(tally.stored, counts) if tally and tally.stored else None,
        missing=bool(tally and tally.missing),
        title=tooltip,
    )


def _square(x: int, y: int, shade: int | None, *, missing: bool = False, title: str = "") -> str:
    name, fill = ("none", NONE) if shade is None else (f"c{shade}", LEVELS[shade])
    inside = f"<title>{escape(title)}</title>" if title else ""
    return (
        f'<rect class="{name}{" missing" if missing else ""}" x="{x}" y="{y}" width="{_CELL - 2}"'
        f' height="{_CELL - 2}" rx="2" fill="{fill}"{_MISSING if missing else ""}>{inside}</rect>'
    )


def level(stored: int, counts: list[int]) -> int:
    """How full a day is among *counts* (sorted): 0 to 4, by fifths.

    >>> [level(stored, [1, 2, 3, 4, 5]) for stored in (1, 3, 5)]
    [0, 2, 4]
    """
    below = sum(1 for count in counts if count < stored)
    return min(below * 5 // max(len(counts), 1), 4)


def _legend(y: int, words: Mapping[str, str]) -> Iterator[str]:
    x = _LEFT
    for shade, missing, key in (
        (None, False, "empty"),
        (0, False, "few"),
        (4, False, "many"),
        (None, True, "missing"),
    ):
        square = _square(x, y - 9, shade, missing=missing)
        yield square.replace(NONE, PAPER) if missing else square
        yield text(x + 15, y, words[key], size=11)
        x += 15 + 7 * len(words[key]) + 16
