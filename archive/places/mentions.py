"""The places that a text mentions: which units, or which of several a name may be. Pure.

A unit is named with its kind (``huyện Hồng Ngự``, ``TX.Hồng Ngự``, ``các xã Tân Hội và Bình
Thạnh``); provinces, districts and towns are also named alone. A name that several units have is
decided by the text: the district that follows it (``xã Tân Phú, huyện Thanh Bình``), or the only
district of the candidates that the text names. Units on the article's side of the reform come
first, then those of the paper's own province. What then still is several stays several.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from archive.places.gazetteer import REFORM, Gazetteer, Unit, plain

_UPPER = "A-ZĐÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴ"

#: How a text writes a kind, and the kinds of unit that it may mean: towns become cities, communes
#: become wards, and the press is slow to follow.
_COMMUNES = ("xã", "phường", "thị trấn", "đặc khu")
_CITIES = ("thành phố", "thị xã")
_WRITTEN: tuple[tuple[str, tuple[str, ...]], ...] = (
    (r"[Tt]ỉnh|TỈNH", ("tỉnh",)),
    (r"[Tt]hành phố|THÀNH PHỐ|T\.?P\.?|Tp\.?", _CITIES),
    (r"[Tt]hị xã|THỊ XÃ|T\.?X\.?|Tx\.?", ("thị xã", "thành phố")),
    (r"[Hh]uyện|HUYỆN|H\.", ("huyện",)),
    (r"[Qq]uận|QUẬN|Q\.", ("quận",)),
    (r"[Tt]hị trấn|THỊ TRẤN|T\.?T\.?|Tt\.", ("thị trấn", *_COMMUNES)),
    (r"[Pp]hường|PHƯỜNG|P\.|F\.", ("phường", *_COMMUNES)),
    (r"[Xx]ã|XÃ|X\.", ("xã", *_COMMUNES)),
)
_PLURAL = r"(?P<plural>(?:các|những|hai|ba|bốn|năm|sáu|\d{1,3})\s++)?"
_TYPED = re.compile(
    rf"(?<![\w.]){_PLURAL}(?:"
    + "|".join(rf"(?P<k{n}>{written})" for n, (written, _) in enumerate(_WRITTEN))
    + rf")(?:(?<=\.)\s*+|\s*+:?\s*+(?<=\s))(?=[{_UPPER}0-9])"
)
_SYLLABLE = re.compile(rf"[{_UPPER}][\w]*|\d{{1,2}}(?!\d)")
_NEXT = re.compile(r"[ \u00a0]++")
#: Between the members of a list, and between a unit and the one it lies in.
_AND = re.compile(r"\s{0,3}(?:[,;/&]|(?<=\s)(?:[-–]|và)(?=\s))\s{0,3}(?:và\s{1,3})?")
_IN = re.compile(r"\s*+(?:[,(–-]|thuộc|của|ở|tại)?+\s*+(?:thuộc\s++|của\s++)?+(?:địa bàn\s++)?+")
#: What makes the capitalised words after it a person.
_PERSON = re.compile(
    r"(?:[Ôô]ng|[Bb]à|[Aa]nh|[Cc]hị|[Cc]hú|[Bb]ác|[Cc]ô|[Ee]m|[Cc]háu|[Bb]é|[Tt]hầy|[Cc]ậu|[Dd]ì"
    r"|sĩ|[Đđ]ồng chí|[Đđ]/c|[Ll]iệt sĩ)\s+$"
)
_CAPITAL_AFTER = re.compile(rf"[ \u00a0]++[{_UPPER}]")
_CAPITAL = re.compile(rf"(?<![\w.])[{_UPPER}]")

#: The first word of a sentence has a capital, too: *Đêm Cao Lãnh*. A family name there is a person.
_OPENING = re.compile(r"(?:^|[.!?:\n“\"–-])\s*$")
_FAMILY_NAMES = frozenset(
    [
        "Nguyễn",
        "Trần",
        "Lê",
        "Phạm",
        "Huỳnh",
        "Hoàng",
        "Phan",
        "Vũ",
        "Võ",
        "Đặng",
        "Bùi",
        "Đỗ",
        "Hồ",
        "Ngô",
        "Dương",
        "Lý",
        "Đào",
        "Đoàn",
        "Lâm",
        "Trương",
        "Đinh",
        "Mai",
        "Tô",
        "Trịnh",
        "Hà",
        "Cao",
        "Lương",
        "Lưu",
        "Triệu",
        "Thái",
        "Tống",
        "Kiều",
        "Châu",
        "Tăng",
        "Thạch",
        "Danh",
        "Sơn",
        "Kim",
        "Tạ",
        "Từ",
        "Vương",
        "Văn",
    ]
)
_MOST_WORDS = 8

_RANKS = {"commune": 0, "district": 1, "province": 2}
_RANK_OF_KIND = {"tỉnh": 2, "thành phố": 1, "thị xã": 1, "huyện": 1, "quận": 1}


@dataclass(slots=True)
class Mention:
    """A place in a text."""

    start: int
    end: int
    name: str
    """The name as printed, without its kind."""
    units: tuple[Unit, ...]
    """The unit; several if the text does not say which; none if it lies elsewhere."""
    kind: str = ""
    """The kind as the text states it."""
    siblings: list[Mention] = field(default_factory=list, repr=False)
    """The list that it stands in, itself included."""

    @property
    def rank(self) -> int:
        """0 for a commune, 1 for a district, 2 for a province."""
        known = max((_RANKS[unit.level] for unit in self.units), default=None)
        return _RANK_OF_KIND.get(self.kind, 0) if known is None else known


def mentions(
    text: str, places: Gazetteer, *, date: str | None = None, home: Sequence[str] = ()
) -> list[Mention]:
    """Every place that *text* mentions, in order.

    *date* is the article's day (ISO 8601), *home* the names of the paper's own provinces.
    """
    found = sorted(
        [*_typed(text, places), *_bare(text, places, home)], key=lambda m: (m.start, -m.end)
    )
    kept: list[Mention] = []
    for mention in found:
        if not kept or mention.start >= kept[-1].end:
            kept.append(mention)
    for mention in kept:
        mention.units = _of_its_time(mention.units, date)
    _by_what_follows(text, kept, places)
    for mention in kept:
        mention.units = _at_home(mention.units, places, home)
    _by_what_is_named(kept, places)
    return kept


def _typed(text: str, places: Gazetteer) -> list[Mention]:
    found: list[Mention] = []
    for match in _TYPED.finditer(text):
        kinds = next(_WRITTEN[n][1] for n in range(len(_WRITTEN)) if match[f"k{n}"])
        at = match.end()
        siblings: list[Mention] = []
        while True:
            name_end = _name(text, at, places, kinds)
            if name_end is None:
                if not siblings:  # a unit that the gazetteer does not know: elsewhere
                    end = _capitals(text, at)
                    found.append(Mention(match.start(), end, text[at:end], (), kinds[0]))
                break
            name = text[at:name_end]
            start = at if siblings else match.start()
            units = _of_kind(places.named(name), kinds)
            siblings.append(Mention(start, name_end, name, units, kinds[0]))
            following = _AND.match(text, name_end) if match["plural"] else None
            if following is None:
                break
            at = following.end()
        for mention in siblings:
            mention.siblings = siblings
        found += siblings
    return found


def _name(text: str, at: int, places: Gazetteer, kinds: tuple[str, ...]) -> int | None:
    """Where the longest name that begins at *at* ends; None if there is none of these kinds."""
    best, end, words = None, at, 0
    while words < places.longest and (syllable := _SYLLABLE.match(text, end)):
        words, end = words + 1, syllable.end()
        if _of_kind(places.named(text[at:end]), kinds):
            best = end
        space = _NEXT.match(text, end)
        if space is None:
            break
        end = space.end()
    # "xã Tân Phú Đông" is no "xã Tân Phú", though the gazetteer may know only that.
    return None if best is None or _CAPITAL_AFTER.match(text, best) else best


def _capitals(text: str, at: int) -> int:
    """Where the capitalised words that begin at *at* end; a few are enough."""
    end = at
    for _ in range(_MOST_WORDS):
        syllable = _SYLLABLE.match(text, end)
        if syllable is None:
            break
        at = syllable.end()
        space = _NEXT.match(text, at)
        if space is None:
            break
        end = space.end()
    return at


def _of_kind(units: Sequence[Unit], kinds: tuple[str, ...]) -> tuple[Unit, ...]:
    """The units of the first kind that any of them has; a city may also be a province."""
    for kind in kinds:
        if chosen := tuple(u for u in units if u.kind == kind):
            return chosen
    return ()


def _bare(text: str, places: Gazetteer, home: Sequence[str]) -> list[Mention]:
    """Provinces, and districts and towns of the paper's own, that are named without their kind.

    A commune is not: *Tân Phú* alone may be a street, a company or a place far away.
    """
    found = []
    at = 0
    while match := _CAPITAL.search(text, at):
        start, at = match.start(), _capitals(text, match.start())
        first, _, rest = text[start:at].partition(" ")
        opens = rest and _OPENING.search(text, max(0, start - 4), start)
        if opens and first not in _FAMILY_NAMES and not places.named(text[start:at]):
            start += len(first) + 1
        name = text[start:at]
        units = tuple(u for u in places.named(name) if u.level != "commune")
        if not any(u.level == "province" for u in units):
            units = _at_home(units, places, home, only=True)
        if not units or " " not in name or _PERSON.search(text, max(0, start - 12), start):
            continue
        towns = tuple(u for u in places.named(name) if u.is_new and u.level == "commune")
        found.append(Mention(start, at, name, (*units, *_at_home(towns, places, home))))
    return found


def _of_its_time(units: tuple[Unit, ...], date: str | None) -> tuple[Unit, ...]:
    """The units on the article's side of the reform, if there are any; old ones are still named."""
    if date is None:
        return units
    is_new = date[:10] >= REFORM
    chosen = tuple(unit for unit in units if unit.is_new == is_new)
    return chosen or (units if is_new else ())


def _by_what_follows(text: str, found: list[Mention], places: Gazetteer) -> None:
    """Decide by the larger unit right after a name, or after the list it stands in."""
    for mention, following in reversed(list(pairwise(found))):
        last = mention.siblings[-1] if mention.siblings else mention
        if last is not mention:
            continue
        if following.rank <= mention.rank or not _IN.fullmatch(text, mention.end, following.start):
            continue
        for each in mention.siblings or [mention]:
            inside = tuple(
                unit for unit in each.units if any(u in following.units for u in places.above(unit))
            )
            if inside or following.kind:  # it lies elsewhere, where no candidate does
                each.units = inside


def _at_home(
    units: tuple[Unit, ...], places: Gazetteer, home: Sequence[str], *, only: bool = False
) -> tuple[Unit, ...]:
    """The units of the paper's own province; if there are none, all of them unless *only*."""
    own = {plain(name) for name in home}
    chosen = tuple(
        unit
        for unit in units
        if any(u.level == "province" and plain(u.name) in own for u in (unit, *places.above(unit)))
    )
    return chosen if only else chosen or units


def _by_what_is_named(found: list[Mention], places: Gazetteer) -> None:
    """Decide by the only district of the candidates that the text names with its kind."""
    named = {m.units[0] for m in found if m.kind and len(m.units) == 1 and m.rank == 1}
    for mention in found:
        if len(mention.units) < 2 or mention.rank != 0:
            continue
        inside = tuple(
            unit for unit in mention.units if any(u in named for u in places.above(unit))
        )
        if len(inside) == 1:
            mention.units = inside
