"""From the title onward: an element tree as a line of blocks, as a reader's eye meets them.

The generations differ in wrappers and classes and agree in order: title, stamp, lead, text with
pictures, byline, tail. So the reader walks the document from the title, takes text and pictures as
they come, leaves out the boxes that are not of the article, and ends at the tail or where the box
that held the text ends. Only that part of the tree is ever touched, which is also what makes it
fast.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import islice
from typing import Any

from crawler.extract.bylines import looks_like_byline
from crawler.extract.engine import boilerplate, boundary, containers
from crawler.extract.engine.builder import Gatherer
from crawler.extract.engine.dom import (
    CONTAINERS,
    HEADINGS,
    INLINE,
    PLAYERS,
    SKIPPED,
    Element,
    has_prose,
    opening,
    string,
    text_of,
)
from crawler.extract.engine.lines import Line
from crawler.extract.engine.style import inherited_align, look_of, names_of
from crawler.extract.text import tidy

_EM = frozenset(("em", "i", "cite"))
_BOLD = frozenset(("b", "strong"))
_PLACES = frozenset((*HEADINGS, "table", "figure", "figcaption", "caption", "li", "center"))


class Reader(Gatherer):
    """Reads one article's blocks; `blocks` afterwards, `ended_by` says what ended it."""

    # -- the way through the tree ---------------------------------------------------------

    def read_after(self, start: Element) -> Reader:
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
                if torn and boundary.begins_another(sibling):
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
                self._element = parent
                if tail := sibling.tail:
                    self._add(tail)
            self._flush()
            if not self.ended_by:
                torn = self.prose > 1 and boundary.is_torn(parent, self.blocks)
                if not torn and boundary.leaves(parent, self.blocks, self.prose):
                    self._end_beside(parent)
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

    def _end_beside(self, box: Element) -> None:
        self.end = box
        self._read_beside(box)
        self.ended_by = "box"

    def _read_beside(self, box: Element) -> None:
        """Take the signature and the keywords that some templates set just under the text's box."""
        for sibling in islice(box.itersiblings(), 4):
            names = names_of(sibling)
            is_list = containers.is_list(sibling)
            text = opening(sibling) if is_list else string(sibling)[:40]
            keywords = boilerplate.TAG_NAMES.search(names) or boilerplate.TAGS.match(text)
            if is_list and not keywords:
                return
            if keywords:
                self._take_tags(sibling, names)
            elif boilerplate.AUTHOR_NAMES.search(names) and len(string(sibling)) < 160:
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

    def _walk(self, parent: Element) -> None:
        for element in parent:
            self._visit(element)
            if self.ended_by:
                return
            if tail := element.tail:
                self._add(tail)

    def _visit(self, element: Element) -> None:
        tag: Any = element.tag  # a string: comments are not in the tree
        _VISITS.get(tag, Reader._visit_block)(self, element, tag)

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
        look = look_of(element)
        names = look.names
        if names:
            self.seen.add(names)
            if self._is_noise_by_name(element, names):
                return
        if look.hidden:
            return
        em = tag in _EM or look.italic
        bold = tag in _BOLD or look.heavy
        self._em += em
        self._bold += bold
        outer = self._href
        if tag == "a":
            self._href = element.get("href", "")
        if text := element.text:
            self._add(text)
        if len(element):
            self._walk(element)
        self._href = outer
        self._em -= em
        self._bold -= bold
        if names and not self.prose and boilerplate.AUTHOR_NAMES.search(names):
            self.named_authors.append(tidy(text_of(element)))
        if names and not self.ended_by:
            # A class on an inline wrapper ("<span class=caption>") speaks for the line it fills.
            self._names = f"{self._names} {names}" if self._line.total else self._names

    def _visit_block(self, element: Element, tag: str) -> None:
        if self._line.pieces or self._lines:
            self._flush()
        look = look_of(element)
        names = look.names
        if names:
            self.seen.add(names)
        if look.hidden or ((names or tag != "p") and self._is_noise(element, tag, names)):
            return
        outer = self._element, self._names, self._align, self._place
        self._element, self._names = element, names
        if look.align:
            self._align = look.align
        if tag in _PLACES:
            self._enter(element, tag)
        self._em += look.italic
        self._bold += look.heavy
        first = len(self.blocks)
        if text := element.text:
            self._add(text)
        if len(element):
            self._walk(element)
        if self._line.pieces or self._lines:
            self._flush()
        self._em -= look.italic
        self._bold -= look.heavy
        self._element, self._names, self._align, self._place = outer
        if names and tag != "p" and 0 < len(self.blocks) - first <= 3:
            for block in self.blocks[first:]:
                if names not in block.names:
                    block.names = f"{block.names} {names}"

    def _enter(self, element: Element, tag: str) -> None:
        """Keep what being inside *element* means for its blocks."""
        place = self._place
        if tag in HEADINGS:
            self._place = place._replace(level=HEADINGS[tag])
        elif tag == "table":
            self._place = place._replace(table=element)
        elif tag == "figure":
            self._place = place._replace(figure=element)
        elif tag == "li":
            self._place = place._replace(in_list=True)
        elif tag == "center":
            self._align = "center"
        else:
            self._place = place._replace(in_caption=True)

    # -- what is not of the article ---------------------------------------------------------

    def _is_noise(self, element: Element, tag: str, names: str) -> bool:
        if tag == "p":
            return boilerplate.AD_NAMES.search(names) and len(string(element)) < 300
        if tag in ("nav", "aside", "footer"):
            if tag == "footer" and self.prose and not boilerplate.AUTHOR_NAMES.search(names):
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
            if boilerplate.TAG_NAMES.search(names) and self._take_tags(element, names):
                return True
            if self._is_noise_by_name(element, names):
                return True
        if (
            tag in CONTAINERS
            and next(element.iter("a"), None) is not None
            and not (self.prose and _signs(element, names))
            and containers.is_link_box(
                element, names, beside_text=bool(self.prose), own_name=self.own_name
            )
        ):
            # Keywords may stand in a box for the page's columns.
            self._take_tags(element, names_of(element[0]) if len(element) == 1 else "")
            return True
        return False

    def _is_noise_by_name(self, element: Element, names: str) -> bool:
        return boilerplate.NOISE_NAMES.search(names) and containers.confirms_noise(
            element, names, beside_text=bool(self.prose)
        )


def _signs(element: Element, names: str) -> bool:
    """Whether *element*, whose text is a link, is the signature's: by its name, or set right."""
    inner = element[0] if len(element) == 1 else element
    aligned = look_of(element).align or look_of(inner).align
    if not (boilerplate.AUTHOR_NAMES.search(names) or aligned == "right"):
        return False
    text = tidy(string(element))
    return looks_like_byline(text, marked=True)


#: How each element is met that is no block.
_VISITS: dict[str, Callable[[Reader, Element, str], None]] = {
    **dict.fromkeys(INLINE, Reader._visit_inline),
    **dict.fromkeys(SKIPPED, Reader._skip),
    **dict.fromkeys(PLAYERS, Reader._add_media),
    "source": Reader._enter_source,
    "img": Reader._add_image,
    "amp-img": Reader._add_image,
    "br": Reader._break_line,
    "hr": Reader._draw_rule,
}
