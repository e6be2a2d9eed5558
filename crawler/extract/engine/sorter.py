"""The blocks after a title, sorted: what is of the text, what is of the page's head."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from crawler.extract.bylines import is_labelled, looks_like_byline
from crawler.extract.engine import boilerplate
from crawler.extract.engine.block import Block
from crawler.extract.engine.captions import image_mark
from crawler.extract.engine.dom import image_url, is_icon
from crawler.extract.engine.head import opens_text, signs_above
from crawler.extract.engine.metadata import Document
from crawler.extract.engine.title import Title
from crawler.extract.names import without_by
from crawler.extract.stamps import Stamp, is_stamp_line
from crawler.extract.text import drop_dangling_dash, fold, is_agency_mark, split_agency

#: The end of a sentence that no machine cut.
_WHOLE = re.compile(r"(?<![.…])[.!?]['\"”’)]*$")
#: Letters at the end of a text that are looked at.
_ENDING = 12
#: Letters of a cut-off copy, at least: a machine cuts at 100 to 300.
_CUT_OFF = 60


class BlockSorter:
    """Sorts the blocks after a title; the results stand in its attributes."""

    def __init__(
        self,
        doc: Document,
        title: Title,
        head: tuple[list[tuple[int, Stamp]], int],
        stamps: Iterable[str],
        *,
        has_prose: bool,
    ) -> None:
        self.text: list[Block] = []
        """Paragraphs, captions and pictures, in page order."""
        self.media: dict[str, None] = {}
        """Addresses of what the page plays, each once."""
        self.logos: list[str] = []
        """Agency marks that stand apart: as a picture (its ``alt``) or in a line of their own."""
        self.authors: list[Block] = []
        """Lines between title and text that name the authors."""
        self._doc = doc
        self._title = title
        self._head_stamps = [at for at, _ in head[0]]
        self._head_end = head[1]
        self._stamps = frozenset(stamps)
        self._has_prose = has_prose
        self._lead_seen = False
        self._blocks: list[Block] = []

    def sort(self, blocks: list[Block]) -> BlockSorter:
        """Sort *blocks*; the order of the page is kept."""
        self._blocks = blocks
        for at, block in enumerate(blocks):
            if block.kind == "media":
                if url := self._doc.resolve(block.url):
                    self.media[url] = None
            elif block.kind == "image":
                self._add_picture(at, block)
            else:
                self._add_line(at, block)
        return self

    def _add_picture(self, at: int, block: Block) -> None:
        following = self._blocks[at + 1] if at + 1 < len(self._blocks) else None
        if self._lead_seen or following is None or not image_mark(block, following):
            self.text.append(block)
        else:
            self.logos.append(block.alt)
            following.text = drop_dangling_dash(following.text)

    def _add_line(self, at: int, block: Block) -> None:
        if not self._lead_seen and block.text.startswith(("-", "–", "—")) and _shows_logo(block):
            block.text = drop_dangling_dash(block.text)
        if not block.text:  # it was nothing but the dash
            return
        for is_apart in _APART:
            if is_apart(self, at, block):
                return
        self.text.append(block)
        self._lead_seen = self._lead_seen or block.is_prose

    def _mark(self, text: str) -> str | None:
        return split_agency(text, self._doc.paper.agency_marks)[0]

    # -- lines that are not of the text --------------------------------------------------------

    def _is_stamp(self, at: int, block: Block) -> bool:
        return is_stamp_line(block.text) and bool(
            at in self._head_stamps
            or boilerplate.DATE_CLASSES.search(block.classes)
            or block.text in self._stamps
        )

    def _is_logo(self, at: int, block: Block) -> bool:
        if self._lead_seen or not is_agency_mark(block.text, self._doc.paper.agency_marks):
            return False
        self.logos.append(self._mark(f"{block.text} Sau") or "")
        return True

    def _repeats_headline(self, at: int, block: Block) -> bool:
        headline = self._title.text
        return (
            not self._lead_seen
            and abs(len(block.text) - len(headline)) <= 4
            and fold(block.text) == fold(headline)
        )

    def _is_cut_off_copy(self, at: int, block: Block) -> bool:
        """Whether it is the beginning of the text that follows, cut off by a machine (E10)."""
        text = block.text
        if len(text) < _CUT_OFF or _WHOLE.search(text, len(text) - _ENDING):
            return False
        marks = self._doc.paper.agency_marks
        _, beginning = split_agency(text.rstrip(" .…"), marks)
        if len(beginning) < _CUT_OFF:
            return False
        following = (split_agency(one.text, marks)[1] for one in self._blocks[at + 1 : at + 4])
        return any(len(each) > len(beginning) and each.startswith(beginning) for each in following)

    def _leads_to_another_article(self, at: int, block: Block) -> bool:
        return (
            block.link is not None
            and self._doc.leads_to_article(block.link)
            and not boilerplate.FILE_LINK.search(block.link)
        )

    def _is_link_in_head(self, at: int, block: Block) -> bool:
        return (
            block.link is not None
            and len(block.text) < 60
            and at < self._head_end
            and not self.text
        )

    def _is_in_head(self, at: int, block: Block) -> bool:
        """Whether it stands between title and lead: section, counters, on some templates the
        author's name.
        """
        return (
            not self._lead_seen
            and at < self._head_end
            and self._has_prose
            and not block.context.in_caption
            and not self.text
        )

    def _is_author_in_head(self, at: int, block: Block) -> bool:
        if not self._is_in_head(at, block):
            return False
        text = without_by(block.text)
        if block.link and not looks_like_byline(text, marked=True):
            return False
        if boilerplate.AUTHOR_CLASSES.search(block.classes) or signs_above(block):
            block.text = text
            if text:
                self.authors.append(block)
            return True
        return False

    def _is_line_of_head(self, at: int, block: Block) -> bool:
        return (
            self._is_in_head(at, block)
            and not boilerplate.LEAD_CLASSES.search(block.classes)
            and not self._mark(block.text)
            and len(block.text) < 40
            and not opens_text(
                block,
                self._blocks[at + 1 : self._head_end + 1],
                self._title.element,
                self._doc.paper.section_slugs,
                after_stamp=any(stamp < at for stamp in self._head_stamps),
            )
        )

    def _is_author_under_lead(self, at: int, block: Block) -> bool:
        """Whether it signs between lead and text, by its class or its label ("Bài và ảnh: …")."""
        more = any(one.is_prose for one in self._blocks[at + 1 : at + 4])
        if (
            len(self.text) == 1
            and self._lead_seen
            and (
                boilerplate.AUTHOR_CLASSES.search(block.classes)
                or (more and is_labelled(block.text))
            )
            and not block.is_prose
            and looks_like_byline(block.text, marked=True)
        ):
            self.authors.append(block)
            return True
        return False


#: Asked in this order of each line.
_APART: tuple[Callable[[BlockSorter, int, Block], bool], ...] = (
    BlockSorter._is_stamp,
    BlockSorter._is_logo,
    BlockSorter._repeats_headline,
    BlockSorter._is_cut_off_copy,
    BlockSorter._leads_to_another_article,
    BlockSorter._is_author_in_head,
    BlockSorter._is_link_in_head,
    BlockSorter._is_line_of_head,
    BlockSorter._is_author_under_lead,
)


def _shows_logo(block: Block) -> bool:
    """Whether a picture too small to be the article's stands in the block: the agency's mark."""
    return any(is_icon(image, image_url(image)) for image in block.element.iter("img"))
