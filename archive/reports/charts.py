"""Figures fit for a paper, as SVG that we draw ourselves; PNG is made of the same drawing. Pure.

Colours are Okabe and Ito's, which colour-blind readers tell apart, and every series has a dash
pattern of its own, so that a figure survives a black-and-white printer. Periods of which nothing
was collected are grey and have no line: a hole is not a zero.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from html import escape
from math import floor, log10
from typing import Literal
from zlib import crc32

from archive.errors import UsageError
from archive.reports.coverage import Coverage, Tally
from archive.reports.trends import SMALL_BASE, Point, Trends

Measure = Literal["share", "count"]

COLOURS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#000000")
DASHES = ("", "7 3", "2 3", "8 3 2 3", "12 4", "4 2", "1 3")

_FONT = "'Source Sans 3','Noto Sans','DejaVu Sans',Arial,sans-serif"
_INK, _QUIET, _GRID, _HOLE = "#222", "#666", "#e2e2e2", "#dedede"
_WIDTH, _HEIGHT = 840, 430
_LEFT, _RIGHT, _TOP, _BOTTOM = 62, 24, 80, 68
_ROW = 20

#: A legend shows so many letters of a term.
_LONGEST_TERM = 60


#: What a figure says beside its numbers; another language gives the same keys.
ENGLISH = {
    "share": "share of the articles",
    "count.day": "articles a day",
    "count.week": "articles a week",
    "count.month": "articles a month",
    "count.year": "articles a year",
    "partial": "partly collected",
    "none": "not collected",
    "small": f"small dot: of fewer than {SMALL_BASE} articles",
    "equal": "= line {number}",
    "base": "Base: {total} articles ({said})",
    "bases": "Base of each line: what its own filters leave",
    "point": "{label}, {term}: {count} of {total}",
}


def trend_chart(
    trends: Trends,
    *,
    measure: Measure = "share",
    title: str = "",
    source: str = "",
    words: Mapping[str, str] = ENGLISH,
) -> str:
    """One line for each term, over time, all of them on one scale that fits what is drawn.

    A share of very few articles jumps to 100 %: it is drawn thin and small, does not stretch the
    scale, and is a point upwards where it lies above. Of lines with equal values each is seen: the
    first is the widest.
    """
    points, terms = trends.points, range(len(trends.terms))
    top = _nice_top(_highest(points, len(trends.terms), measure))
    lines = [[_value(point, term, measure) for point in points] for term in terms]
    legend, rows = _legend(trends, title, lines, words)
    body = [
        f'<g transform="translate(0 {(rows - 1) * _ROW})">',
        *_holes(points),
        *_y_axis(top, measure, words["share" if measure == "share" else f"count.{trends.by}"]),
        *_x_axis(points),
        *(line for term in terms for line in _series(trends, term, measure, top, lines, words)),
        *_footer(trends, source, measure, words),
        "</g>",
        *legend,
    ]
    label = title or f"{', '.join(trends.terms)} by {trends.by}"
    return _svg(_WIDTH, _HEIGHT + (rows - 1) * _ROW, label, body)


def _highest(points: Sequence[Point], terms: int, measure: Measure) -> float:
    """The highest value that the scale must hold."""
    values = [
        (value, measure == "share" and point.small(term))
        for point in points
        for term in range(terms)
        if (value := _value(point, term, measure)) is not None
    ]
    sound = [value for value, small in values if not small]
    # Where every share is one of few articles, or the others are nothing, there is no better scale.
    return max(sound, default=0) or max((value for value, _ in values), default=0)


def _value(point: Point, term: int, measure: Measure) -> float | None:
    if point.state == "none":
        return None
    return point.share(term) if measure == "share" else point.counts[term]


def _x(index: int, points: Sequence[Point]) -> float:
    """The middle of a period's column."""
    return _LEFT + (index + 0.5) * (_WIDTH - _LEFT - _RIGHT) / max(len(points), 1)


def _y(value: float, top: float) -> float:
    return _HEIGHT - _BOTTOM - value / top * (_HEIGHT - _TOP - _BOTTOM)


def _holes(points: Sequence[Point]) -> Iterator[str]:
    """Grey columns: all grey where nothing was collected, hatched where only a part was."""
    width = (_WIDTH - _LEFT - _RIGHT) / max(len(points), 1)
    height = _HEIGHT - _TOP - _BOTTOM
    for index, point in enumerate(points):
        if point.state == "collected":
            continue
        fill = _HOLE if point.state == "none" else "url(#hatch)"
        yield (
            f'<rect x="{_LEFT + index * width:.1f}" y="{_TOP}" width="{width + 0.2:.1f}"'
            f' height="{height}" fill="{fill}"/>'
        )


def _y_axis(top: float, measure: Measure, said: str) -> Iterator[str]:
    for step in range(5):
        value = top * step / 4
        y = _y(value, top)
        yield _rule(y, _GRID)
        yield _text(_LEFT - 8, y + 4, _tick(value, measure), anchor="end", fill=_QUIET)
    yield _text(_LEFT, _TOP - 12, said, fill=_QUIET)


def _rule(y: float, colour: str) -> str:
    return (
        f'<line x1="{_LEFT}" x2="{_WIDTH - _RIGHT}" y1="{y:.1f}" y2="{y:.1f}" stroke="{colour}"/>'
    )


def _tick(value: float, measure: Measure) -> str:
    if measure == "share":
        return f"{value * 100:.3g} %"
    return f"{value:,.0f}" if value == int(value) else f"{value:,.1f}"


def _nice_top(highest: float) -> float:
    """The smallest round number above *highest* that four grid lines part into round numbers.

    >>> _nice_top(0.043), _nice_top(17), _nice_top(0)
    (0.06, 20.0, 1.0)
    """
    if highest <= 0:
        return 1.0
    power = 10.0 ** floor(log10(highest))
    for factor in (1, 1.2, 1.6, 2, 2.4, 3, 4, 6, 8, 10):
        if highest <= factor * power * 1.0001:
            return round(factor * power, 12)
    return 10 * power


def _x_axis(points: Sequence[Point]) -> Iterator[str]:
    base = _HEIGHT - _BOTTOM
    yield _rule(base, _INK)
    marks = _marks(points)
    room = max(1, len(marks) * 46 // (_WIDTH - _LEFT - _RIGHT) + 1)
    for number, (index, label) in enumerate(marks):
        x = _x(index, points)
        yield f'<line x1="{x:.1f}" x2="{x:.1f}" y1="{base}" y2="{base + 5}" stroke="{_INK}"/>'
        if number % room == 0:
            yield _text(x, base + 19, label, anchor="middle", fill=_QUIET)


def _marks(points: Sequence[Point]) -> list[tuple[int, str]]:
    """Where the axis is marked: at each year if there are several, otherwise at each period."""
    years = {point.first[:4] for point in points}
    if len(years) <= 2 and len(points) <= 40:
        return [(index, point.label) for index, point in enumerate(points)]
    cut = 4 if len(years) > 2 else 7
    marks, before = [], ""
    for index, point in enumerate(points):
        if point.first[:cut] != before:
            marks.append((index, point.first[:cut]))
            before = point.first[:cut]
    return marks


def _series(
    trends: Trends,
    term: int,
    measure: Measure,
    top: float,
    lines: list[list[float | None]],
    words: Mapping[str, str],
) -> Iterator[str]:
    points = trends.points
    colour, dash = COLOURS[term % len(COLOURS)], DASHES[term % len(DASHES)]
    width = 1.8 + 2.4 * sum(line == lines[term] for line in lines[term + 1 :])
    runs: list[tuple[bool, list[str]]] = []
    dots: list[str] = []
    before: tuple[str, bool] | None = None
    for index, point in enumerate(points):
        value = lines[term][index]
        if value is None:
            before = None
            continue
        x, y = _x(index, points), _y(min(value, top), top)
        here, small = f"{x:.1f},{y:.1f}", measure == "share" and point.small(term)
        if before is not None:
            thin = small or before[1]
            if runs and runs[-1][0] == thin and runs[-1][1][-1] == before[0]:
                runs[-1][1].append(here)
            else:
                runs.append((thin, [before[0], here]))
        before = here, small
        said = words["point"].format(
            label=point.label,
            term=trends.terms[term],
            count=point.counts[term],
            total=point.totals[term],
        )
        fill = colour if point.state == "collected" else "#fff"
        radius = 1.4 if small else 1.7 + width / 2
        shape = f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}"'
        if value > top:  # higher than the scale
            shape = (
                f'<path d="M{x - 3.5:.1f} {y + 6:.1f}L{x:.1f} {y:.1f}L{x + 3.5:.1f} {y + 6:.1f}Z"'
            )
        tag = shape[1 : shape.index(" ")]
        dots.append(
            f'{shape} fill="{fill}" stroke="{colour}"><title>{escape(said)}</title></{tag}>'
        )
    for thin, run in runs:
        yield (
            f'<polyline points="{" ".join(run)}" fill="none" stroke="{colour}"'
            f' stroke-width="{width - thin:.1f}" stroke-linejoin="round"'
            f' stroke-dasharray="{dash}"/>'
        )
    if len(points) <= 72 or any(value is None for value in lines[term]):
        yield from dots


def _legend(
    trends: Trends, title: str, lines: list[list[float | None]], words: Mapping[str, str]
) -> tuple[list[str], int]:
    """The terms with their strokes, and how many rows they take."""
    drawn = [_text(_LEFT, 22, title, size=15, weight="600")] if title else []
    x, y, rows = float(_LEFT), 40.0 if title else 28.0, 1
    for number, term in enumerate(trends.terms):
        colour, dash = COLOURS[number % len(COLOURS)], DASHES[number % len(DASHES)]
        said = term if len(term) <= _LONGEST_TERM else f"{term[:_LONGEST_TERM]}…"
        equal = lines.index(lines[number])
        if equal < number:
            said += f" ({words['equal'].format(number=equal + 1)})"
        wide = 32 + 7.4 * len(said) + 26
        if x > _LEFT and x + wide > _WIDTH:
            x, y, rows = float(_LEFT), y + _ROW, rows + 1
        drawn.append(
            f'<line x1="{x:.0f}" x2="{x + 26:.0f}" y1="{y - 4}" y2="{y - 4}" stroke="{colour}"'
            f' stroke-width="2.4" stroke-dasharray="{dash}"/>'
        )
        drawn.append(_text(x + 32, y, said, size=13))
        x += wide
    return drawn, rows


def _footer(
    trends: Trends, source: str, measure: Measure, words: Mapping[str, str]
) -> Iterator[str]:
    """What a reader must know to read the figure: the base, the holes, the source."""
    if trends.base is None:
        said = words["bases"]
    else:
        total = sum(point.totals[0] for point in trends.points)
        said = words["base"].format(
            total=f"{total:,}", said=trends.base.removeprefix("every article, ")
        )
    yield _text(_LEFT, _HEIGHT - 26, said, size=11, fill=_QUIET)
    yield _text(_LEFT, _HEIGHT - 10, source, size=11, fill=_QUIET)
    if measure == "share" and any(
        point.small(term) for point in trends.points for term in range(len(trends.terms))
    ):
        yield _text(
            _WIDTH - _RIGHT, _HEIGHT - 10, words["small"], size=11, anchor="end", fill=_QUIET
        )
    x, y = _WIDTH - _RIGHT, _TOP - 12
    for state, fill in (("partial", "url(#hatch)"), ("none", _HOLE)):
        if any(point.state == state for point in trends.points):
            x -= 7 + 6 * len(words[state])
            yield _text(x, y, words[state], size=11, fill=_QUIET)
            x -= 18
            yield f'<rect x="{x}" y="{y - 10}" width="13" height="11" fill="{fill}" stroke="#bbb"/>'
            x -= 12


_LEVELS = ("#cfe3f2", "#92c1e2", "#4a94c8", "#1d6aa5", "#0b4374")
_CELL, _GUTTER = 12, 58


def calendar(coverage: Coverage, *, title: str = "", source: str = "") -> str:
    """A cell for each day, a strip for each year: how much is stored, what is missing."""
    if coverage.first is None or coverage.last is None:
        raise UsageError("there is nothing in the archive to draw")
    first, last = date.fromisoformat(coverage.first), date.fromisoformat(coverage.last)
    years = range(first.year, last.year + 1)
    counts = sorted(tally.stored for tally in coverage.days.values() if tally.stored)
    strip = 7 * _CELL + 16
    width, height = _GUTTER + 54 * _CELL + 20, 56 + len(years) * strip + 40
    body = [_text(_GUTTER, 22, title or "Articles stored, by day", size=15, weight="600")]
    for month in range(12):
        week = (date(2024, month + 1, 1) - date(2024, 1, 1)).days // 7
        body.append(_text(_GUTTER + week * _CELL, 44, f"{month + 1}", size=11, fill=_QUIET))
    for number, year in enumerate(years):
        y = 52 + number * strip
        body.append(_text(_GUTTER - 10, y + 4 * _CELL, str(year), anchor="end", fill=_QUIET))
        day = max(first, date(year, 1, 1))
        while day <= min(last, date(year, 12, 31)):
            body.append(_day_cell(day, y, coverage.days.get(day.isoformat()), counts))
            day += timedelta(days=1)
    body.extend(_calendar_legend(height - 18, source))
    return _svg(width, height, title or "Coverage by day", body)


def _day_cell(day: date, top: int, tally: Tally | None, counts: list[int]) -> str:
    offset = date(day.year, 1, 1).weekday()
    week, weekday = divmod((day - date(day.year, 1, 1)).days + offset, 7)
    stored = tally.stored if tally else 0
    lost = tally.failed + tally.blocked + tally.due if tally else 0
    fill = level_colour(stored, counts) if stored else _HOLE
    said = f"{day.isoformat()}: {stored} stored" + (f", {lost} missing" if lost else "")
    edge = ' stroke="#d55e00" stroke-width="1.4"' if lost else ""
    return (
        f'<rect x="{_GUTTER + week * _CELL}" y="{top + weekday * _CELL}" width="{_CELL - 2}"'
        f' height="{_CELL - 2}" rx="2" fill="{fill}"{edge}><title>{said}</title></rect>'
    )


def level(stored: int, counts: list[int]) -> int:
    """How full a day is among *counts* (sorted): 0 to 4, by fifths."""
    below = sum(1 for count in counts if count < stored)
    return min(below * 5 // max(len(counts), 1), 4)


def level_colour(stored: int, counts: list[int]) -> str:
    """The colour of a day with so many articles."""
    return _LEVELS[level(stored, counts)]


def _calendar_legend(y: int, source: str) -> Iterator[str]:
    x = _GUTTER
    for fill, edge, label in (
        (_HOLE, "", "no article"),
        (_LEVELS[0], "", "few"),
        (_LEVELS[4], "", "many"),
        ("#fff", ' stroke="#d55e00" stroke-width="1.4"', "listed, not stored"),
    ):
        yield f'<rect x="{x}" y="{y - 9}" width="10" height="10" rx="2" fill="{fill}"{edge}/>'
        yield _text(x + 15, y, label, size=11, fill=_QUIET)
        x += 15 + 7 * len(label) + 16
    if source:
        yield _text(_GUTTER + 54 * _CELL, y, source, size=11, anchor="end", fill=_QUIET)


def _text(
    x: float,
    y: float,
    text: str,
    *,
    size: int = 12,
    anchor: str = "start",
    fill: str = _INK,
    weight: str = "400",
) -> str:
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" text-anchor="{anchor}" fill="{fill}"'
        f' font-weight="{weight}">{escape(text)}</text>'
    )


def _svg(width: int, height: int, label: str, body: list[str]) -> str:
    lines = "\n".join(body)
    return f"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}"\
 width="{width}" height="{height}" font-family="{_FONT}" role="img" aria-label="{escape(label)}">
<!-- khobao --><defs><pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse"\
 patternTransform="rotate(45)"><rect width="6" height="6" fill="#fff"/>\
<line x1="0" x2="0" y1="0" y2="6" stroke="#ccc" stroke-width="3"/></pattern></defs>
<rect width="{width}" height="{height}" fill="#fff"/>
{lines}
</svg>
"""


def png(svg: str) -> bytes:
    """The same drawing in pixels, large enough for print (about 300 dots an inch at 16 cm)."""
    try:
        import resvg_py
    except ImportError as error:
        raise UsageError(
            "PNG needs resvg; install it with: pip install 'khobao[plot]', or write .svg"
        ) from error
    pixels = bytes(resvg_py.svg_to_bytes(svg_string=svg, zoom=2, dpi=96))
    # Says who drew it, after the signature and the header: an export replaces nobody else's.
    said = b"tEXtSoftware\0khobao"
    chunk = (len(said) - 4).to_bytes(4, "big") + said + crc32(said).to_bytes(4, "big")
    return pixels[:33] + chunk + pixels[33:]
