"""Where an article ends that no tail closes: at the end of the box that holds its text."""

from __future__ import annotations

from crawler.layouts import boxes, furniture
from crawler.layouts.block import Block
from crawler.layouts.elements import Element
from crawler.layouts.horizon import Horizon
from crawler.layouts.looks import names_of
from crawler.stamps import is_stamp_line

#: So many verses, or pictures and captions, are an article without a line of prose.
FULL = 4
_LINES = frozenset(("p", "li", "td"))


def leaves(box: Element, blocks: list[Block], prose: int, horizon: Horizon) -> bool:
    """Whether the article ends where *box* ends, after *blocks* with so many of *prose*."""
    if prose == 0:
        return is_full(box, blocks, horizon)
    if prose > 1:
        return not boxes.goes_on_beside(box, prose, horizon)
    # One paragraph may be a lead whose text is in a box farther up, or all there is.
    return not _goes_on_about(box, prose, horizon)


def is_full(box: Element, blocks: list[Block], horizon: Horizon) -> bool:
    """Whether *box* is the text's own and holds an article without prose: verses, captions under
    pictures; or a picture, a player, a line or two, where nothing about the box goes on.
    """
    lines = [one for one in blocks if one.element.tag in _LINES or one.kind != "text"]
    if not lines:
        return False
    last = lines[-1].element
    named = False
    for up in (last, *last.iterancestors()):
        names = names_of(up)
        named = named or (
            furniture.CONTENT_NAMES.search(names) and not furniture.LEAD_NAMES.search(names)
        )
        if up is box:
            break
    else:
        return False
    if not named:
        return False
    if len(lines) >= FULL:
        return not boxes.goes_on_beside(box, len(lines), horizon)
    return _is_something(lines) and not _goes_on_about(box, 1, horizon)


def _is_something(lines: list[Block]) -> bool:
    """Whether *lines* are more than a stamp or a counter beside the title."""
    if any(block.kind != "text" for block in lines):
        return True
    return sum(len(block.text) for block in lines if not is_stamp_line(block.text)) >= 20


def _goes_on_about(box: Element, prose: int, horizon: Horizon) -> bool:
    """Whether an article goes on beside *box*, which holds so many paragraphs, or farther up."""
    around = [box, *(up for up in box.iterancestors() if up.tag not in ("body", "html"))]
    return any(boxes.goes_on_beside(up, prose, horizon) for up in around)
