"""Which text belongs to which picture.

No generation marks captions in one way, so evidence is weighed: the same figure, table or
paragraph as the picture, a class, italics, centring, the picture's own ``alt``, and in the last
place a bare line without a closing period (docs/site.md §6). A subhead looks like a bare caption by
its text alone; what parts the two is bold type, a heading element, or that the picture has its
caption already.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from crawler.extract.bylines import looks_like_byline
from crawler.extract.engine import boilerplate
from crawler.extract.engine.block import Block
from crawler.extract.engine.figures import (
    in_cell_beside,
    in_own_box,
    in_same_item,
    is_picture_table,
)
from crawler.extract.names import is_outlet
from crawler.extract.text import fold, join_lines, split_agency

#: Longest caption taken without the evidence of a class, figure or table.
MAX_CAPTION = 320

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
_CREDIT_LINE = re.compile(r"\A\(?\s*+(?:ảnh|nguồn\s+ảnh|hình\s+ảnh|photo|nguồn)\s*:", re.I)
# What only a caption says: who stands where in the picture.
_PLACES = re.compile(
    r"\(\s*(?:bên|bìa|đứng|ngồi|thứ|người|hàng|ngoài|ở\s+giữa|giữa|áo|trái|phải|trên|dưới|ảnh|đầu)\b[^()]{0,80}\)|\bảnh\s+(?:trên|dưới|trái|phải)\b",
    re.I,
)
# How captions of this press open, where a sentence of the text would name a day or a subject first.
_SCENE = re.compile(
    r"(?:quang\s+cảnh|toàn\s+cảnh|(?:các\s+)?đại\s+biểu\s+(?:dự|tham\s+(?:dự|quan)|chụp|cắt|bấm|thực\s+hiện|trao)|ảnh\s+minh\s+họa|ảnh\s+minh\s+hoạ"
    r"|ảnh\s+tư\s+liệu|một\s+góc\b|ban\s+tổ\s+chức\s+(?:trao|tặng)|chụp\s+ảnh\s+lưu\s+niệm)",
    re.I,
)
# All that is to be said of a picture which does not show what the text tells.
_STOCK = re.compile(r"\(?ảnh\s+(?:minh\s+(?:họa|hoạ)|tư\s+liệu)\)?\.?", re.I)
# How an interview names its speaker.
_SPOKEN = re.compile(r"\A[*•\-–\s]*+(?:p\.?v|phóng\s+viên|hỏi|đáp|mc)\s*:", re.I)
# Classes of paragraphs, from an office program or for how they are set.
_TEXT_NAMES = boilerplate.Names(r"mso|justify|normal|bodytext")
_CLOSED_INSIDE = re.compile(r"(?<!TP)(?<!TX)(?<!TT)[.!?…]['\"”’)]*\s+[A-ZĐÀ-Ỹ“\"]")
_CLOSED = re.compile(r"[.!?…:]['\"”’)\]]*$")


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
    pictures: list[Picture] = []
    taken: set[int] = set()
    if not any(block.kind == "image" for block in blocks):
        return pictures, taken
    usual = _usual_look(blocks)
    last_text = len(blocks) - 1
    while last_text >= 0 and blocks[last_text].kind != "text":
        last_text -= 1
    at = 0
    while at < len(blocks):
        if blocks[at].kind != "image":
            at += 1
            continue
        run = [at]
        while run[-1] + 1 < len(blocks) and blocks[run[-1] + 1].kind == "image":
            run.append(run[-1] + 1)
        group = [Picture(blocks[index]) for index in run]
        pictures += group
        at = run[-1] + 1
        if run[0] > 0 and run[0] - 1 not in taken:
            above, place = blocks[run[0] - 1], blocks[run[0]].place
            if above.place.in_caption and (
                place.figure is above.place.figure is not None
                or place.table is above.place.table is not None
            ):
                group[0].lines.append(above.text)
                group[0].rule = "figcaption"
                taken.add(run[0] - 1)
        # A row of pictures over a row of captions: as many texts as pictures in one table.
        table = group[-1].block.place.table
        if len(group) > 1 and table is not None:
            texts: list[int] = []
            while (
                at + len(texts) < len(blocks)
                and blocks[at + len(texts)].kind == "text"
                and blocks[at + len(texts)].place.table is table
            ):
                texts.append(at + len(texts))
            if len(texts) == len(group):
                for picture, index in zip(group, texts):
                    picture.lines.append(blocks[index].text)
                    picture.rule = "table"
                    taken.add(index)
                at += len(texts)
                continue
        picture = group[-1]
        if len(group) == 1 and _stands_in_sentence(blocks, run[0]):
            continue
        first: Block | None = None
        while at < len(blocks) and blocks[at].kind == "text":
            block = blocks[at]
            if first is not None:
                rule = _continuation_rule(block, first, blocks[at - 1], picture, at == last_text)
            elif _is_lead(block, picture.block, blocks[: run[0]]):
                break
            else:
                rule = _caption_rule(block, picture.block, at == last_text, usual)
            if rule is None:
                break
            picture.lines.append(block.text)
            picture.rule = picture.rule or rule
            first = first or block
            taken.add(at)
            at += 1
    return pictures, taken


def _stands_in_sentence(blocks: list[Block], at: int) -> bool:
    """Whether the picture at *at* stands between two words of one sentence, as a sign does."""
    if not 0 < at < len(blocks) - 1:
        return False
    before, picture, after = blocks[at - 1 : at + 2]
    return (
        before.kind == after.kind == "text"
        and before.element is picture.element is after.element
        and not after.after_break
        and not _CLOSED.search(before.text)
        and (after.text[0].islower() or after.text[0] in ",.;:)")
    )


def _look(block: Block) -> tuple[str, str, bool]:
    return (block.element.get("class") or "", block.align, block.em)


def _usual_look(blocks: list[Block]) -> tuple[str, str, bool] | None:
    """How most of the text is set; None where no look prevails."""
    looks = [_look(block) for block in blocks if block.is_prose and len(block.text) > 120]
    if not looks:
        return None
    usual = max(set(looks), key=looks.count)
    return usual if looks.count(usual) * 2 > len(looks) else None


def _is_lead(block: Block, image: Block, before: list[Block]) -> bool:
    """Whether *block*, under *image*, is called the lead, and no text stands *before* the two.

    Deep in the text, or in a picture's own figure or table, the same names are a caption's.
    """
    names, place = block.names, block.place
    if (
        not block.is_prose
        or not boilerplate.LEAD_NAMES.search(names)
        or boilerplate.CAPTION_NAMES.search(names)
    ):
        return False
    if place.in_caption or place.figure is not None or any(one.is_prose for one in before):
        return False
    table = place.table if place.table is image.place.table else None
    return table is None or not is_picture_table(table)


def _caption_rule(
    block: Block,
    image: Block,
    is_last: bool,
    usual: tuple[str, str, bool] | None,
) -> str | None:
    """Why *block*, the first text after *image*, is its caption; None if it is not."""
    text = block.text
    place = block.place
    if place.in_caption and place.figure is image.place.figure:
        # A table's caption is of the pictures in it.
        return (
            "figcaption" if place.figure is not None or place.table is image.place.table else None
        )
    if place.figure is not None and place.figure is image.place.figure and len(text) <= 600:
        return "figure"
    if split_agency(text)[0] or boilerplate.TO_BE_CONTINUED.fullmatch(text):
        return None
    if boilerplate.AUTHOR_NAMES.search(block.names) and looks_like_byline(text, marked=True):
        return None
    if (
        is_last
        and looks_like_byline(text, marked=_is_marked(block))
        and not _CREDIT_LINE.match(text)
    ):
        return None
    table = place.table
    if table is not None and table is image.place.table and len(text) <= 600:
        if _runs_beside(block, image):
            return None
        if is_picture_table(table):
            return "table"
    if boilerplate.CAPTION_NAMES.search(block.names) and len(text) <= 800:
        return "class"
    if (
        image.alt
        and len(text) <= MAX_CAPTION
        and len(image.alt) > 12
        and fold(image.alt).strip(" .") == fold(text).strip(" .")
    ):
        return "alt"
    is_small = block.place.level > 4 and (block.em or block.align == "center")
    if (block.place.level and not is_small) or len(text) > MAX_CAPTION:
        return None
    if place.in_list and not in_same_item(block.element, image.element):
        return None
    if block.element is not image.element and in_own_box(block):
        return "own-box"
    if block.element is image.element:
        if _opens_list(text):
            return None
        if block.em or block.after_break or not block.is_prose or not _CLOSED.search(text):
            return "same-paragraph"
        return None  # a picture floating beside its paragraph
    if _is_said(text):
        return None
    italic = block.em and not (usual and usual[2])  # in a text all set in italics they say nothing
    if italic and not block.bold:
        return "italic"
    heading = block.bold or (text.isupper() and len(text) > 4)
    if block.align == "center" and not heading:
        return "centred"
    if block.em or (
        block.align == "center"
        and image.align == "center"
        and not text.isupper()
        and len(text) > 40
    ):
        return "italic" if italic else "centred"
    if (
        not heading
        and not _CLOSED.search(text)
        and len(text) <= 250
        and not block.link
        and not _opens_list(text)
    ):
        return "bare-line"
    one_sentence = not _CLOSED_INSIDE.search(text)
    if (
        usual
        and not heading
        and len(text) <= 160
        and one_sentence
        and block.element.get("class")
        and block.element not in image.element.iterancestors()
        and block.align != "left"  # by a style that justifies it, say
        and not _TEXT_NAMES.search(block.names)
        and _look(block) != usual
    ):
        # Set apart from the running text by a class of its own, whatever its name.
        return "set-apart"
    if not heading and len(text) <= 160 and one_sentence and _SCENE.match(text):
        return "scene"
    if len(text) <= 200 and not heading and block.align != "justify" and _PLACES.search(text):
        return "places"
    return None


def _is_marked(block: Block) -> bool:
    """Whether *block* is set as signatures are, and not as captions."""
    return block.align == "right" or (block.bold and not block.em)


def _continuation_rule(
    block: Block, first: Block, previous: Block, picture: Picture, is_last: bool
) -> str | None:
    """Why *block* goes on with the caption that *first* began; None if it does not."""
    text, before = block.text, picture.lines[-1]
    if block.place.level or len(text) > MAX_CAPTION:
        return None
    if _CREDIT_LINE.match(text) and len(text) < 80:
        # "Ảnh: X" under a picture is its credit; as the article's last line it is a byline.
        return "credit" if not is_last or _same_box(block, first) else None
    if _same_box(block, first):
        return picture.rule
    if is_last and looks_like_byline(text, marked=_is_marked(block)):
        return None
    if text[0] in ",.;:" or (text[0].islower() and not _CLOSED.search(before) and len(text) <= 200):
        return "broken"
    if _CLOSED.search(before) or len(text) > 200 or (block.bold and not first.bold):
        return None
    caption_class = boilerplate.CAPTION_NAMES
    if caption_class.search(block.names) and caption_class.search(first.names):
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
    if (
        len(before) < 60
        and not text.isupper()
        and not _CLOSED.search(text)
        and _PLACES.search(text)
    ):
        return "places"
    return None


def _same_box(block: Block, first: Block) -> bool:
    """Both lines in one figure, one table of pictures, or one paragraph."""
    figure, table = block.place.figure, block.place.table
    if figure is not None and figure is first.place.figure:
        return True
    if table is not None and table is first.place.table and is_picture_table(table):
        return not block.is_prose or (
            len(block.text) <= MAX_CAPTION
            and (
                block.em
                or block.align == "center"
                or boilerplate.CAPTION_NAMES.search(block.names)
                or not _CLOSED.search(block.text)
            )
        )
    return (
        block.element is first.element
        and not block.is_prose
        and block.element.tag in ("p", "figcaption", "td", "span")
    )


def _runs_beside(block: Block, image: Block) -> bool:
    """Whether *block* is running text in the cell beside the picture's: a layout in two columns."""
    return (
        len(block.text) >= 100
        and _CLOSED.search(block.text) is not None
        and not block.em
        and block.align != "center"
        and not boilerplate.CAPTION_NAMES.search(block.names)
        and not _SCENE.match(block.text)
        and not _PLACES.search(block.text)
        and in_cell_beside(block.element, image.element)
    )


def _is_said(text: str) -> bool:
    """Whether *text* is an interview's question or a letter's words, set in italics as captions."""
    return (
        text[-1] == "?"
        or _SPOKEN.match(text) is not None
        or (text[0] in '“"' and _CLOSED_INSIDE.search(text) is not None)
    )


def _opens_list(text: str) -> bool:
    return text[0] in "-–+*•"


def image_mark(block: Block, following: Block | None) -> bool:
    """Whether *block* is the agency's mark set as a picture, the text running on beside it."""
    if following is None or following.kind != "text" or following.after_break:
        return False
    if following.element is not block.element:
        return False
    return following.text[0] in "-–—" and len(following.text) > 40
