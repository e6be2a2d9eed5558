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
from urllib.parse import unquote, urljoin, urlsplit

from archive.models import Generation

#: The host that records name. Most pages were seen here.
HOST = "baodongthap.vn"

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
    r"/newslist/(?P<hex>[0-9a-f]{1,20})/(?:p(?P<page>\d{1,6})/)?(?P<slug>[^/]*)\.aspx", re.I
)
_A_SLUG = re.compile(rf"/(?:{_SECTION}/)?(?P<slug>[^/]*?)-(?P<id>\d+)\.aspx", re.I)
_A_SLUG_LIST = re.compile(rf"/{_SECTION}(?:/p(?P<page>\d{1, 6}))?\.aspx", re.I)
# Hex ids occur on newer installs of B's CMS; only the month folder tells them from a slug's word.
_B = re.compile(rf"/{_SECTION}/(?P<month>\d{{6}})/(?P<slug>[^/]*?)-(?P<id>[0-9a-f]+)", re.I)
# The slug ends before the last hyphens: where it might end before any of a thousand, finding no
# number after them takes the square of the time.
_C = re.compile(
    r"/(?:(?P<section>[a-z0-9-]+)/)*(?P<slug>(?:[^/]*[^/-])?)-+a(?P<id>\d+)\.html?", re.I
)
_C_VIDEO = re.compile(
    r"/(?P<section>video|podcast)/(?:[a-z-]+/)?(?P<slug>[^/]*?)-(?P<id>\d+)\.html?", re.I
)
_C_FEATURE = re.compile(
    r"/(?P<section>longform|infographic|emagazine)/(?:[a-z-]+/)?(?P<slug>[^/]*?)-(?P<id>\d+)\.html?",
    re.I,
)
_SLASHES = re.compile(r"/{2,}")
_INDEX_PHP = re.compile(r"^/index\.php(?=/|$)")
_INDEX = re.compile(r"/(?:index\.html?|default\.aspx)?$", re.I)
_LIST = re.compile(rf"/{_SECTION}", re.I)
_PAGE = re.compile(r"(?:^|&)(?:p|page)=(\d{1,6})(?!\d)", re.I)
_CATE = re.compile(r"(?:^|&)cate=(\d+)", re.I)


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
    try:
        parts = urlsplit(url.strip())
    except ValueError:  # http://[bad: no parser and no server takes it
        return Address("other", url.strip())
    path = unquote(parts.path)
    if path and not path.startswith("/"):  # a bare word, or javascript:alert(1)
        return Address("other", url.strip())
    if "//" in path:
        path = _SLASHES.sub("/", path)
    if path.startswith("/index.php"):
        path = _INDEX_PHP.sub("", path)
    path = _INDEX.sub("", path)
    if not path:
        return Address("home", f"https://{HOST}/")

    # By what an address ends in, most patterns need not be tried.
    if path[-5:].lower() == ".aspx":
        found = _read_aspx(path)
    elif path[-5:].lower().endswith((".html", ".htm")):
        found = _read_html(path)
    else:
        found = _read_b(path)
    return found or _read_list(path, parts.query)


def _read_aspx(path: str) -> Address | None:
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
        return Address("other", _canonical(path) + (f"?{query}" if query else ""))
    page = _PAGE.search(query)
    number_of_page = int(page[1]) if page else 1
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


def first_folder(address: Address) -> str:
    """The first part of the path of *address*: ``xem-bao``."""
    return urlsplit(address.canonical).path.split("/")[1].lower()


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
