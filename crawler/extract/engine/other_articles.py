"""Signs that a page shows other articles instead of its own: a list, or a front page."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, islice

from crawler.extract.engine.candidate import ArticleCandidate
from crawler.extract.engine.dom import Element, string, text_of
from crawler.extract.engine.metadata import Document
from crawler.extract.engine.title import Title
from crawler.extract.stamps import is_stamp_line
from crawler.extract.text import fold, tidy
from crawler.site.responses import NOT_FOUND, NOTICES

#: Letters in the entry of a list with its opening, at most.
_OPENING = 700
_NOT_FOUND = dict(NOTICES)[NOT_FOUND]


def leads_elsewhere(doc: Document, title: Title) -> bool:
    """Whether the headline is a link to another article, as on the front page."""
    element = title.element
    links = [*element.iterancestors("a"), *element.iter("a")]
    if not links or len(tidy(text_of(links[0]))) < 0.8 * len(title.text):
        return False
    there = doc.article_at(doc.resolve(links[0].get("href") or ""))
    if there is None:
        return False
    if doc.address and doc.address.kind == "article":
        return there.key != doc.address.key
    return not title.confirmed


def is_entry(doc: Document, title: Title) -> bool:
    """Whether the headline is an entry of a list, and leads to the article asked for.

    A page for what is not found lists the newest articles, the one that was asked for among them.
    An article's headline may lead to itself, too; but no short box of the same make follows it that
    leads to another, and no other headline says that nothing was found.
    """
    element = title.element
    link = next(chain(element.iterancestors("a"), element.iter("a")), None)
    if link is None or len(tidy(text_of(link))) < 0.8 * len(title.text):
        return False
    there = doc.article_at(doc.resolve(link.get("href") or ""))
    key = doc.address.key if doc.address else None
    if there is None or key is None or there.key != key:
        return False
    if any(_has_entries_beside(doc, box, key) for box in _boxes(element)):
        return True
    others = [tidy(text_of(each)) for each in doc.body.iter("h1", "h2") if each is not element]
    return any(_NOT_FOUND.search(fold(text)) for text in (doc.head_title or "", *others))


def _boxes(element: Element) -> Iterator[Element]:
    """*element* and the boxes about it, as long as they hold no more than an opening."""
    for box in islice(chain([element], element.iterancestors()), 5):
        if box.tag in ("body", "html") or len(string(box)) > _OPENING:
            return
        yield box


def _has_entries_beside(doc: Document, box: Element, key: str) -> bool:
    """Whether boxes of the make of *box* stand beside it that lead to other articles."""
    name = box.get("class")
    tag = str(box.tag)
    for beside in (
        *islice(box.itersiblings(tag), 3),
        *islice(box.itersiblings(tag, preceding=True), 3),
    ):
        if beside.get("class") != name or len(string(beside)) > _OPENING:
            continue
        for link in islice(beside.iter("a"), 5):
            if len(tidy(text_of(link)).split()) < 3:
                continue
            there = doc.article_at(doc.resolve(link.get("href") or ""))
            if there is not None and there.key != key:
                return True
    return False


def lists_others(doc: Document, candidate: ArticleCandidate) -> int:
    """How many other articles a page opens instead of its own: a link and a paragraph, each pair in
    a box of its own, perhaps with a day between. 0 where more paragraphs stand by themselves.
    """
    blocks = candidate.reader.blocks
    if all(block.link is None for block in blocks):
        return 0
    boxes: list[object] = []
    alone = 0
    dated = False
    above: object = None
    for at, block in enumerate(blocks):
        if block.kind != "text":
            continue
        box = block.element.getparent()
        if block.link:
            above = box if doc.leads_to_article(block.link) else None
        elif block.is_prose:
            if above is not None and above is box and box not in boxes:
                boxes.append(box)
                dated = dated or is_stamp_line(blocks[at - 1].text)
            else:
                alone += 1
            above = None
    return len(boxes) if len(boxes) > max(0 if dated else 1, alone) else 0
