"""A paper's addresses: hosts, canonical form, what an address names. Pure; knows no markup.

The hosts and the shapes of the addresses stand in the paper's definition file.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal
from urllib.parse import quote, urljoin, urlsplit

from archive.models import Generation as Letter
from crawler.site.paper import DONGTHAP, Generation, Paper
from crawler.site.shapes import Shape

#: The longest address seen had 260 characters; servers and browsers stop at some thousands. A
#: longer one is not an address of the paper, and is not matched.
MAX_ADDRESS = 4000


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


_SLASHES = re.compile(r"/{2,}")
_INDEX = re.compile(r"/(?:index\.html?|default\.aspx)?$", re.I)
_LIST = re.compile(r"/[a-z0-9][a-z0-9-]*", re.I)
_FIRST_FOLDER = re.compile(r"https?://[^/?]*/([^/?]*)")
_ODD_IN_PATH = re.compile(r"(?:%[0-9A-Fa-f]{2})+|[^A-Za-z0-9/._~!$&'()*+,;=:@-]")
_ODD_IN_QUERY = re.compile(r"[^\x21-\x7e]")


def is_ours(url: str, paper: Paper = DONGTHAP) -> bool:
    """Whether *url* is a page address on one of the hosts of *paper*.

    Names, ports and backslashes before the host are refused: parsers disagree about them, and what
    one reads as the paper another may connect to the operator's own network.
    """
    if url.startswith(paper.beginnings):  # as nearly all do: nothing before the path misleads
        return True
    try:
        parts = urlsplit(url)
        return (
            parts.scheme in ("http", "https")
            and (parts.hostname or "") in paper.hosts
            and parts.port in (None, 80, 443)
            and not set(parts.netloc) & set("@\\")
        )
    except ValueError:  # http://[bad, http://host:port
        return False


def paper_of(url: str, papers: tuple[Paper, ...]) -> Paper | None:
    """The one of *papers* that *url* is a page address of."""
    return next((paper for paper in papers if is_ours(url, paper)), None)


@lru_cache(maxsize=4096)  # read as a link, as a request, as a page, and by the page's layout
def read_address(url: str, paper: Paper = DONGTHAP) -> Address:
    """Read what *url* names. Hosts, schemes, query noise and trailing parts do not matter.

    >>> read_address("http://www.baodongthap.com.vn/newsdetails/1D3FE18E535/Hai_bi_cao.aspx").key
    'dto:71637'
    >>> read_address("https://baodongthap.vn/xa-hoi/bat-giu-11-8-2021-99829.aspx").site_id
    '99829'
    """
    if len(url) > MAX_ADDRESS:
        return _other(url)
    address = _read(url, paper)
    # What had to be quoted may make it longer, and must then be read like any longer one.
    return address if len(address.canonical) <= MAX_ADDRESS else _other(address.canonical)


def section_lists(paper: Paper) -> list[tuple[str, str]]:
    """(section, address) of the lists that the definition file names, the newest generation's
    first.
    """
    return [
        (read_address(url, paper).section_slug or "", url)
        for generation in reversed(paper.generations)
        for url in (f"https://{paper.host}{path}" for path in generation.lists)
    ]


def _read(url: str, paper: Paper) -> Address:
    try:
        parts = urlsplit(url.strip())
    except ValueError:  # http://[bad: no parser and no server takes it
        return _other(url)
    path = parts.path
    if path and not path.startswith("/"):  # a bare word, or javascript:alert(1)
        return _other(url)
    path = _without_index(_normal_path(path))
    if not path:
        return Address("home", paper.home)

    ending = path[-5:].lower()
    for generation in paper.generations:
        article = _without_folder(path, generation.print_folder)
        for shape in generation.shapes:
            if (
                ending.endswith(shape.endings)
                and (found := shape.pattern.fullmatch(article))
                and (address := _address(paper, generation, shape, found, parts.query))
            ):
                return address
    return _read_list(path, parts.query, paper)


def _without_folder(path: str, folder: str) -> str:
    """*path* without *folder*, under which the same page is shown to be printed, say."""
    while folder and path.startswith(f"{folder}/"):
        path = path[len(folder) :]
    return path


def _address(
    paper: Paper, generation: Generation, shape: Shape, found: re.Match[str], query: str
) -> Address | None:
    """The address that *shape* found; None if it is not one of the paper's after all."""
    groups = found.groupdict()
    section = (groups.get("section") or "").lower() or None
    if shape.sections and section not in shape.sections:
        return None
    canonical = f"https://{paper.host}{found[0]}"
    if shape.kind == "list":
        if re.split("[/.]", found[0][1:], maxsplit=1)[0].lower() in paper.other_folders:
            return None
        page, kept = int(groups.get("page") or 1), []
        if shape.needs:
            if not (value := re.search(rf"(?:^|&){shape.needs}=([0-9]{{1,12}})(?![0-9])", query)):
                return None
            kept = [f"{shape.needs}={value[1]}"]
        if shape.page and (page := _page_of(query, shape.page)) > 1:
            kept.append(f"{shape.page}={page}")
        slug = section.replace("_", "-") if section else ""
        canonical += "?" + "&".join(kept) if kept else ""
        return Address("list", canonical, generation.letter, section_slug=slug, page=page)
    if not (number := shape.number(groups["id"])):
        return None
    return Address(
        "article",
        canonical,
        generation.letter,
        f"{paper.code}:{shape.key.format(id=number, section=section)}",
        shape.site_id.format(id=number),
        section,
        groups.get("slug") or "",
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


def _read_list(path: str, query: str, paper: Paper) -> Address:
    """A section's list, with the page number of the query; or another address."""
    first = path.split("/")[1].lower()
    if not _LIST.fullmatch(path) or first in paper.other_folders:
        query = _ODD_IN_QUERY.sub(_quoted, query)
        return Address("other", f"https://{paper.host}{path}" + (f"?{query}" if query else ""))
    page = _page_of(query)
    canonical = f"https://{paper.host}{path}" + (f"?p={page}" if page > 1 else "")
    return Address("list", canonical, section_slug=first, page=page)


def _page_of(query: str, parameter: str = "p") -> int:
    """The page number in *query*, under *parameter* or a usual name; 1 where it names none."""
    found = re.search(rf"(?:^|&)(?:{parameter}|p|page)=([0-9]{{1,6}})(?![0-9])", query, re.I)
    return max(1, int(found[1])) if found else 1


def first_folder(url: str) -> str:
    """The first part of the path of *url*: ``xem-bao``; empty if there is none.

    >>> first_folder("https://baodongthap.vn/xem-bao/bao-ngay/"), first_folder("javascript:x")
    ('xem-bao', '')
    """
    found = _FIRST_FOLDER.match(url)
    return found[1].lower() if found else ""


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
