"""From the title onward: an element tree as a line of blocks, as a reader's eye meets them.

The generations differ in wrappers and classes and agree in order: title, stamp, lead, text with
pictures, byline, tail. So the reader walks the document from the title, takes text and pictures as
they come, leaves out the boxes that are not of the article, and ends at the tail or where the box
that held the text ends. Only that part of the tree is ever touched, which is also what makes it
fast.
"""

from __future__ import annotations

from itertools import islice

from crawler.layouts import boxes, furniture
from crawler.layouts.elements import (
    CONTAINERS,
    HEADINGS,
    INLINE,
    PLAIN,
    SKIPPED,
    Element,
    align_of,
    aligns_above,
    has_prose,
    inherited_align,
    names_of,
    opening,
    read_style,
    string,
    text_of,
)
from crawler.layouts.gathering import Gatherer
from crawler.layouts.lines import Line
from crawler.text import tidy

_EM = frozenset(("em", "i", "cite"))
_BOLD = frozenset(("b", "strong"))


class Reader(Gatherer):
    """Reads one article's blocks; `blocks` afterwards, `ended_by` says what ended it."""

    # -- the way through the tree ---------------------------------------------------------

    def read_after(self, start: Element) -> Reader:
        """Read everything after *start* up to the end of the article."""
        node = start
        for parent, self._align in aligns_above(start):
            if node.tag == "body":
                break
            self._element = parent
            if node.tail:
                self._add(node.tail)
            for sibling in node.itersiblings():
                self._visit(sibling)
                if self.ended_by:
                    break
                self._element = parent
                if sibling.tail:
                    self._add(sibling.tail)
            self._flush()
            if not self.ended_by and self._leaves(parent):
                self.end = parent
                self._read_beside(parent)
                self.ended_by = "box"
            if self.ended_by:
                break
            node = parent
        self._flush()
        return self

    def read_one(self, element: Element) -> Reader:
        """Read *element* and the bare text that follows it."""
        self._element = element.getparent()
        self._visit(element)
        if element.tail:
            self._element = element.getparent()
            self._add(element.tail)
        self._flush()
        return self

    def read_text(self, element: Element) -> Reader:
        """Read the bare text that *element* opens with."""
        self._element = element
        self._add(element.text or "")
        self._flush()
        return self

    def _read_beside(self, box: Element) -> None:
        """Take the signature and the keywords that some templates set just under the text's box."""
        for sibling in islice(box.itersiblings(), 4):
            if not isinstance(sibling.tag, str):
                continue
            names = names_of(sibling)
            if furniture.TAG_NAMES.search(names) or furniture.TAGS.match(opening(sibling)):
                self._take_tags(sibling, names)
            elif furniture.AUTHOR_NAMES.search(names) and len(string(sibling)) < 160:
                self._visit(sibling)
            else:
                continue
            self.end = sibling
            if self.ended_by:
                return

    def read_inside(self, element: Element) -> Reader:
        """Read the inside of *element* only."""
        self._element = element
        self._align = inherited_align(element)
        if element.text:
            self._add(element.text)
        self._walk(element)
        self._flush()
        return self

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

    def _leaves(self, box: Element) -> bool:
        """Whether the article ends where *box* ends."""
        if self.prose == 0:
            return False
        if self.prose > 1:
            return not boxes.goes_on_beside(box, self.prose)
        # One paragraph may be a lead whose text is in a box farther up, or all there is.
        around = [box, *(up for up in box.iterancestors() if up.tag not in ("body", "html"))]
        return not any(boxes.goes_on_beside(up, self.prose) for up in around)

    def _walk(self, parent: Element) -> None:
        for element in parent:
            self._visit(element)
            if self.ended_by:
                return
            if element.tail:
                self._add(element.tail)

    def _visit(self, element: Element) -> None:
        tag = element.tag
        if tag in INLINE:
            self._visit_inline(element, tag)
        elif tag == "br":
            self._lines.append(self._line)
            self._line = Line()
        elif tag == "img":
            self._add_image(element)
        elif tag in ("audio", "video", "iframe", "embed", "object", "source"):
            self._add_media(element)
        elif tag in SKIPPED or not isinstance(tag, str):
            if tag == "textarea" and self.prose:
                self._flush()
                self.ended_by = "comment-form"
        elif tag == "hr":
            self._flush()
        else:
            self._visit_block(element, tag)

    def _visit_inline(self, element: Element, tag: str) -> None:
        names = names_of(element)
        if names:
            self.seen.add(names)
            if self._is_noise_by_name(element, names):
                return
        style = read_style(element.get("style"))
        if style.hidden:
            return
        em = tag in _EM or style.italic
        bold = tag in _BOLD or style.heavy
        self._em += em
        self._bold += bold
        outer = self._href
        if tag == "a":
            self._href = element.get("href", "")
        if element.text:
            self._add(element.text)
        if len(element):
            self._walk(element)
        self._href = outer
        self._em -= em
        self._bold -= bold
        if names and not self.prose and furniture.AUTHOR_NAMES.search(names):
            self.named_authors.append(tidy(text_of(element)))
        if names and not self.ended_by:
            # A class on an inline wrapper ("<span class=caption>") speaks for the line it fills.
            self._names = f"{self._names} {names}" if self._line.total else self._names

    def _visit_block(self, element: Element, tag: str) -> None:
        self._flush()
        if tag == "p" and not element.attrib:
            # Most of what is read: nothing about it differs from its surroundings.
            outer, self._element, self._names = (self._element, self._names), element, ""
            if element.text:
                self._add(element.text)
            if len(element):
                self._walk(element)
            self._flush()
            self._element, self._names = outer
            return
        names, style = "", PLAIN
        if element.attrib:
            names, style = names_of(element), read_style(element.get("style"))
            if names:
                self.seen.add(names)
            if style.hidden:
                return
        if tag != "p" and self._is_noise(element, tag, names):
            return
        if tag == "p" and names and furniture.AD_NAMES.search(names) and len(string(element)) < 300:
            return
        saved = (
            self._element,
            self._names,
            self._align,
            self._level,
            self._table,
            self._figure,
            self._in_caption,
            self._in_list,
            self._em,
            self._bold,
        )
        self._element, self._names = element, names
        if align := align_of(element, names, style):
            self._align = align
        if tag in HEADINGS:
            self._level = HEADINGS[tag]
        elif tag == "table":
            self._table = element
        elif tag == "figure":
            self._figure = element
        elif tag in ("figcaption", "caption"):
            self._in_caption = True
        elif tag == "li":
            self._in_list = True
        elif tag == "center":
            self._align = "center"
        self._em += style.italic
        self._bold += style.heavy
        first = len(self.blocks)
        if element.text:
            self._add(element.text)
        self._walk(element)
        self._flush()
        (
            self._element,
            self._names,
            self._align,
            self._level,
            self._table,
            self._figure,
            self._in_caption,
            self._in_list,
            self._em,
            self._bold,
        ) = saved
        if names and tag != "p" and 0 < len(self.blocks) - first <= 3:
            for block in self.blocks[first:]:
                if names not in block.names:
                    block.names = f"{block.names} {names}"

    # -- what is not of the article ---------------------------------------------------------

    def _is_noise(self, element: Element, tag: str, names: str) -> bool:
        if tag in ("nav", "aside", "footer"):
            if tag == "footer" and self.prose and not furniture.AUTHOR_NAMES.search(names):
                if len(string(element)) > 60:
                    self.ended_by = "footer"
                    return True
                return False
            self._take_tags(element, names)
            return True
        if tag == "form" and next(element.iter("textarea"), None) is not None:
            if self.prose and not has_prose(element):
                self.ended_by = "comment-form"
                return True
            return False
        if names:
            if furniture.TAG_NAMES.search(names) and self._take_tags(element, names):
                return True
            if self._is_noise_by_name(element, names):
                return True
        if (
            tag in CONTAINERS
            and next(element.iter("a"), None) is not None
            and boxes.is_link_box(element, names, beside_text=bool(self.prose))
        ):
            self._take_tags(element, "")
            return True
        return False

    def _is_noise_by_name(self, element: Element, names: str) -> bool:
        return furniture.NOISE_NAMES.search(names) and boxes.confirms_noise(
            element, names, beside_text=bool(self.prose)
        )
