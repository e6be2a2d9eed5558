"""What stands about a picture and its caption: a box, a table, the cells of a row."""

from __future__ import annotations

from crawler.layouts.block import Block
from crawler.layouts.elements import Element, holds_more
from crawler.layouts.horizon import Horizon


def in_own_box(block: Block, horizon: Horizon) -> bool:
    """Whether a box about *block* holds it and a picture, and no other word."""
    box = block.element.getparent()
    for _ in range(2):
        if box is None or box.tag in ("body", "td", "form"):
            return False
        if holds_more(box, len(block.text) + 2):
            return False
        horizon.reach(box)
        if next(box.iter("img"), None) is not None:
            return True
        box = box.getparent()
    return False


def is_picture_table(table: Element) -> bool:
    """A table about a picture, not the layout table of the whole text."""
    if next(table.iter("table"), table) is not table:
        return False
    images = sum(1 for _ in table.iter("img"))
    return images > 0 and not holds_more(table, 500 * images)


def in_cell_beside(element: Element, picture: Element) -> bool:
    """Whether *element* stands in a later cell of the row in which *picture* has one."""
    mine, its = _cell(element), _cell(picture)
    return mine is not None and its is not None and its in mine.itersiblings(preceding=True)


def _cell(element: Element) -> Element | None:
    return element if element.tag == "td" else next(element.iterancestors("td"), None)
