"""Where an article ends that no tail closes: at the end of the box that holds its text."""

from __future__ import annotations

from crawler.layouts import boxes, furniture
from crawler.layouts.block import Block
from crawler.layouts.elements import Element
from crawler.layouts.horizon import Horizon
from crawler.layouts.looks import names_of

#: So many verses, or pictures and captions, are an article without a line of prose.
FULL = 4


def leaves(box: Element, blocks: list[Block], prose: int, horizon: Horizon) -> bool:
    """Whether the article ends where *box* ends, after *blocks* with so many of *prose*."""
    if prose == 0:
        return is_full(box, blocks, horizon)
    if prose > 1:
        return not boxes.goes_on_beside(box, prose, horizon)
    # One paragraph may be a lead whose text is in a box farther up, or all there is.
    around = [box, *(up for up in box.iterancestors() if up.tag not in ("body", "html"))]
    return not any(boxes.goes_on_beside(up, prose, horizon) for up in around)


def is_full(box: Element, blocks: list[Block], horizon: Horizon) -> bool:
    """Whether *box* is the text's own and holds an article without prose: verses, or captions
    under pictures.
    """
    lines = [block.element for block in blocks if block.element.tag == "p" or block.kind == "image"]
    if len(lines) < FULL:
        return False
    content = False
    for up in (lines[-1], *lines[-1].iterancestors()):
        content = content or furniture.CONTENT_NAMES.search(names_of(up))
        if up is box:
            return content and not boxes.goes_on_beside(box, len(lines), horizon)
    return False
