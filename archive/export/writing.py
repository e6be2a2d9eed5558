"""An export from query to file: written aside, counted, then named."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from archive.dictionary import TABLES
from archive.errors import KhobaoError, UsageError
from archive.export.citations import write_citations
from archive.export.package import Provenance, write_package
from archive.export.rows import COLUMNS, flat_rows
from archive.export.tables import (
    Writer,
    parquet_writer,
    write_csv,
    write_excel_csv,
    write_jsonl,
)
from archive.query import Query
from archive.selecting import keys_of


@dataclass(frozen=True, slots=True)
class Exported:
    """What an export wrote."""

    path: Path
    rows: int
    bytes: int


def export(
    connection: sqlite3.Connection, out: Path, query: str | Query = "", *, excel: bool = False
) -> Exported:
    """Write the articles that *query* means to the file *out*; its ending chooses the format.

    With *excel* the name gets ``.excel`` before its ending, so that nobody takes the file for the
    exact one.
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
        with written_aside(out) as aside:
            rows = writer(aside, COLUMNS, flat_rows(connection, keys))
            _check(rows, len(keys))
    return Exported(out, rows, out.stat().st_size)


def export_citations(
    connection: sqlite3.Connection, out: Path, query: str | Query, style: str
) -> Exported:
    """Write a citation of each article that *query* means."""
    with _one_state(connection):
        keys = keys_of(connection, query)
        with written_aside(out) as aside:
            rows = write_citations(connection, aside, keys, style)
            _check(rows, len(keys))
    return Exported(out, rows, out.stat().st_size)


def export_package(
    connection: sqlite3.Connection, out: Path, query: str | Query, provenance: Provenance
) -> Exported:
    """Write a data package, a folder: tables, descriptions, where they come from, checksums."""
    with _one_state(connection):
        keys = keys_of(connection, query)
        with written_aside(out, folder=True) as aside:
            rows = write_package(connection, aside, keys, provenance)
            _check(rows, len(keys))
    return Exported(out, rows, sum(file.stat().st_size for file in out.iterdir()))


def _writer_for(out: Path) -> Writer:
    makers: dict[str, Callable[[], Writer]] = {
        ".csv": lambda: write_csv,
        ".jsonl": lambda: write_jsonl,
        ".parquet": lambda: parquet_writer(TABLES["articles_flat"].columns),
    }
    maker = makers.get(out.suffix.lower())
    if maker is None:
        raise UsageError(
            f"{out.name}: name a file ….csv, ….jsonl or ….parquet, or a folder without an ending"
            " for a data package"
        )
    return maker()


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


@contextmanager
def written_aside(out: Path, *, folder: bool = False) -> Iterator[Path]:
    """A path beside *out* to write to; it becomes *out* if all goes well, and nothing if not."""
    if not out.parent.is_dir():
        raise UsageError(f"there is no folder {out.parent}")
    if folder and out.exists() and not (out / "datapackage.json").is_file() and any(out.iterdir()):
        raise UsageError(f"{out} is a folder with something else in it; name another")
    if not folder and out.is_dir():
        raise UsageError(f"{out} is a folder; name a file")
    aside = out.with_name(f".{out.name}.part")
    _remove(aside)
    try:
        if folder:
            aside.mkdir()
        yield aside
        if folder and out.exists():
            _remove(out)
        os.replace(aside, out)
    except BaseException:
        _remove(aside)
        raise


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
