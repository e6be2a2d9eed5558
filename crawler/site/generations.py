"""The generations of the paper's CMS as one table: addresses, keys, lists. Oldest first.

The keys, the canonical order, ``khobao backfill --shape`` and the reading of addresses
(`crawler.site.urls`) follow from this table; the data dictionary is tested against it. SEEN on real
pages, see docs/site.md:

==========  =======================================================  =================
generation  article address                                          key
==========  =======================================================  =================
A (hex)     ``/newsdetails/1D3FE18E535/Hai_bi_cao_gay_tai_nan.aspx``  ``dto:71637``
A (slug)    ``/xa-hoi/bat-giu-nhieu-vu-buon-lau-57543.aspx``          ``dto:57543``
B           ``/ban-doc/202510/don-doc-bao-so-ra-ngay-22-10-1050912``  ``dto:b1050912``
C           ``/trao-690-phan-qua-tet-a236888.html``                   ``dto:a236888``
C (video)   ``/video/xem-video/le-hoi-hoa-297.html``                  ``dto:video-297``
==========  =======================================================  =================

The number series are kept apart in the key: B continues a sister paper's series and C's videos
count from 1, so a bare number could name two articles.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from archive.models import Generation as Letter
from crawler.site.sections import NOT_SECTIONS

#: A1 numbers are hex for the decimal digits of this prefix followed by the article id.
HEX_PREFIX = "20100127"


def decode_hex(text: str) -> str | None:
    """The article id in an A1 number; None if the number does not have the prefix.

    The id follows the prefix in *decimal digits*, so the digits are stripped; subtracting a
    constant would be wrong, because the number of zeros varies with the length of the id.

    >>> decode_hex("1D3FE18E535")
    '71637'
    """
    digits = str(int(text, 16))
    return digits.removeprefix(HEX_PREFIX) if digits.startswith(HEX_PREFIX) else None


@dataclass(frozen=True, slots=True)
class Shape:
    """One shape of an address: a pattern of the whole path, and how its groups are read."""

    kind: Literal["article", "list"]
    pattern: re.Pattern[str]
    """Groups of an article: ``id``, ``slug``, perhaps ``section``; of a list: ``section``, perhaps
    ``page``."""
    key: str = ""
    """The article's key, with ``{id}`` and ``{section}`` to be filled in."""
    site_id: str = "{id}"
    decode: Callable[[str], str | None] = str.lower
    """The article's number from the group ``id``; None if it is not one."""
    page_in_query: bool = False
    """A list's page number stands in the query: ``?page=2``."""


@dataclass(frozen=True, slots=True)
class Generation:
    """One CMS that the paper has had."""

    letter: Letter
    """The archive compares letters: a later letter is a newer generation."""
    about: str
    """How its article addresses look, for the data dictionary."""
    endings: tuple[str, ...]
    """What a path ends in, in lower case; ``""`` for any path."""
    shapes: tuple[Shape, ...]
    """In the order in which they are tried."""
    in_markup: bytes
    """A pattern of its article addresses in the bytes of a page."""
    lists: tuple[tuple[str, str], ...] = ()
    """(section, query) of lists seen, to begin with when the front page names none."""
    view: str = ""
    """A folder before the path of an article, under which the same article is shown again."""


# A section slug may end in a hyphen (SEEN: bau-cu-…-2021-2026-).
_SECTION = r"(?P<section>[a-z0-9][a-z0-9-]*)"
_NOT_SECTIONS = "|".join(sorted(NOT_SECTIONS))

A = Generation(
    letter="A",
    about=".aspx",
    endings=(".aspx",),
    shapes=(
        # Python converts no number of thousands of digits; a real one has eleven in hex.
        Shape(
            "article",
            re.compile(r"/newsdetails/(?P<id>[0-9a-f]{1,20})/(?P<slug>[^/]*)\.aspx", re.I),
            key="dto:{id}",
            decode=decode_hex,
        ),
        Shape(
            "list",
            re.compile(
                r"/newslist/[0-9a-f]{1,20}/(?:p(?P<page>[0-9]{1,6})/)?(?P<section>[^/]*)\.aspx",
                re.I,
            ),
        ),
        # Lists count to 3 digits, articles from 5 on: /van-hoc-184.aspx?page=9.
        Shape(
            "list",
            re.compile(r"/(?P<section>[^/]+?)-[0-9]{1,3}\.aspx", re.I),
            page_in_query=True,
        ),
        Shape(
            "article",
            re.compile(rf"/(?:{_SECTION}/)?(?P<slug>[^/]*?)-(?P<id>[0-9]{{1,20}})\.aspx", re.I),
            key="dto:{id}",
        ),
        Shape(
            "list",
            re.compile(
                rf"/(?!(?:{_NOT_SECTIONS})[/.]){_SECTION}(?:/p(?P<page>[0-9]{{1,6}}))?\.aspx", re.I
            ),
        ),
    ),
    in_markup=rb"[^\"'<>\s]-\d{2,12}\.aspx|/newsdetails/[0-9a-f]",
)

B = Generation(
    letter="B",
    about="month folder",
    endings=("",),
    shapes=(
        # Newer installs of this CMS count in hex; only the month tells them from a slug's word.
        Shape(
            "article",
            re.compile(rf"/{_SECTION}/[0-9]{{6}}/(?P<slug>[^/]*?)-(?P<id>[0-9a-f]{{1,40}})", re.I),
            key="dto:b{id}",
        ),
    ),
    in_markup=rb"/\d{6}/[^\"'<>\s/]{1,300}-[0-9a-f]",
    lists=(
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
    ),
)

C = Generation(
    letter="C",
    about="-a….html",
    endings=(".html", ".htm"),
    shapes=(
        # The slug ends before the last hyphens: where it might end before any of a thousand,
        # finding no number after them takes the square of the time.
        Shape(
            "article",
            re.compile(
                r"\A/(?:(?P<section>[a-z0-9-]+)/)*"
                r"(?P<slug>(?:[^/]*[^/-])?)-+a(?P<id>[0-9]{1,20})\.html?",
                re.I,
            ),
            key="dto:a{id}",
            site_id="a{id}",
        ),
        Shape(
            "article",
            re.compile(
                r"/(?P<section>video|podcast|longform|infographic|emagazine)/(?:[a-z-]+/)?"
                r"(?P<slug>[^/]*?)-(?P<id>[0-9]{1,20})\.html?",
                re.I,
            ),
            key="dto:{section}-{id}",
        ),
    ),
    in_markup=rb"[^\"'<>\s]-a?\d{2,12}\.html?",
    lists=tuple(
        (slug, "")
        for slug in (
            "chinh-tri",
            "kinh-te",
            "xa-hoi",
            "van-hoa-nghe-thuat",
            "the-thao",
            "giao-duc",
            "phap-luat",
            "suc-khoe-y-te",
            "quoc-te",
            "khoa-hoc",
        )
    ),
    view="/print",
)

#: Oldest first. A new generation is one more entry, with a later letter.
GENERATIONS: tuple[Generation, ...] = (A, B, C)

LETTERS = tuple(generation.letter for generation in GENERATIONS)

#: An article's address of any generation in the bytes of a page.
ARTICLE_IN_MARKUP = re.compile(b"|".join(one.in_markup for one in GENERATIONS), re.I)
