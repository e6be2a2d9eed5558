"""The headline of a page: candidates, scored by what confirms them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import Any

from lxml import etree

from crawler.extract.engine import boilerplate
from crawler.extract.engine.dom import Element, string, text_of
from crawler.extract.engine.metadata import Document
from crawler.extract.engine.style import class_id
from crawler.extract.stamps import find_stamp, is_stamp_line
from crawler.extract.text import fold, join_lines, slug_similarity, slug_words, tidy

_DATED_TEXT = etree.XPath(
    "//text()[contains(., '/20') or contains(., '-20') or contains(., '.20')]"
)
# Names that half of a page's elements bear: good as evidence, useless to search by.
_COMMON_CLASSES = frozenset(("title", "fw700"))
#: Most elements in a headline; thirty nested headings came from the fuzzer.
_MANY = 500


@dataclass(frozen=True, slots=True)
class Title:
    """A headline candidate and the evidence for it."""

    element: Element
    text: str
    score: float
    rule: str
    kicker: str | None = None
    confirmed: str | None = None
    """``slug`` or ``stated``: the address, or the page's own statement, names the same headline."""


def find_titles(doc: Document, classes: tuple[str, ...]) -> list[Title]:
    """Headline candidates, best first; *classes* are those, or ids, that the layouts know."""
    titles: list[Title] = []
    for element in islice(doc.body.iter("h1", "h2"), 30):
        if title := weigh(doc, element, classes):
            if title.score >= 5:  # a heading that the address or the page itself confirms
                return _best_first([title, *titles])
            titles.append(title)
    if not any(title.score >= 4 for title in titles):
        for name in classes:
            if name in _COMMON_CLASSES:
                continue
            more = [title for element in doc.named(name) if (title := weigh(doc, element, classes))]
            titles += more
            if any(title.score >= 3 for title in more):
                break
    if not any(title.score >= 3 for title in titles):
        titles += [
            title
            for element in islice(doc.body.iter("h3", "h4", "h5"), 40)
            if (title := weigh(doc, element, classes))
        ]
    if not any(title.score >= 3 for title in titles):
        titles += _by_statement(doc, classes)
    if not any(title.score >= 2 for title in titles):
        titles += _by_stamp(doc, classes)
    return _best_first(titles)


def _best_first(titles: list[Title]) -> list[Title]:
    """*titles* by score; of equal ones, the first on the page."""
    return sorted(titles, key=lambda title: -title.score)


def weigh(
    doc: Document, element: Element, classes: tuple[str, ...], rule: str | None = None
) -> Title | None:
    """*element* as a headline candidate, found by *rule*; None if it holds no headline."""
    text = tidy(text_of(element))
    if not text or len(text) > 400 or doc.paper.heading.fullmatch(text):
        return None
    own = class_id(element).lower()
    tag: Any = element.tag  # a string: comments are not in the tree
    score = {"h1": 2.0, "h2": 1.0}.get(tag, 0.0)
    rule = rule or tag
    if own:
        gain, name = _weigh_names(own, classes)
        score += gain
        rule = f"name:{name}" if name else rule
    kicker, title, confirmed = _part(doc, element, text)
    if confirmed == "slug":
        score += 3
    elif confirmed:
        score += 2.5
    elif boilerplate.TAIL.fullmatch(text):  # "Gửi bình luận của bạn" in a heading
        score -= 3
    link = element if element.tag == "a" else next(element.iter("a"), None)
    if link is not None and len(tidy(text_of(link))) >= 0.8 * len(text):
        href = link.get("href") or ""
        own_link = bool(doc.slug) and doc.slug in href
        if not own_link:
            score -= 3
    if _is_beside(doc, element, len(text)):
        score -= 3
    if (
        boilerplate.CRUMB_CLASSES.search(own)
        or "-".join(slug_words(text)) in doc.paper.section_slugs
    ):
        score -= 2
    return Title(element, title, score, rule, kicker, confirmed)


@lru_cache(maxsize=512)
def _weigh_names(own: str, classes: tuple[str, ...]) -> tuple[float, str | None]:
    """(score for a heading's *own* class and id, the last of *classes* among them).

    A site has the same few on every page.
    """
    words = own.split()
    known = [name for name in classes if name.lower() in words]
    score = 1.5 * len(known) + (0.5 if boilerplate.TITLE_CLASSES.search(own) else 0.0)
    return score, known[-1] if known else None


def _is_beside(doc: Document, element: Element, letters: int) -> bool:
    """Whether a heading of *letters* letters is in a menu, a list or a breadcrumb."""
    for ancestor in element.iterancestors():
        tag = ancestor.tag
        if tag == "body":
            return False
        if tag in ("nav", "aside", "footer", "li"):
            return True
        above = class_id(ancestor)
        if boilerplate.CRUMB_CLASSES.search(above) and len(string(ancestor)) < letters + 200:
            return True
    return False


def _part(doc: Document, element: Element, text: str) -> tuple[str | None, str, str | None]:
    """(kicker, title, what confirms it) of a heading, which may hold both lines."""
    parts = _lines_inside(element, text)
    if len(parts) > 1:
        for at in range(1, len(parts)):
            rest = join_lines(parts[at:])
            confirmed = _confirmed(doc, rest)
            whole = _confirmed(doc, join_lines(parts))
            if (
                confirmed
                and _closeness(doc, rest) > _closeness(doc, join_lines(parts)) + 0.05
                and (not whole or whole != "stated")
            ):
                return join_lines(parts[:at]), rest, confirmed
        first = element[0] if len(element) else None
        if (
            first is not None
            and isinstance(first.tag, str)
            and not (element.text or "").strip()
            and boilerplate.KICKER_CLASSES.search(first.get("class") or "")
        ):
            return parts[0], join_lines(parts[1:]), _confirmed(doc, join_lines(parts[1:]))
    title = join_lines(parts) or text
    return None, title, _confirmed(doc, title)


def _lines_inside(element: Element, text: str) -> list[str]:
    """The lines of a heading: parted by breaks, blocks, or a first child that stands alone.

    Where there is nothing of the kind, it is the one line *text*.
    """
    if not len(element) or next(islice(element.iter(), _MANY, None), None) is not None:
        return [text]
    pieces: list[str] = [""]
    first = element[0]
    for node in _flow(element):
        if node is None:
            pieces.append("")
        else:
            pieces[-1] += node
    lines = [tidy(piece) for piece in pieces if piece.strip()]
    head = (
        tidy(string(first))
        if isinstance(first.tag, str) and first.tag in ("span", "small", "em", "strong", "b", "i")
        else ""
    )
    if (
        len(lines) == 1
        and head
        and not (element.text or "").strip()
        and len(head) < len(lines[0])
        and lines[0].startswith(head)
    ):
        return [head, lines[0][len(head) :].strip()]
    return lines


def _flow(element: Element) -> Iterator[str | None]:
    """Texts of a heading in order; None at a break or the edge of a block."""
    if element.text:
        yield element.text
    for child in element:
        if not isinstance(child.tag, str) or child.tag in ("script", "style"):
            pass
        elif child.tag == "br":
            yield None
        elif child.tag in ("div", "p", "h2", "h3", "h4"):
            yield None
            yield from _flow(child)
            yield None
        else:
            yield from _flow(child)
        if child.tail:
            yield child.tail


def _closeness(doc: Document, text: str) -> float:
    return slug_similarity(text, doc.slug) if doc.slug else 0.0


def _confirmed(doc: Document, text: str) -> str | None:
    if doc.slug and slug_similarity(text, doc.slug) >= 0.75:
        return "slug"
    mine = fold(text)
    for stated in doc.stated_titles:
        theirs = fold(stated)
        if mine == theirs or (
            len(mine) >= 20
            and (
                theirs.startswith(mine)
                or (
                    theirs.rstrip(".… ")
                    and mine.startswith(theirs.rstrip(".… "))
                    and len(theirs) >= 20
                )
            )
        ):
            return "stated"
    return None


def _by_statement(doc: Document, classes: tuple[str, ...]) -> list[Title]:
    """Elements that print the headline the page states of itself, in whatever element."""
    titles = []
    for stated in doc.stated_titles:
        for element in doc.holding(stated):
            if element.tag not in ("title", "script", "a", "option", "style"):
                title = weigh(doc, element, classes, "stated-title")
                if title:
                    titles.append(title)
    return titles


def _by_stamp(doc: Document, classes: tuple[str, ...]) -> list[Title]:
    """The line just before a stamp (docs/site.md §5), where no heading convinces."""
    titles: list[Title] = []
    for text in _DATED_TEXT(doc.body)[:60]:
        dated = tidy(str(text))
        stamp = find_stamp(dated) if is_stamp_line(dated) else None
        element = text.getparent()
        if stamp is None or stamp.at is None or element is None:
            continue
        for at, (line, anchor) in enumerate(islice(_texts_before(element, text.is_tail), 2)):
            if len(line) > 300 or doc.paper.heading.fullmatch(line) or is_stamp_line(line):
                continue
            confirmed = _confirmed(doc, line)
            score = (2.0 if stamp.label else 1.0) + (3.0 if confirmed else 0.0) - at
            if (
                anchor.tag == "a"
                or next(anchor.iter("a"), None) is not None
                or any(up.tag in ("li", "aside", "nav") for up in anchor.iterancestors())
            ):
                score -= 3
            titles.append(Title(anchor, line, score, "line-before-stamp", None, confirmed))
        if titles and titles[-1].confirmed:
            break
    return titles


def _texts_before(element: Element, is_tail: bool) -> Iterator[tuple[str, Element]]:
    """(line, the element it is in or follows), going back from *element* through the page."""
    node = element
    if is_tail:
        line = tidy(string(node))
        if line:
            yield line, node
    for _ in range(4):
        parent = node.getparent()
        if parent is None or node.tag == "body":
            return
        for sibling in node.itersiblings(preceding=True):
            if line := tidy(sibling.tail or ""):
                yield line, sibling
            if (
                isinstance(sibling.tag, str)
                and sibling.tag not in ("script", "style")
                and (line := tidy(string(sibling)))
            ):
                yield line, sibling
        if (line := tidy(parent.text or "")) and len(parent):
            yield line, parent[0]
        node = parent
