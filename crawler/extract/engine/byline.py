"""The byline of an article: the last line, if it is a signature."""

from __future__ import annotations

import re

from lxml import etree

from crawler.extract.bylines import looks_like_byline
from crawler.extract.engine import boilerplate
from crawler.extract.engine.block import Block
from crawler.extract.engine.dom import next_beside, outermost, text_of
from crawler.extract.engine.figures import in_data_cell
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
#: What opens the items of a list.
_SIGNS = "-–—+*•"
_CHOICE = re.compile(r"([A-H])\s*[.)/]\s*(?=\S)")
#: So many notes may stand under a signature.
_NOTES = 5
_GLUED = re.compile(r"^(?P<text>.*[.!?…”\"’)])\s*(?P<name>[^.!?…]{2,80}\.?)$", re.S)


def split_byline(texts: list[Block], *, alone: bool) -> tuple[list[Block], list[str], str]:
    """The paragraphs without the signature, its lines, and the rule that knew it.

    *alone* allows a signature where nothing else is left: under a gallery, say.
    """
    if not texts:
        return texts, [], ""
    if len(texts) > 1 and boilerplate.TO_BE_CONTINUED.fullmatch(texts[-1].text):
        kept, lines, rule = split_byline(texts[:-1], alone=alone)
        return [*kept, texts[-1]], lines, rule
    # A marked signature may be followed by a note or two; what stands after it is not its text.
    passed = 0
    for back in range(1, len(texts) + 1):
        block = texts[-back]
        if passed == _NOTES or (back > 1 and _goes_on(texts[1 - back])):
            break
        if block.place.table is None and not block.place.in_list:  # a list is one note
            passed += 1
        named = boilerplate.AUTHOR_NAMES.search(block.names)
        aside = (
            back > 1
            and block.align == "right"
            and not _is_entry(block)
            and looks_like_byline(block.text, marked=True)
        )
        if (named or aside) and len(block.text) <= 120 and not block.is_prose:
            cut = len(texts) - back
            later = texts[cut + 1 :]
            if later and _signs_too(later[-1]) and any(one.is_prose for one in later):
                break  # of several items on one page, each signed
            lines, first = _gather(texts, cut)
            after = [one for one in later if _signs_too(one)]
            rule = "author-class" if named else "right-aligned"
            # What else stands under the signature in its box is text: whom to send help to.
            # From elsewhere, only sentences are: the editors' note, and not the weather.
            box = outermost(block.element).getparent()
            notes = [
                one
                for one in later
                if one not in after
                and (one.is_prose or (box is not None and box in one.element.iterancestors()))
            ]
            return [*texts[:first], *notes], [*lines, *(one.text for one in after)], rule
    last = texts[-1]
    marked = last.is_marked
    if (
        (len(texts) > 1 or alone)
        and not last.is_prose
        and not (last.link and last.align != "right")
        and not _is_entry(last)
        and not (last.align != "right" and _ends_list(texts))
        and not (last.place.in_list and not marked)
        and not (last.place.level and not marked)
        and (
            looks_like_byline(last.text, marked=marked)
            or (
                last.align == "right"
                and len(last.text) <= 60
                and looks_like_byline(last.text.rstrip("."), marked=True)
            )
        )
    ):
        lines, first = _gather(texts, len(texts) - 1)
        if first or alone:
            rule = (
                "right-aligned"
                if last.align == "right"
                else "bold-last-line"
                if last.bold
                else "last-line"
            )
            return texts[:first], lines, rule
    glued = _unglue(last)
    if glued:
        text, name = glued
        last.text = text
        return texts, [name], "end-of-paragraph"
    return texts, [], ""


def _is_entry(block: Block) -> bool:
    """Whether *block* is a cell of a table that lists something."""
    return block.place.table is not None and in_data_cell(block.element)


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
    """Whether *block* is running text, which ends before a signature; a note is none."""
    return block.is_prose and not (block.em or block.bold) and _NOTE.match(block.text) is None


def _signs_too(block: Block) -> bool:
    """Whether a block under the signature belongs to it."""
    if _LABELLED.match(block.text):
        return looks_like_byline(block.text)
    return block.align == "right" and looks_like_byline(block.text, marked=True)


def _gather(texts: list[Block], at: int) -> tuple[list[str], int]:
    """The signature that ends at *at*, and where it begins: "Bài: A" may stand over "Ảnh: B"."""
    lines = _printed_lines(texts[at])
    first = at
    while first > 1 and len(lines) < 4:
        above = texts[first - 1]
        if (
            above.is_prose
            or above.place.level
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
                boilerplate.AUTHOR_NAMES.search(above.names)
                and boilerplate.AUTHOR_NAMES.search(texts[at].names)
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
    """The lines of a signature in one paragraph, if each can sign: two names over each other."""
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
            or boilerplate.AUTHOR_NAMES.search(node.get("class") or "")
        )
        if (
            emphatic
            and tidy(text_of(node)) == name
            and not (node.tail or "").strip()
            and looks_like_byline(name)
        ):
            return found["text"], name
    return None
