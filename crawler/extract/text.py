"""Vietnamese text as the archive keeps it: NFC, tidied whitespace, nothing else changed. Pure.

The paper's own spelling (hòa or hoà, ``TP.Cao Lãnh``) is evidence and stays. Folding is only for
comparing a title with the slug in its address.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

# Zero-width space, word joiner, byte-order mark and soft hyphen come from editors' copy and paste;
# they are invisible in print and would break every comparison and search. Control characters,
# directions and what is no character at all are refused by XML, CSV readers or terminals.
_INVISIBLE = re.compile(
    "[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufffe\uffff\ud800-\udfff"
    "\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f]"
)


def tidy(text: str) -> str:
    """*text* in NFC, on one line, runs of space (also ``&nbsp;``) made one.

    >>> tidy(" Tỉnh\\u00a0 uỷ\\nLê Minh Hoan ")
    'Tỉnh uỷ Lê Minh Hoan'
    """
    text = unicodedata.normalize("NFC", text).strip()
    # To Python the invisible and every space but the plain one are unprintable; so a paragraph is
    # known to be tidy, or made so, without being taken apart (2 µs instead of 5).
    if not text.isprintable():
        text = text.replace("\xa0", " ").replace("\n ", " ").replace("\n", " ").strip()
        if not text.isprintable():
            # A letter and its mark may have stood on either side of what is taken out.
            return unicodedata.normalize("NFC", " ".join(_INVISIBLE.sub("", text).split()))
    while text.rfind("  ") >= 0:  # found twice as fast as forwards
        text = text.replace("  ", " ")
    return text


def join_lines(lines: Iterable[str]) -> str:
    """Lines that belong together as one: a space between, none before ``, . ; :``.

    >>> join_lines(["Du khách tham quan", ", cúng viếng tại khu di tích"])
    'Du khách tham quan, cúng viếng tại khu di tích'
    """
    joined = ""
    for line in lines:
        if not line:
            continue
        if joined and line[0] not in ",.;:…":
            joined += " "
        joined += line
    return joined


def true_letters(text: str) -> str:
    """*text* with Đ and đ where their doubles stand: Ð (U+00D0), ɖ (U+0256) on the region's pages.

    docs/site.md §13. Replaced one by one: a table costs thirty times as much.
    """
    return text.replace("Ð", "Đ").replace("Ɖ", "Đ").replace("ð", "đ").replace("ɖ", "đ")


def fold(text: str) -> str:
    """*text* in lower case without marks, for comparisons only.

    Typographic signs go too: a dash or a quotation mark is set one way in a headline, another in
    meta.

    >>> fold("Ðồng Tháp, TP.Sa Đéc")
    'dong thap, tp.sa dec'
    """
    if text.isascii():
        return text.lower()
    # A headline is compared with the address, with meta elements, with links: folded once.
    return _fold_line(text) if len(text) <= 400 else _fold(text)


def _fold(text: str) -> str:
    plain = text.replace("đ", "d").replace("Đ", "D").replace("Ð", "D").replace("ð", "d")
    return unicodedata.normalize("NFD", plain).encode("ascii", "ignore").decode().lower()


_fold_line = lru_cache(maxsize=512)(_fold)
_WORDS = re.compile(r"[a-z0-9]+")


@lru_cache(maxsize=512)
def slug_words(text: str) -> tuple[str, ...]:
    """The words a slug is made of, of a title or of a slug (``-`` or ``_`` between)."""
    return tuple(_WORDS.findall(fold(text)))


def slug_similarity(title: str, slug: str) -> float:
    """How much of *slug* is in *title* and the reverse: 1.0 is the slug of this very title.

    Slugs are cut off at a length and lose punctuation (``TP.Sa Đéc`` → ``tp-sa-dec`` or
    ``tpsa-dec``), so letters are compared where the words differ.

    >>> slug_similarity("Hai bị cáo gây tai nạn giao thông bị phạt tù", "Hai_bi_cao_gay_tai_nan")
    1.0
    """
    mine, theirs = slug_words(title), slug_words(slug)
    if not mine or not theirs:
        return 0.0
    letters, wanted = "".join(mine), "".join(theirs)
    if letters == wanted or (len(wanted) >= 15 and letters.startswith(wanted)):
        return 1.0
    common = set(mine) & set(theirs)
    return len(common) / max(len(set(mine)), len(set(theirs)))


# -- the mark that opens the text -------------------------------------------------------------

# SEEN on ĐTO and in the region (docs/site.md §5), and the wire services. A bare acronym before a
# dash needs this list or the O of "Online": "HĐND - UBND tỉnh …" opens many a sentence.
_KNOWN = [
    "ĐTO",
    "DTO",
    "ABO",
    "AGO",
    "BTN",
    "BTNO",
    "BDO",
    "GLO",
    "CMO",
    "CTO",
    "KGO",
    "VLO",
    "TVO",
    "STO",
    "BLO",
    "HGO",
    "LAO",
    "BTO",
    "ĐKO",
    "BĐT",
    "LĐO",
    "BCM",
    "TTXVN",
    "VOV",
    "VTV",
    "NDO",
    "SGGP",
    "SGGPO",
    "TTO",
    "TNO",
    "PLO",
    "QĐND",
    "VNA",
    "TTX",
    "THĐT",
    "BRVT",
    "BLĐ",
    "BTV",
]
_ACRONYM = "|".join(sorted(_KNOWN, key=len, reverse=True)) + r"|[A-ZĐ]{2,4}O"
_DASH = "-\u2010\u2011\u2012\u2013\u2014\u2212"
_IN_BRACKETS = re.compile(
    rf"[(\[]\s*(?P<mark>(?:{_ACRONYM})(?:/[\w+.]+)?|LĐ [Oo]nline"
    rf"|[A-ZĐ]{{2,5}})\s*[)\]]\s*(?P<dash>[{_DASH}:.]\s*)?"
)
_NAME_IN_BRACKETS = re.compile(
    rf"[(\[]\s*(?P<mark>Báo [A-ZĐ]\w+(?: [A-ZĐ]\w+){{0,2}}|[\w-]+(?:\.[\w-]+)*\.vn)\s*[)\]]"
    rf"\s*[{_DASH}:]\s*"
)
_BARE = re.compile(rf"(?P<mark>{_ACRONYM}|LĐ [Oo]nline)\s*[{_DASH}]+\s*")
_NAMED = re.compile(
    rf"Báo [A-ZĐ]\w+(?: [A-ZĐ]\w+){{0,2}} \((?P<mark>[A-ZĐ]{{2,5}})\)\s*(?:[{_DASH}]\s*)?"
)
_DANGLING_DASH = re.compile(rf"[{_DASH}]+\s*")
# Acronyms in brackets before a sentence that are not agencies.
_NO_AGENCY = frozenset(
    [
        "UBND",
        "HĐND",
        "MTTQ",
        "TP",
        "TX",
        "TT",
        "BCĐ",
        "BCH",
        "BTC",
        "CA",
        "QH",
        "CP",
        "VN",
        "TW",
        "BCT",
        "LHQ",
        "EU",
        "WHO",
        "USD",
    ]
)


@lru_cache(maxsize=16)
def _of_own(marks: tuple[str, ...]) -> re.Pattern[str]:
    """A paper's own *marks*, in brackets, or before a dash or colon."""
    names = "|".join(map(re.escape, sorted(marks, key=len, reverse=True))) or "(?!)"
    return re.compile(rf"[(\[]?\s*(?P<mark>{names})\s*(?:[)\]]\s*[{_DASH}:]?|[{_DASH}:]+)\s*")


def split_agency(paragraph: str, marks: tuple[str, ...] = ("ĐTO", "DTO")) -> tuple[str | None, str]:
    """The agency mark that opens *paragraph*, and the paragraph without it.

    *marks* are the paper's own; those of the wires and of the region's papers are known.

    >>> split_agency("ĐTO - Năm 2017, các cấp ủy đảng")
    ('ĐTO', 'Năm 2017, các cấp ủy đảng')
    >>> split_agency("HĐND - UBND tỉnh họp")
    (None, 'HĐND - UBND tỉnh họp')
    """
    if not (
        paragraph[1:2].isupper() or paragraph[:1] in "([" or paragraph.startswith(("Báo ", *marks))
    ):  # as nearly every paragraph opens
        return None, paragraph
    head = true_letters(paragraph[:60])
    found = (
        _IN_BRACKETS.match(head)
        or _BARE.match(head)
        or _of_own(marks).match(head)
        or _NAMED.match(head)
        or _NAME_IN_BRACKETS.match(head)
    )
    if found is None or found["mark"] in _NO_AGENCY or found.end() >= len(paragraph):
        return None, paragraph
    return found["mark"], paragraph[found.end() :].lstrip()


def is_agency_mark(text: str, marks: tuple[str, ...] = ("ĐTO", "DTO")) -> bool:
    """Whether *text* is nothing but an agency's mark, set in a line of its own."""
    return len(text) <= 16 and split_agency(f"{text} Sau", marks)[1] == "Sau"


def drop_dangling_dash(paragraph: str) -> str:
    """*paragraph* without the dash that followed a mark set as a picture (`` - Sau 3 ngày``)."""
    return _DANGLING_DASH.sub("", paragraph, count=1) if paragraph[:1] in _DASH else paragraph
