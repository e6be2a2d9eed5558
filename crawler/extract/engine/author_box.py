"""A box that names the author: the one under the text, or a link to the author's page."""

from __future__ import annotations

from itertools import islice

from crawler.extract.bylines import looks_like_byline
from crawler.extract.engine import boilerplate
from crawler.extract.engine.dom import Element, string, text_of
from crawler.extract.engine.style import computed_style
from crawler.extract.names import without_by
from crawler.extract.text import tidy

#: Letters in an author's box, at most.
_AUTHOR_BOX = 600


def author_in(element: Element) -> str:
    """The name in an author's box: the first link in it leads to the author; else empty."""
    link = next((one for one in islice(element.iter("a"), 3) if tidy(text_of(one))), None)
    if link is None or not boilerplate.AUTHOR_LINK.search(link.get("href") or ""):
        return ""
    name, text = tidy(text_of(link)), tidy(string(element))
    if len(text) > _AUTHOR_BOX or looks_like_byline(text, marked=True):
        return ""  # the text of an article, or a byline of several authors
    if not looks_like_byline(name, marked=True):
        return ""
    return name


def signs(element: Element, classes: str, *, beside_text: bool) -> bool:
    """Whether *element*, whose text is a link, is the byline: by its class, or, under the text, set
    to the right.
    """
    inner = element[0] if len(element) == 1 else element
    if not boilerplate.AUTHOR_CLASSES.search(classes):
        aligned = computed_style(element).align or computed_style(inner).align
        if not beside_text or aligned != "right":
            return False
    text = without_by(tidy(string(element)))
    return looks_like_byline(text, marked=True) and not boilerplate.read_line(text)
