"""Which texts are the captions of which pictures, and who took the picture.

`caption_rules` judges the first text after a picture; here runs of pictures, rows of captions and
captions of several lines are put together.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import islice

from crawler.extract.bylines import looks_like_byline
from crawler.extract.engine import boilerplate
from crawler.extract.engine.block import Block
from crawler.extract.engine.caption_rules import (
    CLOSED,
    CREDIT_LINE,
    MAX_CAPTION,
    PLACES,
    TextBelow,
    caption_rule,
    is_marked,
    usual_style,
)
from crawler.extract.engine.figures import in_own_box, is_picture_table
from crawler.extract.names import is_outlet
from crawler.extract.text import join_lines

_NAMED = (
    r"(?P<credit>[\w-]+(?:\.[\w-]+)*\.(?:vn|com|net|org)"
    r"|[^.()\[\]|:]{1,60}(?:\.[A-ZĐÀ-Ỹ][^.()\[\]|:]{0,30}){0,4})"
)
_CREDIT = re.compile(
    # "Trong ảnh: các đại biểu", "Bức ảnh: Bác Hồ với thiếu nhi" say what is to be seen
    r"(?:(?<!trong)(?<!bức)(?<!tấm)(?<!hai)(?:^|[\s.(\[–\-|,;])(?:ảnh(?:\s+tư\s+liệu)?|nguồn\s+ảnh|hình|photo)\s*(?::|do)"
    r"|(?:^|[.(\[–\-|;])\s*ảnh\s+của(?=\s+(?-i:[A-ZĐÀ-Ỹ]))|[(\[]\s*ảnh(?=\s+(?-i:[A-ZĐÀ-Ỹ])))"
    rf"\s*+{_NAMED}(?:\s*\([^()]*\))?[.)\]]*\s*$",
    re.I,
)
# The whole caption of a stock picture.
_STOCK = re.compile(r"\(?ảnh\s+(?:minh\s+(?:họa|hoạ)|tư\s+liệu)\)?\.?", re.I)


@dataclass(slots=True)
class Picture:
    """A picture, the lines under it, and where it stands."""

    block: Block
    lines: list[str] = field(default_factory=list)
    rule: str | None = None

    @property
    def caption(self) -> str | None:
        """The lines under the picture as one; None where the page prints none."""
        return join_lines(self.lines) or None

    @property
    def credit(self) -> str | None:
        """The photographer, if the caption names one apart."""
        caption = self.caption or ""
        lowered = caption.lower()
        may_be = any(word in lowered for word in ("ảnh", "hình", "photo"))
        found = _CREDIT.search(caption) if may_be else None
        name = found["credit"].strip(" .") if found else ""
        # "Ảnh: Nông dân thu hoạch lúa" says what is to be seen.
        return name if is_outlet(name) or (name and looks_like_byline(f"Ảnh: {name}")) else None


def assign_captions(blocks: list[Block]) -> tuple[list[Picture], set[int]]:
    """The pictures among *blocks*, and the indexes of the blocks that are their captions."""
    if not any(block.kind == "image" for block in blocks):
        return [], set()
    assigner = _Assigner(blocks)
    at = 0
    while at < len(blocks):
        at = assigner.assign(at) if blocks[at].kind == "image" else at + 1
    assigner.assign_selected()
    is_picture_table.cache_clear()  # it would keep the whole page in memory
    return assigner.pictures, assigner.taken


class _Assigner:
    """Walks over the blocks of an article and gives each run of pictures its captions."""

    def __init__(self, blocks: list[Block]) -> None:
        self.blocks = blocks
        self.pictures: list[Picture] = []
        self.taken: set[int] = set()
        """Indexes of the blocks that are captions."""
        self._usual = usual_style(blocks)
        texts = [at for at, block in enumerate(blocks) if block.kind == "text"]
        self._last_text = texts[-1] if texts else -1

    def assign(self, first: int) -> int:
        """Take the run of pictures that begins at *first*; returns where to go on."""
        end = first
        while end < len(self.blocks) and self.blocks[end].kind == "image":
            end += 1
        group = [Picture(block) for block in self.blocks[first:end]]
        self.pictures += group
        self._take_above(group[0], first - 1)
        if texts := self._row_of_captions(group, end):
            for picture, at in zip(group, texts):
                self._take(picture, at, "table")
            return end + len(texts)
        if len(group) == 1 and _stands_in_sentence(self.blocks, first):
            return end
        end = self._take_below(group[-1], first, end)
        if len(group) == 1 and not group[0].lines:
            self._take_above_in_paragraph(group[0], first - 1)
        return end

    def assign_selected(self) -> None:
        """Give each selected caption that is left to the picture before it, else to the first."""
        pictures = iter([*self.pictures, None])
        nearest, following = self.pictures[0], next(pictures)
        for at, block in enumerate(self.blocks):
            if following is not None and block is following.block:
                nearest, following = following, next(pictures)
            elif block.role == "caption" and at not in self.taken:
                self._take(nearest, at, "selector")

    def _take(self, picture: Picture, at: int, rule: str) -> None:
        picture.lines.append(self.blocks[at].text)
        picture.rule = picture.rule or rule
        self.taken.add(at)

    def _take_above(self, picture: Picture, at: int) -> None:
        """Take the caption element above *picture*, in the same figure or table."""
        if at < 0 or at in self.taken:
            return
        above, context = self.blocks[at].context, picture.block.context
        if above.in_caption and (
            context.figure is above.figure is not None or context.table is above.table is not None
        ):
            self._take(picture, at, "figcaption")

    def _take_above_in_paragraph(self, picture: Picture, at: int) -> None:
        """Take the caption that stands above *picture* in the picture's own paragraph or box."""
        if at < 1 or at in self.taken:
            return
        before, above = self.blocks[at - 1], self.blocks[at]
        if above.kind != "text" or len(above.text) > MAX_CAPTION:
            return
        image = picture.block.element
        boxes = set(islice(above.element.iterancestors(), 2))
        if (
            boxes & {image, *image.iterancestors()}
            and not above.bold
            and not above.context.level
            and in_own_box(above)
        ):
            self._take(picture, at, "box-above")
        elif above.element is image is not before.element and (
            boilerplate.CAPTION_CLASSES.search(above.classes)
            or (
                (above.em or not (above.is_prose or above.context.in_list))
                and not CLOSED.search(above.text)
            )
        ):
            self._take(picture, at, "paragraph-above")

    def _row_of_captions(self, group: list[Picture], at: int) -> list[int]:
        """The texts from *at* on if they are a row of captions under a row of pictures: as many
        texts as pictures, in one table.
        """
        table = group[-1].block.context.table
        if len(group) < 2 or table is None:
            return []
        texts: list[int] = []
        for index in range(at, len(self.blocks)):
            block = self.blocks[index]
            if block.kind != "text" or block.context.table is not table:
                break
            texts.append(index)
        return texts if len(texts) == len(group) else []

    def _take_below(self, picture: Picture, first: int, at: int) -> int:
        """Take the lines under *picture* from *at* on, after the pictures from *first* on."""
        opening: Block | None = None
        while at < len(self.blocks) and self.blocks[at].kind == "text":
            block, is_last = self.blocks[at], at == self._last_text
            if opening is not None:
                rule = _continuation_rule(block, opening, picture, is_last=is_last)
            elif _is_lead(block, picture.block, self.blocks[:first]):
                break
            else:
                rule = caption_rule(
                    TextBelow(block, picture.block, is_last=is_last, usual=self._usual)
                )
            if rule is None:
                break
            self._take(picture, at, rule)
            opening = opening or block
            at += 1
        return at


def _stands_in_sentence(blocks: list[Block], at: int) -> bool:
    """Whether the picture at *at* stands between two words of one sentence, as a sign does."""
    if not 0 < at < len(blocks) - 1:
        return False
    before, picture, after = blocks[at - 1 : at + 2]
    return (
        before.kind == after.kind == "text"
        and before.element is picture.element is after.element
        and not after.after_break
        and not CLOSED.search(before.text)
        and (after.text[0].islower() or after.text[0] in ",.;:)")
    )


def _is_lead(block: Block, image: Block, before: list[Block]) -> bool:
    """Whether *block*, under *image*, is called the lead, and no text stands *before* the two.

    Deep in the text, or in a picture's own figure or table, the same names are a caption's.
    """
    classes, context = block.classes, block.context
    if (
        not block.is_prose
        or not boilerplate.LEAD_CLASSES.search(classes)
        or boilerplate.CAPTION_CLASSES.search(classes)
    ):
        return False
    if context.in_caption or context.figure is not None or any(one.is_prose for one in before):
        return False
    table = context.table if context.table is image.context.table else None
    return table is None or not is_picture_table(table)


def _continuation_rule(
    block: Block, first: Block, picture: Picture, *, is_last: bool
) -> str | None:
    """Why *block* goes on with the caption that *first* began; None if it does not."""
    text, before = block.text, picture.lines[-1]
    if block.role:
        return "selector" if block.role == "caption" else None
    if block.context.level or len(text) > MAX_CAPTION:
        return None
    if CREDIT_LINE.match(text) and len(text) < 80:
        # "Ảnh: X" under a picture is its credit; as the article's last line it is a byline.
        return "credit" if not is_last or _same_box(block, first) else None
    if _same_box(block, first):
        return picture.rule
    if is_last and looks_like_byline(text, marked=is_marked(block)):
        return None
    if text[0] in ",.;:" or (text[0].islower() and not CLOSED.search(before) and len(text) <= 200):
        return "broken"
    if CLOSED.search(before) or len(text) > 200 or (block.bold and not first.bold):
        return None
    caption_class = boilerplate.CAPTION_CLASSES
    if caption_class.search(block.classes) and caption_class.search(first.classes):
        return "class"
    # A second line, set like the first; more of them are verses, or what somebody says.
    if (
        picture.rule == "italic"
        and block.em
        and not block.bold
        and block.align == first.align
        and len(picture.lines) == 1
        and not _STOCK.fullmatch(before)
    ):
        return "italic"
    if len(before) < 60 and not text.isupper() and not CLOSED.search(text) and PLACES.search(text):
        return "places"
    return None


def _same_box(block: Block, first: Block) -> bool:
    """Both lines in one figure, one table of pictures, or one paragraph."""
    figure, table = block.context.figure, block.context.table
    if figure is not None and figure is first.context.figure:
        return True
    if table is not None and table is first.context.table and is_picture_table(table):
        return not block.is_prose or (
            len(block.text) <= MAX_CAPTION
            and (
                block.em
                or block.align == "center"
                or boilerplate.CAPTION_CLASSES.search(block.classes)
                or not CLOSED.search(block.text)
            )
        )
    return (
        block.element is first.element
        and not block.is_prose
        and block.element.tag in ("p", "figcaption", "td", "span")
    )


def image_mark(block: Block, following: Block | None) -> bool:
    """Whether *block* is the agency's mark set as a picture, the text running on beside it."""
    if following is None or following.kind != "text" or following.after_break:
        return False
    if following.element is not block.element:
        return False
    return following.text[0] in "-–—" and len(following.text) > 40
