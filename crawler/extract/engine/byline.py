"""The byline of an article: its last line, or a marked one near it."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from lxml import etree

from crawler.extract.bylines import looks_like_byline
from crawler.extract.engine import boilerplate
from crawler.extract.engine.block import Block
from crawler.extract.engine.dom import Element, next_beside, outermost, text_of
from crawler.extract.engine.figures import in_data_cell
from crawler.extract.engine.style import class_id
from crawler.extract.names import names_job, names_office
from crawler.extract.text import join_lines, tidy

_LABELLED = re.compile(
    r"\A\(?\s*+(?:tin|bài|ảnh|hình|lời|nguồn|theo|thực\s+hiện|biên\s+tập|video|clip|\(|trình\s+bày|đồ\s+h[oọ])",
    re.I,
)
#: How a note opens, and the name of the serial's next part.
_NOTE = re.compile(
    r"\(?\*|[(\[]1[)\]]|(?:tài\s+liệu\s+tham\s+khảo|chú\s+thích|ghi\s+chú|t(?:òa|oà)\s+soạn|bbt|ban\s+biên\s+tập|lts)\b|(?:bài|kỳ|phần)\s+(?:\d+|cuối)\b",
    re.I,
)
# What stands under the byline of an article that asks for help, and is of the text.
_APPEAL = re.compile(
    r"mọi\s+(?:sự\s+|tấm\s+lòng\s+)?(?:đóng\s+góp|giúp\s+đỡ|hỗ\s+trợ|ủng\s+hộ|chia\s+sẻ|hảo\s+tâm)\b[^.]{0,80}\b(?:gửi|liên\s+hệ)\b",
    re.I,
)
#: Blocks that are looked at for a byline with boxes below it.
_BELOW = 12
_BOXES = frozenset(("div", "section", "aside", "article"))
#: Signs that open the items of a list.
_SIGNS = "-–—+*•"
_CHOICE = re.compile(r"([A-H])\s*[.)/]\s*(?=\S)")
#: Notes that may stand under a byline, at most.
_NOTES = 5
#: Letters in a line of an author's box, at most.
_BOX_LINE = 160
_GLUED = re.compile(r"^(?P<text>.*[.!?…”\"’)])\s*(?P<name>[^.!?…]{2,80}\.?)$", re.S)


class Split(NamedTuple):
    """Paragraphs and byline, apart."""

    texts: list[Block]
    lines: list[str]
    """The lines of the byline; empty for none."""
    rule: str


def split_byline(texts: list[Block], *, alone: bool) -> Split:
    """The paragraphs without the byline, its lines, and the rule that knew it.

    *alone* allows a byline where nothing else is left: under a gallery, say.
    """
    if not texts:
        return Split(texts, [], "")
    texts = _without_boxes_below(_without_author_box(texts))
    last = texts[-1].text
    if len(texts) > 1 and (boilerplate.TO_BE_CONTINUED.fullmatch(last) or _APPEAL.match(last)):
        kept, lines, rule = split_byline(texts[:-1], alone=alone)
        return Split([*kept, texts[-1]], lines, rule)
    return (
        _split_at_mark(texts)
        or _split_last_line(texts, alone=alone)
        or _split_last_paragraph(texts[-1], texts)
        or Split(texts, [], "")
    )


def _without_author_box(texts: list[Block]) -> list[Block]:
    """*texts* without the box that prints the byline above it once more, with the author's office.

    "Mỹ Lý", and under it "Mỹ Lý", "Phóng viên Báo Đồng Tháp", in one line or in two.
    """
    for at in range(max(1, len(texts) - _NOTES), len(texts)):
        block = texts[at]
        if block.is_prose or len(block.text) > _BOX_LINE:
            continue
        for above in reversed(texts[max(0, at - _NOTES) : at]):
            if above.is_prose:
                break
            rest = block.text.removeprefix(above.text)
            if rest == block.text:
                rest = block.text.removeprefix(above.text.rpartition(": ")[2])
            if (
                rest != block.text
                and looks_like_byline(above.text, marked=True)
                and (not rest or names_office(rest))
            ):
                box = block.element.getparent()
                after = [
                    one
                    for one in texts[at + 1 :]
                    if not (names_office(one.text) and _is_inside(one.element, box))
                ]
                return [*texts[:at], *after]
    return texts


def _without_boxes_below(texts: list[Block]) -> list[Block]:
    """*texts* without those that stand under a marked byline in a box with a name of its own: the
    weather, an invitation to subscribe. A note stays.
    """
    for at in range(len(texts) - 2, max(-1, len(texts) - _BELOW), -1):
        if _mark_rule(texts[at], is_last=False):
            about = {texts[at].element, *texts[at].element.iterancestors()}
            above, below = texts[: at + 1], texts[at + 1 :]
            kept = [one for one in below if _is_note(one) or not _is_boxed(one, about)]
            dropped = sum(one.is_prose and one not in kept for one in below)
            # More of it than of the text: a page of several items.
            return texts if dropped * 2 > sum(one.is_prose for one in above) else [*above, *kept]
    return texts


def _is_note(block: Block) -> bool:
    return bool(_NOTE.match(block.text) or _APPEAL.match(block.text) or _signs_too(block))


def _is_boxed(block: Block, about: set[Element]) -> bool:
    """Whether *block* stands in a box with a class that does not stand *about* the byline."""
    for box in (block.element, *block.element.iterancestors()):
        if box in about:
            return False
        if box.tag in _BOXES and len(box) > 1 and class_id(box):
            return True  # and not the wrapper of one paragraph
    return False


def _is_inside(element: Element, box: Element | None) -> bool:
    return box is not None and box in element.iterancestors()


def _split_at_mark(texts: list[Block]) -> Split | None:
    """Split at a byline that is marked by its class, or by being set to the right.

    A note or two may follow it; what stands after it is not its text.
    """
    notes = 0
    for at in range(len(texts) - 1, -1, -1):
        block, is_last = texts[at], at == len(texts) - 1
        if notes == _NOTES or (not is_last and _goes_on(texts[at + 1])):
            return None
        if block.context.table is None and not block.context.in_list:  # a list is one note
            notes += 1
        if rule := _mark_rule(block, is_last=is_last):
            later = texts[at + 1 :]
            if later and _signs_too(later[-1]) and any(one.is_prose for one in later):
                return None  # of several items on one page, each signed
            return _split_before_notes(texts, at, rule)
    return None


def _mark_rule(block: Block, *, is_last: bool) -> str | None:
    """By which mark *block* is a byline; a last line needs its class."""
    if len(block.text) > 120 or block.is_prose:
        return None
    if boilerplate.AUTHOR_CLASSES.search(block.classes):
        return "author-class"
    if (
        not is_last
        and block.align == "right"
        and not _is_entry(block)
        and looks_like_byline(block.text, marked=True)
    ):
        return "right-aligned"
    return None


def _split_before_notes(texts: list[Block], at: int, rule: str) -> Split:
    """Split at the byline that ends at *at*; what follows it signs too, is text, or is dropped."""
    block, later = texts[at], texts[at + 1 :]
    lines, first = _gather(texts, at)
    after = [one for one in later if _signs_too(one)]
    # What else stands under the byline in its box is text: whom to send help to.
    # From elsewhere, only sentences are: the editors' note, and not the weather.
    box = outermost(block.element).getparent()
    notes = [
        one
        for one in later
        if one not in after
        and (one.is_prose or (box is not None and box in one.element.iterancestors()))
    ]
    return Split([*texts[:first], *notes], [*lines, *(one.text for one in after)], rule)


def _split_last_line(texts: list[Block], *, alone: bool) -> Split | None:
    """Split at the last line, if it can sign and reads like a byline."""
    last = texts[-1]
    if not (len(texts) > 1 or alone) or any(cannot(texts) for cannot in _CANNOT_SIGN):
        return None
    if not _reads_like_byline(last):
        return None
    lines, first = _gather(texts, len(texts) - 1)
    if not (first or alone):
        return None
    if last.align == "right":
        rule = "right-aligned"
    else:
        rule = "bold-last-line" if last.bold else "last-line"
    return Split(texts[:first], lines, rule)


def _reads_like_byline(last: Block) -> bool:
    if looks_like_byline(last.text, marked=last.is_marked):
        return True
    return (
        last.align == "right"
        and len(last.text) <= 60
        and looks_like_byline(last.text.rstrip("."), marked=True)
    )


def _is_prose(texts: list[Block]) -> bool:
    return texts[-1].is_prose


def _is_link(texts: list[Block]) -> bool:
    return texts[-1].link is not None and texts[-1].align != "right"


def _is_cell(texts: list[Block]) -> bool:
    return _is_entry(texts[-1])


def _is_item_like_those_above(texts: list[Block]) -> bool:
    return texts[-1].align != "right" and _ends_list(texts)


def _is_plain_item(texts: list[Block]) -> bool:
    return texts[-1].context.in_list and not texts[-1].is_marked


def _is_plain_heading(texts: list[Block]) -> bool:
    return texts[-1].context.level > 0 and not texts[-1].is_marked


#: The last of the texts is not a byline, however it reads, if one of these holds.
_CANNOT_SIGN: tuple[Callable[[list[Block]], bool], ...] = (
    _is_prose,
    _is_link,
    _is_cell,
    _is_item_like_those_above,
    _is_plain_item,
    _is_plain_heading,
)


def _split_last_paragraph(last: Block, texts: list[Block]) -> Split | None:
    """Split a name off the end of the last paragraph."""
    if (parts := _unglue(last)) is None:
        return None
    last.text, name = parts
    return Split(texts, [name], "end-of-paragraph")


def _is_entry(block: Block) -> bool:
    """Whether *block* is a cell of a table that lists something."""
    context = block.context
    return context.is_row or (context.table is not None and in_data_cell(block.element))


def _ends_list(texts: list[Block]) -> bool:
    """Whether the last of *texts* is an item like those above it: of a list with signs, or of names
    under a line that announces them.
    """
    last = texts[-1]
    above = texts[-2] if len(texts) > 1 else None
    announced = (
        above is not None
        and above.text[-1] == ":"
        and _LABELLED.match(above.text) is None
        and next_beside(above.element) is outermost(last.element)  # and no pictures between
    )
    if last.text[0] in _SIGNS:
        return announced or (above is not None and above.text[0] == last.text[0])
    if announced and not last.bold:
        return True  # "Người đoạt giải nhất:", and who it is
    if above is not None and (choice := _CHOICE.match(last.text)):
        before = _CHOICE.match(above.text)  # of a quiz: "A. Đúng", "B. Sai"
        if before and ord(choice[1]) - ord(before[1]) == 1:
            return True
    for items, block in enumerate(reversed(texts)):
        if block.text[-1] == ":":
            return items > 1 and _LABELLED.match(block.text) is None
        if (
            (block.element.tag, block.bold, block.em, block.align)
            != (last.element.tag, last.bold, last.em, last.align)
            or block.text[0] in _SIGNS
            or not looks_like_byline(block.text)
        ):
            break
    return False


def _goes_on(block: Block) -> bool:
    """Whether *block* is running text and not a note: the byline stands after it."""
    return block.is_prose and not (block.em or block.bold) and _NOTE.match(block.text) is None


def _signs_too(block: Block) -> bool:
    """Whether a block under the byline belongs to it."""
    if _LABELLED.match(block.text):
        return looks_like_byline(block.text)
    return block.align == "right" and looks_like_byline(block.text, marked=True)


def _gather(texts: list[Block], at: int) -> tuple[list[str], int]:
    """The byline that ends at *at*, and where it begins: "Bài: A" may stand over "Ảnh: B"."""
    lines = _printed_lines(texts[at])
    first = at
    while first > 1 and len(lines) < 4:
        above = texts[first - 1]
        if (
            above.is_prose
            or above.context.level
            or above.link
            or len(above.text) > 80
            or above.text[-1] in ":"
        ):
            break
        strong = (
            _LABELLED.match(above.text) is not None
            or (
                _LABELLED.match(texts[first].text) is not None
                and above.text.isupper() == texts[at].text.isupper()
                and above.bold == texts[at].bold
            )
            or (above.align == "right" and texts[at].align == "right")
            or (
                boilerplate.AUTHOR_CLASSES.search(above.classes)
                and boilerplate.AUTHOR_CLASSES.search(texts[at].classes)
            )
            or (
                _LABELLED.match(texts[first].text) is not None
                and (above.bold or above.text.isupper())
            )
        )
        if not strong or not looks_like_byline(above.text, marked=above.align == "right"):
            break
        first -= 1
        lines.insert(0, above.text)
    return lines, first


def _printed_lines(block: Block) -> list[str]:
    """The lines of a byline in one paragraph, if each reads like one: a name over a name.

    An author's box may hold the author's office as well.
    """
    if boilerplate.AUTHOR_CLASSES.search(block.classes):
        pieces = [text for piece in block.element.itertext() if (text := tidy(piece))]
        for at in range(1, len(pieces)):
            if names_job(pieces[at]) and looks_like_byline(" ".join(pieces[:at]), marked=True):
                return [" ".join(pieces[:at])]
    if next(block.element.iter("br"), None) is None:
        return [block.text]
    pieces = [""]
    for event, node in etree.iterwalk(block.element, events=("start", "end")):
        if event == "start":
            if node.tag == "br":
                pieces.append("")
            pieces[-1] += node.text or ""
        elif node is not block.element:
            pieces[-1] += node.tail or ""
    lines = [line for piece in pieces if (line := tidy(piece))]
    if join_lines(lines) != block.text or not all(
        looks_like_byline(line, marked=True) for line in lines
    ):
        return [block.text]
    return lines


def _unglue(block: Block) -> tuple[str, str] | None:
    """(text, name) of a paragraph that ends in a name set in bold or to the right."""
    found = _GLUED.match(block.text)
    if found is None or len(found["text"]) < 40 or not len(block.element):
        return None
    name = found["name"]
    for node in list(block.element.iter("b", "strong", "em", "i", "span"))[-3:]:
        style = f"{node.get('style') or ''} {node.get('class') or ''}"
        emphatic = (
            node.tag in ("b", "strong", "em", "i")
            or "right" in style
            or boilerplate.AUTHOR_CLASSES.search(node.get("class") or "")
        )
        if (
            emphatic
            and tidy(text_of(node)) == name
            and not (node.tail or "").strip()
            and looks_like_byline(name)
        ):
            return found["text"], name
    return None
