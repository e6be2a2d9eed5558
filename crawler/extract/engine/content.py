"""The text where a layout selects its boxes, beside what the engine reads from the title on."""

from __future__ import annotations

from crawler.extract.engine.block import Block
from crawler.extract.engine.dom import Element, string, text_of
from crawler.extract.engine.metadata import Document
from crawler.extract.engine.walker import DomWalker

#: The engine has read the boxes if it took this share of their letters outside links.
_ENOUGH = 0.9
_SPACES = " \n\r\t\xa0"


def read_content(
    engine: DomWalker, title: Element, boxes: list[Element], doc: Document
) -> tuple[DomWalker, bool]:
    """(the reader of the head and of *boxes*, whether *engine* has read something else).

    *engine* is returned where it has read the boxes. It may have read more: a ``</div>`` too many
    closes a box in the middle of the text.
    """
    inside: dict[Element | None, bool] = {None: False, **dict.fromkeys(boxes, True)}
    theirs = [block for block in engine.blocks if _is_inside(block.element, inside)]
    read = _letters(theirs)
    if read >= _ENOUGH * _letters_of(boxes):
        return engine, False
    walker = DomWalker(doc.own)
    for box in boxes:
        walker.read_box(box)
    if _letters(walker.blocks) * _ENOUGH <= read:
        return engine, False
    if _is_inside(title, inside):
        of_title = {*title.iter()}
        at = [block.element in of_title for block in walker.blocks]
        del walker.blocks[: at.index(True) + 1 if True in at else 0]
    else:
        before = _elements_before(doc.body, boxes[0])
        walker.blocks[:0] = [block for block in engine.blocks if block.element in before]
    walker.read_beside(boxes[-1])
    return walker, bool(engine.prose)


def _is_inside(element: Element, known: dict[Element | None, bool]) -> bool:
    """Whether *element* stands in one of the boxes; *known* are the answers so far."""
    if element not in known:
        about = element.getparent()
        known[element] = known[None] if about is None else _is_inside(about, known)
    return known[element]


def _letters(blocks: list[Block]) -> int:
    """Letters in *blocks*, without spaces."""
    return sum(len(block.text) - block.text.count(" ") for block in blocks)


def _letters_of(boxes: list[Element]) -> int:
    """Letters in *boxes* outside links, without spaces."""
    linked = sum(len(text_of(link)) for box in boxes for link in box.iter("a"))
    texts = [string(box) for box in boxes]
    return sum(len(text) - sum(map(text.count, _SPACES)) for text in texts) - linked


def _elements_before(body: Element, stop: Element) -> set[Element]:
    """The elements of the page that begin before *stop*."""
    before = set()
    for element in body.iter():
        if element is stop:
            break
        before.add(element)
    return before
