"""How far a page has to be parsed: to the end of its article, and a little beyond.

Nine tenths of a page's elements stand after its article: lists of other articles, menus, a foot.
To parse them costs more than all of the reading. So a page is cut where its article seems to be
over, and read up to there. That the cut was a guess does no harm: whoever looks at an element that
the cut left open, or searches the page from end to end, is told so by `Unfinished`, and the page is
read whole. What is read before a cut is therefore what is read without one.
"""

from __future__ import annotations

from lxml import etree

#: So many bytes without a tag are a paragraph.
_PROSE = 200
#: So many bytes without a paragraph are no part of an article: pictures and tables are shorter.
_GAP = 4_500
#: The rest must be worth the risk of reading twice.
_WORTH = 12_000


class Unfinished(Exception):
    """The reading came to what the cut left open."""


class Horizon:
    """Where the parsed part of a page ends: the elements that may go on behind it."""

    def __init__(self, root: etree._Element | None = None) -> None:
        """Of a page cut off inside *root*; of a whole one without."""
        chain = [] if root is None else [root]
        while chain and len(chain[-1]):
            chain.append(chain[-1][-1])
        self._open = frozenset(chain)

    def reach(self, element: etree._Element | None) -> None:
        """Raise Unfinished if *element* may hold, or be followed by, more than is parsed."""
        if element in self._open:
            raise Unfinished

    def reach_end(self) -> None:
        """Raise Unfinished if the page goes on at all."""
        if self._open:
            raise Unfinished


def find_cut(body: bytes) -> int | None:
    """The place in *body* behind which nothing of the article seems to stand; None for nowhere.

    It is before a tag. A page in capitals, or without a heading, has none.
    """
    if len(body) < 2 * _WORTH or (heading := body.find(b"<h1")) < 0:
        return None
    cut = body.find(b"<", _end_of_prose(body, heading) + _GAP)
    if cut < 0 or len(body) - cut < _WORTH or makes_statements(body, cut):
        return None
    return cut


def makes_statements(body: bytes, behind: int) -> bool:
    """Whether the page says anything about itself *behind* a place in its *body*."""
    # Backwards, because bytes are searched faster so.
    return body.rfind(b"<meta", behind) >= 0 or body.rfind(b"ld+json", behind) >= 0


def _end_of_prose(body: bytes, at: int) -> int:
    """Where the last paragraph ends before a long gap, from *at* on; the end if there is none."""
    end = stop = len(body)
    while at + _PROSE < stop:
        # The last tag within a paragraph's length tells at once that none begins before it.
        tag = body.rfind(b"<", at, at + _PROSE)
        if tag >= 0:
            at = tag + 1
        else:
            at = end = body.find(b"<", at + _PROSE)
            if end < 0:
                return len(body)
            stop = end + _GAP
    return end
