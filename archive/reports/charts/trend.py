"""The trend chart: one line for each term, over time.

Colours are Okabe and Ito's, which colour-blind readers tell apart, and every series has a dash
pattern of its own, so that a figure can be printed in black and white. Periods without any
collected article are grey and have no line: a gap is not a zero.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from math import floor, log10
from typing import Literal

from archive.reports.charts.svg import GRID, INK, NONE, PAPER, svg, text
from archive.reports.trends import SMALL_BASE, Point, Trends

Measure = Literal["share", "count"]

COLOURS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#000000")
DASHES = ("", "7 3", "2 3", "8 3 2 3", "12 4", "4 2", "1 3")

#: A page with more lines than this cannot be read.
MAX_TERMS = 6

_WIDTH, _HEIGHT = 840, 430
_LEFT, _RIGHT, _TOP, _BOTTOM = 62, 24, 80, 68
_INNER_WIDTH, _INNER_HEIGHT = _WIDTH - _LEFT - _RIGHT, _HEIGHT - _TOP - _BOTTOM
_BASE = _HEIGHT - _BOTTOM
_ROW = 20

#: With more lines than this, their bands would hide each other.
_BANDS = 3

#: How many letters of a term the legend shows.
_LONGEST_TERM = 60

#: With more periods than this, single values have no dot; with more than that, no tooltip.
_DOTS, _TOOLTIPS = 72, 1_100

#: The words of a figure; another language gives the same keys.
ENGLISH = {
    "share": "share of the articles",
    "count.day": "articles a day",
    "count.week": "articles a week",
    "count.month": "articles a month",
    "count.year": "articles a year",
    "partial": "partly collected",
    "none": "not collected",
    "small": f"small dot: fewer than {SMALL_BASE} articles",
    "band": "band: 95 % confidence",
    "equal": "= line {number}",
    "base": "Base: {total} articles ({said})",
    "bases": "Each line is a share of the articles that its own filters select",
    "point": "{term}: {count} of {total}",
}


def _number(value: float) -> str:
    return f"{value:,}"


def trend_chart(
    trends: Trends,
    *,
    measure: Measure = "share",
    title: str = "",
    source: str = "",
    label: str = "",
    words: Mapping[str, str] = ENGLISH,
    number: Callable[[float], str] = _number,
) -> str:
    """One line for each term over time, all on one scale.

    A share of very few articles jumps to 100 %: it is drawn thin and small, does not stretch the
    scale, and is an arrow where it lies above the scale. Lines with equal values stay visible: the
    first is the widest. Screen readers read *label*; *number* formats numbers for the language of
    *words*.
    """
    figure = _Figure(trends, measure, words, number)
    legend, rows = figure.legend(title)
    body = [
        f'<g transform="translate(0 {(rows - 1) * _ROW})">',
        *figure.holes(),
        *figure.y_axis(),
        *figure.x_axis(),
        *(line for term in range(len(trends.terms)) for line in figure.series(term)),
        *figure.footer(source),
        *figure.columns(),
        "</g>",
        *legend,
    ]
    label = label or title or f"{', '.join(trends.terms)} by {trends.by}"
    return svg(_WIDTH, _HEIGHT + (rows - 1) * _ROW, label, body)


@dataclass
class _Figure:
    """One trend chart; each method draws a part of it."""

    trends: Trends
    measure: Measure
    words: Mapping[str, str]
    number: Callable[[float], str]

    def __post_init__(self) -> None:
        self.points = self.trends.points
        self.terms = range(len(self.trends.terms))
        self.lines = [[self._value(point, term) for point in self.points] for term in self.terms]
        self.top = nice_top(self._highest())
        self.step = _INNER_WIDTH / max(len(self.points), 1)

    def _value(self, point: Point, term: int) -> float | None:
        if point.state == "none":
            return None
        return point.share(term) if self.measure == "share" else point.counts[term]

    def _small(self, point: Point, term: int) -> bool:
        return self.measure == "share" and point.small(term)

    @property
    def _banded(self) -> bool:
        """Whether the shares are drawn with their confidence intervals."""
        return self.measure == "share" and len(self.lines) <= _BANDS

    def _bands(self, term: int) -> Iterator[str]:
        """The 95 % confidence interval around each unbroken piece of a line, cut at the scale.

        None around shares of few articles: their bands would fill the figure, and they are marked.
        """
        piece: list[tuple[float, float, float]] = []
        for index, point in enumerate(self.points):
            known = point.state != "none" and not point.small(term)
            interval = point.interval(term) if known else None
            if interval is not None:
                low, high = (self._y(min(bound, self.top)) for bound in interval)
                piece.append((self._x(index), low, high))
            if piece and (interval is None or index == len(self.points) - 1):
                around = [(x, high) for x, _, high in piece]
                around += [(x, low) for x, low, _ in reversed(piece)]
                places = " ".join(f"{x:.1f},{y:.1f}" for x, y in around)
                yield (
                    f'<polygon class="band" points="{places}" fill="currentColor"'
                    ' fill-opacity="0.13"/>'
                )
                piece = []

    def _highest(self) -> float:
        """The highest value that the scale must hold."""
        values = [
            (value, self._small(point, term))
            for term in self.terms
            for point, value in zip(self.points, self.lines[term])
            if value is not None
        ]
        sound = [value for value, small in values if not small]
        # Where every share is one of few articles, or the others are nothing, no scale is better.
        return max(sound, default=0) or max((value for value, _ in values), default=0)

    def _x(self, index: int) -> float:
        """The middle of a period's column."""
        return _LEFT + (index + 0.5) * self.step

    def _y(self, value: float) -> float:
        return _BASE - value / self.top * _INNER_HEIGHT

    def _column(self, index: int, wider: float = 0.0) -> str:
        """The place of a period's column."""
        return (
            f'x="{_LEFT + index * self.step:.1f}" y="{_TOP}" width="{self.step + wider:.1f}"'
            f' height="{_INNER_HEIGHT}"'
        )

    def holes(self) -> Iterator[str]:
        """Grey columns: all grey where nothing was collected, hatched where only a part was."""
        for index, point in enumerate(self.points):
            if point.state != "collected":
                yield f"<rect {_state(point.state)} {self._column(index, 0.2)}/>"

    def columns(self) -> Iterator[str]:
        """An invisible column over each period: its tooltip says the numbers."""
        if len(self.points) > _TOOLTIPS:
            return
        for index, point in enumerate(self.points):
            lines = [point.label]
            if point.state != "collected":
                lines[0] += f" ({self.words[point.state]})"
            if point.state != "none":
                lines += [self._numbers(point, term) for term in self.terms]
            tooltip = escape("\n".join(lines))
            yield (
                f'<rect class="period" {self._column(index)} fill="none" pointer-events="all">'
                f"<title>{tooltip}</title></rect>"
            )

    def _numbers(self, point: Point, term: int) -> str:
        numbers = self.words["point"].format(
            term=self.trends.terms[term],
            count=self.number(point.counts[term]),
            total=self.number(point.totals[term]),
        )
        share = point.share(term)
        if share is None:
            return numbers
        few = " ~" if point.small(term) else ""
        return f"{numbers} ({self._written(round(100 * share, 2))} %{few})"

    def _written(self, value: float) -> str:
        return self.number(int(value) if value == int(value) else value)

    def y_axis(self) -> Iterator[str]:
        """Five grid lines with their values."""
        for step in range(5):
            value = self.top * step / 4
            y = self._y(value)
            yield _rule(y, "grid", GRID)
            yield text(_LEFT - 8, y + 4, self._tick(value), anchor="end")
        key = "share" if self.measure == "share" else f"count.{self.trends.by}"
        band = f" ({self.words['band']})" if self._banded else ""
        yield text(_LEFT, _TOP - 12, self.words[key] + band)

    def _tick(self, value: float) -> str:
        if self.measure == "share":
            return f"{self._written(float(f'{value * 100:.3g}'))} %"
        return self._written(round(value, 1))

    def x_axis(self) -> Iterator[str]:
        """A line with a mark for each year, month or period."""
        yield _rule(_BASE, "axis", INK)
        marks = _marks(self.points)
        room = max(1, len(marks) * 46 // _INNER_WIDTH + 1)
        for number, (index, label) in enumerate(marks):
            x = self._x(index)
            yield (
                f'<line class="axis" x1="{x:.1f}" x2="{x:.1f}" y1="{_BASE}" y2="{_BASE + 5}"'
                f' stroke="{INK}"/>'
            )
            if number % room == 0:
                yield text(x, _BASE + 19, label, anchor="middle")

    def series(self, term: int) -> Iterator[str]:
        """The line of one term with its dots."""
        line = self.lines[term]
        width = 1.8 + 2.4 * sum(other == line for other in self.lines[term + 1 :])
        yield f'<g class="series s{term}" color="{COLOURS[term % len(COLOURS)]}">'
        if self._banded:
            yield from self._bands(term)
        for thin, run in self._runs(term):
            yield (
                f'<polyline points="{" ".join(run)}" fill="none" stroke="currentColor"'
                f' stroke-width="{width - thin:.1f}" stroke-linejoin="round"'
                f' stroke-dasharray="{DASHES[term % len(DASHES)]}"/>'
            )
        if len(self.points) <= _DOTS or None in line:
            for index, value in enumerate(line):
                if value is not None:
                    yield self._dot(index, term, value, width)
        yield "</g>"

    def _runs(self, term: int) -> list[tuple[bool, list[str]]]:
        """The pieces of a line: whether a piece is thin, and its points.

        A line breaks at a period without a value. It is thin beside a share of few articles.
        """
        runs: list[tuple[bool, list[str]]] = []
        before: tuple[str, bool] | None = None
        for index, (point, value) in enumerate(zip(self.points, self.lines[term])):
            if value is None:
                before = None
                continue
            here = f"{self._x(index):.1f},{self._y(min(value, self.top)):.1f}"
            small = self._small(point, term)
            if before is not None:
                thin = small or before[1]
                if runs and runs[-1][0] == thin and runs[-1][1][-1] == before[0]:
                    runs[-1][1].append(here)
                else:
                    runs.append((thin, [before[0], here]))
            before = here, small
        return runs

    def _dot(self, index: int, term: int, value: float, width: float) -> str:
        point = self.points[index]
        x, y = self._x(index), self._y(min(value, self.top))
        filled = point.state == "collected"
        look = 'fill="currentColor"' if filled else f'class="paper" fill="{PAPER}"'
        look += ' stroke="currentColor"'
        if value > self.top:
            left, right, below = f"{x - 3.5:.1f}", f"{x + 3.5:.1f}", f"{y + 6:.1f}"
            return f'<path d="M{left} {below}L{x:.1f} {y:.1f}L{right} {below}Z" {look}/>'
        radius = 1.4 if self._small(point, term) else 1.7 + width / 2
        return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}" {look}/>'

    def legend(self, title: str) -> tuple[list[str], int]:
        """The terms with their strokes, and how many rows they take."""
        drawn = [text(_LEFT, 22, title, size=15, weight="600", quiet=False)] if title else []
        x, y, rows = float(_LEFT), 40.0 if title else 28.0, 1
        for term, name in enumerate(self.trends.terms):
            shown = name if len(name) <= _LONGEST_TERM else f"{name[:_LONGEST_TERM]}…"
            equal = self.lines.index(self.lines[term])
            if equal < term:
                shown += f" ({self.words['equal'].format(number=equal + 1)})"
            wide = 32 + 7.4 * len(shown) + 26
            if x > _LEFT and x + wide > _WIDTH:
                x, y, rows = float(_LEFT), y + _ROW, rows + 1
            drawn.append(
                f'<line class="s{term}" color="{COLOURS[term % len(COLOURS)]}" x1="{x:.0f}"'
                f' x2="{x + 26:.0f}" y1="{y - 4}" y2="{y - 4}" stroke="currentColor"'
                f' stroke-width="2.4" stroke-dasharray="{DASHES[term % len(DASHES)]}"/>'
            )
            drawn.append(text(x + 32, y, shown, size=13, quiet=False))
            x += wide
        return drawn, rows

    def footer(self, source: str) -> Iterator[str]:
        """The base of the shares, the legend of the gaps, and the source."""
        base = self.words["bases"]
        if self.trends.base is not None:
            total = sum(point.totals[0] for point in self.points)
            base = self.words["base"].format(
                total=self.number(total), said=self.trends.base.removeprefix("every article, ")
            )
        yield text(_LEFT, _HEIGHT - 26, base, size=11)
        yield text(_LEFT, _HEIGHT - 10, source, size=11)
        right = _WIDTH - _RIGHT
        if any(self._small(point, term) for point in self.points for term in self.terms):
            yield text(right, _HEIGHT - 10, self.words["small"], size=11, anchor="end")
        x, y = right, _TOP - 12
        for state in ("partial", "none"):
            if any(point.state == state for point in self.points):
                x -= 7 + 6 * len(self.words[state])
                yield text(x, y, self.words[state], size=11)
                x -= 18
                yield (
                    f'<rect {_state(state)} x="{x}" y="{y - 10}" width="13" height="11"'
                    ' stroke="#bbb"/>'
                )
                x -= 12


def _state(state: str) -> str:
    """The look of a period that was not collected, or only in part."""
    return f'class="{state}" fill="{NONE if state == "none" else "url(#hatch)"}"'


def _rule(y: float, name: str, colour: str) -> str:
    return (
        f'<line class="{name}" x1="{_LEFT}" x2="{_WIDTH - _RIGHT}" y1="{y:.1f}" y2="{y:.1f}"'
        f' stroke="{colour}"/>'
    )


def nice_top(highest: float) -> float:
    """The smallest round number above *highest* that four grid lines part into round numbers.

    >>> nice_top(0.043), nice_top(17), nice_top(0)
    (0.06, 20.0, 1.0)
    """
    if highest <= 0:
        return 1.0
    power = 10.0 ** floor(log10(highest))
    for factor in (1, 1.2, 1.6, 2, 2.4, 3, 4, 6, 8, 10):
        if highest <= factor * power * 1.0001:
            return round(factor * power, 12)
    return 10 * power


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
