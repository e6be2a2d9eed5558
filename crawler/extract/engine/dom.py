"""Helpers for single elements: text, pictures, links; and groups of tags."""

from __future__ import annotations

from functools import lru_cache
from itertools import islice
from typing import NamedTuple, TypeAlias

from lxml import etree

from crawler.extract.engine import boilerplate
from crawler.extract.text import tidy
from crawler.site.paper import DONGTHAP, Paper

Element: TypeAlias = etree._Element


class Own(NamedTuple):
    """The page's own address: a link that has it leads to no other site, to no other article."""

    host: str = ""
    """The site's name in its hosts: ``baodongthap`` of www.baodongthap.vn; empty if not known."""
    name: str = ""
    """The last part of the article's address; empty if not known."""
    paper: Paper = DONGTHAP


#: Elements in a box with a picture and its caption, at most.
_MANY = 100
#: A text this long is prose, whatever it ends with.
PROSE = 80

INLINE = frozenset(
    [
        "a",
        "abbr",
        "acronym",
        "b",
        "bdi",
        "bdo",
        "big",
        "cite",
        "code",
        "data",
        "del",
        "dfn",
        "em",
        "font",
        "i",
        "ins",
        "kbd",
        "label",
        "mark",
        "o:p",
        "q",
        "s",
        "samp",
        "small",
        "span",
        "strike",
        "strong",
        "sub",
        "sup",
        "time",
        "tt",
        "u",
        "var",
        "wbr",
        "st1:place",
        "st1:city",
        "v:shape",
        "nobr",
        "noindex",
    ]
)
SKIPPED = frozenset(
    [
        "script",
        "style",
        "noscript",
        "template",
        "svg",
        "button",
        "select",
        "option",
        "input",
        "textarea",
        "link",
        "meta",
        "title",
        "base",
        "head",
        "map",
        "area",
        "canvas",
        "dialog",
        "marquee",
        "datalist",
        "progress",
        "xml",
    ]
)
PLAYERS = frozenset(("audio", "video", "iframe", "embed", "object", "source"))
HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
CONTAINERS = frozenset(
    [
        "div",
        "section",
        "ul",
        "ol",
        "dl",
        "table",
        "tbody",
        "article",
        "main",
        "center",
        "td",
        "tr",
        "li",
    ]
)


def string(element: Element) -> str:
    """All text in *element*, however deep."""
    # Half the time of the XPath string(), a tenth of joining itertext.
    text: str = etree.tostring(element, method="text", encoding="unicode", with_tail=False)
    return text


def holds_many(element: Element, most: int) -> bool:
    """Whether more than *most* elements stand in *element*."""
    return next(islice(element.iter(), most + 1, None), None) is not None


def holds_more(element: Element, letters: int) -> bool:
    """Whether the text in *element*, tidied, is longer than *letters*."""
    # It may be the box of the whole article, asked about by each of its pictures.
    is_large = next(islice(element.iter(), _MANY, None), None) is not None
    if is_large and len(tidy(first_letters(element, 4 * letters + 200))) > letters:
        return True
    text = string(element)
    # The box about a caption may be that of the whole article: its beginning tells.
    return any(len(tidy(part)) > letters for part in (text[: 4 * letters + 200], text))


def text_of(element: Element) -> str:
    """All text in *element*; most links and paragraphs hold one text and nothing else."""
    return string(element) if len(element) else element.text or ""


def outermost(element: Element) -> Element:
    """The outermost of the wrappers that hold *element* and no other; *element* without one."""
    while (about := element.getparent()) is not None and len(about) == 1:
        element = about
    return element


def next_beside(element: Element) -> Element | None:
    """The element after *element*, or after the wrappers that hold nothing else."""
    for node in (element, *element.iterancestors()):
        for sibling in node.itersiblings():
            if isinstance(sibling.tag, str):
                return sibling
        if next(node.itersiblings(preceding=True), None) is not None:
            break
    return None


def first_letters(element: Element, letters: int = 40) -> str:
    """The first *letters* of its text, however long it is."""
    own: str | None = element.text
    if own and (len(own) >= letters or not len(element)):
        return own[:letters]
    text = ""
    for piece in element.itertext():
        text += piece
        if len(text) >= letters:
            break
    return text[:letters]


def image_url(element: Element) -> str:
    """Where the picture really is: lazy loaders keep the address in a data attribute."""
    get = dict(element.items()).get
    source = (get("src") or "").strip()
    for name in ("data-src", "data-original", "data-lazy-src", "data-lazy"):
        lazy = (get(name) or "").strip()
        if lazy and not lazy.startswith("data:"):
            return lazy
    if not source or source.startswith("data:"):
        candidates = get("srcset") or get("data-srcset") or ""
        source = candidates.split(",")[-1].strip().split(" ")[0]
    return source


def is_icon(element: Element, url: str) -> bool:
    """Whether the picture is a sign of the page: small, an advertisement's, or named as one."""
    return _is_icon(url, element.get("width") or "", element.get("height") or "")


@lru_cache(maxsize=1024)
def _is_icon(url: str, width: str, height: str) -> bool:
    """The signs of a site are the same on every page."""
    for size in (width, height):
        digits = size.removesuffix("px").strip()
        # "²" is a digit that makes no number, and thousands of digits make none either.
        if digits.isdecimal() and len(digits) < 10 and int(digits) <= 40:
            return True
    if boilerplate.AD_PATH.search(f"/{url}"):
        return True
    if boilerplate.PICTURE_TREE.search(url):
        return False
    name = url.rsplit("/", 1)[-1]
    return len(name) < 40 and boilerplate.ICON.match(f"/{name}") is not None


def is_elsewhere(href: str, own: Own) -> bool:
    """Whether *href* leads to another site; about a picture that makes it an advertisement."""
    return (
        href.startswith(("http://", "https://", "//"))
        and own.host not in href
        and not boilerplate.FILE_LINK.search(href)
    )


def has_prose(element: Element) -> bool:
    """Whether a paragraph of running text is in it."""
    return any(len(string(p)) >= PROSE for p in element.iter("p"))


def content_image(element: Element) -> bool:
    """Whether the box holds a picture of the article's size (a caption box, not a share bar)."""
    for image in element.iter("img"):
        parent = image.getparent()
        href = parent.get("href") if parent is not None and parent.tag == "a" else None
        if href and not boilerplate.FILE_LINK.search(href):
            continue
        url = image_url(image)
        if url and not is_icon(image, url):
            return True
    return False


def opens_with_link(element: Element) -> bool:
    """Whether the first thing in *element* that can be seen is a link to an article."""
    for node in element.iter():
        if not isinstance(node.tag, str):
            continue
        if node.tag == "a":
            return boilerplate.ARTICLE_LINK.search(node.get("href") or "")
        if node.tag == "img" or (
            node.text
            and not node.text.isspace()
            and not boilerplate.RELATED.fullmatch(tidy(node.text))
        ):
            return False
    return False


def label_is_apart(element: Element) -> bool:
    """Whether the label that *element* opens with fills a node: no sentence starts with it."""
    for node in element.iter():
        if isinstance(node.tag, str) and node.text and not node.text.isspace():
            text = tidy(string(node)) if node is not element else tidy(node.text)
            return bool(
                boilerplate.RELATED.fullmatch(text)
                or boilerplate.RELATED.fullmatch(tidy(node.text))
            )
    return False
