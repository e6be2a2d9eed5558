"""How much of the page's text an article has: flags for text that was left over.

Nothing else would tell a lost body from a short article. The article is compared with the box of
the page that holds the most running text, and with the page's own description.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from lxml import etree

from crawler.extract.engine import boilerplate
from crawler.extract.engine.candidate import ArticleCandidate
from crawler.extract.engine.dom import INLINE, Element, outermost, string
from crawler.extract.engine.style import class_id
from crawler.extract.text import fold, tidy

#: The article holds less than the share `_ENOUGH` of the letters in the densest box.
LEFT_OVER = "body:left-over"
#: The page prints what its description says, and the article does not have it.
LEAD_LEFT_OUT = "lead:left-out"

_ENOUGH = 0.6
#: Letters in a paragraph, at least, that count: a shorter one may be a label.
_PARAGRAPH = 80
#: A shorter article is compared with any text; a longer one with paragraphs, and not at all if a
#: layout's selector gave the boxes of its text: looking at every page takes a tenth of the time.
_SHORT = 600
#: Letters of the description that are looked for.
_BEGINNING = 60
_PROSE = etree.XPath(f"//*[text()[string-length(normalize-space()) >= {_PARAGRAPH}]]")
_TEXTS = etree.XPath("//text()")
_ASIDE = frozenset(
    ("nav", "aside", "footer", "form", "li", "script", "style", "noscript", "template", "textarea")
)


def loss_flags(candidate: ArticleCandidate) -> list[str]:
    """The flags of an article that has less text than its page."""
    if not candidate.body:
        return []  # a gallery; too many of them show in the fill rates
    flags = []
    body = candidate.doc.body
    captions = sum(len(picture.caption or "") for picture in candidate.pictures)
    taken = sum(map(len, candidate.body)) + captions
    bound = int(taken / _ENOUGH)
    if taken < _SHORT:
        is_left = _holds_more(_prose_of(_PROSE(body)), bound)
    elif candidate.selected.content:
        is_left = False  # the text's own boxes, and they were read
    else:
        paragraphs = (p for p in body.iter("p") if _letters(p) >= _PARAGRAPH)
        is_left = _holds_more(_prose_of(paragraphs), bound)
    if is_left:
        flags.append(LEFT_OVER)
    if _leaves_lead(candidate):
        flags.append(LEAD_LEFT_OUT)
    return flags


def _letters(paragraph: Element) -> int:
    """Letters of its own text, links and other elements in it left out; they are few."""
    return len(paragraph.text or "") + sum(len(child.tail or "") for child in paragraph)


def _prose_of(elements: Iterable[Element]) -> Iterator[tuple[Element, int]]:
    """(the box of a paragraph, the letters of its own text) for running text outside of lists."""
    for element in elements:
        letters = len(tidy(element.text or "")) + sum(len(tidy(one.tail or "")) for one in element)
        while element.tag in INLINE and element.tag != "a":
            about = element.getparent()
            if about is None:
                break
            element = about
        if element.tag == "a" or _is_aside(element):
            continue
        lines = element.find("br") is not None and element.tag != "p"
        box = element if lines else outermost(element).getparent()
        if box is not None:
            yield box, letters


def _is_aside(box: Element) -> bool:
    """Whether *box* is of the page around the article: a list, a form, comments, the foot."""
    for up in (box, *box.iterancestors()):
        if up.tag in _ASIDE:
            return True
        classes = class_id(up)
        if classes and (
            boilerplate.COMMENT_CLASSES.search(classes) or boilerplate.FOOT_CLASSES.search(classes)
        ):
            return True
    return False


def _holds_more(prose: Iterable[tuple[Element, int]], bound: int) -> bool:
    """Whether a box has more than *bound* letters of running text; a list of openings has not."""
    letters: Counter[Element] = Counter()
    paragraphs: Counter[Element] = Counter()
    for box, size in prose:
        letters[box] += size
        paragraphs[box] += 1
    return any(
        size > bound and _count_entries(box) < paragraphs[box]
        for box, size in letters.most_common(3)
    )


def _count_entries(box: Element) -> int:
    """How many links in *box* are headlines: of four words and more, outside of paragraphs."""
    return sum(
        1
        for link in box.iter("a")
        if (about := link.getparent()) is not None
        and about.tag != "p"
        and len(string(link).split()) > 3
    )


def _leaves_lead(candidate: ArticleCandidate) -> bool:
    """Whether the page prints its description, which the article does not have."""
    metas = candidate.doc.metas
    stated = tidy(metas.get("description") or metas.get("og:description") or "")[:_BEGINNING]
    if len(stated) < _BEGINNING or candidate.title is None:
        return False
    if any(stated in text for text in candidate.body[:3]):
        return False
    if candidate.doc.page.source.count(stated[10:40].encode()) < 2:  # nowhere but in the head
        return False
    read = [
        candidate.title.text,
        *candidate.body,
        *(one.caption or "" for one in candidate.pictures),
    ]
    if fold(stated) in fold(" ".join(read)):
        return False
    return any(
        stated in tidy(node)
        and not any(
            up.tag in _ASIDE for up in (node.getparent(), *node.getparent().iterancestors())
        )
        for node in _TEXTS(candidate.doc.body)
    )
