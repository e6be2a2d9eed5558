"""Builds blocks from the texts and pictures that the walker meets.

The walker sets the current style and context (bold type, a link, a table …); each block stores a
copy.
"""

from __future__ import annotations

import re
from itertools import islice

from crawler.extract.engine import boilerplate, containers
from crawler.extract.engine.block import RUNNING_TEXT, Block
from crawler.extract.engine.dom import (
    PROSE,
    Element,
    Own,
    holds_many,
    image_url,
    is_elsewhere,
    is_icon,
    next_beside,
    outermost,
    string,
)
from crawler.extract.engine.lines import Line, group_lines, is_stanza, join_counts
from crawler.extract.names import written_by
from crawler.extract.stamps import is_stamp_line, with_moment
from crawler.extract.text import join_lines, tidy

#: Elements in a paragraph of a picture and its caption, at most.
_NEAR = 50
#: Letters of a row of buttons, at most.
_BUTTONS = 60
#: Blocks above a line that show how the text is set.
_ABOVE = 6
_DAY_AT_END = re.compile(
    r"(?:[(\[]?\d{1,2}[/.-]\d{1,2}[/.-]\d{4}|[(\[]\d{1,2}[/.-]\d{1,2}(?=[\s\])]))"
    r"[^()\w\]]*(?:\d{1,2}:\d{2})?[)\]]?$"
)
# A link to another article in the middle of the text, in brackets too.
_SEE = re.compile(
    r"\A(?:[(\[>»\s]*+(?:mời\s+)?(?:xem|đọc)(?:\s+(?:thêm|tiếp|lại|bài))?(?:\s+(?:tại|ở)\s+đây)?"
    r"(?:\s*+\])?(?:\s*+:)?|>[>\s]*+(?:kỳ|bài|phần)\s+\d+(?:\s*+:)?)",
    re.I,
)


def _announces(text: str, line: Line) -> bool:
    """Whether the part of *text* outside the link only announces it: ">>> Xem thêm: …"."""
    rest = line.total - line.link
    if dated := _DAY_AT_END.search(text):  # the day of what the link leads to
        rest -= len(dated[0].strip())
    if rest <= 2 or (rest < 10 and not any(char.isalnum() for char in text[:rest])):
        return True
    if rest >= 60:
        return False
    labels = (boilerplate.RELATED.match(text), _SEE.match(text))
    announced = max(label.end() if label else 0 for label in labels)
    # By shares: the letters were counted as written, before marks and spaces were made one.
    return announced * line.total >= (rest - 2) * len(text)


def _acts_on_page(href: str) -> bool:
    """Whether a link leads nowhere: back, up, to a script."""
    return href.startswith("javascript:") or href in ("#", "#top", "")


class BlockBuilder:
    """Collects one article's blocks; `ended_by` names the end that was found."""

    def __init__(self, own: Own) -> None:
        self.own = own
        self.blocks: list[Block] = []
        self.tags: list[str] = []
        self.ended_by: str | None = None
        self.prose = 0
        self.end: Element | None = None
        """The box that held the text, or the last one beside it that was read."""
        self.seen: dict[str, list[Element]] = {}
        """The elements met by their classes and ids: evidence of the layout."""
        self._line = Line()
        self._lines: list[Line] = []
        self._em = self._bold = 0
        self._href: str | None = None
        self._element: Element | None = None
        self._classes = ""
        self._align = ""
        self.named_authors: list[str] = []
        self._played: set[str] = set()
        """Short inline texts of class ``author`` above the text: some templates sign there."""
        self._context = RUNNING_TEXT

    def _take_tags(self, element: Element, classes: str) -> bool:
        """Keep the keywords of a box of tags; True if it was one."""
        tags = containers.read_tags(element, classes)
        if tags is None:
            return False
        self.tags.extend(tags)
        return True

    def _add(self, text: str) -> None:
        line = self._line
        if text.isspace():
            if line.total:
                line.pieces.append(" ")
            return
        line.pieces.append(text)
        stripped = text.strip()  # as `tidy` would have it: a label is told from a link by letters
        size = len(stripped) if stripped.isprintable() else len(tidy(stripped))
        line.total += size
        if self._em:
            line.em += size
        if self._bold:
            line.bold += size
        if self._href is not None:
            line.link += size
            line.href = self._href

    def _flush(self) -> None:
        line = self._line
        if self._lines:
            lines = [*self._lines, line]
            self._lines, self._line = [], Line()
            for group in group_lines(lines, self._is_couplet):
                text = join_lines([one.text() for one in group])
                self._add_text(text, join_counts(group), group[0] is not lines[0])
        elif line.pieces:
            self._line = Line()
            if line.total:
                self._add_text(line.text(), line, False)

    def _is_couplet(self, italic: bool) -> bool:
        """Whether two lines of a paragraph are verses: in italics, or one of verses is beside it.

        Under a picture in the same paragraph they are a caption: "Bí thư Tỉnh uỷ", "Lê Minh Hoan
        thăm …" (docs/site.md §6).
        """
        element = self._element
        if element is None or any(one.tag == "img" for one in islice(element.iter(), _NEAR)):
            return False
        if italic or element.tag != "p":
            return italic
        element = outermost(element)
        following = element.getnext()
        return is_stanza(following) or is_stanza(element.getprevious())

    def _block_element(self) -> Element:
        """The element that a block stands in."""
        element = self._element
        assert element is not None
        return element

    def _add_text(self, text: str, line: Line, after_break: bool) -> None:
        if not text or self.ended_by:
            return
        if line.moment:
            if author := written_by(text.partition(line.moment[0])[2]):
                self.named_authors.append(author)
            text = with_moment(text, *line.moment)
        element = self._block_element()
        if text.startswith("http") and (found := boilerplate.BARE_MEDIA_URL.match(text)):
            # The audio line of generation A may run into what follows it.
            self.blocks.append(Block("media", element, found[0], found[0]))
            text = text[found.end() :].lstrip()
            if not text:
                return
        total = line.total
        block = Block(
            "text",
            element,
            text,
            classes=self._classes,
            align=self._align,
            context=self._context,
            em=line.em >= total,
            bold=line.bold >= total,
            # "» Khai trương đường hoa": what announces a link does not make it text
            link=line.href if line.link and _announces(text, line) else None,
            after_break=after_break,
        )
        if self._ends_here(block):
            return
        if block.link and boilerplate.MEDIA_LINK.search(block.link):
            block.kind, block.url = "media", block.link
        self.blocks.append(block)
        # A stamp with a counter beside it is long.
        if block.is_prose and (self.prose or not is_stamp_line(text)):
            self.prose += 1

    def _add_rows(self, rows: list[tuple[Element, str]]) -> None:
        """Add the *rows* of a data table, each as one paragraph."""
        context = self._context._replace(is_row=True)
        for cell, text in rows:
            block = Block("text", cell, text, classes=self._classes, context=context)
            self.blocks.append(block)
            self.prose += block.is_prose

    def _ends_here(self, block: Block) -> bool:
        """Whether *block* opens the tail; True also where it is boilerplate."""
        text = block.text
        if len(text) > 100:
            return self._is_foot(block)
        if text[-1] in "0123456789)" and is_stamp_line(text):
            return False
        own = "line" if self.own.paper.line.fullmatch(text) else ""
        what = own or boilerplate.read_line(text) or self._read_pieces(block)
        if what == "tail":
            if (
                boilerplate.MAY_HEAD_REPLIES.fullmatch(text)
                and self._heads_text(block)
                and self._is_among_paragraphs(block.element)
            ):
                return False
            # The label also stands on a share bar above the text; there it ends nothing.
            if self.prose and not block.context.in_list:
                self.ended_by = "tail"
            return True
        if self._is_foot(block):
            return True
        if what == "tags":
            parent = block.element.getparent()
            has_links = next(block.element.iter("a"), None) is not None
            if not has_links and text[-1] == ".":
                return False  # "Chủ đề: hội thảo bàn về …." is a sentence
            box = block.element
            if not (has_links or parent is None or ":" in text.rstrip(":")):
                box = parent
            self._take_tags(box, "")
            return True
        return what == "line" and not self._is_of_text(block)

    def _read_pieces(self, block: Block) -> str:
        """``line`` if *block* is nothing but buttons set side by side; else empty."""
        element = block.element
        if holds_many(element, 4 * _ABOVE):
            return ""  # or the box of the whole text is walked for each of its lines
        links = [*element.iter("a")] if block.link else []
        if links and all(_acts_on_page(link.get("href") or "") for link in links):
            return "line"
        if len(block.text) > _BUTTONS:
            return ""
        pieces = [piece for text in element.itertext() if (piece := tidy(text))]
        return "line" if len(pieces) > 1 and all(map(boilerplate.read_line, pieces)) else ""

    def _is_of_text(self, block: Block) -> bool:
        """Whether a line that reads as boilerplate is text by its position."""
        text, element = block.text, block.element
        if self._context.table is not None and text[0].isdigit():
            return True  # "48.000" in a cell is what the table is about
        if block.link or not (self._follows_text(element) and self._is_paragraph(element)):
            return False
        if block.align == "right" and self.own.paper.signature.fullmatch(text):
            return True  # the paper signs itself: under a notice, a correction
        if boilerplate.FIGURE.fullmatch(text):
            is_pages = boilerplate.PAGES.fullmatch(text)
            return not (is_pages or boilerplate.COUNTER_CLASSES.search(block.classes))
        return boilerplate.MAY_HEAD_TEXT.fullmatch(text) is not None and self._heads_text(block)

    def _is_paragraph(self, element: Element) -> bool:
        """Whether *element* is one, or is the element that this page makes paragraphs of."""
        if element.tag in ("p", "h2", "h3", "h4"):
            return True
        how = element.tag, element.items()
        return any(
            block.is_prose and (block.element.tag, block.element.items()) == how
            for block in self.blocks[-_ABOVE:]
        )

    def _follows_text(self, element: Element) -> bool:
        """Whether *element* stands under text, running or not, in the text's box."""
        box = element.getparent()
        return self.prose > 0 or any(
            len(block.text) >= PROSE // 2 and block.element.getparent() is box
            for block in self.blocks[-_ABOVE:]
        )

    def _heads_text(self, block: Block) -> bool:
        """Whether *block* is set as a subhead and running text follows."""
        element = block.element
        if not self.prose or not (block.bold or block.context.level):
            return False
        following = next_beside(element)
        return (
            following is not None
            and len(string(following)) >= PROSE
            and next(following.iter("a"), None) is None
        )

    def _is_among_paragraphs(self, element: Element) -> bool:
        """Whether *element* stands in the text's own box, before a paragraph of it."""
        following = next_beside(element)
        box = element.getparent()
        return (
            following is not None
            and following.tag == "p"
            and following.getparent() is box
            and self.blocks[-1].element.getparent() is box
        )

    def _is_foot(self, block: Block) -> bool:
        """Whether *block* opens the page's foot, which ends the article."""
        text = block.text
        if not boilerplate.FOOT.match(text) or boilerplate.is_editors_reply(text):
            return False
        if self.prose and text[-1] in ".!?…”" and not boilerplate.IMPRINT.search(text):
            return False
        self.ended_by = "foot"
        return True

    def _add_image(self, element: Element, tag: str) -> None:
        url = image_url(element)
        if not url or is_icon(element, url):
            return
        if (
            self._href
            and boilerplate.ARTICLE_LINK.search(self._href)
            and not boilerplate.FILE_LINK.search(self._href)
            and not (self.own.name and self.own.name in self._href)
        ):
            return  # the thumbnail of another article
        classes = element.get("class") or ""
        if boilerplate.AD_CLASSES.search(classes) or (
            self._href and is_elsewhere(self._href, self.own)
        ):
            return
        if boilerplate.AUTHOR_CLASSES.search(self._classes):
            return  # the writer's portrait
        self._flush()
        self.blocks.append(
            Block(
                "image",
                self._block_element(),
                url=url,
                classes=f"{self._classes} {classes}".strip(),
                align=self._align,
                context=self._context,
                alt=tidy(element.get("alt") or element.get("title") or ""),
            )
        )

    def _add_media(self, element: Element, tag: str) -> None:
        for source in (element, *element.iter("source", "embed")):
            url = source.get("src") or source.get("data-src") or source.get("data") or ""
            url = url.strip()
            if (
                url
                and (tag != "iframe" or boilerplate.EMBED.search(url))
                and not url.startswith(("about:", "javascript:"))
            ):
                self._flush()
                if url not in self._played:
                    self._played.add(url)
                    self.blocks.append(Block("media", self._block_element(), url=url, classes=tag))
