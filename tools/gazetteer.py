"""Make archive/places/*.csv from the open mappings of the reform of 1 July 2025.

    pip download --no-deps vn-address-converter==0.1.3 vietnam-address-converter==1.0.5 \\
        vietnamadminunits==1.0.4
    python tools/gazetteer.py *.whl

The first (MIT) and the second (Apache-2.0) map each old commune to its new one. A row is written as
both say; where they differ, the new commune of another province stays empty, and a difference
within Đồng Tháp is an error unless `REVIEWED` decides it. The third (MIT) gives points and areas of
the new communes; its own mapping has faults and is not used. A point further than `FAR` from the
others of its province is left out.
"""

from __future__ import annotations

import csv
import json
import re
import sqlite3
import statistics
import sys
import tempfile
import unicodedata
import zipfile
from collections import defaultdict
from pathlib import Path

from archive.vietnamese import name_key

PROVINCES = (
    "Đồng Tháp", "Tiền Giang", "An Giang", "Kiên Giang", "Long An", "Vĩnh Long", "Bến Tre",
    "Trà Vinh", "Cần Thơ", "Hậu Giang", "Sóc Trăng", "Bạc Liêu", "Cà Mau",
)  # fmt: skip
FAR = 1.5
"""Degrees."""
#: Old communes of Đồng Tháp that the mappings name or map in two ways, decided by hand: the
#: commune was Thanh Mỹ in print; Phú Thuận B was split between two.
REVIEWED = {
    ("huyện Tháp Mười", "xã Thạnh Mỹ"): ("xã Thanh Mỹ", ("xã Thanh Mỹ",)),
    ("huyện Hồng Ngự", "xã Phú Thuận B"): ("xã Phú Thuận B", ("xã Long Phú Thuận", "xã Tân Long")),
}
OUT = Path(__file__).parents[1] / "archive" / "places"
_KINDS = "thành phố|thị xã|thị trấn|đặc khu|huyện|quận|phường|xã"

Path_ = tuple[str, ...]


def unit(text: str) -> str:
    """``Thị Trấn Mỹ An`` → ``thị trấn Mỹ An``."""
    text = unicodedata.normalize("NFC", " ".join(text.split()))
    found = re.match(rf"({_KINDS})\s+(.*)", text, re.I)
    return f"{found[1].lower()} {found[2]}" if found else text


def province(text: str) -> str:
    """The name of a province without its kind."""
    return re.sub(r"^(?:tỉnh|thành phố)\s+", "", unicodedata.normalize("NFC", text), flags=re.I)


def keys(path: Path_) -> Path_:
    """A path in the form in which names are compared."""
    return tuple(map(name_key, path))


def first_mapping(wheel: zipfile.ZipFile) -> dict[Path_, set[Path_]]:
    """Of vn-address-converter: old commune → new communes."""
    found: dict[Path_, set[Path_]] = defaultdict(set)
    table = json.loads(wheel.read("vn_address_converter/data/ward_mapping.json"))
    for old_province, districts in table.items():
        for district, communes in districts.items():
            if district.startswith("legacy"):
                continue
            for commune, new in communes.items():
                if "new_ward_name" in new:
                    old = (province(old_province), unit(district), unit(commune))
                    found[keys(old)].add(
                        keys((province(new["new_provine_name"]), unit(new["new_ward_name"])))
                    )
    return found


def second_mapping(wheel: zipfile.ZipFile) -> dict[Path_, list[Path_]]:
    """Of vietnam-address-converter: old commune → new communes."""
    source = wheel.read("vietnam_address_converter/data.py").decode()
    text = re.search(r"json\.loads\('(.*)'\)", source, re.DOTALL)
    assert text
    found: dict[Path_, list[Path_]] = defaultdict(list)
    for row in json.loads(text[1].replace("\\'", "'"))["mapping"]["rows"]:
        old, new = row["old"], row["new"]
        path = (
            province(old["province_name"]),
            unit(old["district_name"]),
            unit(old["ward_name"]),
        )
        found[path].append((province(new["province_name"]), unit(new["ward_name"])))
    return found


def old_communes(first: dict, second: dict) -> list[Path_]:
    """The rows of communes.csv."""
    rows: list[Path_] = []
    for (old_province, district, commune), news in sorted(second.items()):
        if old_province not in PROVINCES:
            continue
        decided = REVIEWED.get((district, commune))
        if old_province == "Đồng Tháp" and decided:
            commune, names = decided
            news = [(old_province, name) for name in names]
        elif {keys(new) for new in news} != first.get(keys((old_province, district, commune))):
            print("differ:", old_province, district, commune, news, file=sys.stderr)
            assert old_province not in ("Đồng Tháp", "Tiền Giang")
            news = [(news[0][0], "")]
        rows += [(old_province, district, commune, *new) for new in news]
    return rows


def points(wheel: zipfile.ZipFile) -> dict[Path_, tuple[float, float, float]]:
    """Of vietnamadminunits: latitude, longitude and km² of each new commune."""
    with tempfile.TemporaryDirectory() as folder:
        file = wheel.extract("vietnamadminunits/data/dataset.db", folder)
        rows = sqlite3.connect(file).execute(
            "SELECT province, ward, wardLat, wardLon, wardAreaKm2 FROM admin_units"
        )
        return {keys((province(p), unit(w))): (lat, lon, area) for p, w, lat, lon, area in rows}


def main() -> None:
    """Write both files."""
    first, second, third = (
        next(zipfile.ZipFile(name) for name in sys.argv[1:] if Path(name).name.startswith(start))
        for start in ("vn_address", "vietnam_address", "vietnamadminunits")
    )
    rows = old_communes(first_mapping(first), second_mapping(second))
    with (OUT / "communes.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(("province", "district", "commune", "new_province", "new_commune"))
        writer.writerows(rows)
    known = points(third)
    news = sorted({row[3:] for row in rows if row[4]})
    with (OUT / "points.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(("province", "commune", "latitude", "longitude", "km2"))
        for new_province in sorted({row[0] for row in news}):
            here = {
                new: known[keys(new)]
                for new in news
                if new[0] == new_province and keys(new) in known
            }
            middle = [statistics.median(p[axis] for p in here.values()) for axis in (0, 1)]
            for new, (latitude, longitude, area) in sorted(here.items()):
                if max(abs(latitude - middle[0]), abs(longitude - middle[1])) < FAR:
                    writer.writerow((*new, round(latitude, 4), round(longitude, 4), round(area, 1)))
                else:
                    print("far:", new, latitude, longitude, file=sys.stderr)


if __name__ == "__main__":
    main()
