"""Writes which places the articles mention: the tables ``places``, ``article_places`` and others.

The rows follow from the articles' texts and the gazetteer alone. An article is read again when its
text or the gazetteer has changed.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache
from importlib.resources import files

from archive.places.gazetteer import Gazetteer, Unit, gazetteer, plain
from archive.places.mentions import mentions
from archive.vietnamese import fold

#: Raise it when `archive.places.mentions` reads texts differently.
_RULES = 1


@cache
def version() -> str:
    """The version of rules and gazetteer: articles that were read with another are read again."""
    digest = hashlib.sha256(str(_RULES).encode())
    for name in ("communes.csv", "points.csv"):
        digest.update(files("archive.places").joinpath(name).read_bytes())
    return digest.hexdigest()[:12]


def index_places(connection: sqlite3.Connection) -> int:
    """Write the places of the articles that are due; returns their number.

    Triggers put an article into ``places_due`` when its text or date is written.
    """
    places = gazetteer()
    if connection.execute("SELECT value FROM place_version").fetchone() != (version(),):
        _write_units(connection, places)
        connection.execute("INSERT OR IGNORE INTO places_due SELECT id FROM articles")
        connection.execute("DELETE FROM place_version")
        connection.execute("INSERT INTO place_version VALUES (?)", (version(),))
    homes = _homes(connection, places)
    due = connection.execute("SELECT article_id FROM places_due ORDER BY article_id").fetchall()
    for (article_id,) in due:
        _read_article(connection, article_id, places, homes)
    connection.execute("DELETE FROM places_due")
    return len(due)


def _read_article(
    connection: sqlite3.Connection, article_id: int, places: Gazetteer, homes: dict[str, list[str]]
) -> None:
    paper, day, *texts = connection.execute(
        "SELECT paper, updated_at, title, body, captions FROM articles WHERE id = ?", (article_id,)
    ).fetchone()
    found = mentions(
        "\n\n".join(text for text in texts if text), places, date=day, home=homes.get(paper, ())
    )
    counts = Counter((unit.id, len(m.units)) for m in found for unit in m.units)
    connection.execute("DELETE FROM article_places WHERE article_id = ?", (article_id,))
    connection.executemany(
        "INSERT INTO article_places VALUES (?, ?, ?, ?)",
        [(article_id, unit, candidates, n) for (unit, candidates), n in sorted(counts.items())],
    )


def _homes(connection: sqlite3.Connection, places: Gazetteer) -> dict[str, list[str]]:
    """The provinces that a paper has in its name, by the paper's code."""
    provinces = sorted({u.name for u in places.units.values() if u.level == "province"})
    papers = connection.execute("SELECT code, name FROM papers").fetchall()
    return {
        code: [name for name in provinces if plain(name) in plain(paper)] for code, paper in papers
    }


def _write_units(connection: sqlite3.Connection, places: Gazetteer) -> None:
    for table in ("place_changes", "place_areas", "place_labels", "article_places", "places"):
        connection.execute(f"DELETE FROM {table}")
    units = list(places.units.values())
    connection.executemany(
        "INSERT INTO places VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (
                u.id,
                u.kind,
                u.name,
                u.level,
                u.within,
                u.is_new,
                *places.points.get(u.id, (None,) * 2),
            )
            for u in units
        ],
    )
    connection.executemany(
        "INSERT INTO place_changes VALUES (?, ?)",
        [(unit.id, new.id) for unit in units for new in places.became(unit)],
    )
    for unit in units:
        _write_area(connection, unit.id, (u.id for u in places.area(unit)), any_of=False)
        _write_labels(connection, unit.id, (f"{unit.kind} {unit.name}", unit.id))
    for name in {plain(unit.name): unit.name for unit in units}.values():
        named = places.named(name)
        _write_area(connection, f"={plain(name)}", _unique(named), any_of=True)
        _write_labels(connection, f"={plain(name)}", (name,))


def _unique(units: Sequence[Unit]) -> Iterable[str]:
    return dict.fromkeys(unit.id for unit in units)


def _write_area(
    connection: sqlite3.Connection, area: str, inside: Iterable[str], *, any_of: bool
) -> None:
    connection.executemany(
        "INSERT OR IGNORE INTO place_areas VALUES (?, ?, ?)",
        [(area, unit, any_of) for unit in inside],
    )


def _write_labels(connection: sqlite3.Connection, area: str, labels: Iterable[str]) -> None:
    connection.executemany(
        "INSERT OR IGNORE INTO place_labels VALUES (?, ?, ?)",
        [(plain(label), fold(label), area) for label in labels],
    )
