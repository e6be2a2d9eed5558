"""Bylines: whether a short line names authors, and which. Pure.

What is printed is kept whole (`Byline.text`); the reading beside it is cautious. A Vietnamese name
is one field and never cut; a sentence is never a name. Forms SEEN are in docs/site.md §7: `NGUYỄN
LONG`, `K.N`, `Nhóm PV CT-XH`, `Lư Liễm - Nguyễn Phú Quý`, `BCĐ PHÒNG CHỐNG DỊCH COVID-19 TỈNH ĐỒNG
THÁP`, `Thực hiện: A.KIỀU - M.LỰC`, `Tin, ảnh: …`, `CTV Thanh Thảo/THĐT`, `Hồng Lâm-N.Lâm`, `Theo
TTXVN`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from archive.models import Author, Role
from crawler.extract.names import (
    DASH,
    OUTLET,
    VERBS,
    bare_name,
    ends_in_initial,
    is_desk,
    is_office,
    is_outlet,
    is_person,
    is_source_name,
    opens_like_desk,
    split_names,
)
from crawler.extract.text import fold, tidy, true_letters

MAX_LENGTH = 120

# "Bài, ảnh:" · "Tin & ảnh:" · "Ảnh:" · "Thực hiện:" … A label is what says a role.
_WORD = (
    r"(?:tin|bài(?:\s+viết)?|ảnh|hình(?:\s+ảnh)?|lời|chùm\s+ảnh|clip|video|phóng\s+sự(?:\s+ảnh)?|text|photo|"
    r"nội\s+dung|thực\s+hiện|thể\s+hiện|người\s+(?:thực\s+hiện|viết|dịch)|biên\s+(?:tập|soạn|dịch)|tổng\s+hợp|"
    r"lược\s+(?:ghi|dịch|thuật)|sưu\s+tầm|nguồn\s+ảnh|ghi|"
    r"trình\s+bày|đồ\s+họa|đồ\s+hoạ|thiết\s+kế|infographic|kỹ\s+thuật|quay\s+phim|dựng(?:\s+phim)?|"
    r"dịch|tác\s+giả|nhóm\s+thực\s+hiện|nhóm\s+tác\s+giả|ctv|pv|btv|by|author|minh\s+họa|minh\s+hoạ)"
)
_LABEL = re.compile(
    rf"(?P<words>{_WORD}(?:\s*+(?:(?:[{DASH},&+/]|và)\s*+)?{_WORD}){{0,9}})\s*+:\s*+", re.I
)
# The bylines of a literary page: "Ghi chép của Hoài Thu", "Truyện ngắn: TRẦN THÔI".
_GENRE = re.compile(
    r"^(?i:(?:ghi\s+(?:chép|nhanh)|bút\s+ký|ký(?:\s+sự)?|phóng\s+sự|tạp\s+(?:bút|văn|ghi)|tản\s+văn|truyện(?:\s+ngắn)?|tùy\s+bút|tuỳ\s+bút|thơ|bài(?:\s+viết)?)"
    # "Thơ của những mùa trăng" is none.
    r"(?:\s*:\s*|\s+của(?:\s*+:\s++|\s++)|(?P<space>\s+)))(?=[A-ZĐÀ-Ỹ])",
)
# Verses without an author.
_ANONYMOUS = re.compile(r"ca\s+dao|dân\s+ca|tục\s+ngữ|hò(?:\s+đồng\s+tháp)?", re.I)
# Pictures without a photographer: "Ảnh: Tư liệu".
_STOCK = re.compile(r"(?:ảnh\s+)?tư\s+liệu|internet|minh\s+(?:họa|hoạ)", re.I)
_SOURCE_LABEL = re.compile(
    r"(?:(?:trích\s+)?nguồn(?:\s+tin)?|source)\s*:\s*|(?:tổng\s+hợp\s+)?theo(?:\s*+:\s++|\s++)",
    re.I,
)
_ENCLOSED = re.compile(r"[(\[](?P<inner>[^()\[\]]*+)[)\]]")
_WORK = re.compile(rf"^(?:{VERBS}|st|th)\b", re.I)
_LABEL_OR_SOURCE = re.compile(rf"(?:{_LABEL.pattern}|(?P<source>nguồn)\s*+:\s*+)", re.I)
_FROM = r"(?:theo|(?:tổng\s+hợp|(?:lược\s+|biên\s+)?dịch|sưu\s+tầm)\s+từ)"
_SOURCE_AT_END = re.compile(
    rf"(?:(?<!\s)\s++)?+(?:[{DASH},;(]\s*+)?\b(?:{_FROM}|nguồn:)\s++(?P<name>\S.*)", re.I | re.S
)
_THEO_AT_END = re.compile(rf"(?:[{DASH},;]\s*+)?\b{_FROM}\s++(.+)", re.I | re.S)
_OF_PHOTOS = re.compile(r"\b(?:anh|hinh|photo|chum anh)\b")
_OF_TEXT = re.compile(r"\b(?:tin|bai|loi|text|noi dung|bai viet)\b")
_OF_EDITING = re.compile(r"\b(?:bien tap|btv)\b")
# A station or a paper after a name: "Mỹ Lý/ĐTO", "PHƯỚC HỘI/THTP".
_STATION = re.compile(r"[BCDĐGHKLMNPQRSTVX]{2,6}|[A-ZĐ]{2,4}O")
# RFC 5321 has no longer parts; an address begins where no letter stands before it.
_MAIL = re.compile(
    rf"[{DASH}\s,;(]{{0,9}}+(?<![\w.+])[\w.+-]{{1,64}}@[\w-]{{1,63}}(?:\.[\w-]{{1,63}}){{1,5}}\)?"
)
# Where and when it was written, over or under the name: "Sa Đéc, xuân Bính Ngọ". In small letters:
# Thu, Xuân, Đông are names too.
_WHEN = re.compile(
    r"[^,:]{2,30},\s*(?:(?:mùa\s+)?(?:xuân|hạ|hè|thu|đông)|[Tt]ết|tháng|ngày|đêm|năm|giao\s+thừa)\b"
)


@dataclass(frozen=True, slots=True)
class Byline:
    """The author line as printed, and whom it names."""

    text: str
    authors: tuple[Author, ...] = ()
    source: str | None = None


@lru_cache(maxsize=1024)
def looks_like_byline(text: str, *, marked: bool = False) -> bool:
    """Whether the short line *text* is a byline.

    *marked* says that the page sets it as a byline (right-aligned, bold, class ``author``);
    then a pen name in small letters passes too. A sentence never does.

    >>> looks_like_byline("BCĐ PHÒNG CHỐNG DỊCH COVID-19 TỈNH ĐỒNG THÁP")
    True
    >>> looks_like_byline("Theo bác sĩ Vũ, người dân cần tiêm đủ liều")
    False
    """
    text = true_letters(tidy(text))
    if len(text) > MAX_LENGTH:
        return False
    text = _without_mail(text)
    if not text or not any(char.isalpha() for char in text):
        return False
    if _ANONYMOUS.fullmatch(text):
        return False
    text = _without_genre(text)
    bare = _strip_brackets(text)
    if bare != text and _WORK.match(bare):
        return True
    if _WORK.fullmatch(bare):
        return True
    if found := _SOURCE_LABEL.match(bare):
        labelled = ":" in found[0]
        return is_source_name(bare[found.end() :], labelled=labelled)
    if found := _LABEL.match(bare):
        rest = bare[found.end() :]
        return bool(rest) and _all_names(rest, loose=True)
    if bare != text:  # a whole line in brackets signs only as a source or a name
        return OUTLET.match(bare) is not None or (marked and _all_names(bare, loose=False))
    without = _ENCLOSED.sub("", text).strip()
    if (
        not without
        or without[-1] in "!?…:;,"
        or (without[-1] == "." and not (ends_in_initial(without) or without.isupper()))
    ):
        return False
    return _all_names(without, loose=marked)


def is_labelled(text: str) -> bool:
    """Whether *text* says itself that it signs: "Bài: …", "Truyện ngắn của …"."""
    return _LABEL.match(text) is not None or _without_genre(text) != text


@lru_cache(maxsize=1024)
def read_byline(text: str) -> Byline:
    """Whom the line names, in which role.

    >>> [(a.name, a.role) for a in read_byline("Bài, ảnh: Mỹ Lý - K.D").authors]
    [('Mỹ Lý', 'text+photo'), ('K.D', 'text+photo')]
    >>> read_byline("Theo TTXVN").source
    'TTXVN'
    """
    text = tidy(text)
    authors: list[Author] = []
    source: str | None = None
    rest = _without_genre(_strip_brackets(_without_mail(text)))
    aside: list[Author] = []
    for inner in map(str.strip, _ENCLOSED.findall(rest)):
        if found := _SOURCE_LABEL.match(inner):
            source = source or inner[found.end() :].strip(" .") or None
        elif found := _LABEL.match(inner):  # "Lê Thanh (Ảnh: Hữu Nghĩa)"
            aside.extend(_people(inner[found.end() :], _role(found["words"])))
        elif OUTLET.match(inner):
            source = source or inner.strip(" .")
    if all(is_outlet(part) for part in rest.split("/")):
        return Byline(text, (), rest)
    rest = _ENCLOSED.sub(" ", rest).strip()
    if found := _SOURCE_LABEL.match(rest):
        source = source or rest[found.end() :].strip(" .,;") or None
        head, slash, outlet = (source or "").rpartition("/")
        if slash and head and OUTLET.match(outlet) and not OUTLET.match(head):
            authors.extend(_people(head, None))
            source = outlet.strip()
        return Byline(text, tuple(authors), source)
    for words, names in _labelled(rest):
        if words and _SOURCE_LABEL.fullmatch(f"{words}: "):
            source = source or names.strip(" .,;")
            continue
        embedded = _SOURCE_AT_END.search(names) if _may_name_source(names) else None
        if embedded and is_source_name(embedded["name"]):
            source = source or embedded["name"].strip(" .)")
            names = names[: embedded.start()]
        people, slash, outlet = names.rpartition("/")
        if slash and (OUTLET.match(outlet.strip()) or _STATION.fullmatch(outlet.strip())):
            source, names = source or outlet.strip(" ."), people
        authors.extend(_people(names, _role(words)))
    authors.extend(aside)
    persons = [author for author in authors if not is_outlet(author.name)]
    if source is None and len(persons) < len(authors):
        source = next(author.name for author in authors if is_outlet(author.name))
    return Byline(text, tuple(dict.fromkeys(persons)), source)


def read_byline_lines(lines: list[str]) -> Byline:
    """The authors that a byline of several *lines* names; its text is the lines as printed.

    >>> [author.name for author in read_byline_lines(["Lư Liễm", "Phú Quý"]).authors]
    ['Lư Liễm', 'Phú Quý']
    """
    if len(lines) == 1:
        return read_byline(lines[0])
    named = [line for line in lines if not _WHEN.match(line)] or lines
    parted = named[0]
    for before, line in pairwise(named):
        labelled = _LABEL_OR_SOURCE.match(before) or _LABEL_OR_SOURCE.match(line)
        parted += f" {line}" if labelled else f" - {line}"
    return replace(read_byline(parted), text=" ".join(lines))


def _without_mail(text: str) -> str:
    """*text* without the address that a reader signs with: "Lê Thanh - lethanh@gmail.com"."""
    return _MAIL.sub("", text) if "@" in text else text


def _without_genre(text: str) -> str:
    """*text* with ``Bài:`` for what a literary page says of the work it signs."""
    found = _GENRE.match(text)
    if found is None:
        return text
    name = text[found.end() :]
    # Without a colon only capitals tell the name: "Tản văn NGUYỄN VĂN HỌC", but "Ký sự Mê Kông".
    if found["space"] and (text.isupper() or not name.isupper()):
        return text
    return f"Bài: {name}"


def _labelled(text: str) -> list[tuple[str, str]]:
    """``[("Bài", "A"), ("Ảnh", "B")]`` of ``Bài: A - Ảnh: B``; one pair without label otherwise."""
    marks = [
        found
        for found in (_LABEL_OR_SOURCE.finditer(text) if ":" in text else ())
        if found.start() == 0 or not text[found.start() - 1].isalnum()
    ]
    if not marks:
        return [("", text)]
    pairs = [("", text[: marks[0].start()])] if marks[0].start() else []
    for mark, following in zip(marks, [*marks[1:], None]):
        end = following.start() if following else len(text)
        pairs.append((mark["words"] or mark["source"], text[mark.end() : end]))
    return [(words, names.strip(f" .,;|{DASH}")) for words, names in pairs]


def _people(names: str, role: Role | None) -> list[Author]:
    people = []
    for name in split_names(names):
        name = bare_name(name)
        if name and not _tells_work(name) and not _STOCK.fullmatch(name):
            people.append(Author(name, role))
    return people


def _tells_work(text: str) -> bool:
    """Whether *text* tells an activity and not a name: "tổng hợp", "Ghi theo lời kể của …"."""
    work = _WORK.match(text)
    rest = text[work.end() :].strip() if work else ""
    return work is not None and (not rest or rest[0].islower())


def _role(words: str) -> Role | None:
    plain = fold(words)
    photo = _OF_PHOTOS.search(plain) is not None
    text = _OF_TEXT.search(plain) is not None
    if photo and text:
        return "text+photo"
    if photo:
        return "photo"
    if text:
        return "text"
    return "editor" if _OF_EDITING.search(plain) else None


def _may_name_source(text: str) -> bool:
    lowered = text.lower()
    return any(word in lowered for word in ("theo", "từ", "nguồn"))


def _all_names(text: str, *, loose: bool) -> bool:
    """Whether every part of *text* can be a name. *loose*: the page or a label says that it is."""
    # Text that every pattern needs is looked for first: ten times as fast.
    if ":" in text and (found := _LABEL.search(text)):
        return all(
            _all_names(part, loose=True)
            for part in (text[: found.start()], text[found.end() :])
            if part.strip(f" .,;|{DASH}")
        )
    if _may_name_source(text) and (embedded := _THEO_AT_END.search(text)):
        head = text[: embedded.start()].strip()
        return is_source_name(embedded[1]) and (not head or _all_names(head, loose=loose))
    text = _ENCLOSED.sub("", text).strip()
    if opens_like_desk(text):
        return is_desk(text, loose=loose)
    names = [name for name in split_names(text) if not _WORK.fullmatch(name)]
    return (
        0 < len(names) <= 8
        and is_person(names[0], loose=loose)
        and all(is_person(one, loose=loose) or is_office(one, loose=loose) for one in names[1:])
    )


def _strip_brackets(text: str) -> str:
    found = _ENCLOSED.fullmatch(text)
    return found["inner"].strip() if found else text
