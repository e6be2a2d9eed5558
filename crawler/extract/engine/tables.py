"""Data tables: a row is one paragraph, its cells parted by `SEPARATOR`.

A table that only sets the page, one column or long text in its cells, is not a data table.
"""

from __future__ import annotations

from collections.abc import Iterator

from crawler.extract.engine.dom import INLINE, PROSE, SKIPPED, Element, content_image
from crawler.extract.engine.style import computed_style
from crawler.extract.text import tidy

#: Between the cells of a row. Empty cells are left out.
SEPARATOR = " | "
#: Letters in a cell, at most: a column of remarks has some hundreds.
_CELL = 600
#: Rows of a table, at most.
_ROWS = 2_000
#: Elements that no table of figures holds.
_LAYOUT = ("table", "iframe", "video", "audio", "input", "textarea", "select", "h1")


def data_rows(table: Element) -> list[tuple[Element, str]] | None:
    """(first cell, text) of each row of *table*; None if it only sets the page.

    Half of its rows, and two at least, have several cells with text; none holds a picture, a
    player, another table or paragraphs of running text.
    """
    inside = table.iter(*_LAYOUT)
    if any(element is not table for element in inside) or content_image(table):
        return None
    rows: list[tuple[Element, str]] = []
    several = 0
    for row in table.iter("tr"):
        cells = [(cell, _text_of(cell)) for cell in row if cell.tag in ("td", "th")]
        filled = [(cell, text) for cell, text in cells if text]
        if not filled:
            continue
        if len(rows) == _ROWS or any(_is_running_text(cell, text) for cell, text in filled):
            return None
        several += len(filled) > 1
        rows.append((filled[0][0], SEPARATOR.join(text for _, text in filled)))
    return rows if several >= 2 and several * 2 >= len(rows) else None


def _is_running_text(cell: Element, text: str) -> bool:
    """Whether *cell*, which holds *text*, is set for an article's paragraphs."""
    if len(text) > _CELL:
        return True
    return sum(len(_text_of(p)) >= PROSE for p in cell.iter("p")) > 1


def _text_of(cell: Element) -> str:
    """The text of *cell* in one line."""
    return tidy("".join(_flow(cell)))


def _flow(element: Element) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        edge = "" if child.tag in INLINE else " "
        if child.tag not in SKIPPED and not computed_style(child).hidden:
            yield edge
            yield from _flow(child)
            yield edge
        yield child.tail or ""
