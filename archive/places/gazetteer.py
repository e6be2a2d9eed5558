"""The administrative units of the Mekong delta, before and after the reform of 1 July 2025.

``communes.csv`` has a row for each old commune and the new commune that it became a part of, as two
open mappings agree (`tools/gazetteer.py`): vn-address-converter (MIT) and vietnam-address-converter
(Apache-2.0). ``points.csv`` has the point and the area of each new commune, from vietnamadminunits
(MIT). The merger of the provinces is Resolution 202/2025/QH15 of the National Assembly, that of the
communes of Đồng Tháp Resolution 1663/NQ-UBTVQH15 of its Standing Committee, both in force from
1 July 2025. Units are named by their path: codes of the statistics office are used again.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Literal

from archive.vietnamese import fold, has_marks, name_key

#: The first day of the new units.
REFORM = "2025-07-01"

Level = Literal["province", "district", "commune"]

#: The cities that are provinces.
_CITY_PROVINCES = frozenset(("Cần Thơ",))

#: Other spellings of a name, in print: i and y change places at the end of a syllable.
_SPELLINGS = (("quý", "quí"), ("mỹ", "mĩ"), ("lý", "lí"), ("kỳ", "kì"), ("hy", "hi"), ("vỹ", "vĩ"))


@dataclass(frozen=True, slots=True)
class Unit:
    """One administrative unit, on one side of the reform."""

    id: str
    """``huyện Hồng Ngự, Đồng Tháp``; of a new unit ``phường Hồng Ngự, Đồng Tháp (2025)``."""
    kind: str
    """``tỉnh``, ``thành phố``, ``thị xã``, ``huyện``, ``quận``, ``xã``, ``phường`` …"""
    name: str
    """Without its kind: ``Hồng Ngự``."""
    level: Level
    within: str | None
    """The id of the unit that it lies in."""
    is_new: bool
    """Whether it exists since the reform; otherwise until then."""


@lru_cache(maxsize=16384)
def plain(name: str) -> str:
    """The form in which names are compared.

    >>> plain("Mỹ Quí") == plain("MỸ QUÝ"), plain("Hoà An") == plain("Hòa An")
    (True, True)
    """
    key = name_key(name)
    for usual, other in _SPELLINGS:
        key = key.replace(other, usual)
    return key


class Gazetteer:
    """All units, by id and by name."""

    def __init__(self, rows: Iterable[dict[str, str]], points: Iterable[dict[str, str]]) -> None:
        self.units: dict[str, Unit] = {}
        self._became: dict[str, dict[str, None]] = defaultdict(dict)
        self._was: dict[str, dict[str, None]] = defaultdict(dict)
        self._parts: dict[str, list[Unit]] = defaultdict(list)
        self._by_name: dict[str, list[Unit]] = defaultdict(list)
        self.points: dict[str, tuple[float, float]] = {}
        """Latitude and longitude of a new commune."""
        for row in rows:
            self._add_row(**row)
        self._by_folded_name: dict[str, list[Unit]] = defaultdict(list)
        self._labels: dict[str, list[Unit]] = defaultdict(list)
        self._folded: dict[str, list[Unit]] = defaultdict(list)
        for unit in self.units.values():
            self._by_name[plain(unit.name)].append(unit)
            self._by_folded_name[fold(unit.name)].append(unit)
            for label in (f"{unit.kind} {unit.name}", unit.id):
                self._labels[plain(label)].append(unit)
                self._folded[fold(label)].append(unit)
        for point in points:
            _, name = _cut(point["commune"])
            unit_id = _new_id(point["commune"], point["province"])
            if unit_id in self.units and name:
                self.points[unit_id] = (float(point["latitude"]), float(point["longitude"]))
        self.longest = max(len(name.split()) for name in self._by_name)
        """Syllables of the longest name."""

    def _add_row(
        self, province: str, district: str, commune: str, new_province: str, new_commune: str
    ) -> None:
        old_province = self._add(_province(province), province, "province", None, is_new=False)
        old_district = self._add(
            district, f"{district}, {province}", "district", old_province.id, is_new=False
        )
        old = self._add(
            commune, f"{commune}, {old_district.id}", "commune", old_district.id, is_new=False
        )
        merged = self._add(
            _province(new_province), f"{new_province} (2025)", "province", None, is_new=True
        )
        self._join(old_province, merged)
        if new_commune:
            new = self._add(
                new_commune, _new_id(new_commune, new_province), "commune", merged.id, is_new=True
            )
            self._join(old, new)
            self._join(old_district, new)

    def _join(self, old: Unit, new: Unit) -> None:
        self._became[old.id][new.id] = None
        self._was[new.id][old.id] = None

    def _add(
        self, text: str, unit_id: str, level: Level, within: str | None, *, is_new: bool
    ) -> Unit:
        if unit_id not in self.units:
            kind, name = _cut(text)
            self.units[unit_id] = unit = Unit(unit_id, kind, name, level, within, is_new)
            if within is not None:
                self._parts[within].append(unit)
        return self.units[unit_id]

    def named(self, name: str) -> list[Unit]:
        """Every unit with this name (without its kind)."""
        return self._by_name.get(plain(name), [])

    def meant(self, text: str) -> tuple[list[Unit], bool]:
        """The units that *text* stands for, as a person types a place, and whether by name alone.

        A unit with its kind (``huyện Lấp Vò``, or its whole path) stands for its `area`, a name
        alone for every unit of that name. Typed without marks it is any marked form.
        """
        marked = has_marks(text)
        wanted = plain(text) if marked else fold(text).strip()
        labels = self._labels if marked else self._folded
        if kinds := labels.get(wanted):
            return list(dict.fromkeys(u for unit in kinds for u in self.area(unit))), False
        names = self._by_name if marked else self._by_folded_name
        return list(names.get(wanted, ())), True

    @property
    def names(self) -> list[str]:
        """Every name of a unit, once."""
        return sorted({unit.name for unit in self.units.values()})

    def above(self, unit: Unit) -> Iterator[Unit]:
        """The units that *unit* lies in, the nearest first."""
        while unit.within is not None:
            unit = self.units[unit.within]
            yield unit

    def became(self, unit: Unit) -> list[Unit]:
        """The new units that an old one is a part of now, or lies in parts in."""
        return [self.units[new] for new in self._became.get(unit.id, ())]

    def was(self, unit: Unit) -> list[Unit]:
        """The old units of the same level that are a part of a new one."""
        olds = [self.units[old] for old in self._was.get(unit.id, ())]
        return [old for old in olds if old.level == unit.level]

    def area(self, unit: Unit) -> list[Unit]:
        """*unit*, what lies in it, and the units of the other side of the reform wholly inside.

        So the mentions of an old district can be counted over the reform: the communes in it, and
        the new communes that were made of nothing else.
        """
        inside = [unit]
        for larger in inside:  # grows
            inside += self._parts.get(larger.id, ())
        ids = {each.id for each in inside}
        across = self._was if unit.is_new else self._became
        back = self._became if unit.is_new else self._was
        others = dict.fromkeys(other for each in inside for other in across.get(each.id, ()))
        return inside + [
            self.units[other]
            for other in others
            # A new commune was made of communes; an old district became communes.
            if ids.issuperset(
                each
                for each in back[other]
                if self.units[each].level == self.units[other].level
                or self.units[other].level == "district"
            )
        ]


@cache
def gazetteer() -> Gazetteer:
    """The gazetteer that comes with khobao."""
    return Gazetteer(_table("communes.csv"), _table("points.csv"))


def _table(name: str) -> list[dict[str, str]]:
    text = files("archive.places").joinpath(name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


def _province(name: str) -> str:
    return f"{'thành phố' if name in _CITY_PROVINCES else 'tỉnh'} {name}"


_KINDS = ("thành phố", "thị xã", "thị trấn", "đặc khu", "huyện", "quận", "phường", "xã", "tỉnh")


def _cut(text: str) -> tuple[str, str]:
    """``xã Tân Hội`` → ``("xã", "Tân Hội")``."""
    for kind in _KINDS:
        if text.startswith(f"{kind} "):
            return kind, text.removeprefix(f"{kind} ")
    return "", text


def _new_id(commune: str, province: str) -> str:
    return f"{commune}, {province} (2025)"
