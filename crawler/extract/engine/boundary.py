"""The content boundary: an article without a tail ends with the box that holds its text."""

from __future__ import annotations

from collections.abc import Set
from itertools import islice
from typing import Any

from crawler.extract.bylines import looks_like_byline
from crawler.extract.engine import boilerplate, containers
from crawler.extract.engine.block import Block
from crawler.extract.engine.dom import CONTAINERS, PROSE, SKIPPED, Element, content_image, string
from crawler.extract.engine.style import class_id
from crawler.extract.stamps import is_stamp_line
from crawler.extract.text import tidy

#: This many verses, or pictures and captions, are an article without a line of prose.
FULL = 4
#: Blocks and siblings that are looked at, to see whether a text is over.
_MANY = 40
_BESIDE = 12
_UP = 3
#: Siblings that are looked at: a subhead, a picture and its caption may stand first.
_TORN = 5
_LINES = frozenset(("p", "li", "td"))


def ends_with_box(box: Element, blocks: list[Block], prose: int) -> bool:
    """Whether the article ends where *box* ends, after *blocks* with *prose* paragraphs."""
    if prose == 0:
        return is_full(box, blocks)
    if prose > 1:
        return is_signed(blocks[-1]) or not containers.goes_on_beside(box, prose)
    # One paragraph may be a lead whose text is in a box farther up, or all there is.
    return not _goes_on_about(box, prose)


def held_text(box: Element, blocks: list[Block]) -> bool:
    """Whether *box*, which was read last, held the text, and nothing after it goes on with it: no
    paragraph set like the text's, and no picture.
    """
    if not blocks or not _is_in(blocks[-1].element, box):
        return False
    prose = [block.element for block in blocks[-_MANY:] if block.is_prose]
    inside = sum(_is_in(element, box) for element in prose)
    if inside < 2 or inside * 2 < len(prose):
        return False
    how = {(element.tag, *element.items()) for element in prose}
    likely = 2 if is_signed(blocks[-1]) else 1
    for up in (box, *islice(box.iterancestors(), _UP)):
        if up.tag == "body":
            break
        for sibling in islice(up.itersiblings(), _BESIDE):
            if not containers.is_list(sibling) and _goes_on_in(sibling, how, likely):
                return False
    return True


def _goes_on_in(sibling: Element, how: Set[tuple[Any, ...]], likely: int) -> bool:
    """Whether *sibling* holds a picture, or as many paragraphs as are *likely* the text's; they are
    set as *how* tells.
    """
    if sibling.tag in SKIPPED or boilerplate.BOILERPLATE_CLASSES.search(class_id(sibling)):
        return False
    if sibling.tag == "p" or (
        (sibling.tag, *sibling.items()) in how and sibling.tag not in CONTAINERS
    ):
        text = tidy(string(sibling))  # a paragraph beside the box: a note, an appeal
        return len(text) >= PROSE // 2 and not (
            boilerplate.FOOT.match(text) or boilerplate.read_line(text)
        )
    if content_image(sibling) or next(sibling.iter("video", "iframe"), None) is not None:
        return True
    paragraphs = (
        one
        for one in sibling.iter("*")  # tags of broken markup are no names that iter would take
        if (one.tag, *one.items()) in how and len(tidy(string(one))) >= PROSE
    )
    return len(list(islice(paragraphs, likely))) == likely


def _is_in(element: Element, box: Element) -> bool:
    return element is box or box in element.iterancestors()


def has_unbalanced_div(box: Element, blocks: list[Block]) -> bool:
    """Whether a ``</div>`` too many closed *box* in the middle of the text: the paragraphs
    that follow are set like those of *blocks* and do not stand in a box of their own.
    """
    if is_signed(blocks[-1]):
        return False  # the text was over
    paragraph = next((block.element for block in reversed(blocks) if block.is_prose), None)
    if paragraph is None or paragraph.tag != "p":
        return False
    while box.getnext() is None and (parent := box.getparent()) is not None:
        if parent.tag == "body":
            return False
        box = parent
    for sibling in islice(box.itersiblings(), _TORN):
        if sibling.tag not in ("p", "div"):
            break
        if not _holds_paragraph(sibling) or next(sibling.iter("a"), None) is not None:
            break
        if next(sibling.iter("p"), sibling).items() == paragraph.items():
            text = tidy(string(sibling))
            if len(text) >= PROSE or (len(text) >= 30 and text[-1] in '.!?…”"'):
                return not (boilerplate.FOOT.match(text) or boilerplate.read_line(text))
    return False


def opens_other_content(box: Element) -> bool:
    """Whether *box*, after a text with an unbalanced ``</div>``, holds other content: it has a
    class or id, and neither a paragraph nor a picture.
    """
    return (
        box.tag in CONTAINERS
        and bool(class_id(box))
        and not (_holds_paragraph(box) or content_image(box))
    )


def _holds_paragraph(element: Element) -> bool:
    """Whether *element* is a paragraph, or a division of one."""
    return element.tag == "p" or (len(element) == 1 and element[0].tag == "p")


def is_signed(last: Block) -> bool:
    """Whether the text was over with its *last* block."""
    return not last.is_prose and looks_like_byline(last.text, marked=last.is_marked)


def is_full(box: Element, blocks: list[Block]) -> bool:
    """Whether *box* is the text's own and holds an article without prose: verses, captions under
    pictures; or a picture, a player, a line or two, where nothing about the box goes on.
    """
    lines = [one for one in blocks if one.element.tag in _LINES or one.kind != "text"]
    if not lines:
        return False
    last = lines[-1].element
    named = False
    for up in (last, *last.iterancestors()):
        classes = class_id(up)
        named = named or (
            boilerplate.CONTENT_CLASSES.search(classes)
            and not boilerplate.LEAD_CLASSES.search(classes)
        )
        if up is box:
            break
    else:
        return False
    if not named:
        return False
    if len(lines) >= FULL:
        return not containers.goes_on_beside(box, len(lines))
    return _is_something(lines) and not _goes_on_about(box, 1)


def _is_something(lines: list[Block]) -> bool:
    """Whether *lines* are more than a stamp or a counter beside the title."""
    if any(block.kind != "text" for block in lines):
        return True
    return sum(len(block.text) for block in lines if not is_stamp_line(block.text)) >= 20


def _goes_on_about(box: Element, prose: int) -> bool:
    """Whether an article goes on beside *box*, which holds *prose* paragraphs, or farther up."""
    around = [box, *(up for up in box.iterancestors() if up.tag not in ("body", "html"))]
    return any(containers.goes_on_beside(up, prose) for up in around)
