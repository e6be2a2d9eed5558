"""Bylines: is this short line a name, and whose? Pure.

What is printed is kept whole (`Byline.text`); the reading beside it is cautious. A Vietnamese name
is one field and never cut; a sentence is never a name. Forms SEEN are in SITE.md §7: `NGUYỄN
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
from crawler.text import fold, tidy, true_letters

MAX_LENGTH = 120

_DASH = "-\u2010\u2011\u2012\u2013\u2014"
# "Bài, ảnh:" · "Tin & ảnh:" · "Ảnh:" · "Thực hiện:" … A label is what says a role.
_WORD = (
    r"(?:tin|bài(?:\s+viết)?|ảnh|hình(?:\s+ảnh)?|lời|chùm\s+ảnh|clip|video|phóng\s+sự(?:\s+ảnh)?|text|photo|"
    r"nội\s+dung|thực\s+hiện|thể\s+hiện|người\s+thực\s+hiện|biên\s+tập|biên\s+soạn|tổng\s+hợp|lược\s+ghi|ghi|"
    r"trình\s+bày|đồ\s+họa|đồ\s+hoạ|thiết\s+kế|infographic|kỹ\s+thuật|quay\s+phim|dựng(?:\s+phim)?|"
    r"dịch|tác\s+giả|nhóm\s+thực\s+hiện|nhóm\s+tác\s+giả|ctv|pv|btv|by|author|minh\s+họa|minh\s+hoạ)"
)
_LABEL = re.compile(rf"(?P<words>{_WORD}(?:\s*(?:[,&+/{_DASH}]|và)\s*{_WORD})*)\s*:\s*", re.I)
# What a literary page signs: "Ghi chép của Hoài Thu", "Truyện ngắn: TRẦN THÔI".
_GENRE = re.compile(
    r"^(?i:(?:ghi\s+chép|bút\s+ký|ký(?:\s+sự)?|phóng\s+sự|tạp\s+(?:bút|văn|ghi)|tản\s+văn|truyện(?:\s+ngắn)?|tùy\s+bút|tuỳ\s+bút|thơ|bài(?:\s+viết)?)"
    r"(?:\s*:\s*|\s+của\s*:?\s+))(?=[A-ZĐÀ-Ỹ])",  # "Thơ của những mùa trăng" is none
)
# What verses are, where nobody wrote them.
_ANONYMOUS = re.compile(r"ca\s+dao|dân\s+ca|tục\s+ngữ|hò(?:\s+đồng\s+tháp)?|lý\s+dân\s+ca", re.I)
# Pictures of nobody: "Ảnh: Tư liệu".
_STOCK = re.compile(r"(?:ảnh\s+)?tư\s+liệu|internet|minh\s+(?:họa|hoạ)", re.I)
_SOURCE_LABEL = re.compile(
    r"(?:(?:trích\s+)?nguồn(?:\s+tin)?|source)\s*:\s*|(?:tổng\s+hợp\s+)?theo\s*:?\s+",
    re.I,
)
_ENCLOSED = re.compile(r"[(\[]\s*(?P<inner>[^()\[\]]*?)\s*[)\]]")
_VERBS = (
    r"tổng\s+hợp|lược\s+(?:ghi|dịch|thuật)|ghi\s+chép|ghi|thực\s+hiện|biên\s+(?:tập|soạn|dịch)"
    r"|sưu\s+tầm|dịch"
)
_WORK = re.compile(rf"^(?:{_VERBS}|st|th)\b", re.I)
# A separator has spaces about it, or stands tight between two whole names ("Hồng Lâm-N.Lâm").
_SEPARATOR = re.compile(rf"\s+[{_DASH}]+\s*|\s*[{_DASH}]+\s+|\s*[,;&+]\s*|\s+và\s+|\s*\|\s*", re.I)
_TIGHT = re.compile(rf"(?<=\w)[{_DASH}](?=[A-ZĐÀ-Ỹ])")
# "Mỹ Lý ghi", "Hồng Lâm thực hiện"
_WRITES = re.compile(rf"(?<=[\w.])\s+\(?(?:{_VERBS})\)?$")
_STATUS = re.compile(r"(?:CTV|PV|BTV|P\.V|Phóng viên|Cộng tác viên|Biên tập viên)\s*[:.]?\s+(?=\w)")
# A rank or degree before a name: "Đại tá", "PGS.TS.", "Bác sĩ CKII".
_RANK = re.compile(
    r"(?:(?i:(?:thiếu|trung|thượng|đại)\s+(?:tướng|tá|úy|uý)|(?:phó\s+)?giáo\s+sư|tiến\s+s[ĩỹ]|thạc\s+s[ĩỹ]"
    r"|bác\s+s[ĩỹ]|dược\s+s[ĩỹ]|kỹ\s+sư|kiến\s+trúc\s+sư|luật\s+sư|cử\s+nhân|nhà\s+(?:báo|văn|thơ|giáo)"
    r"|nghệ\s+(?:sĩ|nhân))(?i:\s+(?:ưu\s+tú|nhân\s+dân))?[\s,.\-–/]+"
    r"|(?:PGS|GS|TSKH|TS|Th\.?[Ss]|BS|DS|KS|LS|CN|CK[I12]I?|NSND|NSƯT|NGND|NGƯT)[\s,.\-–/]+)+"
)
# Where the ranked are from, on the next line of the signature: "Trường Đại học Đồng Tháp".
_OFFICE = re.compile(
    rf"[{_DASH}\s,]+(?=(?:Trường|Học viện|Viện|Bệnh viện|Trung tâm|Sở|Đại học|Chi cục|Hội|UBND)\s)"
)
_DESK = re.compile(
    r"(?:nhóm|tổ|ban|phòng|(?:ủy|uỷ)\s+ban|(?:tỉnh|huyện|thành|thị|đảng)\s+(?:ủy|uỷ)|bcđ|bch|ubnd|ubmttq|hđnd|mttq|ctv|pv|p\.v|btv|bbt|ban\s+biên\s+tập|tòa\s+soạn|toà\s+soạn"
    r"|phóng\s+viên|cộng\s+tác\s+viên|báo|đài|trung\s+tâm|hội|sở|công\s+an|đoàn|bộ|văn\s+phòng|thông\s+tấn\s+xã|ttxvn"
    r"|bạn\s+đọc|cơ\s+quan|chi\s+cục|cục|liên\s+đoàn|bệnh\s+viện)\b",
    re.I,
)
# Words that make a line a sentence or a heading, however its letters are cased. Whole syllables
# that
# are common in names (Văn, Thị, Công, Bình, An, Hà …) must not be here.
_PROSE = frozenset(
    [
        "là",
        "của",
        "được",
        "đã",
        "đang",
        "sẽ",
        "không",
        "những",
        "các",
        "cho",
        "với",
        "trong",
        "trên",
        "này",
        "khi",
        "để",
        "từ",
        "tại",
        "như",
        "thì",
        "mà",
        "bị",
        "nên",
        "vẫn",
        "còn",
        "rằng",
        "nhằm",
        "theo",
        "vào",
        "ra",
        "nhiều",
        "về",
        "có",
        "do",
        "ngày",
        "tháng",
    ]
)
# A name of five syllables or more opens with one of these; a subhead in capitals hardly ever.
_FAMILY_NAME = re.compile(
    r"(?:nguyễn|trần|lê|phạm|huỳnh|hoàng|phan|vũ|võ|đặng|bùi|đỗ|hồ|ngô|dương|lý|đào|đoàn|lâm|trương|đinh|mai|tô"
    r"|trịnh|hà|cao|lương|lưu|triệu|quách|thái|tôn|tống|công|kiều|la|châu|nghiêm|tăng|thạch|danh|sơn|kim|lư|lục|tạ"
    r"|từ|vương|âu|chu|diệp|giang|khưu|lại|liêu|mạc|ông|phùng|tiêu|uông|văn|chung|đàm|hứa|thân|ung)\b",
    re.I,
)
_INITIAL = r"[A-ZĐÀ-Ỹ]{1,3}\."
_CAPITAL = re.compile(r"[A-ZĐÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴ]")
_OUTLET = re.compile(
    r"(?:TTXVN|Vietnam\+|VietnamPlus|VOV|VTV|VTC|VNA|TTX|THĐT|THDT|AFP|AP|Reuters|Xinhua"
    r"|Tân Hoa xã|BBC|CNN|SGGP|TTO|TNO|"
    r"Báo|Đài|Tạp chí|Cổng|Thông tấn|Tuổi Trẻ|Thanh Niên|Nhân Dân|Lao Động|Tiền Phong"
    r"|Dân [Tt]rí|VnExpress|Zing|Chinhphu)",
    re.I,
)
_WIRE = re.compile(r"TTXVN|VOV\w*|VTV\w*|TTX|Vietnam\+|VietnamPlus|AFP|Reuters|Xinhua", re.I)
_LABEL_OR_SOURCE = re.compile(rf"(?:{_LABEL.pattern}|(?P<source>nguồn)\s*:\s*)", re.I)
_SOURCE_AT_END = re.compile(rf"\s*[{_DASH},;(]?\s*\b(?:theo|nguồn:)\s+(?P<name>\S.*)$", re.I)
_THEO_AT_END = re.compile(r"[,;–\-]?\s*\btheo\s+(.+)$", re.I)
_OF_PHOTOS = re.compile(r"\b(?:anh|hinh|photo|chum anh)\b")
_OF_TEXT = re.compile(r"\b(?:tin|bai|loi|text|noi dung|bai viet)\b")
_OF_EDITING = re.compile(r"\b(?:bien tap|btv)\b")
# Where and when it was written, over or under the name: "Sa Đéc, xuân Bính Ngọ".
_WHEN = re.compile(
    r"[^,:]{2,30},\s*(?:(?:mùa\s+)?(?:xuân|hạ|hè|thu|đông)|tết|tháng|ngày|đêm|năm|giao\s+thừa)\b",
    re.I,
)
_CLOSING_SIGNS = re.compile(r"\s*[:,;]+$")
# "Nhóm PV Chính trị - Xã hội" is one desk
_BETWEEN_DESKS = re.compile(
    rf"\s+[{_DASH}]\s+(?!(?:xã\s+hội|kinh\s+tế|chính\s+trị|văn\s+(?:hóa|hoá|nghệ|xã)|thể\s+thao"
    r"|du\s+lịch|nội\s+chính|pháp\s+luật|bạn\s+đọc|truyền\s+(?:hình|thanh))\b)|\s*;\s*",
    re.I,
)
_BETWEEN_WORDS = re.compile(r"[\s,.\-–/]+")
_INSIDE_INITIALS = re.compile(r"(?<=\w\.)(?=\w)")
_LAST_INITIAL = re.compile(rf"(?:^|[\s.]){_INITIAL}$")
_SIGN = re.compile(r"[,:;!?]")
_DOMAIN = re.compile(r"[\w+-]+(?:\.[\w-]+)*\.(?:vn|com|net|org|gov|info|tv)\b", re.I)


@dataclass(frozen=True, slots=True)
class Byline:
    """The author line as printed, and whom it names."""

    text: str
    authors: tuple[Author, ...] = ()
    source: str | None = None


@lru_cache(maxsize=1024)
def looks_like_byline(text: str, *, marked: bool = False) -> bool:
    """Whether the short line *text* signs an article.

    *marked* says that the page sets it as a signature (right-aligned, bold, class ``author``);
    then a pen name in small letters passes too. A sentence never does.

    >>> looks_like_byline("BCĐ PHÒNG CHỐNG DỊCH COVID-19 TỈNH ĐỒNG THÁP")
    True
    >>> looks_like_byline("Theo bác sĩ Vũ, người dân cần tiêm đủ liều")
    False
    """
    text = true_letters(tidy(text))
    if not text or len(text) > MAX_LENGTH or not any(char.isalpha() for char in text):
        return False
    if _ANONYMOUS.fullmatch(text):
        return False
    text = _GENRE.sub("Bài: ", text)
    bare = _strip_brackets(text)
    if bare != text and _WORK.match(bare):
        return True
    if _WORK.fullmatch(bare):
        return True
    if found := _SOURCE_LABEL.match(bare):
        labelled = ":" in found[0]
        return _is_source_name(bare[found.end() :], labelled=labelled)
    if found := _LABEL.match(bare):
        rest = bare[found.end() :]
        return bool(rest) and _all_names(rest, loose=True)
    if bare != text:  # a whole line in brackets signs only as a source or a name
        return _OUTLET.match(bare) is not None or (marked and _all_names(bare, loose=False))
    without = _ENCLOSED.sub("", text).strip()
    if (
        not without
        or without[-1] in "!?…:;"
        or (without[-1] == "." and not _ends_in_initial(without))
    ):
        return False
    return _all_names(without, loose=marked)


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
    rest = _GENRE.sub("Bài: ", _strip_brackets(text))
    aside: list[Author] = []
    for inner in _ENCLOSED.findall(rest):
        if found := _SOURCE_LABEL.match(inner):
            source = source or inner[found.end() :].strip(" .") or None
        elif found := _LABEL.match(inner):  # "Lê Thanh (Ảnh: Hữu Nghĩa)"
            aside.extend(_people(inner[found.end() :], _role(found["words"])))
        elif _OUTLET.match(inner):
            source = source or inner.strip(" .")
    if all(_is_outlet(part) for part in rest.split("/")):
        return Byline(text, (), rest)
    rest = _ENCLOSED.sub(" ", rest).strip()
    if found := _SOURCE_LABEL.match(rest):
        source = source or rest[found.end() :].strip(" .,;") or None
        head, slash, outlet = (source or "").rpartition("/")
        if slash and head and _OUTLET.match(outlet) and not _OUTLET.match(head):
            authors.extend(_people(head, None))
            source = outlet.strip()
        return Byline(text, tuple(authors), source)
    for words, names in _labelled(rest):
        if words and _SOURCE_LABEL.fullmatch(f"{words}: "):
            source = source or names.strip(" .,;")
            continue
        embedded = _SOURCE_AT_END.search(names)
        if embedded and _is_source_name(embedded["name"]):
            source = source or embedded["name"].strip(" .)")
            names = names[: embedded.start()]
        people, slash, outlet = names.rpartition("/")
        if slash and _OUTLET.match(outlet.strip()):
            source, names = source or outlet.strip(" ."), people
        authors.extend(_people(names, _role(words)))
    authors.extend(aside)
    persons = [author for author in authors if not _is_outlet(author.name)]
    if source is None and len(persons) < len(authors):
        source = next(author.name for author in authors if _is_outlet(author.name))
    return Byline(text, tuple(dict.fromkeys(persons)), source)


def read_signature(lines: list[str]) -> Byline:
    """Whom a signature of several *lines* names; its text is the lines as printed.

    >>> [author.name for author in read_signature(["Lư Liễm", "Phú Quý"]).authors]
    ['Lư Liễm', 'Phú Quý']
    """
    named = [line for line in lines if not _WHEN.match(line)] or lines
    parted = named[0]
    if len(lines) == 1:
        return read_byline(parted)
    for before, line in pairwise(named):
        labelled = _LABEL_OR_SOURCE.match(before) or _LABEL_OR_SOURCE.match(line)
        parted += f" {line}" if labelled else f" - {line}"
    return replace(read_byline(parted), text=" ".join(lines))


def _labelled(text: str) -> list[tuple[str, str]]:
    """``[("Bài", "A"), ("Ảnh", "B")]`` of ``Bài: A - Ảnh: B``; one pair without label otherwise."""
    marks = [
        found
        for found in _LABEL_OR_SOURCE.finditer(text)
        if found.start() == 0 or not text[found.start() - 1].isalnum()
    ]
    if not marks:
        return [("", text)]
    pairs = [("", text[: marks[0].start()])] if marks[0].start() else []
    for mark, following in zip(marks, [*marks[1:], None]):
        end = following.start() if following else len(text)
        pairs.append((mark["words"] or mark["source"], text[mark.end() : end]))
    return [(words, names.strip(f" .,;|{_DASH}")) for words, names in pairs]


def _people(names: str, role: Role | None) -> list[Author]:
    people = []
    for name in split_names(names):
        name = _STATUS.sub("", name, count=1) if _STATUS.match(name) else name
        name = _CLOSING_SIGNS.sub("", _WRITES.sub("", name)).strip()
        if name.endswith(".") and not _ends_in_initial(name):
            name = name[:-1].rstrip()
        if name and not _WORK.fullmatch(name) and not _STOCK.fullmatch(name):
            people.append(Author(name, role))
    return people


def split_names(text: str) -> list[str]:
    """The names in *text*, none of them cut.

    >>> split_names("Hồng Lâm-N.Lâm")
    ['Hồng Lâm', 'N.Lâm']
    >>> split_names("BCĐ PHÒNG CHỐNG DỊCH COVID-19 TỈNH ĐỒNG THÁP")
    ['BCĐ PHÒNG CHỐNG DỊCH COVID-19 TỈNH ĐỒNG THÁP']
    """
    text = text.strip(f" .,;|{_DASH}") + ("." if _ends_in_initial(text.strip()) else "")
    if _RANK.match(text):
        text = _OFFICE.split(text, maxsplit=1)[0]
    if _DESK.match(text) and not _DESK.sub("", text, count=1).strip().startswith(("-", "–")):
        # "Nhóm PV CT-XH", "BCĐ …": an organisation's name may hold dashes and "và"
        parts = _BETWEEN_DESKS.split(text)
        return [part.strip() for part in parts if part.strip()]
    names: list[str] = []
    for part in _SEPARATOR.split(text):
        part = part.strip()
        pieces = _TIGHT.split(part)
        if len(pieces) > 1 and all(_is_person(piece) and len(piece) > 2 for piece in pieces):
            names.extend(piece.strip() for piece in pieces)
        elif part:
            names.append(part)
    return names


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


def _all_names(text: str, *, loose: bool) -> bool:
    """Whether every part of *text* can be a name. *loose*: the page or a label says that it is."""
    if found := _LABEL.search(text):
        return all(
            _all_names(part, loose=True)
            for part in (text[: found.start()], text[found.end() :])
            if part.strip(f" .,;|{_DASH}")
        )
    if embedded := _THEO_AT_END.search(text):
        head = text[: embedded.start()].strip()
        return _is_source_name(embedded[1]) and (not head or _all_names(head, loose=loose))
    text = _ENCLOSED.sub("", text).strip()
    if _DESK.match(text):
        if text.isupper():  # an organisation signs in capitals (44 letters SEEN)
            return len(text.split()) <= 14 and not _is_prose(text)
        return _is_title_case(text) or (loose and len(text) <= 60 and not _PROSE & {*text.split()})
    names = [name for name in split_names(text) if not _WORK.fullmatch(name)]
    return bool(names) and len(names) <= 8 and all(_is_person(name, loose=loose) for name in names)


def _is_person(text: str, *, loose: bool = False) -> bool:
    text = _STATUS.sub("", text, count=1) if _STATUS.match(text) else text
    text = _WRITES.sub("", text)
    if ranked := _RANK.match(text):
        name = text[ranked.end() :]
        return " " in name and _is_person(name)
    head, slash, outlet = text.rpartition("/")
    if slash:
        return _is_person(head, loose=loose) and bool(outlet) and len(outlet.split()) <= 3
    words = _INSIDE_INITIALS.sub(" ", text).split()
    if not 1 <= len(words) <= 6 or (len(words) > 4 and not _FAMILY_NAME.match(text)):
        return False
    if _is_prose(text):
        return False
    if all(
        _CAPITAL.match(word) or (word in ("và", "de", "von") and len(words) > 1) for word in words
    ):
        # One lone syllable is a pen name only where it is marked, in capitals or an initial.
        return len(words) > 1 or loose or text.isupper() or (text[0].isupper() and len(text) >= 2)
    return (
        loose
        and len(words) <= 4
        and not any(char in text for char in ',:;!?“”"')
        and _pen_name(words)
    )


def _pen_name(words: list[str]) -> bool:
    return all(word.replace(".", "").isalpha() and len(word) <= 7 for word in words)


def _is_title_case(text: str) -> bool:
    words = [word for word in _BETWEEN_WORDS.split(text) if word]
    capital = sum(1 for word in words if _CAPITAL.match(word) or word.isdigit())
    return len(text) <= 80 and not _is_prose(text) and capital * 2 >= len(words)


def _is_prose(text: str) -> bool:
    words = (text.lower() if text.isupper() and " " in text else text).split()
    return any(word in _PROSE for word in words) or (
        not text.isupper()
        and len(words) > 4
        and sum(1 for word in words if word[:1].islower()) * 2 > len(words)
    )


def _is_source_name(text: str, *, labelled: bool = False) -> bool:
    """Whether *text* after "Theo" or "Nguồn:" names an outlet: short, no comma, no verb."""
    text = text.strip(" .)")
    if not text or len(text) > 70:
        return False
    if _DOMAIN.fullmatch(text) or text.startswith(("http://", "https://")):
        return True
    if _SIGN.search(text) and not _OUTLET.match(text):
        return False
    words = text.split()
    if len(words) > 9 or any(word in _PROSE for word in words):
        return False
    return bool(
        _CAPITAL.match(words[0]) or _OUTLET.match(text) or _DOMAIN.match(text) or _DESK.match(text)
    ) and (labelled or sum(1 for word in words if _CAPITAL.match(word)) * 2 >= len(words))


def _is_outlet(name: str) -> bool:
    return bool(_WIRE.fullmatch(name.strip("() ")) or _DOMAIN.fullmatch(name))


def _ends_in_initial(text: str) -> bool:
    return text.endswith(".") and _LAST_INITIAL.search(text) is not None


def _strip_brackets(text: str) -> str:
    found = _ENCLOSED.fullmatch(text)
    return found["inner"] if found else text
