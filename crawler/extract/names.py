"""Names: can these few words be a person's, a desk's or an outlet's? Pure.

A Vietnamese name is one field and never cut; a sentence is never a name. `bylines` reads
the lines that such names sign.
"""

from __future__ import annotations

import re

DASH = "-\u2010\u2011\u2012\u2013\u2014"
VERBS = (
    r"tổng\s+hợp|lược\s+(?:ghi|dịch|thuật)|ghi\s+chép|ghi|thực\s+hiện|biên\s+(?:tập|soạn|dịch)"
    r"|sưu\s+tầm|dịch"
)
# A separator has spaces about it, or stands tight between two whole names ("Hồng Lâm-N.Lâm").
_SEPARATOR = re.compile(
    rf"(?<!\s)\s++(?:[{DASH}]++\s*+|và\s++)|(?:(?<!\s)\s++)?[,;&+|·•]\s*+|(?<![{DASH}])[{DASH}]++\s++",
    re.I,
)
_TIGHT = re.compile(rf"(?<=\w)[{DASH}](?=[A-ZĐÀ-Ỹ])")
# "Mỹ Lý ghi", "Hồng Lâm thực hiện"
_WRITES = re.compile(rf"(?<=[\w.])\s+\(?(?:{VERBS})\)?$")
_STATUS = re.compile(
    r"(?:CTV|PV|BTV|P\.V|Phóng viên|Cộng tác viên|Biên tập viên)(?:\s*+[:.]\s++|\s++)(?=\w)"
)
# A rank or degree before a name: "Đại tá", "PGS.TS.", "Bác sĩ CKII".
_RANK = re.compile(
    r"(?:(?i:(?:thiếu|trung|thượng|đại)\s+(?:tướng|tá|úy|uý)|(?:phó\s+)?giáo\s+sư|tiến\s+s[ĩỹ]|thạc\s+s[ĩỹ]"
    r"|bác\s+s[ĩỹ]|dược\s+s[ĩỹ]|kỹ\s+sư|kiến\s+trúc\s+sư|luật\s+sư|cử\s+nhân|nhà\s+(?:báo|văn|thơ|giáo)"
    r"|nghệ\s+(?:sĩ|nhân))(?i:\s+(?:ưu\s+tú|nhân\s+dân))?[\s,.\-–/]+"
    r"|(?:PGS|GS|TSKH|TS|Th\.?[Ss]|BS|DS|KS|LS|CN|CK[I12]I?|NSND|NSƯT|NGND|NGƯT)[\s,.\-–/]+)+"
)
# Where the ranked are from, on the next line of the byline: "Trường Đại học Đồng Tháp".
_OFFICE = re.compile(
    rf"(?<![{DASH}\s,])[{DASH}\s,]++"
    r"(?=(?:Trường|Học viện|Viện|Bệnh viện|Trung tâm|Sở|Đại học|Chi cục|Hội|UBND)\s)"
)
_DESK = re.compile(
    r"(?:nhóm|tổ(?!\s+chức)|ban(?!\s+hành)|phòng(?!,?\s+(?:chống|ngừa|ngự|bệnh)\b)|(?:ủy|uỷ)\s+ban|(?:tỉnh|huyện|thành|thị|đảng)\s+(?:ủy|uỷ)|bcđ|bch|ubnd|ubmttq|hđnd|mttq|ctv|pv|p\.v|btv|bbt|ban\s+biên\s+tập|tòa\s+soạn|toà\s+soạn"
    r"|phóng\s+viên|cộng\s+tác\s+viên|báo(?!\s+(?:cáo|động|hiệu)\b)|đài|trung\s+tâm|hội(?!\s+(?:nhập|nghị|thảo|họp|chợ)\b)|sở(?!\s+hữu)"
    r"|công\s+an|cảnh\s+sát|đoàn(?!\s+kết)|bộ(?!\s+(?:phận|máy)\b)|kiểm\s+lâm|văn\s+phòng|thông\s+tấn\s+xã|ttxvn"
    r"|bạn\s+đọc|cơ\s+quan|chi\s+cục|cục|liên\s+đoàn|bệnh\s+viện|t(?:òa|oà)\s+án|viện\s+kiểm\s+sát|bảo\s+hiểm|bảo\s+tàng|ngân\s+hàng"
    r"|kho\s+bạc|thanh\s+tra|thư\s+viện|học\s+viện|đại\s+học|công\s+ty|điện\s+lực|bưu\s+điện|hải\s+quan|tổng\s+cục"
    r"|trường\s+(?:đại\s+học|cao\s+đẳng|chính\s+trị|trung\s+(?:học|cấp)|tiểu\s+học|thpt|thcs))\b",
    re.I,
)
_TEAM = re.compile(r"nhóm\s+(?:phóng|cộng\s+tác)\s+viên", re.I)
# Positions at an office.
_POST = re.compile(
    r"(?:phó\s+|nguyên\s+){0,3}(?:giáo\s+viên|học\s+sinh|sinh\s+viên|hiệu\s+trưởng|giám\s+đốc|chủ\s+tịch|bí\s+thư"
    r"|trưởng\s+phòng|chuyên\s+viên|cán\s+bộ)\s+",
    re.I,
)
_BY = re.compile(r"(?:(?:viết\s+|đăng\s+|gửi\s+)?bởi|by)(?:\s*+:)?(?:\s++|$)", re.I)
# What a paper calls those who write for it.
_JOB = re.compile(
    r"(?:phóng\s+viên|biên\s+tập\s+viên|cộng\s+tác\s+viên|nhà\s+báo|(?:phó\s+)?tổng\s+biên\s+tập|trưởng\s+ban)\b",
    re.I,
)
# Words that make a line a sentence or a heading, however its letters are cased. Syllables that are
# common in names (Văn, Thị, Công, Bình, An, Hà …) must not be here.
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
# Of these, the ones that are given names, too.
_GIVEN = frozenset(("như", "từ", "tại", "của", "nên", "được", "có", "là"))
# A name of five syllables or more opens with one of these; a subhead in capitals hardly ever.
_FAMILY_NAME = re.compile(
    r"(?:nguyễn|trần|lê|phạm|huỳnh|hoàng|phan|vũ|võ|đặng|bùi|đỗ|hồ|ngô|dương|lý|đào|đoàn|lâm|trương|đinh|mai|tô"
    r"|trịnh|hà|cao|lương|lưu|triệu|quách|thái|tôn|tống|công|kiều|la|châu|nghiêm|tăng|thạch|danh|sơn|kim|lư|lục|tạ"
    r"|từ|vương|âu|chu|diệp|giang|khưu|lại|liêu|mạc|ông|phùng|tiêu|uông|văn|chung|đàm|hứa|thân|ung)\b",
    re.I,
)
# A place by its rank, as lists name them; "Huyện đoàn Lấp Vò" is an office.
_PLACE = re.compile(
    r"\A[-–+*•\s]*+(?:(?:xã|phường|thị\s+(?:trấn|xã)|tp|thành\s+phố|huyện|khóm|ấp)\s+|t[px]\.\s*)(?!đoàn|ủy|uỷ|đội)\S",
    re.I,
)
_INITIAL = r"[A-ZĐÀ-Ỹ]{1,3}\."
_CAPITAL = re.compile(r"[A-ZĐÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴ]")
OUTLET = re.compile(
    r"(?:TTXVN|Vietnam\+|VietnamPlus|VOV|VTV|VTC|VNA|TTX|THĐT|THDT|AFP|AP|Reuters|Xinhua"
    r"|Tân Hoa xã|BBC|CNN|SGGP|TTO|TNO|"
    r"Báo|Đài|Tạp chí|Cổng|Thông tấn|Tuổi Trẻ|Thanh Niên|Nhân Dân|Lao Động|Tiền Phong"
    r"|Dân [Tt]rí|VnExpress|Zing|Chinhphu)",
    re.I,
)
_WIRE = re.compile(r"TTXVN|VOV\w*|VTV\w*|TTX|Vietnam\+|VietnamPlus|AFP|Reuters|Xinhua", re.I)
# Outlets whose names go on in small letters.
_PAPER = re.compile(
    r"(?:báo\s+|tạp\s+chí\s+)?(?:(?:công\s+an|quân\s+đội|đại\s+biểu)\s+nhân\s+dân|người\s+lao\s+động|đại\s+đoàn\s+kết"
    r"|(?:tin\s+tức\s+)?24h(?:\.com\.vn)?|giáo\s+dục\s+(?:và|&)\s+thời\s+đại|tuổi\s+trẻ\s+thủ\s+đô|an\s+ninh\s+thủ\s+đô|nông\s+thôn\s+ngày\s+nay)",
    re.I,
)
# An outlet that signs alone; the paper itself does so as an author.
_ALONE = re.compile(
    r"(?:báo(?!\s+(?:cáo|động|hiệu|(?:điện\s+tử\s+)?đồng\s+tháp)\b)|tạp\s+chí|thông\s+tấn\s+xã"
    r"|đài\s+(?:tiếng\s+nói|truyền\s+hình)\s+việt\s+nam)\b[^,;:]{0,30}",
    re.I,
)
# "Nhóm PV Chính trị - Xã hội" is one desk
_BETWEEN_DESKS = re.compile(
    rf"(?<!\s)\s++[{DASH}]\s++(?!(?:xã\s+hội|kinh\s+tế|chính\s+trị|văn\s+(?:hóa|hoá|nghệ|xã)|thể\s+thao"
    r"|du\s+lịch|nội\s+chính|pháp\s+luật|bạn\s+đọc|truyền\s+(?:hình|thanh))\b)|(?:(?<!\s)\s++)?;\s*+",
    re.I,
)
_BETWEEN_WORDS = re.compile(r"[\s,.\-–/]+")
_INSIDE_INITIALS = re.compile(r"(?<=\w\.)(?=\w)")
_LAST_INITIAL = re.compile(rf"(?:^|[\s.]){_INITIAL}$")
_SIGN = re.compile(r"[,:;!?]")
_DOMAIN = re.compile(r"\A[\w+-]+(?:\.[\w-]+)*\.(?:vn|com|net|org|gov|info|tv)\b", re.I)


def split_names(text: str) -> list[str]:
    """The names in *text*, none of them cut.

    >>> split_names("Hồng Lâm-N.Lâm")
    ['Hồng Lâm', 'N.Lâm']
    >>> split_names("BCĐ PHÒNG CHỐNG DỊCH COVID-19 TỈNH ĐỒNG THÁP")
    ['BCĐ PHÒNG CHỐNG DỊCH COVID-19 TỈNH ĐỒNG THÁP']
    """
    text = text.strip(f" .,;|{DASH}") + ("." if ends_in_initial(text.strip()) else "")
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
        if (
            len(pieces) > 1
            and not _DESK.match(part)
            and all(is_person(piece) and len(piece) > 2 for piece in pieces)
        ):
            names.extend(piece.strip() for piece in pieces)
        elif part and _joins_persons(part):
            names.extend(part.split("/"))
        elif part:
            names.append(part)
    return names


def _joins_persons(text: str) -> bool:
    """Whether whole names stand about each slash in *text*: "VĂN KHƯƠNG/TRANG HUỲNH"."""
    people = text.split("/")
    return len(people) > 1 and all(
        " " in name.strip() and is_person(name) and not OUTLET.match(name.strip())
        for name in people
    )


def bare_name(name: str) -> str:
    """*name* without a status before it, what its bearer did after it, and the closing period."""
    name = _STATUS.sub("", name, count=1) if _STATUS.match(name) else name
    name = _WRITES.sub("", name).rstrip(":,;").strip()
    return name if not name.endswith(".") or ends_in_initial(name) else name[:-1].rstrip()


def without_by(text: str) -> str:
    """*text* without the word that a template sets before an author: "Bởi", "By"."""
    found = _BY.match(text)
    return text[found.end() :].strip(f" {DASH}|·") if found else text


def written_by(text: str) -> str:
    """The name that *text*, beside a stamp, gives after such a word; empty without one."""
    text = text.strip(f" {DASH}|·")
    return without_by(text) if _BY.match(text) else ""


def opens_like_desk(text: str) -> bool:
    """Whether *text* begins as the name of a desk, an office, an organisation does."""
    return _DESK.match(text) is not None


def is_desk(text: str, *, loose: bool = False) -> bool:
    """Whether *text*, which `opens_like_desk`, names one and says nothing of it.

    *loose*: the page or a label says that it is a name.
    """
    if text.isupper():  # an organisation signs in capitals (44 letters SEEN)
        return len(text.split()) <= 14 and not _is_prose(text)
    if _TEAM.fullmatch(text):
        return True
    return _is_title_case(text) or (loose and len(text) <= 60 and not _PROSE & {*text.split()})


def names_office(text: str) -> bool:
    """Whether *text* is what an author's box prints beside the name: "Phóng viên Báo Đồng Tháp"."""
    text = text.strip(f" ,|•({DASH})")
    return len(text) <= 80 and not _is_prose(text) and (names_job(text) or opens_like_desk(text))


def names_job(text: str) -> bool:
    """Whether *text* says what somebody does at a paper, perhaps at which."""
    return _JOB.match(text) is not None


def is_office(text: str, *, loose: bool = False) -> bool:
    """Whether *text* after a name says whose that is: "Đài Truyền thanh huyện Tháp Mười", "Giáo
    viên Trường THPT Lấp Vò 1"; *loose* as for `is_desk`.
    """
    office = _POST.sub("", text, count=1)
    return opens_like_desk(office) and is_desk(office, loose=loose)


def is_person(text: str, *, loose: bool = False) -> bool:
    """Whether *text* can be a name; *loose* as for `is_desk`."""
    text = _STATUS.sub("", text, count=1) if _STATUS.match(text) else text
    text = _WRITES.sub("", text)
    if ranked := _RANK.match(text):
        name = text[ranked.end() :]
        return " " in name and is_person(name)
    if _PLACE.match(text):
        return False
    head, slash, outlet = text.rpartition("/")
    if slash:
        return is_person(head, loose=loose) and bool(outlet) and len(outlet.split()) <= 3
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
    if text.isupper() and " " in text:
        words = text.lower().split()
        found = {word for word in words if word in _PROSE}
        # In capitals a given name cannot be told from the word: HUỲNH NHƯ, LÊ VĂN CÓ.
        return bool(found) and not (
            len(words) <= 4
            and found <= _GIVEN
            and (found == {"như"} or _FAMILY_NAME.match(text) is not None)
        )
    words = text.split()
    return any(word in _PROSE for word in words) or (
        not text.isupper()
        and len(words) > 4
        and sum(1 for word in words if word[:1].islower()) * 2 > len(words)
    )


def is_source_name(text: str, *, labelled: bool = False) -> bool:
    """Whether *text* after "Theo" or "Nguồn:" names an outlet: short, no comma, no verb."""
    text = text.strip(" .)")
    if not text or len(text) > 90:
        return False
    if (
        _DOMAIN.fullmatch(text)
        or _PAPER.fullmatch(text)
        or text.startswith(("http://", "https://"))
    ):
        return True
    if _SIGN.search(text) and not OUTLET.match(text):
        return False
    words = text.split()
    if any(word in _PROSE for word in words):
        return False
    if text[0].isupper() and (OUTLET.match(text) or _DESK.match(text)):
        return len(words) <= 14  # "Bộ Nông nghiệp và Phát triển nông thôn"
    if len(words) > 9:
        return False
    named = [word for word in words if word not in ("và", "&", "-")]
    return bool(_CAPITAL.match(words[0]) or _DOMAIN.match(text)) and (
        labelled or sum(1 for word in named if _CAPITAL.match(word)) * 2 >= len(named)
    )


def is_outlet(name: str) -> bool:
    """Whether *name* is a wire service's, another paper's, or a site's address."""
    name = name.strip("() ")
    return any(outlet.fullmatch(name) for outlet in (_WIRE, _DOMAIN, _ALONE))


def ends_in_initial(text: str) -> bool:
    """Whether the period that ends *text* belongs to an initial."""
    found = _LAST_INITIAL.search(text) if text.endswith(".") else None
    if found is None or not found[0].strip(" .").isupper():  # "Mỹ Lý."
        return False
    words = text.split()  # "GIA BẢO." ends a line
    return not (len(words) > 1 and len(words[-1]) > 3 and "." not in "".join(words)[:-1])
