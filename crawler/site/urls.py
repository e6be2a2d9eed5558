"""The paper's addresses: hosts, canonical form, what an address names. Pure; knows no markup.

The shapes of the addresses stand in `crawler.site.generations`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal
from urllib.parse import quote, urljoin, urlsplit

from archive.models import Generation as Letter
from crawler.site.generations import GENERATIONS, Generation, Shape
from crawler.site.sections import NOT_SECTIONS

#: The host that records name. Most pages were seen here.
HOST = "baodongthap.vn"

#: The longest address seen had 260 characters; servers and browsers stop at some thousands. A
#: longer one is not an address of the paper, and is not matched.
MAX_ADDRESS = 4000

#: The front page.
HOME = f"https://{HOST}/"

#: Every host that served pages of the paper (media hosts serve no pages).
HOSTS = frozenset({HOST, f"www.{HOST}", "baodongthap.com.vn", "www.baodongthap.com.vn"})

_OURS = tuple(f"{scheme}://{host}/" for scheme in ("https", "http") for host in sorted(HOSTS))


@dataclass(frozen=True, slots=True)
class Address:
    """The page that a URL of the site names."""

    kind: Literal["article", "list", "home", "other"]
    canonical: str
    generation: Letter | None = None
    key: str | None = None
    site_id: str | None = None
    section_slug: str | None = None
    slug: str | None = None
    page: int = 1
    """The page number of a list; 1 for the first."""


#: (section, address) of lists seen, the newest generation's first.
SECTION_LISTS = tuple(
    (section, f"https://{HOST}/{section}{query}")
    for generation in reversed(GENERATIONS)
    for section, query in generation.lists
)

_SLASHES = re.compile(r"/{2,}")
_INDEX = re.compile(r"/(?:index\.html?|default\.aspx)?$", re.I)
_LIST = re.compile(r"/[a-z0-9][a-z0-9-]*", re.I)
_PAGE = re.compile(r"(?:^|&)(?:p|page)=([0-9]{1,6})(?![0-9])", re.I)
_CATE = re.compile(r"(?:^|&)cate=([0-9]{1,12})(?![0-9])", re.I)
_ODD_IN_PATH = re.compile(r"(?:%[0-9A-Fa-f]{2})+|[^A-Za-z0-9/._~!$&'()*+,;=:@-]")
_ODD_IN_QUERY = re.compile(r"[^\x21-\x7e]")


def is_ours(url: str) -> bool:
    """Whether *url* is a page address on one of the paper's hosts.

    Names, ports and backslashes before the host are refused: parsers disagree about them, and what
    one reads as the paper another may connect to the operator's own network.
    """
    if url.startswith(_OURS):  # as nearly all do: nothing before the path can be read otherwise
        return True
    try:
        parts = urlsplit(url)
        return (
            parts.scheme in ("http", "https")
            and (parts.hostname or "") in HOSTS
            and parts.port in (None, 80, 443)
            and not set(parts.netloc) & set("@\\")
        )
    except ValueError:  # http://[bad, http://host:port
        return False


@lru_cache(maxsize=4096)  # read as a link, as a request, as a page, and by the page's layout
def read_address(url: str) -> Address:
    """Read what *url* names. Hosts, schemes, query noise and trailing parts do not matter.

    >>> read_address("http://www.baodongthap.com.vn/newsdetails/1D3FE18E535/Hai_bi_cao.aspx").key
    'dto:71637'
    >>> read_address("https://baodongthap.vn/xa-hoi/bat-giu-11-8-2021-99829.aspx").site_id
    '99829'
    """
    if len(url) > MAX_ADDRESS:
        return _other(url)
    address = _read(url)
    # What had to be quoted may make it longer, and must then be read like any longer one.
    return address if len(address.canonical) <= MAX_ADDRESS else _other(address.canonical)


def _read(url: str) -> Address:
    try:
        parts = urlsplit(url.strip())
    except ValueError:  # http://[bad: no parser and no server takes it
        return _other(url)
    path = parts.path
    if path and not path.startswith("/"):  # a bare word, or javascript:alert(1)
        return _other(url)
    path = _without_index(_normal_path(path))
    if not path:
        return Address("home", f"https://{HOST}/")

    ending = path[-5:].lower()
    for generation in GENERATIONS:
        if ending.endswith(generation.endings):
            article = _without_view(path, generation.view)
            for shape in generation.shapes:
                if (found := shape.pattern.fullmatch(article)) and (
                    address := _address(generation, shape, found, parts.query)
                ):
                    return address
    return _read_list(path, parts.query)


def _without_view(path: str, view: str) -> str:
    """*path* without the folder *view*, under which the same page is shown to be printed, say."""
    while view and path.startswith(f"{view}/"):
        path = path[len(view) :]
    return path


def _address(
    generation: Generation, shape: Shape, found: re.Match[str], query: str
) -> Address | None:
    """The address that *shape* found; None if its number is not one of the paper's."""
    groups = found.groupdict()
    section = (groups.get("section") or "").lower() or None
    canonical = _canonical(found[0])
    if shape.kind == "list":
        page = _page_of(query) if shape.page_in_query else int(groups.get("page") or 1)
        if shape.page_in_query and page > 1:
            canonical += f"?page={page}"
        slug = section.replace("_", "-") if section else ""
        return Address("list", canonical, generation.letter, section_slug=slug, page=page)
    if not (number := shape.decode(groups["id"])):
        return None
    return Address(
        "article",
        canonical,
        generation.letter,
        shape.key.format(id=number, section=section),
        shape.site_id.format(id=number),
        section,
        groups["slug"],
    )


def _other(url: str) -> Address:
    """An address that is none of the paper's, with nothing in it that a terminal obeys."""
    return Address("other", _ODD_IN_QUERY.sub(_quoted, url.strip()))


def _normal_path(path: str) -> str:
    """*path* with each character in its normal form (RFC 3986, 6.2.2).

    An escape is undone where it stands for a letter, digit or one of ``-._~``, or for a visible
    character of another script. Any other would name another page without it (``%3F``, ``%2F``,
    ``%25``), or could not be shown (controls, directions, bytes that are no UTF-8).
    """
    return _SLASHES.sub("/", _ODD_IN_PATH.sub(_normal, path))


def _normal(found: re.Match[str]) -> str:
    odd = found[0]
    if len(odd) == 1:
        return _quoted(found)
    # A byte that is not UTF-8 comes out as a surrogate, which is not printable.
    text = bytes.fromhex(odd.replace("%", "")).decode("utf-8", "surrogateescape")
    return "".join(
        char
        if char.isprintable() and (not char.isascii() or char.isalnum() or char in "-._~")
        else quote(char, safe="", errors="surrogateescape")
        for char in text
    )


def _quoted(found: re.Match[str]) -> str:
    """One character of an address, quoted unless it is a visible one of another script."""
    char = found[0]
    if char.isprintable() and not char.isascii():
        return char
    return quote(char, safe="", errors="surrogatepass")


def _without_index(path: str) -> str:
    """*path* without index files such as ``index.html``, however many."""
    while True:
        if path.startswith("/index.php") and path[10:11] in ("", "/"):
            path = path[10:]
        elif (shorter := _INDEX.sub("", path)) != path:
            path = shorter
        else:
            return path


def _read_list(path: str, query: str) -> Address:
    """A section's list, with the page number of the query; or another address."""
    first = path.split("/")[1].lower()
    if not _LIST.fullmatch(path) or first in NOT_SECTIONS:
        query = _ODD_IN_QUERY.sub(_quoted, query)
        return Address("other", _canonical(path) + (f"?{query}" if query else ""))
    number_of_page = _page_of(query)
    cate = _CATE.search(query)
    kept = [f"cate={cate[1]}"] if cate else []
    if number_of_page > 1:
        kept.append(f"{'page' if cate else 'p'}={number_of_page}")
    return Address(
        "list",
        _canonical(path) + ("?" + "&".join(kept) if kept else ""),
        "B" if cate else None,
        section_slug=first,
        page=number_of_page,
    )


def _page_of(query: str) -> int:
    """The page number in *query*; 1 where it names none."""
    found = _PAGE.search(query)
    return max(1, int(found[1])) if found else 1


def first_folder(address: Address) -> str:
    """The first part of the path of *address*: ``xem-bao``; empty if it is not a web address."""
    prefix = f"https://{HOST}/"
    if not address.canonical.startswith(prefix):
        return ""
    return re.split("[/?]", address.canonical[len(prefix) :], maxsplit=1)[0].lower()


def _canonical(path: str) -> str:
    """The canonical address of *path*."""
    return f"https://{HOST}{path}"


def resolve(base: str, href: str) -> str | None:
    """*href* on the page at *base*, absolute and without fragment; None if it is not a web link."""
    href = href.strip()
    if not href or href.startswith(("#", "javascript:", "mailto:", "tel:", "data:")):
        return None
    try:
        url = urljoin(base, href)
        return url.partition("#")[0] if urlsplit(url).hostname else None
    except ValueError:  # an address such as http://[bad is not ours to mend
        return None
