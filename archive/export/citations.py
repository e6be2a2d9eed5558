"""Citations of many articles, written one after another."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from archive.articles.citation import cite
from archive.articles.details import details


def write_citations(connection: sqlite3.Connection, path: Path, keys: list[str], style: str) -> int:
    """Write one citation for each of the articles *keys*, of its newest revision."""
    with path.open("w", encoding="utf-8", newline="") as file:
        if style == "csl-json":
            found = [details(connection, key) for key in keys]
            file.write(cite([(each, each.latest) for each in found], style))
            return len(found)
        for number, key in enumerate(keys):
            each = details(connection, key)
            file.write(("\n" if number else "") + cite([(each, each.latest)], style))
    return len(keys)
