"""Why the first text after a picture is its caption, or is not: rules, asked in order.

No generation marks captions in one way, so evidence is weighed: the same figure, table or
paragraph as the picture, a class, italics, centring, the picture's own ``alt``, and in the last
place a bare line without a closing period (docs/site.md §6). A subhead looks like a bare caption by
its text alone; what parts the two is bold type, a heading element, or that the picture has its
caption already.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cached_property
from typing import NamedTuple

from crawler.extract.bylines import looks_like_byline
from crawler.extract.engine import boilerplate
from crawler.extract.engine.block import Block
from crawler.extract.engine.figures import (
    in_cell_beside,
    in_own_box,
    in_same_item,
    is_picture_table,
)
from crawler.extract.text import fold, split_agency

#: Longest caption taken without the evidence of a class, figure or table.
MAX_CAPTION = 320

CREDIT_LINE = re.compile(r"\A\(?\s*+(?:ảnh|nguồn\s+ảnh|hình\s+ảnh|photo|nguồn)\s*:", re.I)
# Words of captions only: the places of people in the picture.
PLACES = re.compile(
    r"\(\s*(?:bên|bìa|đứng|ngồi|thứ|người|hàng|ngoài|ở\s+giữa|giữa|áo|trái|phải|trên|dưới|ảnh|đầu)\b[^()]{0,80}\)|\bảnh\s+(?:trên|dưới|trái|phải)\b",
    re.I,
)
# How captions of this press open, while a sentence of the text names a day or a subject first.
_SCENE = re.compile(
    r"(?:quang\s+cảnh|toàn\s+cảnh|(?:các\s+)?đại\s+biểu\s+(?:dự|tham\s+(?:dự|quan)|chụp|cắt|bấm|thực\s+hiện|trao)|ảnh\s+minh\s+họa|ảnh\s+minh\s+hoạ"
    r"|ảnh\s+tư\s+liệu|một\s+góc\b|ban\s+tổ\s+chức\s+(?:trao|tặng)|chụp\s+ảnh\s+lưu\s+niệm)",
    re.I,
)
# How an interview names its speaker.
_SPOKEN = re.compile(r"\A[*•\-–\s]*+(?:p\.?v|phóng\s+viên|hỏi|đáp|mc)\s*:", re.I)
# Classes of paragraphs, from an office program or for how they are set.
_TEXT_CLASSES = boilerplate.ClassPattern(r"mso|justify|normal|bodytext")
CLOSED_INSIDE = re.compile(r"(?<!TP)(?<!TX)(?<!TT)[.!?…]['\"”’)]*\s+[A-ZĐÀ-Ỹ“\"]")
CLOSED = re.compile(r"[.!?…:]['\"”’)\]]*$")

#: The answer of a rule that knows that the line is not a caption.
NOT_A_CAPTION = ""


class TextStyle(NamedTuple):
    """How a text is set."""

    classes: str
    align: str
    italic: bool


class TextBelow:
    """The first text after a picture, and its properties that several rules use."""

    def __init__(
        self, block: Block, image: Block, *, is_last: bool, usual: TextStyle | None
    ) -> None:
        self.block = block
        self.image = image
        self.is_last = is_last
        """Whether it is the last text of the article, where the byline stands."""
        self.usual = usual
        """How most of the text is set; None where no style prevails."""
        self.text = block.text

    @property
    def in_figure(self) -> bool:
        """Whether text and picture stand in one figure."""
        figure = self.block.context.figure
        return figure is not None and figure is self.image.context.figure

    @property
    def in_table(self) -> bool:
        """Whether text and picture stand in one table."""
        table = self.block.context.table
        return table is not None and table is self.image.context.table

    @cached_property
    def is_heading(self) -> bool:
        """Whether it is set as a subhead."""
        return self.block.bold or (self.text.isupper() and len(self.text) > 4)

    @cached_property
    def is_closed(self) -> bool:
        """Whether it ends as a sentence does."""
        return CLOSED.search(self.text) is not None

    @property
    def is_one_sentence(self) -> bool:
        """Whether no sentence ends inside it."""
        return CLOSED_INSIDE.search(self.text) is None


def caption_rule(line: TextBelow) -> str | None:
    """The rule by which *line* is the picture's caption; None if it is not."""
    if line.block.role:
        return "selector" if line.block.role == "caption" else None
    for rule in RULES:
        answer = rule(line)
        if answer is not None:
            return answer or None
    return None


# -- by the element that holds picture and text ------------------------------------------------


def _in_caption_element(line: TextBelow) -> str | None:
    context = line.block.context
    if not context.in_caption or context.figure is not line.image.context.figure:
        return None
    if context.figure is not None or context.table is line.image.context.table:
        return "figcaption"
    return NOT_A_CAPTION  # a table's caption is of the pictures in it


def _in_figure(line: TextBelow) -> str | None:
    return "figure" if line.in_figure and len(line.text) <= 600 else None


def _in_picture_table(line: TextBelow) -> str | None:
    if not line.in_table or len(line.text) > 600:
        return None
    if _runs_beside(line.block, line.image):
        return NOT_A_CAPTION
    table = line.block.context.table
    return "table" if table is not None and is_picture_table(table) else None


# -- what opens, signs or ends the article -----------------------------------------------------


def _is_row(line: TextBelow) -> str | None:
    return NOT_A_CAPTION if line.block.context.is_row else None


def _opens_or_ends_article(line: TextBelow) -> str | None:
    if split_agency(line.text)[0] or boilerplate.TO_BE_CONTINUED.fullmatch(line.text):
        return NOT_A_CAPTION
    return None


def _is_byline(line: TextBelow) -> str | None:
    text, block = line.text, line.block
    if boilerplate.AUTHOR_CLASSES.search(block.classes) and looks_like_byline(text, marked=True):
        return NOT_A_CAPTION
    if (
        line.is_last
        and looks_like_byline(text, marked=is_marked(block))
        and not CREDIT_LINE.match(text)
    ):
        return NOT_A_CAPTION
    return None


# -- by what names the text a caption ----------------------------------------------------------


def _by_class(line: TextBelow) -> str | None:
    if boilerplate.CAPTION_CLASSES.search(line.block.classes) and len(line.text) <= 800:
        return "class"
    return None


def _by_alt(line: TextBelow) -> str | None:
    alt = line.image.alt
    if (
        len(alt) > 12
        and len(line.text) <= MAX_CAPTION
        and fold(alt).strip(" .") == fold(line.text).strip(" .")
    ):
        return "alt"
    return None


# -- what is too long or stands elsewhere ------------------------------------------------------


def _is_subhead_or_long(line: TextBelow) -> str | None:
    block = line.block
    is_small = block.context.level > 4 and (block.em or block.align == "center")
    if (block.context.level and not is_small) or len(line.text) > MAX_CAPTION:
        return NOT_A_CAPTION
    return None


def _is_in_another_item(line: TextBelow) -> str | None:
    if line.block.context.in_list and not in_same_item(line.block.element, line.image.element):
        return NOT_A_CAPTION
    return None


def _in_own_box(line: TextBelow) -> str | None:
    apart = line.block.element is not line.image.element
    return "own-box" if apart and in_own_box(line.block) else None


def _in_same_paragraph(line: TextBelow) -> str | None:
    block = line.block
    if block.element is not line.image.element:
        return None
    if not _opens_list(line.text) and (
        block.em or block.after_break or not block.is_prose or not line.is_closed
    ):
        return "same-paragraph"
    return NOT_A_CAPTION  # a picture floating beside its paragraph


def _is_said(line: TextBelow) -> str | None:
    """An interview's question or a letter's words are set in italics, as captions are."""
    text = line.text
    if (
        text[-1] == "?"
        or _SPOKEN.match(text) is not None
        or (text[0] in '“"' and not line.is_one_sentence)
    ):
        return NOT_A_CAPTION
    return None


# -- by how the text is set --------------------------------------------------------------------


def _is_italic(line: TextBelow) -> bool:
    """Whether italics set it apart: in a text that is all in italics they say nothing."""
    return line.block.em and not (line.usual and line.usual.italic)


def _in_italics(line: TextBelow) -> str | None:
    return "italic" if _is_italic(line) and not line.block.bold else None


def _centred(line: TextBelow) -> str | None:
    return "centred" if line.block.align == "center" and not line.is_heading else None


def _in_bold_italics_or_centred_with_picture(line: TextBelow) -> str | None:
    block = line.block
    if block.em or (
        block.align == "center"
        and line.image.align == "center"
        and not line.text.isupper()
        and len(line.text) > 40
    ):
        return "italic" if _is_italic(line) else "centred"
    return None


def _bare_line(line: TextBelow) -> str | None:
    if (
        not line.is_heading
        and not line.is_closed
        and len(line.text) <= 250
        and not line.block.link
        and not _opens_list(line.text)
    ):
        return "bare-line"
    return None


def _set_apart(line: TextBelow) -> str | None:
    """Set apart from the running text by a class of its own, whatever its name."""
    block = line.block
    if (
        line.usual
        and not line.is_heading
        and len(line.text) <= 160
        and line.is_one_sentence
        and block.element.get("class")
        and block.element not in line.image.element.iterancestors()
        and block.align != "left"  # by a style that justifies it, say
        and not _TEXT_CLASSES.search(block.classes)
        and text_style(block) != line.usual
    ):
        return "set-apart"
    return None


# -- by what the text says ---------------------------------------------------------------------


def _opens_as_scene(line: TextBelow) -> str | None:
    if (
        not line.is_heading
        and len(line.text) <= 160
        and line.is_one_sentence
        and _SCENE.match(line.text)
    ):
        return "scene"
    return None


def _says_who_stands_where(line: TextBelow) -> str | None:
    if (
        len(line.text) <= 200
        and not line.is_heading
        and line.block.align != "justify"
        and PLACES.search(line.text)
    ):
        return "places"
    return None


#: Asked in this order; the first that gives a name, or NOT_A_CAPTION, decides.
RULES: tuple[Callable[[TextBelow], str | None], ...] = (
    _is_row,
    _in_caption_element,
    _in_figure,
    _opens_or_ends_article,
    _is_byline,
    _in_picture_table,
    _by_class,
    _by_alt,
    _is_subhead_or_long,
    _is_in_another_item,
    _in_own_box,
    _in_same_paragraph,
    _is_said,
    _in_italics,
    _centred,
    _in_bold_italics_or_centred_with_picture,
    _bare_line,
    _set_apart,
    _opens_as_scene,
    _says_who_stands_where,
)


def text_style(block: Block) -> TextStyle:
    """How *block* is set: its class, alignment, italics."""
    return TextStyle(block.element.get("class") or "", block.align, block.em)


def usual_style(blocks: list[Block]) -> TextStyle | None:
    """How most of the text is set; None where no style prevails."""
    styles = [text_style(block) for block in blocks if block.is_prose and len(block.text) > 120]
    if not styles:
        return None
    usual = max(set(styles), key=styles.count)
    return usual if styles.count(usual) * 2 > len(styles) else None


def is_marked(block: Block) -> bool:
    """Whether *block* is set as bylines are, and not as captions."""
    return block.align == "right" or (block.bold and not block.em)


def _runs_beside(block: Block, image: Block) -> bool:
    """Whether *block* is running text in the cell beside the picture's: a layout in two columns."""
    return (
        len(block.text) >= 100
        and CLOSED.search(block.text) is not None
        and not block.em
        and block.align != "center"
        and not boilerplate.CAPTION_CLASSES.search(block.classes)
        and not _SCENE.match(block.text)
        and not PLACES.search(block.text)
        and in_cell_beside(block.element, image.element)
    )


def _opens_list(text: str) -> bool:
    return text[0] in "-–+*•"
