"""Lines between breaks, and which of them are one paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterator

from crawler.layouts import furniture
from crawler.stamps import is_stamp_line
from crawler.text import tidy

_SENTENCE_END = re.compile(r"[.!?…:;]['\"”’)\]]*$")
_ITEM = re.compile(r"(?:[-–—+*•●▪]\s*|\d{1,2}[.)/]\s+|[a-zđ]\)\s+)\S")


class Line:
    """One line under way: its pieces, and how many letters are set in which way."""

    __slots__ = ("bold", "em", "href", "link", "pieces", "total")

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.total = self.em = self.bold = self.link = 0
        self.href: str | None = None

    def text(self) -> str:
        """The line's text, tidied."""
        pieces = self.pieces
        if len(pieces) == 1:
            return tidy(pieces[0])
        # Nodes set edge to edge by an editor, "<span>Tỉnh uỷ</span><span>Lê Minh Hoan</span>": no
        # Vietnamese word has a capital inside it. But 26<sup>o</sup>C is one.
        for at in range(1, len(pieces)):
            left, right = pieces[at - 1], pieces[at]
            if len(left) > 1 and right and left[-1].islower() and right[0].isupper():
                pieces[at] = f" {right}"
        return tidy("".join(pieces))


def join_counts(lines: list[Line]) -> Line:
    """The letters of *lines* counted as one line's."""
    if len(lines) == 1:
        return lines[0]
    whole = Line()
    for line in lines:
        whole.total += line.total
        whole.em += line.em
        whole.bold += line.bold
        whole.link += line.link
        whole.href = line.href if line.href is not None else whole.href
    return whole


def group_lines(lines: list[Line]) -> Iterator[list[Line]]:
    """Group the lines between breaks into paragraphs.

    Two breaks part paragraphs. One break parts them where a sentence ends and another begins, or
    before an item or a signature; anywhere else (a caption, a title over two lines) the lines are
    one text.
    """
    if _is_verse(lines):
        yield from ([line] for line in lines if line.total)
        return
    group: list[Line] = []
    last = ""
    for line in lines:
        text = line.text() if line.total else ""
        if not text:  # or a line of what cannot be seen
            if group:
                yield group
            group, last = [], ""
            continue
        stamp = len(text) < 120 and is_stamp_line(text)
        if group and (
            stamp
            or (
                _SENTENCE_END.search(last)
                and (text[0].isupper() or text[0] in '“"-–(+*•' or text[0].isdigit())
            )
            or (_ITEM.match(text) and text[0] not in ",.")
            or furniture.TAIL.fullmatch(text)
        ):
            yield group
            group = []
        group.append(line)
        last = text
        if stamp:
            yield group
            group, last = [], ""
    if group:
        yield group


def _is_verse(lines: list[Line]) -> bool:
    """Whether the lines are verses: none long, each begun with a capital; four or more, or a
    couplet in italics.
    """
    lines = [line for line in lines if line.total]
    couplet = len(lines) >= 2 and all(line.em >= line.total > line.bold for line in lines)
    if len(lines) < 4 and not couplet:
        return False
    texts = [line.text() for line in lines]
    return all(len(text) < 60 and text.lstrip("\"'“‘(*-– ")[:1].isupper() for text in texts)
