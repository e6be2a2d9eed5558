"""Classifies boxes: boilerplate, a list of other articles, keywords, or more of the text.

Classes mislead, so the words and links inside a box confirm its class before it is left out. No
function here keeps state: the same box gives the same answer.
"""

from __future__ import annotations

import re
from itertools import islice

from crawler.extract.engine import boilerplate
from crawler.extract.engine.dom import (
    INLINE,
    PROSE,
    SKIPPED,
    Element,
    Own,
    content_image,
    first_letters,
    is_elsewhere,
    label_is_apart,
    opens_with_link,
    string,
    text_of,
)
from crawler.extract.engine.style import class_id
from crawler.extract.text import tidy

#: Links that make a list or a menu.
_LIST = 8
#: Paragraphs that are the text and not its lead; it does not go on behind a menu.
_TEXT = 4
#: Siblings that are searched for more of the text.
_BESIDE = 200
#: A text has a smaller share of its letters in links; a list with openings has a fifth and more.
_FEW_LINKS = 0.15
#: Letters in the opening of an article on a list, at most.
_OPENING = 350
#: Letters of a headline, and entries of a list, at least.
_HEADLINE = 20
_ENTRIES = 3
_LISTS = frozenset(("ul", "ol", "li", "table", "tbody", "tr", "td"))
_BETWEEN_TAGS = re.compile(r"[,;|#]")


def confirms_boilerplate(element: Element, classes: str, *, beside_text: bool, own: Own) -> bool:
    """Whether the inside of a box confirms that it is boilerplate, as its class says.

    *beside_text* says that running text of the article was met before it.
    """
    if beside_text and boilerplate.COMMENT_CLASSES.search(classes):
        return True
    text = string(element).strip()
    if _is_text_box(classes) and (
        (text and _links_in(element) * 2 <= len(text)) or _shows_something(element)
    ):
        return False  # short news in a box that can be printed, or set in larger type; a picture
    if len(text) < 200 and not content_image(element):
        return True
    text = tidy(text)
    if len(text) > 200 and boilerplate.CONTENT_CLASSES.search(classes):
        return False
    if len(text) < 200 and not content_image(element):
        return True
    if boilerplate.AD_CLASSES.search(classes):
        return len(text) < 800
    if boilerplate.RELATED.match(text[:40]):
        return True
    return _links_in(element) * 5 >= len(text) * 2 or is_link_box(
        element, "", beside_text=beside_text, own=own
    )


def _is_text_box(classes: str) -> bool:
    """Whether a box is named for the text, and for nothing that others put beside it."""
    return boilerplate.CONTENT_CLASSES.search(classes) and not (
        boilerplate.AD_CLASSES.search(classes)
        or boilerplate.COMMENT_CLASSES.search(classes)
        or boilerplate.FOOT_CLASSES.search(classes)
    )


def _links_in(element: Element) -> int:
    """How many letters of its text are links."""
    return sum(len(text_of(link)) for link in element.iter("a"))


def is_link_box(element: Element, classes: str, *, beside_text: bool, own: Own) -> bool:
    """Whether *element* is a list of other articles: links, with their pictures, dates and
    openings. A link to the page's *own* address leads to this one.
    """
    links = [
        (href, len(text_of(link).strip()))
        for link in element.iter("a")
        if not boilerplate.FILE_LINK.search(href := link.get("href") or "")
        and not (own.name and own.name in href)
    ]
    if not links:
        return False
    is_content = boilerplate.CONTENT_CLASSES.search(classes or _class_id_of_full_box(element))
    linked = sum(size for _, size in links)
    if (is_content or element.tag in _LISTS) and _lists_offices(element, links, beside_text, own):
        return False
    if is_content and beside_text and _is_list_of_headlines(element, own):
        return True
    if is_content and (not _may_fill(linked, element) or _shows_something(element)):
        return False
    text = string(element).strip()
    if not text:
        return False
    is_mostly_links = linked >= 0.5 * (len(text) - 2 * text.count("  "))  # indentation is not text
    if linked and is_mostly_links and _fill(linked, text):
        return True  # whatever the links lead to
    articles, inward = _articles_among(links)
    if not linked and not articles:
        return False
    if not is_mostly_links and len(text) > 4000 and articles < 5:
        return False
    if _fill(linked, text):
        return True
    if not articles or is_content:
        return False
    return _lists_openings(element, tidy(text), linked, articles, inward, beside_text=beside_text)


def _is_list_of_headlines(element: Element, own: Own) -> bool:
    """Whether *element* is nothing but entries: each opens with the headline of another article,
    and has no more than an opening under it. No class is asked.
    """
    headlines = 0
    linked = 0
    for link in element.iter("a"):
        href = link.get("href") or ""
        text = tidy(text_of(link))
        if len(text) < _HEADLINE or not boilerplate.ARTICLE_LINK.search(href):
            continue
        if (own.name and own.name in href) or not _opens_block(link, text):
            return False
        headlines += 1
        linked += len(text)
    if headlines < _ENTRIES:
        return False
    return len(tidy(string(element))) - linked <= _OPENING * headlines


def _opens_block(link: Element, text: str) -> bool:
    """Whether *link*, with its *text*, stands first in its block."""
    block = next((up for up in link.iterancestors() if up.tag not in INLINE), None)
    return block is not None and tidy(first_letters(block, 2 * len(text) + 40)).startswith(text)


def _class_id_of_full_box(element: Element) -> str:
    """The classes of the box that holds *element* and nothing else: the two are one box."""
    about = element.getparent()
    return class_id(about) if about is not None and len(about) == 1 else ""


def _lists_offices(
    element: Element, links: list[tuple[str, int]], beside_text: bool, own: Own
) -> bool:
    """Whether the links in a text lead to offices and portals: what the text lists."""
    out = sum(_leads_out(href, own) for href, _ in links)
    inward = any(boilerplate.ARTICLE_LINK.search(href) for href, _ in links)
    return not inward and out * 3 >= len(links) * 2 and (beside_text or _is_in_text(element))


def _articles_among(links: list[tuple[str, int]]) -> tuple[int, int]:
    """(how many articles the links lead to, counted to 20; the letters of those links)."""
    targets: set[str] = set()
    letters = 0
    for href, size in links:
        if len(targets) < 20 and boilerplate.ARTICLE_LINK.search(href):
            targets.add(href)
            letters += size
    return len(targets), letters


def _lists_openings(
    element: Element, text: str, linked: int, articles: int, inward: int, *, beside_text: bool
) -> bool:
    """Whether *text* is links to *articles* articles, each perhaps with its opening.

    *linked* letters are links, *inward* of them lead to articles.
    """
    rest = len(text) - linked
    if rest > _OPENING * articles:
        return False
    label = boilerplate.RELATED.match(text)
    if label and (label.end() == len(text) or rest < _OPENING * articles) and inward:
        return label_is_apart(element)
    return opens_with_link(element) and (
        articles > 1 or beside_text or bool(inward and rest < inward)
    )


def _is_in_text(element: Element) -> bool:
    """Whether *element*, or a box close about it, is named for the text."""
    return any(
        _is_text_box(class_id(box)) for box in (element, *islice(element.iterancestors(), 4))
    )


def _leads_out(href: str, own: Own) -> bool:
    """Whether *href* leads away from the paper, to nobody's article, and shares nothing."""
    return (href.startswith("mailto:") or is_elsewhere(href, own)) and not (
        boilerplate.SHARE_LINK.search(href) or boilerplate.ARTICLE_LINK.search(href)
    )


def _shows_something(element: Element) -> bool:
    """Whether a picture of the article's size or a player is in *element*."""
    return content_image(element) or any(
        boilerplate.EMBED.search(player.get("src") or "")
        for player in element.iter("iframe", "video", "audio")
    )


def _may_fill(linked: int, element: Element) -> bool:
    """False where the beginning of *element* already shows that the links do not fill it."""
    enough = 4 * linked + 200
    beginning = first_letters(element, enough + 200).lstrip()[:enough]
    return linked >= 0.7 * (len(tidy(beginning)) - 2)


def _fill(linked: int, text: str) -> bool:
    """Whether *linked* letters in links are most of *text*."""
    # The box may be that of the whole article, with a link or two inside: its beginning tells.
    enough = 4 * linked + 200
    beginning = tidy(text[:enough])
    if len(text) <= enough:
        return linked >= 0.7 * len(beginning)
    return linked >= 0.7 * (len(beginning) - 2) and linked >= 0.7 * len(tidy(text))


def read_tags(element: Element, classes: str) -> list[str] | None:
    """The keywords of a box of tags; None if it is none."""
    text = tidy(string(element))
    labelled = boilerplate.TAGS.match(text)
    if (not labelled and not boilerplate.TAG_CLASSES.search(classes)) or len(text) > 600:
        return None
    found = [tidy(text_of(link)) for link in element.iter("a")]
    if not found:
        found = _BETWEEN_TAGS.split(text[labelled.end() :].strip() if labelled else text)
    return [tag for tag in (tag.strip(" #,;") for tag in found) if tag]


def is_list(box: Element) -> bool:
    """Whether *box* has enough links to be a menu or a list of other articles."""
    return next(islice(box.iter("a"), _LIST - 1, None), None) is not None


def _link_density(box: Element) -> float:
    """The share of the letters of *box* that stand in links, 0 to 1."""
    letters = len(tidy(string(box)))
    linked = sum(len(tidy(text_of(link))) for link in box.iter("a"))
    return linked / letters if letters else 0.0


def goes_on_beside(box: Element, prose: int) -> bool:
    """Whether a box after *box*, which held *prose* paragraphs, has more of the same article."""
    for sibling in islice(box.itersiblings(), _BESIDE):
        if prose >= _TEXT and is_list(sibling):
            return False
        classes = class_id(sibling)
        is_content = boilerplate.CONTENT_CLASSES.search(classes)
        is_linked = _link_density(sibling) > _FEW_LINKS
        if (
            sibling.tag in SKIPPED
            or (boilerplate.BOILERPLATE_CLASSES.search(classes) and not is_content)
            or (is_linked and (not is_content or is_list(sibling)))
        ):
            continue
        more = sum(1 for p in sibling.iter("p") if len(text_of(p)) >= PROSE)
        if sibling.tag == "p" or (prose == 1 and more == 0):
            more += len(string(sibling).strip()) >= 2 * PROSE
        # A head box with a lead of two paragraphs, and the text in the next box.
        links = sum(1 for _ in sibling.iter("a")) if is_linked else 0
        if more > links and (is_content or (more >= prose and not is_linked)):
            return not boilerplate.FOOT.match(tidy(string(sibling))[:100])
    return False
