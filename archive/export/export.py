"""An export from query to file: written aside, counted, then named."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from archive.articles.citation import cite
from archive.articles.details import details
from archive.articles.select import keys_of
from archive.database.dictionary import TABLES
from archive.errors import KhobaoError, UsageError
from archive.export.package import Provenance, write_package
from archive.export.replace import written_aside
from archive.export.rows import COLUMNS, flat_rows
from archive.export.tables import (
    Writer,
    parquet_writer,
    write_csv,
    write_excel_csv,
    write_jsonl,
)
from archive.search.query import Query


@dataclass(frozen=True, slots=True)
class Exported:
    """What an export wrote."""

    path: Path
    rows: int
    bytes: int
    left_out: int = 0
    """Captures whose WARC file is lost."""


def export(
    connection: sqlite3.Connection,
    out: Path,
    query: str | Query = "",
    *,
    excel: bool = False,
    force: bool = False,
) -> Exported:
    """Write the articles that *query* means to the file *out*; its ending chooses the format.

    With *excel* the name gets ``.excel`` before its ending, so that nobody takes the file for the
    exact one. An export that is there already is replaced only with *force*; see
    `archive.export.replace`.
    """
    if excel:
        if out.suffix.lower() != ".csv":
            raise UsageError("the Excel flavour is a CSV file; name it ….csv")
        if not out.stem.endswith(".excel"):
            out = out.with_name(f"{out.stem}.excel.csv")
        writer: Writer = write_excel_csv
    else:
        writer = _writer_for(out)
    with _one_state(connection):
        keys = keys_of(connection, query)
        with written_aside(out, force=force) as aside:
            rows = writer(aside, COLUMNS, flat_rows(connection, keys))
            _check(rows, len(keys))
    return Exported(out, rows, out.stat().st_size)


def export_citations(
    connection: sqlite3.Connection,
    out: Path,
    query: str | Query,
    style: str,
    *,
    force: bool = False,
) -> Exported:
    """Write a citation of each article that *query* means."""
    with _one_state(connection):
        keys = keys_of(connection, query)
        with written_aside(out, force=force) as aside:
            rows = write_citations(connection, aside, keys, style)
            _check(rows, len(keys))
    return Exported(out, rows, out.stat().st_size)


def export_package(
    connection: sqlite3.Connection,
    out: Path,
    query: str | Query,
    provenance: Provenance,
    *,
    force: bool = False,
) -> Exported:
    """Write a data package, a folder: tables, descriptions, where they come from, checksums."""
    with _one_state(connection):
        keys = keys_of(connection, query)
        with written_aside(out, folder=True, force=force) as aside:
            rows = write_package(connection, aside, keys, provenance)
            _check(rows, len(keys))
    return Exported(out, rows, sum(file.stat().st_size for file in out.iterdir()))


def _writer_for(out: Path) -> Writer:
    maker = TABLES_BY_ENDING.get(out.suffix.lower())
    if maker is None:
        raise UsageError(
            f"{out.name}: name a file ….csv, ….jsonl or ….parquet, or a folder without an ending"
            " for a data package"
        )
    return maker()


#: The endings of tables, and what makes their writers.
TABLES_BY_ENDING: dict[str, Callable[[], Writer]] = {
    ".csv": lambda: write_csv,
    ".jsonl": lambda: write_jsonl,
    ".parquet": lambda: parquet_writer(TABLES["articles_flat"].columns),
}


def _check(written: int, expected: int) -> None:
    if written != expected:
        raise KhobaoError(
            f"{expected:,} articles answer the query, but {written:,} rows were written;"
            " nothing was kept"
        )


@contextmanager
def _one_state(connection: sqlite3.Connection) -> Iterator[None]:
    """Reads of one moment: a crawl that commits meanwhile is not seen by half."""
    if connection.in_transaction:
        yield
        return
    connection.execute("BEGIN")
    try:
        yield
    finally:
        connection.rollback()


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
