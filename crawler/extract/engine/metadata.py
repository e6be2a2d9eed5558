"""The page's own statements: address, meta elements, JSON-LD; and its elements by class.

All of it is a check on what is printed, and a fallback where nothing is printed: sites misstate
their meta elements for years without any reader noticing.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cached_property
from typing import Any, TypeAlias
from urllib.parse import quote

from lxml import etree

from crawler.extract.engine import boilerplate
from crawler.extract.engine.dom import Own
from crawler.extract.engine.style import class_id
from crawler.extract.page import Page, body_of
from crawler.extract.text import fold, tidy
from crawler.site.urls import Address, is_ours, read_address, resolve

Element: TypeAlias = etree._Element

_JSON = json.JSONDecoder(strict=False)  # json.loads would make one for every statement
_TEXTS = etree.XPath("//text()")
_SITE_NAME = re.compile(
    r"(?<![-–—|:•»\s])(?=\s*[-–—|:•»])[-–—|:•»\s]++(?:báo\s+(?:điện\s+tử\s+)?[^-–—|]{2,30}|[^-–—|]{0,25}online|baodongthap\S*|cơ\s+quan[^|]{0,200}+|đồng\s+tháp[^-–—|]{0,20}|tin\s+tức[^|]{0,200}+)\s*$",
    re.I,
)
_TAG = re.compile(rb"<([a-z][a-z0-9]*)\b")
_LINE_END = re.compile(r"[\t\r\n]")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")
#: Longest headline: an element left open swallows the page.
_LONGEST_TITLE = 500
_ARTICLE_TYPES = frozenset(
    ("NewsArticle", "Article", "ReportageNewsArticle", "BlogPosting", "VideoObject")
)
_LIST_TYPES = frozenset(
    ("ItemList", "CollectionPage", "SearchResultsPage", "Product", "VideoGallery", "ImageGallery")
)


class Document:
    """One page under reading: tree, address and the page's own statements."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.paper = page.paper
        self.root: Element = page.tree
        body = body_of(self.root)
        self.body: Element = self.root if body is None else body
        self.metas: dict[str, str] = {}
        self.canonical: str | None = None
        self.head_title: str | None = None
        self._statements: list[Element] = []
        self._stated_base = ""
        in_head = True  # up to the first heading, wherever a broken head ends
        for element in self.root.iter("meta", "link", "title", "script", "base", "h1"):
            tag: Any = element.tag  # a string: the names that were asked for
            if tag == "script":
                if "ld+json" in (element.get("type") or ""):
                    self._statements.append(element)
            elif tag == "meta":
                get = dict(element.items()).get
                name = get("property") or get("name") or get("itemprop")
                content = get("content")
                if name and content:
                    self.metas.setdefault(name.lower(), content)
            elif tag == "h1":
                in_head = False
            elif in_head:
                self._read_head(element, tag)

    def _read_head(self, element: Element, tag: str) -> None:
        """Read the head of the page: its own address and title, the base of links."""
        if tag == "link":
            href = (element.get("href") or "").strip()
            if (
                (element.get("rel") or "").lower() == "canonical"
                and self.canonical is None
                and href.isprintable()  # of a broken page, half the head may stand in it
            ):
                self.canonical = href or None
        elif tag == "base":
            self._stated_base = self._stated_base or (element.get("href") or "").strip()
        elif self.head_title is None and element.text:
            self.head_title = tidy(element.text)

    @cached_property
    def address(self) -> Address | None:
        """The page's address: the one that it was fetched at, else the one that it states."""
        stated = [self.page.url, self.canonical, self.metas.get("og:url")]
        first: Address | None = None
        for url in stated:
            if url and is_ours(url, self.paper):
                address = read_address(url, self.paper)
                if address.kind == "article":
                    return address
                first = first or address
        return first

    @cached_property
    def slug(self) -> str:
        """The title's words in the address; empty where there is none."""
        if self.address:
            return self.address.slug or ""
        # A page of a sister paper, or from a mirror: the shape of its address says as much.
        return (read_address(self.page.url, self.paper).slug or "") if self.page.url else ""

    @cached_property
    def own(self) -> Own:
        """The page's own host, and what its article's address ends in."""
        url = self.address.canonical if self.address else self.page.url or self.canonical or ""
        _, _, rest = url.partition("//")
        host, _, path = rest.partition("/")
        labels = host.partition(":")[0].removeprefix("www.").split(".")
        name = path.rpartition("/")[2]
        return Own(max(labels, key=len), name if len(name) > 12 else "", self.paper)

    @cached_property
    def base(self) -> str:
        """The address that relative links on the page are resolved against."""
        own = self.page.url or self.canonical or _as_browsers_read(self.metas.get("og:url") or "")
        stated = _as_browsers_read(self._stated_base)
        return (resolve(own, stated) if stated else None) or own

    def resolve(self, href: str) -> str | None:
        """*href* as an absolute address; as it stands where the page names none of its own."""
        href = _as_browsers_read(href)
        base = self.base
        if not base:
            return href or None
        if href.startswith(("https://", "http://")) and "#" not in href and "[" not in href:
            return href
        if href.startswith("/") and not href.startswith("//"):
            # Nearly every address on a page; urljoin takes ten times as long.
            return f"{self._origin}{href}".partition("#")[0]
        return resolve(base, href)

    def leads_to_article(self, href: str) -> bool:
        """Whether *href* is the address of an article, by its form or by its words."""
        if boilerplate.ARTICLE_LINK.search(href):
            return True
        url = self.resolve(href)
        return self.article_at(url) is not None

    def article_at(self, url: str | None) -> Address | None:
        """The article of the paper that *url*, an absolute address, names."""
        if url is None or not is_ours(url, self.paper):
            return None
        address = read_address(url, self.paper)
        return address if address.kind == "article" else None

    @cached_property
    def _origin(self) -> str:
        scheme, _, rest = self.base.partition("://")
        return f"{scheme}://{rest.partition('/')[0].partition('?')[0]}"

    @cached_property
    def stated_titles(self) -> tuple[str, ...]:
        """The headline according to og:title, JSON-LD and the title element, without the site's
        name.
        """
        stated = [
            self.metas.get("og:title"),
            self.metas.get("twitter:title"),
            self.linked_data.get("headline"),
            self.head_title,
        ]
        classes = []
        for text in stated:
            if isinstance(text, str) and text.strip():
                text = tidy(text)
                if len(text) > _LONGEST_TITLE:
                    continue
                classes.append(text)
                bare = _SITE_NAME.sub("", text)
                if bare and bare != text:
                    classes.append(bare)
        return tuple(dict.fromkeys(classes))

    @cached_property
    def linked_data(self) -> dict[str, Any]:
        """The page's JSON-LD statement about its article; empty where there is none."""
        for node in self._linked_data:
            if _ARTICLE_TYPES & _types(node):
                return node
        return {}

    @cached_property
    def stated_authors(self) -> tuple[str, ...]:
        """The names of authors in JSON-LD and meta elements; never the paper's own name."""
        stated: list[Any] = [self.metas.get("author"), self.metas.get("article:author")]
        author = self.linked_data.get("author")
        for one in author if isinstance(author, list) else [author]:
            stated.append(one.get("name") if isinstance(one, dict) else one)
        own = {fold(name) for name in (*self.paper.own_names, *self.paper.page_names)}
        names = (tidy(one) for one in stated if isinstance(one, str) and "//" not in one)
        return tuple(dict.fromkeys(name for name in names if name and fold(name) not in own))

    @property
    def is_stated_list(self) -> bool:
        """Whether JSON-LD calls the page a list, a product or a gallery, and no article."""
        return not self.linked_data and any(_LIST_TYPES & _types(one) for one in self._linked_data)

    @cached_property
    def crumbs_data(self) -> list[tuple[str, str]]:
        """(name, address) of the JSON-LD breadcrumb list."""
        for node in self._linked_data:
            if node.get("@type") == "BreadcrumbList":
                crumbs = []
                for entry in node.get("itemListElement") or []:
                    if isinstance(entry, dict):
                        item = entry.get("item")
                        name = entry.get("name") or (
                            item.get("name") if isinstance(item, dict) else None
                        )
                        href = (
                            item.get("@id") or item.get("url") if isinstance(item, dict) else item
                        )
                        if isinstance(name, str):
                            crumbs.append((tidy(name), href if isinstance(href, str) else ""))
                return crumbs
        return []

    @cached_property
    def _linked_data(self) -> list[dict[str, Any]]:
        return list(self._read_statements()) if self._statements else []

    def _read_statements(self) -> Iterator[dict[str, Any]]:
        for script in self._statements:
            try:
                data = _JSON.decode(script.text or "")
            except (ValueError, RecursionError):  # "[[[[[…", a thousand deep
                continue
            queue = data if isinstance(data, list) else [data]
            for node in queue[:50]:
                if isinstance(node, dict):
                    yield node
                    graph = node.get("@graph")
                    if isinstance(graph, list):
                        yield from (entry for entry in graph[:50] if isinstance(entry, dict))

    def named(self, name: str) -> Iterator[Element]:
        """Elements whose class or id holds *name*, by way of the source: far cheaper than a walk.

        >>> # doc.named("view-page-tit") finds <div class='View-Page-Tit'> without touching the
        others
        """
        lowered = self._lowered
        needle, at, tags = name.lower().encode(), 0, set()
        for _ in range(20):
            at = lowered.find(needle, at)
            if at < 0:
                break
            opening = lowered.rfind(b"<", 0, at)
            if opening >= 0 and (tag := _TAG.match(lowered, opening, opening + 24)):
                tags.add(tag[1].decode())
            at += len(needle)
        wanted = name.lower()
        for element in self.body.iter(*sorted(tags)) if tags else ():
            if wanted in class_id(element).lower():
                yield element

    @cached_property
    def _lowered(self) -> bytes:
        return self.page.source.lower()

    def holding(self, text: str) -> list[Element]:
        """Elements with a text node that, tidied, is *text*."""
        found = []
        for node in _TEXTS(self.body):
            if len(text) <= len(node) < 3 * len(text) + 100 and tidy(node) == text:
                near = node.getparent()
                found.append(near.getparent() if node.is_tail else near)
        return found


def _types(node: dict[str, Any]) -> set[str]:
    """The types that a JSON-LD node states."""
    stated = node.get("@type")
    return {
        one for one in (stated if isinstance(stated, list) else [stated]) if isinstance(one, str)
    }


def _as_browsers_read(href: str) -> str:
    """An address without the line ends in it, its other control characters quoted."""
    href = href.strip()
    if href.isprintable():
        return href
    return _CONTROL.sub(lambda found: quote(found[0]), _LINE_END.sub("", href))
