"""Walks the document from the title on and turns it into a list of blocks.

The generations differ in wrappers and classes and agree in order: title, stamp, lead, text with
pictures, byline, tail. So the walker starts at the title, takes text and pictures as they come,
leaves out boxes of boilerplate, and ends at the tail or where the box that held the text ends.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import islice
from typing import Any

from crawler.extract.bylines import looks_like_byline
from crawler.extract.engine import author_box, boilerplate, boundary, containers
from crawler.extract.engine.block import Block
from crawler.extract.engine.builder import BlockBuilder
from crawler.extract.engine.dom import (
    CONTAINERS,
    HEADINGS,
    INLINE,
    PLAYERS,
    SKIPPED,
    Element,
    content_image,
    first_letters,
    has_prose,
    outermost,
    string,
    text_of,
)
from crawler.extract.engine.lines import Line
from crawler.extract.engine.style import class_id, computed_style
from crawler.extract.engine.tables import data_rows
from crawler.extract.names import without_by
from crawler.extract.stamps import is_stamp_line
from crawler.extract.text import tidy

_EM = frozenset(("em", "i", "cite"))
_BOLD = frozenset(("b", "strong"))
_CONTEXTS = frozenset((*HEADINGS, "table", "figure", "figcaption", "caption", "li", "center"))


class DomWalker(BlockBuilder):
    """Reads one article; afterwards `blocks` holds it and `ended_by` names its end."""

    # -- the way through the tree ---------------------------------------------------------

    def read_after(self, start: Element) -> DomWalker:
        """Read everything after *start* up to the end of the article."""
        # How boxes about the title set their text says nothing of a paragraph: old pages stand in a
        # table with align=center.
        node = start
        torn = False
        for parent in start.iterancestors():
            if node.tag == "body":
                break
            self._element = parent
            last = node
            if tail := node.tail:
                self._add(tail)
            for sibling in node.itersiblings():
                if torn and boundary.opens_other_content(sibling):
                    self._end_beside(last)
                    break
                last = sibling
                self._visit(sibling)
                if self.ended_by:
                    break
                if (
                    not self.prose
                    and sibling.tag in CONTAINERS
                    and boundary.is_full(sibling, self.blocks)
                ):
                    self._end_beside(sibling)
                    break
                if sibling.tag in CONTAINERS and boundary.held_text(sibling, self.blocks):
                    self._end_beside(sibling)
                    break
                self._element = parent
                if tail := sibling.tail:
                    self._add(tail)
            self._flush()
            if not self.ended_by:
                torn = self.prose > 1 and boundary.has_unbalanced_div(parent, self.blocks)
                if not torn and boundary.ends_with_box(parent, self.blocks, self.prose):
                    self._end_beside(parent)
            if self.ended_by:
                break
            node = parent
        self._flush()
        return self

    def read_one(self, element: Element) -> DomWalker:
        """Read *element* and the bare text that follows it."""
        self._element = element.getparent()
        self._visit(element)
        if element.tail:
            self._element = element.getparent()
            self._add(element.tail)
        self._flush()
        return self

    def read_text(self, element: Element) -> DomWalker:
        """Read the bare text that *element* opens with."""
        self._element = element
        self._add(element.text or "")
        self._flush()
        return self

    def read_box(self, box: Element) -> DomWalker:
        """Read all of *box*: it holds the text, whatever its class says."""
        self._element, self._classes = box, class_id(box)
        self.seen.setdefault(self._classes, []).append(box)
        self._add(box.text or "")
        self._walk(box)
        self._flush()
        return self

    def read_beside(self, box: Element) -> DomWalker:
        """Read the byline and the keywords beside *box*, with which the article ends."""
        if not self.ended_by:
            self._end_beside(box)
            self._flush()
        return self

    def _end_beside(self, box: Element) -> None:
        self.end = box
        self._read_beside(box)
        self.ended_by = "box"

    def _read_beside(self, box: Element) -> None:
        """Take the byline and the keywords that some templates set just under the text's box."""
        while box.getnext() is None and (about := box.getparent()) is not None:
            if about.tag == "body":
                break
            box = about
        for sibling in islice(box.itersiblings(), 4):
            inner = _innermost(sibling)
            classes = class_id(sibling)
            if inner is not sibling:
                classes = f"{classes} {class_id(inner)}"
            is_list = containers.is_list(sibling)
            text = tidy(first_letters(sibling) if is_list else string(sibling)[:40])
            keywords = boilerplate.TAG_CLASSES.search(classes) or boilerplate.TAGS.match(text)
            if is_list and not keywords:
                return
            if keywords:
                self._take_tags(sibling, classes)
            elif len(string(sibling)) < 160 and (
                boilerplate.AUTHOR_CLASSES.search(classes)
                or ("foot" not in classes and self._signs_below(inner))
            ):
                self._visit(sibling)
            else:
                continue
            self.end = sibling
            if self.ended_by:
                return

    def _signs_below(self, element: Element) -> bool:
        """Whether *element*, under the text's box, is a stamp, or the byline that the box lacks."""
        lines = [text for piece in element.itertext() if (text := tidy(piece))]
        names = [line for line in lines if not is_stamp_line(line)]
        if not names or (self.blocks and boundary.is_signed(self.blocks[-1])):
            return bool(lines) and not names
        aligned = computed_style(element).align
        return looks_like_byline(" ".join(names), marked=aligned == "right")

    @property
    def is_complete(self) -> bool:
        """Whether the page goes on after the article: it was not cut off inside it."""
        if self.ended_by != "box":
            return self.ended_by is not None
        node = self.end
        while node is not None:
            if node.getnext() is not None or (node.tail or "").strip():
                return True
            node = node.getparent()
        return False

    def _walk(self, parent: Element) -> None:
        for element in parent:
            self._visit(element)
            if self.ended_by:
                return
            if tail := element.tail:
                self._add(tail)

    def _visit(self, element: Element) -> None:
        tag: Any = element.tag  # a string: comments are not in the tree
        _VISITS.get(tag, DomWalker._visit_block)(self, element, tag)

    def _skip(self, element: Element, tag: str) -> None:
        if tag == "textarea" and self.prose:
            self._flush()
            self.ended_by = "comment-form"

    def _break_line(self, element: Element, tag: str) -> None:
        self._lines.append(self._line)
        self._line = Line()

    def _enter_source(self, element: Element, tag: str) -> None:
        self._add_media(element, tag)
        self._walk(element)  # no void element to libxml2: the picture stands inside it

    def _draw_rule(self, element: Element, tag: str) -> None:
        self._flush()

    def _visit_inline(self, element: Element, tag: str) -> None:
        style = computed_style(element)
        classes = style.class_id
        if classes:
            self.seen.setdefault(classes, []).append(element)
            if self._is_boilerplate_by_name(element, classes) or self._takes_inline_tags(
                element, classes
            ):
                return
        if style.hidden or style.veiled:
            return
        em = tag in _EM or style.italic
        bold = tag in _BOLD or style.heavy
        self._em += em
        self._bold += bold
        outer = self._href
        if tag == "a":
            self._href = element.get("href", "")
        if text := element.text:
            self._add(text)
        if len(element):
            self._walk(element)
        if tag == "time" and (moment := element.get("datetime")):
            self._line.moment = tidy(text_of(element)), moment
        self._href = outer
        self._em -= em
        self._bold -= bold
        if classes and not self.prose and boilerplate.AUTHOR_CLASSES.search(classes):
            self.named_authors.append(without_by(tidy(text_of(element))))
        if classes and not self.ended_by:
            # A class on an inline wrapper ("<span class=caption>") speaks for the line it fills.
            self._classes = f"{self._classes} {classes}" if self._line.total else self._classes

    def _visit_block(self, element: Element, tag: str) -> None:
        if self._line.pieces or self._lines:
            self._flush()
        style = computed_style(element)
        classes = style.class_id
        if classes:
            self.seen.setdefault(classes, []).append(element)
        if (
            style.hidden
            or (style.veiled and not has_prose(element))
            or ((classes or tag != "p") and self._is_boilerplate(element, tag, classes))
        ):
            return
        outer = self._element, self._classes, self._align, self._context
        self._element, self._classes = element, classes
        if style.align:
            self._align = style.align
        if tag in _CONTEXTS:
            self._enter(element, tag)
        self._em += style.italic
        self._bold += style.heavy
        first = len(self.blocks)
        rows = data_rows(element) if tag == "table" else None
        if rows:
            for caption in element.iterchildren("caption"):
                self._visit(caption)
            self._add_rows(rows)
        else:
            if text := element.text:
                self._add(text)
            if len(element):
                self._walk(element)
        if self._line.pieces or self._lines:
            self._flush()
        self._em -= style.italic
        self._bold -= style.heavy
        self._element, self._classes, self._align, self._context = outer
        if classes and tag != "p" and 0 < len(self.blocks) - first <= 3:
            for block in self.blocks[first:]:
                if classes not in block.classes:
                    block.classes = f"{block.classes} {classes}"

    def _enter(self, element: Element, tag: str) -> None:
        """Set the context of the blocks inside *element*."""
        context = self._context
        if tag in HEADINGS:
            self._context = context._replace(level=HEADINGS[tag])
        elif tag == "table":
            self._context = context._replace(table=element)
        elif tag == "figure":
            self._context = context._replace(figure=element)
        elif tag == "li":
            self._context = context._replace(in_list=True)
        elif tag == "center":
            self._align = "center"
        else:
            self._context = context._replace(in_caption=True)

    def _takes_inline_tags(self, element: Element, classes: str) -> bool:
        """Keep the keywords of an inline box of tags that fills its block; True if it was one."""
        return bool(
            self.prose
            and boilerplate.TAG_CLASSES.search(classes)
            and next(element.iter("a"), None) is not None
            and string(outermost(element)).strip() == string(element).strip()
            and self._take_tags(element, classes)
        )

    # -- boilerplate inside the article ---------------------------------------------------------

    def _is_boilerplate(self, element: Element, tag: str, classes: str) -> bool:
        if tag == "p":
            return boilerplate.AD_CLASSES.search(classes) and len(string(element)) < 300
        if tag in ("nav", "aside", "footer"):
            if tag == "footer" and self.prose and not boilerplate.AUTHOR_CLASSES.search(classes):
                if len(string(element)) > 60:
                    self.ended_by = "footer"
                    return True
                return False
            self._take_tags(element, classes)
            return True
        if tag == "form" and next(element.iter("textarea"), None) is not None:
            if self.prose and not has_prose(element):
                self.ended_by = "comment-form"
                return True
            return False
        if classes:
            if boilerplate.TAG_CLASSES.search(classes) and self._take_tags(element, classes):
                return True
            if self._is_boilerplate_by_name(element, classes):
                return True
        if self.prose and tag in CONTAINERS:
            if self._is_form(element):
                return True
            if name := author_box.author_in(element):
                if not boundary.is_signed(self.blocks[-1]):
                    self._flush()
                    self.blocks.append(Block("text", element, name, classes=f"{classes} author"))
                return True
        if (
            tag in CONTAINERS
            and next(element.iter("a"), None) is not None
            and not author_box.signs(element, classes, beside_text=bool(self.prose))
            and containers.is_link_box(element, classes, beside_text=bool(self.prose), own=self.own)
        ):
            # Keywords may stand in a box for the page's columns.
            self._take_tags(element, class_id(element[0]) if len(element) == 1 else "")
            return True
        return False

    def _is_form(self, element: Element) -> bool:
        """Whether *element* asks the reader for something and holds no text of the article."""
        fields = element.iter("input", "button", "select")
        return (
            any(field.get("type") != "hidden" for field in islice(fields, 20))
            and len(string(element)) < 1000
            and not has_prose(element)
            and not content_image(element)
        )

    def _is_boilerplate_by_name(self, element: Element, classes: str) -> bool:
        return boilerplate.BOILERPLATE_CLASSES.search(classes) and containers.confirms_boilerplate(
            element, classes, beside_text=bool(self.prose), own=self.own
        )


def _innermost(element: Element) -> Element:
    """The innermost of the boxes that hold one box and nothing else; *element* without one."""
    while len(element) == 1 and element.tag in CONTAINERS and not (element.text or "").strip():
        element = element[0]
    return element


#: The method for each element that is not a block.
_VISITS: dict[str, Callable[[DomWalker, Element, str], None]] = {
    **dict.fromkeys(INLINE, DomWalker._visit_inline),
    **dict.fromkeys(SKIPPED, DomWalker._skip),
    **dict.fromkeys(PLAYERS, DomWalker._add_media),
    "source": DomWalker._enter_source,
    "img": DomWalker._add_image,
    "amp-img": DomWalker._add_image,
    "br": DomWalker._break_line,
    "hr": DomWalker._draw_rule,
}
