"""From the title onward: an element tree as a line of blocks, as a reader's eye meets them.

The generations differ in wrappers and classes and agree in order: title, stamp, lead, text with
pictures, byline, tail. So the reader walks the document from the title, takes text and pictures as
they come, leaves out the boxes that are not of the article, and ends at the tail or where the box
that held the text ends. Only that part of the tree is ever touched, which is also what makes it
fast.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice

from crawler.layouts import furniture
from crawler.layouts.elements import (
    PROSE,
    Element,
    align_of,
    content_image,
    has_prose,
    image_url,
    inherited_align,
    is_elsewhere,
    is_icon,
    label_is_apart,
    names_of,
    opens_with_link,
    read_style,
    string,
)
from crawler.layouts.lines import Line, group_lines
from crawler.stamps import is_stamp_line
from crawler.text import join_lines, tidy

_INLINE = frozenset(
    [
        "a",
        "abbr",
        "acronym",
        "b",
        "bdi",
        "bdo",
        "big",
        "cite",
        "code",
        "data",
        "del",
        "dfn",
        "em",
        "font",
        "i",
        "ins",
        "kbd",
        "label",
        "mark",
        "o:p",
        "q",
        "s",
        "samp",
        "small",
        "span",
        "strike",
        "strong",
        "sub",
        "sup",
        "time",
        "tt",
        "u",
        "var",
        "wbr",
        "st1:place",
        "st1:city",
        "v:shape",
        "nobr",
        "noindex",
    ]
)
_SKIPPED = frozenset(
    [
        "script",
        "style",
        "noscript",
        "template",
        "svg",
        "button",
        "select",
        "option",
        "input",
        "textarea",
        "link",
        "meta",
        "title",
        "base",
        "head",
        "map",
        "area",
        "canvas",
        "dialog",
        "datalist",
        "progress",
    ]
)
_HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
_CONTAINERS = frozenset(
    [
        "div",
        "section",
        "ul",
        "ol",
        "dl",
        "table",
        "tbody",
        "article",
        "main",
        "center",
        "td",
        "tr",
        "li",
    ]
)
_EM = frozenset(("em", "i", "cite"))
_BOLD = frozenset(("b", "strong"))


@dataclass(slots=True)
class Block:
    """One paragraph, picture or player, with what its markup says about it."""

    kind: str
    """``text`` · ``image`` · ``media``"""
    element: Element
    """The paragraph (or other block) it stands in; the same object means the same paragraph."""
    text: str = ""
    url: str = ""
    names: str = ""
    """Classes and ids of the element and of wrappers that hold hardly anything else."""
    align: str = ""
    level: int = 0
    """1-6 inside a heading."""
    em: bool = False
    bold: bool = False
    link: str | None = None
    """Where the text leads if all of it is a link."""
    table: Element | None = None
    figure: Element | None = None
    in_caption: bool = False
    """Inside ``figcaption`` or a table's ``caption``."""
    in_list: bool = False
    alt: str = ""
    after_break: bool = False
    """A line break stands before it in its paragraph."""

    @property
    def is_prose(self) -> bool:
        """Whether it reads as running text."""
        return (
            self.kind == "text"
            and not self.link
            and (len(self.text) >= PROSE or (len(self.text) >= 30 and self.text[-1] in '.!?…”"'))
        )


class Reader:
    """Reads one article's blocks; `blocks` afterwards, `ended_by` says what ended it."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.tags: list[str] = []
        self.ended_by: str | None = None
        self.prose = 0
        self.end: Element | None = None
        """The box that held the text, or the last one beside it that was read."""
        self.seen: set[str] = set()
        """Every class and id met: evidence of the layout."""
        self._line = Line()
        self._lines: list[Line] = []
        self._em = self._bold = 0
        self._href: str | None = None
        self._element: Element | None = None
        self._names = ""
        self._align = ""
        self.named_authors: list[str] = []
        """Short inline texts of class ``author`` above the text: some templates sign there."""
        self._level = 0
        self._table: Element | None = None
        self._figure: Element | None = None
        self._in_caption = False
        self._in_list = False
        self._skip_until: Element | None = None

    # -- the way through the tree ---------------------------------------------------------

    def read_after(self, start: Element) -> Reader:
        """Read everything after *start* up to the end of the article."""
        node = start
        while not self.ended_by:
            parent = node.getparent()
            if parent is None or node.tag == "body":
                break
            self._element = parent
            self._align = inherited_align(parent)
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
            if furniture.TAG_NAMES.search(names) or furniture.TAGS.match(string(sibling)[:40]):
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
            return not self._goes_on_beside(box)
        # One paragraph may be a lead whose text is in a box farther up, or all there is.
        around = [box, *(up for up in box.iterancestors() if up.tag not in ("body", "html"))]
        return not any(self._goes_on_beside(up) for up in around)

    def _goes_on_beside(self, box: Element) -> bool:
        """Whether a box after *box* holds running text of the same article."""
        for sibling in box.itersiblings():
            if not isinstance(sibling.tag, str) or sibling.tag in _SKIPPED:
                continue
            names = names_of(sibling)
            if (
                names
                and furniture.NOISE_NAMES.search(names)
                and not furniture.CONTENT_NAMES.search(names)
            ):
                continue
            links = sum(1 for _ in islice(sibling.iter("a"), 20))
            if links >= 20 or (links and not furniture.CONTENT_NAMES.search(names)):
                continue
            more = sum(1 for p in sibling.iter("p") if len(string(p)) >= PROSE)
            if sibling.tag == "p" or (self.prose == 1 and more == 0):
                more += len(string(sibling).strip()) >= 2 * PROSE
            # A head box with a lead of two paragraphs, and the text in the next box.
            if more > links and (
                furniture.CONTENT_NAMES.search(names) or (more >= self.prose and not links)
            ):
                return not furniture.FOOT.match(tidy(string(sibling))[:100])
        return False

    def _walk(self, parent: Element) -> None:
        for element in parent:
            self._visit(element)
            if self.ended_by:
                return
            if element.tail:
                self._add(element.tail)

    def _visit(self, element: Element) -> None:
        tag = element.tag
        if tag in _INLINE:
            self._visit_inline(element, tag)
        elif tag == "br":
            self._lines.append(self._line)
            self._line = Line()
        elif tag == "img":
            self._add_image(element)
        elif tag in ("audio", "video", "iframe", "embed", "object", "source"):
            self._add_media(element)
        elif tag in _SKIPPED or not isinstance(tag, str):
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
            if furniture.NOISE_NAMES.search(names) and self._confirms_noise(element, names):
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
            self.named_authors.append(tidy(string(element)))
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
        names = names_of(element)
        if names:
            self.seen.add(names)
        style = read_style(element.get("style"))
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
        align = align_of(element, names)
        if align:
            self._align = align
        if tag in _HEADINGS:
            self._level = _HEADINGS[tag]
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
            if furniture.NOISE_NAMES.search(names) and self._confirms_noise(element, names):
                return True
        if tag in _CONTAINERS and next(element.iter("a"), None) is not None:
            return self._is_link_box(element, names)
        return False

    def _confirms_noise(self, element: Element, names: str) -> bool:
        """Whether the inside of a box bears out what its class says."""
        text = tidy(string(element))
        if furniture.COMMENT_NAMES.search(names) and self.prose:
            return True
        if furniture.CONTENT_NAMES.search(names) and len(text) > 200:
            return False
        if len(text) < 200 and not content_image(element):
            return True
        if furniture.AD_NAMES.search(names):
            return len(text) < 800
        if furniture.RELATED.match(text[:40]):
            return True
        linked = sum(len(string(link)) for link in element.iter("a"))
        return linked * 5 >= len(text) * 2 or self._is_link_box(element, "")

    def _is_link_box(self, element: Element, names: str) -> bool:
        """Whether *element* is a list of other articles: links, with their pictures, dates and
        sapos.
        """
        text = string(element).strip()
        if not text:
            return False
        size_of_all = len(text) - 2 * text.count("  ")  # indentation is no text
        targets: set[str] = set()
        linked = inward = 0
        for link in element.iter("a"):
            href = link.get("href") or ""
            size = len(string(link).strip())
            if furniture.FILE_LINK.search(href):
                continue
            linked += size
            if len(targets) < 20 and furniture.ARTICLE_LINK.search(href):
                targets.add(href)
                inward += size
        if not linked and not targets:
            return False
        if linked < 0.5 * size_of_all and len(text) > 4000 and len(targets) < 5:
            return False
        text = tidy(text)
        if linked >= 0.7 * len(text):
            if furniture.TAGS.match(text):
                self._take_tags(element, "tags")
            return True
        if not targets or furniture.CONTENT_NAMES.search(names):
            return False
        rest = len(text) - linked
        if rest > 350 * len(targets):
            return False
        label = furniture.RELATED.match(text)
        link_first = opens_with_link(element)
        if label and (label.end() == len(text) or rest < 350 * len(targets)) and inward:
            return label_is_apart(element)
        return link_first and (
            len(targets) > 1 or bool(self.prose) or bool(inward and rest < inward)
        )

    def _take_tags(self, element: Element, names: str) -> bool:
        """Keep the keywords of a box of tags; True if it was one."""
        links = [tidy(string(link)) for link in element.iter("a")]
        text = tidy(string(element))
        labelled = furniture.TAGS.match(text)
        if not labelled and not furniture.TAG_NAMES.search(names):
            return False
        if len(text) > 600:
            return False
        rest = (
            text[labelled.end() :].strip() if labelled and text[: labelled.end()].strip() else text
        )
        found = links or re.split(r"\s*[,;|#]\s*", rest)
        self.tags.extend(tag.strip(" #,;") for tag in found if tag.strip(" #,;"))
        return True

    # -- what is of it ----------------------------------------------------------------------

    def _add(self, text: str) -> None:
        if text.isspace():
            if self._line.total:
                self._line.pieces.append(" ")
            return
        line = self._line
        line.pieces.append(text)
        size = len(text.strip())
        line.total += size
        if self._em:
            line.em += size
        if self._bold:
            line.bold += size
        if self._href is not None:
            line.link += size
            line.href = self._href

    def _flush(self) -> None:
        lines = self._lines
        if lines:
            lines.append(self._line)
            self._lines = []
            self._line = Line()
            for group in group_lines(lines):
                self._add_text(group, group[0] is not lines[0])
        elif self._line.pieces:
            line = self._line
            self._line = Line()
            if line.total:
                self._add_text([line], False)

    def _add_text(self, lines: list[Line], after_break: bool) -> None:
        text = join_lines([line.text() for line in lines])
        if not text or self.ended_by:
            return
        if text.startswith("http") and (found := furniture.BARE_MEDIA_URL.match(text)):
            # The audio line of generation A may run into what follows it.
            assert self._element is not None
            self.blocks.append(Block("media", self._element, found[0], found[0]))
            text = text[found.end() :].lstrip()
            if not text:
                return
        total = sum(line.total for line in lines)
        assert self._element is not None
        block = Block(
            "text",
            self._element,
            text,
            names=self._names,
            align=self._align,
            level=self._level,
            em=sum(line.em for line in lines) >= total,
            bold=sum(line.bold for line in lines) >= total,
            table=self._table,
            figure=self._figure,
            in_caption=self._in_caption,
            in_list=self._in_list,
            after_break=after_break,
        )
        # "» Khai trương đường hoa": a bullet before a link does not make it text
        if (linked := sum(line.link for line in lines)) and linked >= total - 2:
            block.link = next(line.href for line in reversed(lines) if line.href is not None)
        if self._ends_here(block):
            return
        if block.link and furniture.MEDIA_LINK.search(block.link):
            block.kind, block.url = "media", block.link
        self.blocks.append(block)
        if block.is_prose:
            self.prose += 1

    def _ends_here(self, block: Block) -> bool:
        """Whether *block* opens the tail; True also where it is furniture to leave out."""
        text = block.text
        if len(text) > 100:
            if self.prose and furniture.FOOT.match(text):
                self.ended_by = "foot"
                return True
            return False
        if text[-1] in "0123456789)" and is_stamp_line(text):
            return False
        if furniture.TAIL.fullmatch(text):
            # The label also stands on a share bar above the text; there it ends nothing.
            if self.prose and not block.in_list:
                self.ended_by = "tail"
            return True
        if self.prose and furniture.FOOT.match(text):
            self.ended_by = "foot"
            return True
        if furniture.TAGS.match(text) and len(text) < 100:
            parent = block.element.getparent()
            has_links = next(block.element.iter("a"), None) is not None
            self._take_tags(
                block.element if has_links or parent is None or ":" in text.rstrip(":") else parent,
                "",
            )
            return True
        return (
            furniture.RELATED.fullmatch(text) is not None
            or furniture.LINE.fullmatch(text) is not None
        )

    def _add_image(self, element: Element) -> None:
        url = image_url(element)
        if not url or is_icon(element, url):
            return
        if (
            self._href
            and furniture.ARTICLE_LINK.search(self._href)
            and not furniture.FILE_LINK.search(self._href)
        ):
            return  # the thumbnail of another article
        names = element.get("class") or ""
        if furniture.AD_NAMES.search(names) or (self._href and is_elsewhere(self._href)):
            return
        self._flush()
        assert self._element is not None
        self.blocks.append(
            Block(
                "image",
                self._element,
                url=url,
                names=f"{self._names} {names}".strip(),
                align=self._align,
                table=self._table,
                figure=self._figure,
                alt=tidy(element.get("alt") or element.get("title") or ""),
                in_list=self._in_list,
            )
        )

    def _add_media(self, element: Element) -> None:
        for source in (element, *element.iter("source", "embed")):
            url = source.get("src") or source.get("data-src") or source.get("data") or ""
            url = url.strip()
            if (
                url
                and (element.tag != "iframe" or furniture.EMBED.search(url))
                and not url.startswith(("about:", "javascript:"))
            ):
                self._flush()
                assert self._element is not None
                if not any(block.kind == "media" and block.url == url for block in self.blocks):
                    self.blocks.append(Block("media", self._element, url=url, names=element.tag))
