"""The box, table or row around a picture and its caption."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import islice

from crawler.extract.engine.block import Block
from crawler.extract.engine.dom import PROSE, Element, holds_more, string
from crawler.extract.text import tidy


def in_own_box(block: Block) -> bool:
    """Whether a box around *block* holds it and a picture, and no other text."""
    box = block.element.getparent()
    for _ in range(2):
        if box is None or box.tag in ("body", "td", "form"):
            return False
        if holds_more(box, len(block.text) + 2):
            return False
        if next(box.iter("img"), None) is not None:
            return True
        box = box.getparent()
    return False


@lru_cache(maxsize=2)
def is_picture_table(table: Element) -> bool:
    """A table about a picture, not the layout table of the whole text.

    Remembered, because each picture and line of a long table asks it anew.
    """
    if next(table.iterdescendants("table"), None) is not None:
        return False
    images = list(table.iter("img"))
    if not images or holds_more(table, 500 * len(images)):
        return False
    if sum(len(string(p)) >= PROSE for p in table.iter("p")) > len(images):
        return False
    return len(tidy(_text_before(images[0]))) < PROSE


def _text_before(picture: Element) -> str:
    """The text before *picture* in its cell."""
    cell = _cell(picture)
    about = list(picture.iterancestors())
    text = ""
    for node in cell.iter() if cell is not None else ():
        if node is picture:
            break
        text += node.text or ""
        if node not in about:  # what follows those follows the picture
            text += node.tail or ""
    return text


def in_same_item(element: Element, picture: Element) -> bool:
    """Whether both stand in one item of a list, or in none."""
    mine, its = (next(_up(one, "li"), None) for one in (element, picture))
    return mine is its


def _up(element: Element, tag: str) -> Iterator[Element]:
    """*element*, if it is a *tag*, and those about it that are, innermost first."""
    if element.tag == tag:
        yield element
    yield from element.iterancestors(tag)


def in_data_cell(element: Element) -> bool:
    """Whether *element* stands in a row of several cells: a list of people, not a byline."""
    cell = _cell(element)
    row = cell.getparent() if cell is not None else None
    cells = row.iterchildren("td", "th") if row is not None else ()
    return sum(1 for one in cells if tidy(string(one))) > 1


def lists_data(table: Element, title: Element) -> bool:
    """Whether *table* has rows of several cells, and is not the one the page is set in."""
    if table in title.iterancestors():
        return False
    rows = (row for row in table.iter("tr") if sum(1 for _ in row.iter("td", "th")) > 1)
    return len(list(islice(rows, 2))) == 2


def in_cell_beside(element: Element, picture: Element) -> bool:
    """Whether *element* stands in a later cell of the row in which *picture* has one."""
    mine, its = _cell(element), _cell(picture)
    return mine is not None and its is not None and its in mine.itersiblings(preceding=True)


def _cell(element: Element) -> Element | None:
    return next(_up(element, "td"), None)
