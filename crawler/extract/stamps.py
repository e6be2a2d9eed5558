"""Date stamps of the paper and its sisters, day first always. Pure.

Every form SEEN is in docs/site.md §4. What is printed is kept; what it means is worked out only
where it means one thing: an impossible date stays text, a relative one ("2 giờ trước") is refused,
a weekday that contradicts its date is flagged, and the zone is Vietnam's, which has had no other
since 1975.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from functools import lru_cache

from archive.models import Precision
from archive.periods import FIRST_YEAR, LAST_YEAR
from crawler.extract.text import tidy

ZONE = timezone(timedelta(hours=7))

#: Longest line of a stamp with a section and a count of readers.
MAX_LINE = 150

#: "Đăng: 1/2/2026": shortest label with a date.
SHORTEST = 12

#: "Cập nhật lúc: 2 giờ trước" is below this.
_RELATIVE_LINE = 60
_YEAR = re.compile(r"\d{4}")

_SPACE = r"[\s,|\-–—]*+"
_LABEL = (
    r"(?P<label>(?:ngày\s+)?(?:cập\s*nhật|đăng(?:\s+tải)?|xuất\s+bản|phát\s+hành|updated|published)"
    r"(?:\s+(?:lần\s+cuối|lúc|vào|bài|ngày|at|on))*+(?:\s*+:)?)"
)
_WEEKDAY = r"(?P<weekday>thứ\s*(?:hai|ba|tư|năm|sáu|bảy|bẩy|[2-7])|chủ\s*nhật|cn)\b\.?"
_MONTHS = {
    "một": 1, "giêng": 1, "hai": 2, "ba": 3, "tư": 4, "năm": 5, "sáu": 6, "bảy": 7, "tám": 8,
    "chín": 9, "mười": 10, "mười một": 11, "mười hai": 12, "chạp": 12,
}  # fmt: skip
_DATE = (
    r"(?:ngày\s*)?(?P<day>\d{1,2})\s*(?:[/.\-]|tháng)\s*"
    # WordPress and Joomla write "13 Tháng hai, 2026", "13 Tháng 2 2026".
    rf"(?P<month>\d{{1,2}}|{'|'.join(sorted(_MONTHS, reverse=True))})"
    r"(?:\s*(?:[/.\-]|năm)\s*|(?<=[\w]),?\s+)(?P<year>\d{4})(?!\d)"
)
_TIME = (
    r"(?:lúc\s*)?(?P<hour>\d{1,2})\s*(?::|h|giờ|g)\s*(?P<minute>\d{1,2})(?!\d)(?:\s*phút|['’′])?"
    r"(?:\s*:\s*(?P<second>\d{1,2})(?!\d))?(?:\s*(?P<half>SA|CH|AM|PM)\b)?"
)
_ZONE = (
    r"(?P<zone>[(\[]?\s*(?:GMT|UTC)(?:\s*(?P<sign>[+-])\s*(?P<ahead>\d{1,2})(?::?(?P<more>[0-5]\d))?)?"
    r"(?!\d)\s*[)\]]?)"
)
_LEAD_IN = rf"(?:{_LABEL}\s*+)?(?:{_WEEKDAY}\s*+[:,]?{_SPACE})?"
_DATE_FIRST = re.compile(
    rf"(?<![\d/]){_LEAD_IN}{_DATE}(?:{_SPACE}{_TIME})?(?:{_SPACE}{_ZONE})?", re.I
)
_TIME_FIRST = re.compile(
    rf"(?<![\d/:]){_LEAD_IN}{_TIME}{_SPACE}(?:{_WEEKDAY.replace('weekday', 'weekday2')}{_SPACE})?"
    rf"{_DATE}(?:{_SPACE}{_ZONE})?",
    re.I,
)
# A machine's stamp in the page's own text: no text names a day so.
_YEAR_FIRST = re.compile(
    rf"(?<![\w/.-])(?:{_LABEL}\s*+)?(?P<iso>[12]\d{{3}}-\d{{2}}-\d{{2}}"
    r"(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:\s?(?:Z|[+-]\d{2}:?\d{2}))?)?)(?![\w/-])",
    re.I,
)
# A year-first stamp cannot be misread; a machine's attribute or a meta element may hold one.
_ISO = re.compile(
    r"(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})"
    r"(?:[T ](?P<hour>\d{2}):(?P<minute>\d{2})(?::(?P<second>\d{2}))?(?:\.\d+)?"
    r"\s*(?P<offset>Z|[+-]\d{2}:?\d{2})?)?"
)
_RELATIVE = re.compile(
    rf"(?:{_LABEL}\s*+)?(?:(?:\d{{1,4}}|một|vài)\s*(?:giây|phút|giờ|tiếng|ngày|tuần|tháng|năm)\s*trước"
    rf"|vừa\s+xong|mới\s+đây|(?:hôm\s+(?:nay|qua|kia))(?:{_SPACE}(?:lúc\s*)?\d{{1,2}}[:h]\d{{2}})?)",
    re.I,
)
# Words in one box with the stamp.
_BESIDE = re.compile(
    r"\A[\s|,•·\-–—]*+(?:[\d.,]+\s+)?(?:(?:số\s+)?lượt|số\s+lần|đã\s+xem|bình\s+luận|theo\s+dõi|chia\s+sẻ|cỡ\s+chữ|google)\b",
    re.I,
)
_WORD = re.compile(r"\w")
_SIGNS = "|/•·»-–—"
_BY = re.compile(r"(?:bởi|by)\b", re.I)
_LABEL_ALONE = re.compile(_LABEL, re.I)
_PUBLISHED = re.compile(r"đăng|xuất\s+bản|phát\s+hành|published", re.I)
_WEEKDAYS = {"hai": 0, "ba": 1, "tư": 2, "năm": 3, "sáu": 4, "bảy": 5, "bẩy": 5}


@dataclass(frozen=True, slots=True)
class Stamp:
    """A stamp as printed, and its meaning."""

    text: str
    at: str | None = None
    """ISO 8601 with ``+07:00``; None where the text names no possible moment."""
    precision: Precision | None = None
    label: str | None = None
    flags: tuple[str, ...] = ()

    @property
    def is_publication(self) -> bool:
        """Whether the label says *published* rather than *updated*."""
        return bool(self.label and _PUBLISHED.search(self.label))

    @property
    def is_bare_day(self) -> bool:
        """Whether it is a day without a label or a time, as a text names days, too."""
        return self.label is None and self.precision == "day"


@lru_cache(maxsize=512)
def find_stamp(text: str) -> Stamp | None:
    """The first stamp in *text*, with its label; None if there is none.

    >>> find_stamp("Cập nhật ngày: 03/01/2018 10:12:28").at
    '2018-01-03T10:12:28+07:00'
    >>> find_stamp("Thứ sáu: 15:00 ngày 09/02/2024").at
    '2024-02-09T15:00:00+07:00'
    >>> find_stamp("Cập nhật ngày: 31/02/2018 10:12:28").at is None
    True
    """
    text = tidy(text)
    if not _MAY_HOLD.search(text):
        if (found := _YEAR_FIRST.search(text)) and (stamp := _read_year_first(found)):
            return stamp
        lowered = text.lower()
        may_be = any(word in lowered for word in _RELATIVE_WORDS)
        found = _RELATIVE.search(text) if may_be else None
        return Stamp(found[0], flags=("stamp:relative",)) if found else None
    # "15:00 ngày 09/02/2024" also holds the bare date: the form that begins earlier is the whole
    # one.
    date_first = _DATE_FIRST.search(text)
    seek = _TIME_FIRST.search if date_first is None or date_first.start() else _TIME_FIRST.match
    time_first = seek(text)
    if time_first and (date_first is None or time_first.start() <= date_first.start()):
        found = time_first
    else:
        found = date_first
    if found is None:
        found = _RELATIVE.search(text)
        return Stamp(found[0], flags=("stamp:relative",)) if found else None
    return _read(found)


# One of these words is in every relative form; looking for them first saves the long pattern.
_RELATIVE_WORDS = ("trước", "xong", "đây", "hôm")
_MAY_HOLD = re.compile(
    r"\d\s*(?:[/.\-]|năm)\s*\d{4}|\d\s+tháng\s+\w{1,5}(?:\s+\w{2,3})?,?\s+(?:năm\s+)?\d{4}", re.I
)


def is_label(text: str) -> bool:
    """Whether *text* is nothing but the label of a stamp: "Cập nhật ngày:"."""
    return len(text) < 30 and _LABEL_ALONE.fullmatch(text) is not None


def is_stamp_line(text: str) -> bool:
    """Whether *text*, tidied, is a stamp and hardly anything else (a section, a counter)."""
    size = len(text)
    if size > MAX_LINE or (_YEAR.search(text) is None and size > _RELATIVE_LINE):
        return False
    return _is_stamp_line(text)


@lru_cache(maxsize=512)
def _is_stamp_line(text: str) -> bool:
    """Cached: several rules ask about the same line."""
    stamp = find_stamp(text)
    if stamp is None:
        return False
    text = tidy(text)
    beside = len(text) - len(stamp.text)
    if stamp.flags == ("stamp:relative",):  # "Một năm trước, nơi đây còn là bãi bồi."
        return beside <= 3
    if text[-1] in ".!?…" and len(text.replace(stamp.text, "").split()) > 2:
        return False  # "Ngày 13/2/2026, khai mạc hội hoa xuân Sa Đéc."
    if beside > 40:
        return not stamp.is_bare_day and _BESIDE.match(text.rpartition(stamp.text)[2]) is not None
    return not (stamp.is_bare_day and _is_of_a_line(text, stamp.text))


def _is_of_a_line(text: str, day: str) -> bool:
    """Whether words lead up to a *day* in *text* or go on from it: "Giá nông sản ngày 6/8/2018:".

    A section or a count of readers is parted from it by a sign.
    """
    before, _, after = text.partition(day)
    return (
        (bool(_WORD.search(before)) and before.rstrip()[-1] not in _SIGNS)
        or (bool(_WORD.search(after)) and after.lstrip()[0] not in _SIGNS)
        or _MAY_HOLD.search(after) is not None  # "(19/8/1945 - 19/8/2018)"
    )


def read_iso(text: str) -> datetime | None:
    """The moment of a machine-written stamp; a missing zone is Vietnam's. None if there is none."""
    found = _ISO.match(text.strip())
    if found is None:
        return None
    try:
        moment = datetime.fromisoformat(
            found[0].replace(" ", "T", 1) if found["hour"] else found[0]
        )
    except ValueError:
        return None
    if not FIRST_YEAR <= moment.year <= LAST_YEAR:
        return None  # 0001-01-01, 1970-01-01 and 9999-12-31 are what systems write for none
    return moment.astimezone(ZONE) if moment.tzinfo else moment.replace(tzinfo=ZONE)


def with_moment(line: str, shown: str, stated: str) -> str:
    """*line* with what its `time` element states in the place of what it shows, if that is all of
    the line but its label, and says less: "14:09", "2 giờ trước", a day without its hour.

    >>> with_moment("Cập nhật: hôm qua", "hôm qua", "2026-11-25T14:09:00+07:00")
    'Cập nhật: 2026-11-25T14:09:00+07:00'
    """
    before, _, after = line.partition(shown)
    moment = read_iso(stated)
    after = after.strip() if after.strip(_SIGNS + " ") else ""
    if moment is None or (before and not is_label(before.strip())):
        return line
    if _BY.match(after):
        after = ""  # the author, whom a template sets in the same line
    elif after and after[0] not in _SIGNS:
        return line
    printed = find_stamp(shown)
    if printed and printed.at and (printed.precision != "day" or ":" not in stated):
        return line
    if printed and printed.at and printed.at[:10] != moment.isoformat()[:10]:
        return line
    return f"{before}{stated.strip()} {after}".strip()


#: A stamp this close to the time of fetching may be the server's clock.
_NOW = timedelta(minutes=2)


def clock_flags(stamp: Stamp, fetched_at: str | None) -> tuple[str, ...]:
    """Flags of a stamp that contradicts the time of fetching."""
    if stamp.at is None or fetched_at is None:
        return ()
    if (fetched := read_iso(fetched_at)) is None:
        return ()
    ahead = datetime.fromisoformat(stamp.at) - fetched
    if ahead > timedelta(days=1):
        return ("stamp:future",)
    # A server that prints its own clock in place of the article's time; rarely, a page just put up.
    return ("stamp:now",) if stamp.precision != "day" and abs(ahead) <= _NOW else ()


def _read(found: re.Match[str]) -> Stamp:
    parts = found.groupdict()
    text = found[0].strip(" ,|-–—")
    flags: list[str] = []
    hour = parts["hour"]
    precision: Precision = "day" if hour is None else "second" if parts["second"] else "minute"
    try:
        moment = datetime(
            int(parts["year"]),
            _month(parts["month"]),
            int(parts["day"]),
            _hour(int(hour), parts["half"]) if hour else 0,
            int(parts["minute"] or 0),
            int(parts["second"] or 0),
            tzinfo=_zone_of(parts) if hour else ZONE,
        )
    except ValueError:
        return Stamp(text, None, None, parts["label"], ("stamp:impossible",))
    weekday = parts["weekday"] or parts.get("weekday2")
    if weekday and _weekday(weekday) != moment.weekday():
        flags.append("stamp:weekday-mismatch")
    if moment.year < FIRST_YEAR:
        return Stamp(text, None, precision, parts["label"], (*flags, "stamp:before-site"))
    if moment.year > LAST_YEAR:
        return Stamp(text, None, precision, parts["label"], (*flags, "stamp:impossible"))
    return Stamp(text, moment.astimezone(ZONE).isoformat(), precision, parts["label"], tuple(flags))


def _read_year_first(found: re.Match[str]) -> Stamp | None:
    """The stamp of a machine; None if it is none of a page."""
    moment = read_iso(found["iso"])
    if moment is None:
        return None
    colons = found["iso"][:19].count(":")
    precision: Precision = "day" if not colons else "minute" if colons == 1 else "second"
    return Stamp(found[0].strip(), moment.isoformat(timespec="seconds"), precision, found["label"])


def _zone_of(parts: Mapping[str, str | None]) -> timezone:
    """The zone that a stamp prints; Vietnam's where it prints none. ValueError if none is so."""
    if not parts["zone"]:
        return ZONE
    ahead = timedelta(hours=int(parts["ahead"] or 0), minutes=int(parts["more"] or 0))
    if ahead > timedelta(hours=14):
        raise ValueError(parts["zone"])
    return timezone(-ahead if parts["sign"] == "-" else ahead)


def _hour(hour: int, half: str | None) -> int:
    """The hour of the day; SA is before noon, CH after. Raises ValueError for 13 SA or 0 CH."""
    if half is None:
        return hour
    afternoon = half.upper() in ("CH", "PM")
    if hour > 12:  # "17:43 CH" says the same thing twice; "17:43 SA" contradicts itself
        if not afternoon:
            raise ValueError(half)
        return hour
    return hour % 12 + (12 if afternoon else 0)


def _month(name: str) -> int:
    """The month's number, which the page prints in figures or in words."""
    return int(name) if name.isdecimal() else _MONTHS[" ".join(name.lower().split())]


def _weekday(name: str) -> int:
    name = name.lower().removeprefix("thứ").strip(" .")
    if name.isdigit():
        return int(name) - 2
    return _WEEKDAYS.get(name, 6)
