"""The data package: tables, a description of every column, provenance and checksums.

A folder with one CSV per table; ``datapackage.json`` (Data Package 2.0, which frictionless, R and
others read), a CSVW description beside each table, a README for people, and ``SHA256SUMS``.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

from archive import papers
from archive.database.dictionary import TABLES, Column
from archive.export.rows import (
    COLUMNS,
    COVERAGE_COLUMNS,
    PARTS,
    coverage_rows,
    flat_rows,
    part_rows,
)
from archive.export.tables import write_csv


@dataclass(frozen=True, slots=True)
class Provenance:
    """The provenance of an extract: enough to make it again."""

    query: str
    """The command's query and filters, as typed."""
    understood: str
    as_of: str | None = None
    """The moment of --as-of; None for the newest state."""


_ARTICLE_KEY = Column("The article: articles.key.")
_DESCRIPTIONS = {
    "articles": "One row per article that answers the query: its latest known state.",
    "images": "The pictures of these articles, with their captions.",
    "authors": "The people named in the bylines of these articles.",
    "sections": "Every section these articles were seen in. The one an article has now, by which"
    " --section chooses, is articles.section_slug.",
    "revisions": "Every version of these articles that was seen.",
    "coverage": "For the whole archive: what was and was not collected, by day and section.",
}
_KEYS = {
    "articles": ("key",),
    "images": ("article_key", "position"),
    "authors": ("article_key", "position"),
    "sections": ("article_key", "slug"),
    "revisions": ("article_key", "number"),
    "coverage": (),
}


def meanings(table: str) -> dict[str, Column]:
    """What the columns of one table of the package mean."""
    if table == "articles":
        return dict(TABLES["articles_flat"].columns)
    if table == "coverage":
        return dict(TABLES["coverage"].columns)
    known: dict[str, Column] = {"article_key": _ARTICLE_KEY}
    for source in (table, "article_authors", "captures"):
        for name, column in TABLES[source].columns.items():
            known.setdefault(name, column)
    return {name: known[name] for name in PARTS[table][0]}


def write_package(
    connection: sqlite3.Connection, folder: Path, keys: list[str], provenance: Provenance
) -> int:
    """Write the package of the articles *keys* into the empty *folder*; returns their rows."""
    rows: dict[str, int] = {}
    tables: list[tuple[str, tuple[str, ...], Iterable[Any]]] = [
        ("articles", COLUMNS, flat_rows(connection, keys)),
        *((name, PARTS[name][0], part_rows(connection, name, keys)) for name in PARTS),
        ("coverage", COVERAGE_COLUMNS, coverage_rows(connection)),
    ]
    for name, columns, source in tables:
        file = folder / f"{name}.csv"
        rows[name] = write_csv(file, columns, source)
        _write_json(folder / f"{name}.csv-metadata.json", _csvw(name))
    state = _state(connection)
    (folder / "README.md").write_text(_readme(rows, provenance, state), encoding="utf-8")
    _write_json(
        folder / "datapackage.json",
        _descriptor(folder, rows, provenance, state, papers.sources(connection)),
    )
    sums = [f"{_sha256(file)}  {file.name}\n" for file in sorted(folder.iterdir())]
    (folder / "SHA256SUMS").write_text("".join(sums), encoding="utf-8")
    return rows["articles"]


def _state(connection: sqlite3.Connection) -> dict[str, Any]:
    """What the archive knew when the extract was made. No clock: the same archive, same bytes."""
    articles, first, last = connection.execute(
        "SELECT count(*), min(updated_at), max(updated_at) FROM articles"
    ).fetchone()
    captures, observed = connection.execute(
        "SELECT count(*), max(fetched_at) FROM captures"
    ).fetchone()
    extractors = connection.execute(
        "SELECT DISTINCT extractor_version FROM articles WHERE extractor_version IS NOT NULL"
        " ORDER BY 1"
    ).fetchall()
    return {
        "articles": articles,
        "captures": captures,
        "first_stamp": first,
        "last_stamp": last,
        "observed_until": observed,
        "extractors": [name for (name,) in extractors],
        "papers": papers.names(connection),
        "khobao": version("khobao"),
    }


def _readme(rows: Mapping[str, int], provenance: Provenance, state: Mapping[str, Any]) -> str:
    """The README for people: the table of contents, the state of the archive, how to count."""
    template = Path(__file__).with_name("package_readme.md").read_text(encoding="utf-8")
    facts = {name: "–" if value is None else value for name, value in state.items()}
    as_of = provenance.as_of
    return template.format(
        **facts | {"extractors": ", ".join(state["extractors"]) or "–"},
        found=rows["articles"],
        tables="\n".join(f"| `{name}.csv` | {count:,} |" for name, count in rows.items()),
        understood=provenance.understood,
        query=provenance.query or "(every article)",
        query_vi=provenance.query or "(mọi bài)",
        known=f"as it was known on {as_of}" if as_of else "as it was last known",
        known_vi=f"theo hiểu biết đến {as_of}" if as_of else "theo trạng thái mới nhất",
    )


def _descriptor(
    folder: Path,
    rows: Mapping[str, int],
    provenance: Provenance,
    state: dict[str, Any],
    sources: list[tuple[str, str]],
) -> dict[str, Any]:
    return {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "bao-dong-thap",
        "title": f"{state['papers']}: articles",
        "description": f"Articles that answer: {provenance.understood}.",
        "version": "1.0.0",
        # The moment of the last observation: the package is made of nothing newer.
        **({"created": state["observed_until"]} if state["observed_until"] else {}),
        "sources": [{"title": name, "path": f"https://{host}"} for name, host in sources],
        "keywords": ["newspaper", "Vietnamese", "Đồng Tháp"],
        "khobao": {
            "query": provenance.query,
            "understood": provenance.understood,
            "as_of": provenance.as_of,
            **state,
        },
        "resources": [_resource(folder, name, count) for name, count in rows.items()],
    }


def _resource(folder: Path, name: str, rows: int) -> dict[str, Any]:
    file = folder / f"{name}.csv"
    schema: dict[str, Any] = {
        "fields": [
            {"name": column, "type": meaning.type, "description": meaning.text}
            for column, meaning in _typed(name).items()
        ],
        "missingValues": [""],
    }
    if _KEYS[name]:
        schema["primaryKey"] = list(_KEYS[name])
    if name in PARTS:
        schema["foreignKeys"] = [
            {"fields": ["article_key"], "reference": {"resource": "articles", "fields": ["key"]}}
        ]
    return {
        "name": name,
        "type": "table",
        "title": name.capitalize(),
        "description": _DESCRIPTIONS[name],
        "path": file.name,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": file.stat().st_size,
        "hash": f"sha256:{_sha256(file)}",
        "rows": rows,
        "schema": schema,
    }


def _typed(name: str) -> dict[str, Column]:
    """Columns whose text has more than one form (a time to the second, or a day) are strings."""
    return {
        column: meaning if meaning.type in ("integer", "number") else Column(meaning.text)
        for column, meaning in meanings(name).items()
    }


_XSD = {"integer": "integer", "number": "double"}


def _csvw(name: str) -> dict[str, Any]:
    """CSV on the Web: the same descriptions, for tools of the linked-data world."""
    return {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}],
        "url": f"{name}.csv",
        "dc:title": name.capitalize(),
        "dc:description": _DESCRIPTIONS[name],
        "dialect": {"encoding": "utf-8", "header": True, "lineTerminators": ["\r\n"]},
        "tableSchema": {
            "columns": [
                {
                    "name": column,
                    "titles": column,
                    "dc:description": meaning.text,
                    "datatype": _XSD.get(meaning.type, "string"),
                    "null": "",
                }
                for column, meaning in meanings(name).items()
            ],
            **({"primaryKey": list(_KEYS[name])} if _KEYS[name] else {}),
        },
    }


def _write_json(path: Path, value: Any) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
