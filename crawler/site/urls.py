"""The paper's addresses: hosts, URL shapes, canonical form. Pure; knows no page markup.

Three CMS generations have named articles in five ways (SEEN on real pages, see docs/site.md):

==========  =======================================================  =================
generation  article address                                          key
==========  =======================================================  =================
A (hex)     ``/newsdetails/1D3FE18E535/Hai_bi_cao_gay_tai_nan.aspx``  ``dto:71637``
A (slug)    ``/xa-hoi/bat-giu-nhieu-vu-buon-lau-57543.aspx``          ``dto:57543``
B           ``/ban-doc/202510/don-doc-bao-so-ra-ngay-22-10-1050912``  ``dto:b1050912``
C           ``/trao-690-phan-qua-tet-a236888.html``                   ``dto:a236888``
C (video)   ``/video/xem-video/le-hoi-hoa-297.html``                  ``dto:video-297``
==========  =======================================================  =================

The four number series are kept apart in the key: B continues a sister paper's series and C's videos
count from 1, so a bare number could name two articles.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal
from urllib.parse import quote, urljoin, urlsplit

from archive.models import Generation

#: The host that records name. Most pages were seen here.
HOST = "baodongthap.vn"

#: The longest address seen had 260 characters; servers and browsers stop at some thousands. A
#: longer one is no address of the paper, and no pattern below is given more.
MAX_ADDRESS = 4000

#: The front page.
HOME = f"https://{HOST}/"

#: Every host that served pages of the paper (media hosts serve no pages).
HOSTS = frozenset({HOST, f"www.{HOST}", "baodongthap.com.vn", "www.baodongthap.com.vn"})

_OURS = tuple(f"{scheme}://{host}/" for scheme in ("https", "http") for host in sorted(HOSTS))

#: A1 numbers are hex for the decimal digits of this prefix followed by the article id.
HEX_PREFIX = "20100127"


@dataclass(frozen=True, slots=True)
class Address:
    """What a URL of the site says about the page behind it."""

    kind: Literal["article", "list", "home", "other"]
    canonical: str
    generation: Generation | None = None
    key: str | None = None
    site_id: str | None = None
    section_slug: str | None = None
    slug: str | None = None
    page: int = 1
    """The page number of a list; 1 for the first."""


#: Prefixes of C whose pages are no articles of the text series (SEEN in other people's crawlers).
NOT_ARTICLES = frozenset(
    [
        "ketquatimkiem",
        "tim-kiem",
        "tac-gia",
        "tag",
        "tags",
        "tu-khoa",
        "xem-bao",
        "xem-albumphoto",
        "en",
        "files",
        "rss",
        "image",
        "database",
        "dataimages",
    ]
)

#: Section lists SEEN in the three generations, to begin with when the front page names none.
SECTION_LISTS = tuple(
    (slug, f"https://{HOST}/{slug}{query}")
    for slug, query in (
        ("chinh-tri", ""),
        ("kinh-te", ""),
        ("xa-hoi", ""),
        ("van-hoa-nghe-thuat", ""),
        ("the-thao", ""),
        ("giao-duc", ""),
        ("phap-luat", ""),
        ("suc-khoe-y-te", ""),
        ("quoc-te", ""),
        ("khoa-hoc", ""),
        ("chinh-tri", "?cate=342"),
        ("kinh-te", "?cate=343"),
        ("xa-hoi", "?cate=344"),
        ("phap-luat-an-ninh-trat-tu", "?cate=345"),
        ("van-hoa-nghe-thuat", "?cate=353"),
        ("giao-duc", "?cate=360"),
        ("the-thao", "?cate=361"),
        ("quoc-te", "?cate=362"),
        ("khoa-hoc-doi-song", "?cate=365"),
        ("suc-khoe-y-te", "?cate=369"),
    )
)

# A section slug may end in a hyphen (SEEN: bau-cu-…-2021-2026-), so no tidying here.
_SECTION = r"(?P<section>[a-z0-9][a-z0-9-]*)"
# Python converts no number of thousands of digits; a real one has eleven in hex.
_A_HEX = re.compile(r"/newsdetails/(?P<hex>[0-9a-f]{1,20})/(?P<slug>[^/]*)\.aspx", re.I)
_A_HEX_LIST = re.compile(
    r"/newslist/(?P<hex>[0-9a-f]{1,20})/(?:p(?P<page>[0-9]{1,6})/)?(?P<slug>[^/]*)\.aspx", re.I
)
_A_SLUG = re.compile(rf"/(?:{_SECTION}/)?(?P<slug>[^/]*?)-(?P<id>[0-9]{{1,20}})\.aspx", re.I)
_A_SLUG_LIST = re.compile(rf"/{_SECTION}(?:/p(?P<page>[0-9]{{1,6}}))?\.aspx", re.I)
# Hex ids occur on newer installs of B's CMS; only the month folder tells them from a slug's word.
_B = re.compile(
    rf"/{_SECTION}/(?P<month>[0-9]{{6}})/(?P<slug>[^/]*?)-(?P<id>[0-9a-f]{{1,40}})", re.I
)
# The slug ends before the last hyphens: where it might end before any of a thousand, finding no
# number after them takes the square of the time.
_C = re.compile(
    r"\A/(?:(?P<section>[a-z0-9-]+)/)*(?P<slug>(?:[^/]*[^/-])?)-+a(?P<id>[0-9]{1,20})\.html?", re.I
)
_C_VIDEO = re.compile(
    r"/(?P<section>video|podcast)/(?:[a-z-]+/)?(?P<slug>[^/]*?)-(?P<id>[0-9]{1,20})\.html?", re.I
)
_C_FEATURE = re.compile(
    r"/(?P<section>longform|infographic|emagazine)/(?:[a-z-]+/)?(?P<slug>[^/]*?)-(?P<id>[0-9]{1,20})\.html?",
    re.I,
)
_SLASHES = re.compile(r"/{2,}")
_INDEX = re.compile(r"/(?:index\.html?|default\.aspx)?$", re.I)
_LIST = re.compile(rf"/{_SECTION}", re.I)
_PAGE = re.compile(r"(?:^|&)(?:p|page)=([0-9]{1,6})(?![0-9])", re.I)
_CATE = re.compile(r"(?:^|&)cate=([0-9]{1,12})(?![0-9])", re.I)
#: Lists of A's slug form count to 3 digits, articles from 5 on: /van-hoc-184.aspx?page=9.
_LIST_DIGITS = 3
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

    # By what an address ends in, most patterns need not be tried.
    if path[-5:].lower() == ".aspx":
        found = _read_aspx(path, parts.query)
    elif path[-5:].lower().endswith((".html", ".htm")):
        found = _read_html(path)
    else:
        found = _read_b(path)
    return found or _read_list(path, parts.query)


def _other(url: str) -> Address:
    """An address that is none of the paper's, with nothing in it that a terminal obeys."""
    return Address("other", _ODD_IN_QUERY.sub(_quoted, url.strip()))


def _normal_path(path: str) -> str:
    """*path* with each character written in one way (RFC 3986, 6.2.2).

    An escape is undone where it stands for a letter, digit or one of ``-._~``, or for a visible
    character of another script. Any other would name another page without it (``%3F``, ``%2F``,
    ``%25``), or could not be shown (controls, directions, bytes that are no UTF-8).
    """
    return _SLASHES.sub("/", _ODD_IN_PATH.sub(_normal, path))


def _normal(found: re.Match[str]) -> str:
    odd = found[0]
    if len(odd) == 1:
        return _quoted(found)
    # A byte that is no UTF-8 comes out as a surrogate, which is not printable.
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
    """*path* without what only names a folder's own page, however often."""
    while True:
        if path.startswith("/index.php") and path[10:11] in ("", "/"):
            path = path[10:]
        elif (shorter := _INDEX.sub("", path)) != path:
            path = shorter
        else:
            return path


def _read_aspx(path: str, query: str) -> Address | None:
    """An address of generation A."""
    if (found := _A_HEX.fullmatch(path)) and (number := _decode_hex(found["hex"])):
        return Address(
            "article", _canonical(path), "A", f"dto:{number}", number, None, found["slug"]
        )
    if found := _A_HEX_LIST.fullmatch(path):
        title, page = _plain_slug(found["slug"]), int(found["page"] or 1)
        return Address("list", _canonical(path), "A", section_slug=title, page=page)
    if found := _A_SLUG.fullmatch(path):
        number, section = found["id"], _lower(found["section"])
        if section is None and found["slug"] and len(number) <= _LIST_DIGITS:
            page = _page_of(query)
            tail = f"?page={page}" if page > 1 else ""
            return Address(
                "list", _canonical(path) + tail, "A", section_slug=found["slug"].lower(), page=page
            )
        return Address(
            "article", _canonical(path), "A", f"dto:{number}", number, section, found["slug"]
        )
    if (found := _A_SLUG_LIST.fullmatch(path)) and found["section"].lower() not in NOT_ARTICLES:
        slug, page = _lower(found["section"]), int(found["page"] or 1)
        return Address("list", _canonical(path), "A", section_slug=slug, page=page)
    return None


def _read_b(path: str) -> Address | None:
    """An article's address of generation B."""
    if found := _B.fullmatch(path):
        number, section = found["id"].lower(), _lower(found["section"])
        return Address(
            "article", _canonical(path), "B", f"dto:b{number}", number, section, found["slug"]
        )
    return None


def _read_html(path: str) -> Address | None:
    """An article's address of generation C."""
    while path.startswith("/print/"):  # the same article, to be printed
        path = path[len("/print") :]
    if found := _C.fullmatch(path):
        number, section = f"a{found['id']}", _lower(found["section"])
        return Address(
            "article", _canonical(path), "C", f"dto:{number}", number, section, found["slug"]
        )
    if found := _C_VIDEO.fullmatch(path) or _C_FEATURE.fullmatch(path):
        number, section = found["id"], found["section"].lower()
        return Address(
            "article",
            _canonical(path),
            "C",
            f"dto:{section}-{number}",
            number,
            section,
            found["slug"],
        )
    return None


def _read_list(path: str, query: str) -> Address:
    """A section's list, of which the query says the page; or something else."""
    first = path.split("/")[1].lower()
    if not _LIST.fullmatch(path) or first in NOT_ARTICLES:
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
    """The first part of the path of *address*: ``xem-bao``; empty if it is no web address."""
    prefix = f"https://{HOST}/"
    if not address.canonical.startswith(prefix):
        return ""
    return re.split("[/?]", address.canonical[len(prefix) :], maxsplit=1)[0].lower()


def _canonical(path: str) -> str:
    """The canonical address of *path*."""
    return f"https://{HOST}{path}"


def resolve(base: str, href: str) -> str | None:
    """*href* on the page at *base*, absolute and without fragment; None if it is no web link."""
    href = href.strip()
    if not href or href.startswith(("#", "javascript:", "mailto:", "tel:", "data:")):
        return None
    try:
        url = urljoin(base, href)
        return url.partition("#")[0] if urlsplit(url).hostname else None
    except ValueError:  # an address such as http://[bad is not ours to mend
        return None


def _decode_hex(text: str) -> str | None:
    """The article id in an A1 number.

    The id follows the prefix in *decimal digits*, so the digits are stripped; subtracting a
    constant would be wrong, because the number of zeros varies with the length of the id.

    >>> _decode_hex("1D3FE18E535")
    '71637'
    """
    digits = str(int(text, 16))
    return (
        digits.removeprefix(HEX_PREFIX)
        if digits.startswith(HEX_PREFIX) and digits != HEX_PREFIX
        else None
    )


def _plain_slug(title: str) -> str:
    return title.replace("_", "-").lower()


def _lower(text: str | None) -> str | None:
    return text.lower() if text else None
