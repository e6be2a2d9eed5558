"""Writes which places the articles mention: ``places``, ``place_changes``, ``article_places``.

The rows follow from the articles' texts and the gazetteer alone. An article is read again when its
text or the gazetteer has changed.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections import Counter
from functools import cache
from importlib.resources import files

from archive.places.gazetteer import Gazetteer, gazetteer, plain
from archive.places.mentions import mentions

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
    numbers = dict(connection.execute("SELECT path, id FROM places"))
    homes = _homes(connection, places)
    due = connection.execute(
        "SELECT article_id FROM places_due JOIN articles ON id = article_id ORDER BY 1"
    ).fetchall()
    for (article_id,) in due:
        found = _mentions(connection, article_id, places, homes)
        connection.execute("DELETE FROM article_places WHERE article_id = ?", (article_id,))
        connection.executemany(
            "INSERT INTO article_places VALUES (?, ?, ?, ?)",
            [(article_id, numbers[unit], many, n) for (unit, many), n in sorted(found.items())],
        )
    connection.execute("DELETE FROM places_due")
    return len(due)


def _mentions(
    connection: sqlite3.Connection, article_id: int, places: Gazetteer, homes: dict[str, list[str]]
) -> Counter[tuple[str, int]]:
    """How often the article mentions each unit, by the number of units that the name may be."""
    paper, day, *texts = connection.execute(
        "SELECT paper, updated_at, title, body, captions FROM articles WHERE id = ?", (article_id,)
    ).fetchone()
    text = "\n\n".join(text for text in texts if text)
    found = mentions(text, places, date=day, home=homes.get(paper, ()))
    return Counter((unit.id, len(mention.units)) for mention in found for unit in mention.units)


def _homes(connection: sqlite3.Connection, places: Gazetteer) -> dict[str, list[str]]:
    """The provinces that a paper has in its name, by the paper's code."""
    provinces = sorted({u.name for u in places.units.values() if u.level == "province"})
    papers = connection.execute("SELECT code, name FROM papers").fetchall()
    return {
        code: [name for name in provinces if plain(name) in plain(paper)] for code, paper in papers
    }


def _write_units(connection: sqlite3.Connection, places: Gazetteer) -> None:
    for table in ("place_changes", "article_places", "places"):
        connection.execute(f"DELETE FROM {table}")
    numbers = {unit_id: number for number, unit_id in enumerate(places.units, 1)}
    nowhere = (None, None)
    connection.executemany(
        "INSERT INTO places VALUES (?, ?, ?, ?, ?, ?, ?)",
        [
            (
                numbers[unit.id],
                unit.id,
                unit.level,
                numbers[unit.within] if unit.within else None,
                unit.is_new,
                *places.points.get(unit.id, nowhere),
            )
            for unit in places.units.values()
        ],
    )
    connection.executemany(
        "INSERT INTO place_changes VALUES (?, ?)",
        [
            (numbers[unit.id], numbers[new.id])
            for unit in places.units.values()
            for new in places.became(unit)
        ],
    )
