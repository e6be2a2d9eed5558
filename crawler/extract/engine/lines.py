"""Lines between breaks, and which of them are one paragraph."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from crawler.extract.engine import boilerplate
from crawler.extract.engine.dom import Element, string
from crawler.extract.stamps import is_stamp_line
from crawler.extract.text import tidy

_SENTENCE_END = re.compile(r"[.!?…:;]['\"”’)\]]*$")
#: The end of a span of years or days.
_SPAN_END = re.compile(r"[-–]\s*\d{1,4}\b")
_ITEM = re.compile(
    # "18 giờ: Đồng Tháp - Bình Định" in a list of matches
    r"(?:[-–—+*•●▪]\s*|\d{1,2}[.)/]\s+|[a-zđ]\)\s+|\d{1,2}\s*(?:giờ|[hg])(?:\s*\d{1,2})?\s*:\s)\S"
)
#: This many lines, none long, are verses.
_STANZA = 4


class Line:
    """One line under way: its pieces, and how many letters are set in which way."""

    __slots__ = ("bold", "em", "href", "link", "moment", "pieces", "total")

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.total = self.em = self.bold = self.link = 0
        self.href: str | None = None
        self.moment: tuple[str, str] | None = None
        """(text, ``datetime``) of a `time` element in it."""

    def text(self) -> str:
        """The line's text, tidied."""
        pieces = self.pieces
        if len(pieces) == 1:
            return tidy(pieces[0])
        # Nodes set edge to edge by an editor, "<span>Tỉnh uỷ</span><span>Lê Minh Hoan</span>": no
        # Vietnamese word has a capital inside it. But 26<sup>o</sup>C is one.
        for at in range(1, len(pieces)):
            left, right = pieces[at - 1], pieces[at]
            if len(left) > 1 and right and _are_glued(left, right):
                pieces[at] = f" {right}"
        return tidy("".join(pieces))


def _are_glued(left: str, right: str) -> bool:
    """Whether one text ends and another begins where two nodes meet without a space."""
    if right[0].isupper():
        return left[-1].islower() or (left[-1] in ")0123456789" and right[1:2].islower())
    return left[-1].isdigit() and right[0].isdigit() and is_stamp_line(left)  # "…/20251.234 lượt"


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
        whole.moment = line.moment or whole.moment
    return whole


def group_lines(lines: list[Line], is_couplet: Callable[[bool], bool]) -> Iterator[list[Line]]:
    """Group the lines between breaks into paragraphs.

    Two breaks part paragraphs. One break parts them where a sentence ends and another begins, or
    before an item or a byline; anywhere else (a caption, a title over two lines) the lines are one
    text. *is_couplet* decides about two or three lines that could be verses; its argument says
    whether they are set in italics.
    """
    if _is_verse(lines, is_couplet):
        yield from ([line] for line in lines if line.total)
        return
    for run in _runs(lines):
        if len(run) >= _STANZA and _is_verse(run, is_couplet):
            yield from ([line] for line in run)
        else:
            yield from _group_run(run)


def _runs(lines: list[Line]) -> Iterator[list[Line]]:
    """The lines between two breaks and the next two."""
    run: list[Line] = []
    for line in lines:
        if line.total and line.text():  # it may hold invisible characters only
            run.append(line)
        elif run:
            yield run
            run = []
    if run:
        yield run


def _group_run(lines: list[Line]) -> Iterator[list[Line]]:
    group: list[Line] = []
    last = ""
    for line in lines:
        text = line.text()
        stamp = len(text) < 120 and is_stamp_line(text)
        if group and (
            stamp
            or (_is_em(group[-1]) and line.em * 2 < line.total and _opens_sentence(text))
            or (
                _SENTENCE_END.search(last)
                and (text[0].isupper() or text[0] in '“"-–(+*•' or text[0].isdigit())
            )
            or (_ITEM.match(text) and text[0] not in ",." and not _ends_span(last, text))
            or boilerplate.TAIL.fullmatch(text)
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


def _ends_span(last: str, text: str) -> bool:
    """Whether *text* ends a span of years that a break tore: ``nhiệm kỳ 2023<br>- 2028.``"""
    return last[-1:].isdigit() and _SPAN_END.match(text) is not None


def _opens_sentence(text: str) -> bool:
    return text.lstrip('“"')[:1].isupper()  # so opens the text under a caption in italics


def _is_em(line: Line) -> bool:
    return line.em >= line.total


def _is_verse(lines: list[Line], is_couplet: Callable[[bool], bool]) -> bool:
    """Whether the lines are verses: none long, each begun with a capital; four or more, or a
    couplet.
    """
    lines = [line for line in lines if line.total]
    if len(lines) < 2 or not all(_may_be_verse(line.text()) for line in lines):
        return False
    return len(lines) >= _STANZA or is_couplet(
        all(_is_em(line) and line.bold < line.total for line in lines)
    )


def _may_be_verse(text: str) -> bool:
    return len(text) < 60 and text.lstrip("\"'“‘(*-– ")[:1].isupper()


def is_stanza(element: Element | None) -> bool:
    """Whether *element* is a paragraph of verses alone, parted by breaks, or a box of one."""
    while element is not None and element.tag == "div" and len(element) == 1:
        element = element[0]
    if element is None or element.tag != "p" or next(element.iter("img"), None) is not None:
        return False
    breaks = sum(1 for _ in element.iter("br"))
    if breaks == 0 or len(text := string(element)) > 60 * (breaks + 1) or len(text) > 1000:
        return False
    verses = [text for piece in element.itertext() if (text := tidy(piece))]
    return len(verses) == breaks + 1 and all(map(_may_be_verse, verses))
