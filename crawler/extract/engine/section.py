"""Section, tags and kind of an article."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from itertools import islice

from crawler.extract.engine import boilerplate
from crawler.extract.engine.block import Block
from crawler.extract.engine.dom import Element, string, text_of
from crawler.extract.engine.metadata import Document
from crawler.extract.text import fold, slug_words, tidy
from crawler.site.paper import Paper
from crawler.site.urls import read_address

_HOME = frozenset(("trang-chu", "trang-nhat", "home", "trangchu"))
_KINDS = {
    "phong-su-anh": "photo",
    "anh": "photo",
    "chum-anh": "photo",
    "photo": "photo",
    "xem-albumphoto": "photo",
    "albumphoto": "photo",
    "video-clip": "video",
    "video": "video",
    "xem-video": "video",
    "clip": "video",
    "truyen-hinh": "video",
    "podcast": "podcast",
    "phat-thanh": "podcast",
    "infographic": "infographic",
    "infographics": "infographic",
    "longform": "emagazine",
    "emagazine": "emagazine",
    "e-magazine": "emagazine",
    "megastory": "emagazine",
}


#: Boxes about the title that are searched for a breadcrumb.
_LEVELS = 8

#: The rule for a few links to sections above the title, in a box that is not called a breadcrumb.
_UNNAMED = "links-above-title"


def find_crumbs(
    doc: Document,
    title: Element,
    selected: Sequence[Element],
    far: Callable[[], Sequence[Element]],
) -> tuple[list[tuple[str, str]], str]:
    """((name, address), …) of the breadcrumb, outermost first, and the rule that found it.

    The layout's selector gives *selected* near the article, and *far* all over the page.
    """
    if crumbs := _selected_crumbs(selected):
        return crumbs, "selector"
    crumbs, named = _crumbs_above(doc, title)
    if crumbs:
        return crumbs, "above-title" if named else _UNNAMED
    if crumbs := _selected_crumbs(far()):
        return crumbs, "selector"
    return (doc.crumbs_data, "json-ld") if doc.crumbs_data else ([], "")


def _selected_crumbs(elements: Sequence[Element]) -> list[tuple[str, str]]:
    """The breadcrumb in one of *elements*; where all sections of a menu are selected, none is."""
    if sum(1 for element in elements if element.tag == "a") <= 1:
        for element in elements:
            crumbs = _links(element)
            if 1 <= len(crumbs) <= 6 and len(string(element)) < 400:
                return crumbs
    return []


def _links(element: Element) -> list[tuple[str, str]]:
    links = [element] if element.tag == "a" else list(element.iter("a"))
    crumbs = []
    for link in links:
        name = tidy(text_of(link)).strip(" »›/>|")
        if name:
            crumbs.append((name, link.get("href") or ""))
    if not crumbs:
        # A breadcrumb of plain words: "Trang chủ » Xã hội"
        words = [
            tidy(word)
            for word in string(element)
            .replace("»", "›")
            .replace(">", "›")
            .replace("/", "›")
            .split("›")
        ]
        crumbs = [(word, "") for word in words if word and len(word) < 60]
    return crumbs


def _crumbs_above(doc: Document, title: Element) -> tuple[list[tuple[str, str]], bool]:
    """The breadcrumb just above the title, by its name or as a few links to sections; and which."""
    node = title
    for _ in range(_LEVELS):
        parent = node.getparent()
        if parent is None or node.tag == "body":
            return [], False
        for sibling in node.itersiblings(preceding=True):
            if not isinstance(sibling.tag, str):
                continue
            classes = f"{sibling.get('class') or ''} {sibling.get('id') or ''}"
            links = [sibling] if sibling.tag == "a" else list(islice(sibling.iter("a"), 7))
            if (
                boilerplate.CRUMB_CLASSES.search(classes)
                and len(string(sibling)) < 400
                and len(links) < 7
            ):
                return _links(sibling), True
            if not links:
                continue
            if len(links) > 5:
                return [], False
            crumbs = _links(sibling)
            read = (_read_link(doc, name, href) for name, href in crumbs)
            if any(kind == "list" or slug in doc.paper.section_slugs for slug, kind in read):
                return crumbs, False
        node = parent
    return [], False


def _read_link(doc: Document, name: str, href: str) -> tuple[str, str]:
    """(section slug, kind) of a link: by its address, else by its words."""
    url = doc.resolve(href) if href else None
    if url and "//" not in url:
        url = f"https://{doc.paper.host}/{url.lstrip('/')}"
    slug, kind = _read_url(url, doc.paper) if url else ("", "")
    return slug or "-".join(slug_words(name)), kind


@lru_cache(maxsize=1024)
def _read_url(url: str, paper: Paper) -> tuple[str, str]:
    """The same few section addresses stand on every page of a generation."""
    address = read_address(url, paper)
    return (address.section_slug or "" if address.kind == "list" else ""), address.kind


def find_section(
    doc: Document,
    title: Element,
    selected: Sequence[Element],
    far: Callable[[], Sequence[Element]],
    labels: list[Block],
    paragraphs: Sequence[Block] = (),
) -> tuple[str | None, str | None, str]:
    """(section as shown, its slug, rule). Links in *paragraphs* do not name it."""
    stated = doc.address.section_slug if doc.address and doc.address.kind == "article" else None
    crumbs, rule = find_crumbs(doc, title, selected, far)
    inner = []
    headline = fold(tidy(text_of(title))) if crumbs else ""
    for name, href in crumbs:
        slug, kind = _read_link(doc, name, href)
        if (
            kind == "home"
            or slug in _HOME
            or slug in doc.paper.slugs
            or kind == "article"
            or fold(name) == headline
        ):
            continue
        inner.append((name, slug, kind))
    for name, slug, _ in inner:
        if stated and slug.strip("-") == stated.strip("-"):
            return name, stated, rule
    # A short menu above the title also is a few links to sections; none of them is the address's.
    # More than section and subsection are a menu, too.
    if inner and not (rule == _UNNAMED and (stated or len(inner) > 2)):
        name, slug, kind = inner[-1]
        known = kind == "list" or slug in doc.paper.section_slugs
        return name, stated or (slug if known or rule != "json-ld" else None), rule
    shown = doc.metas.get("article:section") or doc.linked_data.get("articleSection")
    if isinstance(shown, list):
        shown = shown[-1] if shown else None
    if isinstance(shown, str) and tidy(shown):
        name = tidy(shown)
        slug = "-".join(slug_words(name))
        return name, stated or (slug if slug in doc.paper.section_slugs else None), "stated"
    if labelled := _read_labels(doc, labels, stated):
        return *labelled, "label"
    if stated and (in_menu := _menu_name(doc, stated, title, paragraphs)):
        return in_menu, stated, "menu"
    return None, stated, "address"


def _read_labels(doc: Document, labels: list[Block], stated: str | None) -> tuple[str, str] | None:
    """(name, slug) of a section set as a label above the title or in the stamp's line."""
    for block in labels:
        if len(string(block.element)) > 200:
            continue
        links = [(text_of(link), link.get("href") or "") for link in block.element.iter("a")]
        for text, href in links or [(text, "") for text in block.text.split("|")]:
            if not (name := tidy(text)):
                continue
            slug, kind = _read_link(doc, name, href)
            if stated and slug and slug.strip("-") == stated.strip("-"):
                return name, stated
            if (
                not stated
                and slug
                and (slug in doc.paper.section_slugs or (href and kind == "list"))
            ):
                return name, slug
    return None


def _menu_name(doc: Document, slug: str, title: Element, paragraphs: Sequence[Block]) -> str | None:
    """The section's name over its address in the page's menu, which prints every section.

    A link in the text leads there under any words: "phong trào <a>đoàn viên, hội</a>".
    """
    bare = slug.strip("-")
    underscored = bare.replace("-", "_")
    longest, dashes = len(bare) + 60, bare.count("-") + 2
    for link in islice(doc.body.iter("a"), 250):
        href = link.get("href") or ""
        if len(href) > longest or href.count("-") > dashes:
            continue
        if bare in href or underscored in href.lower():
            name = tidy(text_of(link))
            if (
                name
                and _read_link(doc, name, href)[0].strip("-") == bare
                and not _is_in_text(link, title, paragraphs)
            ):
                return name
    return None


def _is_in_text(link: Element, title: Element, paragraphs: Sequence[Block]) -> bool:
    """Whether *link* stands in one of the *paragraphs*; bare text in a box about the *title* as
    well has no element of its own, so that box does not count.
    """
    about = {*link.iterancestors()} - {*title.iterancestors()}
    return any(block.element in about for block in paragraphs)


def find_tags(doc: Document, printed: list[str], text: str) -> tuple[tuple[str, ...], str]:
    """The keywords printed under the text; those of the page's own statement if they are of this
    text.
    """
    if printed:
        return tuple(dict.fromkeys(printed)), "printed"
    stated = (
        doc.metas.get("news_keywords")
        or doc.linked_data.get("keywords")
        or doc.metas.get("article:tag")
        or doc.metas.get("keywords")
    )
    words = (
        stated.split(",") if isinstance(stated, str) else stated if isinstance(stated, list) else []
    )
    tags = [tidy(word) for word in words if isinstance(word, str) and word.strip()]
    if not tags or any(doc.paper.is_named_in(tag) for tag in tags):
        return (), ""
    folded = fold(text)
    held = sum(1 for tag in tags if fold(tag) in folded)
    return (tuple(dict.fromkeys(tags)), "stated") if held * 2 >= len(tags) else ((), "")


def find_kind(
    doc: Document,
    section_slug: str | None,
    pictures: int,
    media: list[str],
    players: bool,
    paragraphs: int,
    letters: int,
) -> tuple[str, str]:
    """(kind, rule): by address, section, then by pictures, players and text."""
    path = doc.address.canonical.split("/")[3:-1] if doc.address else []
    for word in (*path, section_slug or ""):
        if kind := _KINDS.get(word.strip("-").lower()):
            return kind, "address"
    stated = doc.metas.get("og:type", "").lower()
    if stated.startswith("video") or doc.linked_data.get("@type") == "VideoObject":
        return "video", "stated"
    if (
        players
        and paragraphs <= 2
        and letters < 600
        and not any(url.endswith(".mp3") for url in media)
    ):
        return "video", "player"
    if pictures >= 4 and paragraphs <= 2 and letters < 900:
        return "photo", "pictures"
    return "article", "default"
