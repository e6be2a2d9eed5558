"""The addresses on a list page, known by their shape, so that a redesign does not matter.

The page's CSS classes are not asked. What keeps the menu of the site's text-link sellers out is the
host, and what keeps the navigation out of the articles is the shape of an article address.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from itertools import islice
from urllib.parse import urljoin

from lxml.etree import XPath, _Element

from archive.models import Link
from crawler.extract.page import Page
from crawler.site.paper import Paper
from crawler.site.urls import Address, first_folder, is_ours, read_address, resolve

_LINKS = XPath("//a[@href]")
_DATE = re.compile(r"\b(\d{1,2})/(\d{1,2})/(\d{4})\b")

#: Words of a headline, at least; and the most addresses that are returned.
_HEADLINE = 4
_MANY = 200
_FILE = re.compile(
    r"\.(?:jpe?g|png|gif|webp|pdf|docx?|xlsx?|pptx?|zip|rar|mp[34]|xml|rss|js|css)(?:[?#]|$)", re.I
)

#: How far above a link its list item may reach; the date of the item stands somewhere in it.
_ITEM_DEPTH = 4


def find_links(page: Page, *, mirror: str = "") -> list[Link]:
    """Every article and list address of the paper on *page*, in order, each once.

    *mirror* is the base URL a mirrored site was fetched from: links naming it are the site's own.
    """
    articles: _Articles = {}
    return [
        Link(
            url=address.canonical,
            kind="article" if address.kind == "article" else "list",
            key=address.key,
            section_slug=address.section_slug,
            listed_on=_listed_on(link, articles, page.paper) if address.kind == "article" else None,
            address=url,
        )
        for link, url, address in _addresses(page, mirror)
    ]


def count_articles(page: Page) -> int:
    """How many articles *page* names: those that `find_links` finds."""
    return sum(address.kind == "article" for _, _, address in _addresses(page, ""))


def _addresses(page: Page, mirror: str) -> Iterator[tuple[_Element, str, Address]]:
    """The first link to each article or list of the paper, with its address as written and read."""
    here = page.url or ""
    host = urljoin(here, "/")
    found: set[str] = set()
    for link in _LINKS(page.tree):
        href = _site_form(link.get("href"), mirror)
        named = _named(host if href.startswith(("/", "http")) else here, href, page.paper)
        if named is not None and named[1].canonical not in found:
            found.add(named[1].canonical)
            yield link, *named


def find_unknown(page: Page, *, mirror: str = "") -> list[str]:
    """Addresses of the paper on *page*, each once, that have a headline and no known shape.

    They are what a new design of the paper's addresses would look like.
    """
    here = page.url or ""
    found: dict[str, None] = {}
    for link in _LINKS(page.tree):
        url = resolve(here, _site_form(link.get("href"), mirror))
        if url is None or url in found or not is_ours(url, page.paper):
            continue
        folder, kind = first_folder(url), read_address(url, page.paper).kind
        if kind != "other" or folder in page.paper.other_folders or _FILE.search(url):
            continue
        if len(" ".join(link.itertext()).split()) >= _HEADLINE:
            found[url] = None
            if len(found) >= _MANY:
                break
    return list(found)


@lru_cache(maxsize=4096)
def _named(base: str, href: str, paper: Paper) -> tuple[str, Address] | None:
    """The address that *href* names, if it is one of the paper's articles or lists.

    Remembered, because menus and sidebars name the same hundred on every page.
    """
    url = resolve(base, href)
    if url is None or not is_ours(url, paper):
        return None
    address = read_address(url, paper)
    return (url, address) if address.kind in ("article", "list") else None


def _site_form(href: str, mirror: str) -> str:
    return href[len(mirror.rstrip("/")) :] or "/" if mirror and href.startswith(mirror) else href


#: The articles that each box names, as far as it was asked: two of them make it a list.
_Articles = dict[_Element, list[str]]


def _listed_on(link: _Element, articles: _Articles, paper: Paper) -> str | None:
    """The day printed in the list item around *link* (SEEN: ``25/04/2024`` between title and lead).

    Climbs while the box still holds this one article; day before month, as the paper prints it.
    """
    for box in _boxes(link, articles, paper):
        if printed := _DATE.search(" ".join(box.itertext())):
            try:
                return date(int(printed[3]), int(printed[2]), int(printed[1])).isoformat()
            except ValueError:  # 31/02/2024 is not a day
                return None
    return None


def _boxes(link: _Element, articles: _Articles, paper: Paper) -> Iterator[_Element]:
    target = link.get("href")
    for box in islice(link.iterancestors(), _ITEM_DEPTH):
        if box.tag in ("body", "html"):
            return
        if box not in articles:  # each box is looked through once, or a long list takes for ever
            articles[box] = _articles_in(box, paper)
        if any(href != target for href in articles[box]):
            return
        yield box


def _articles_in(box: _Element, paper: Paper) -> list[str]:
    """The first two articles that links in *box* lead to."""
    found: list[str] = []
    for link in box.iter("a"):
        href = link.get("href")
        if href and href not in found and read_address(href, paper).kind == "article":
            found.append(href)
            if len(found) == 2:
                break
    return found
