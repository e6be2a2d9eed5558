"""Makes trees shallow that are nested too deep to walk, without losing a word.

Editors leave hundreds of wrappers about a text, or open one ``<font>`` after the other without ever
closing one. Browsers show such a page as any other.
"""

from __future__ import annotations

from lxml import etree

#: What libxml2 reads without being told that a page is huge; a walk of ours takes three calls of a
#: function for each.
MAX_DEPTH = 200
#: What libxml2 reads at most.
DEEPEST = 2048

_INLINE = ("span", "font", "b", "i", "u", "em", "strong", "big", "small", "a", "tt", "s", "label")
_BOXES = ("div", "center", "section", "article", "main", "blockquote", "ul", "ol", "dl", "form")
_WRAPPERS = frozenset((*_INLINE, *_BOXES)) - {"a", "ul", "ol", "dl", "form"}


def flatten(root: etree._Element) -> bool:
    """Take wrappers out of *root* until it is no deeper than `MAX_DEPTH`; whether that worked."""
    for element in list(root.iter()):
        _take_out(element)
    if depth(root) > MAX_DEPTH:
        _strip_below(root, _INLINE)
    if depth(root) > MAX_DEPTH:
        _strip_below(root, _BOXES)
    return depth(root) <= MAX_DEPTH


def depth(root: etree._Element) -> int:
    """How many elements stand in one another, at most."""
    deepest = now = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        now += 1 if event == "start" else -1
        deepest = max(deepest, now)
    return deepest


def _take_out(element: etree._Element) -> None:
    """Take out *element* if it only wraps another and has no name of its own."""
    box = element.getparent()
    if box is None or element.tag not in _WRAPPERS or len(element) != 1 or element.keys():
        return
    child = element[0]
    if (element.text or "").strip() or (child.tail or "").strip():
        return
    child.tail = element.tail
    box.replace(element, child)


def _strip_below(root: etree._Element, tags: tuple[str, ...]) -> None:
    """Take the *tags* that stand too deep out of *root*, and leave their content."""
    level = [root]
    for _ in range(MAX_DEPTH // 2):
        level = [child for element in level for child in element]
    for element in level:
        etree.strip_tags(element, *tags)
