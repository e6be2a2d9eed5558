"""Writers of one table into one file: CSV, Excel's CSV, JSON Lines, Parquet."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

from archive.dictionary import Column
from archive.errors import UsageError

Row = Sequence[Any]
Writer = Callable[[Path, Sequence[str], Iterable[Row]], int]

_BATCH = 1_000

#: What makes a spreadsheet take a cell for a formula. TAB and CR are stripped by Excel before it
#: looks, so they hide one.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def write_csv(path: Path, columns: Sequence[str], rows: Iterable[Row]) -> int:
    """Exact: RFC 4180, UTF-8 without a mark, CRLF, an empty cell for NULL. Returns the rows."""
    return _write_csv(path, columns, _counted(rows), "utf-8")


def write_excel_csv(path: Path, columns: Sequence[str], rows: Iterable[Row]) -> int:
    """For a double click: a byte order mark, and no cell that Excel would calculate.

    A cell that begins like a formula gets an apostrophe in front; it stays text in Excel,
    LibreOffice and Google Sheets. That changes the text, hence a format of its own.
    """
    harmless = ([_harmless(value) for value in row] for row in rows)
    return _write_csv(path, columns, _counted(harmless), "utf-8-sig")


def _harmless(value: Any) -> Any:
    if isinstance(value, str) and value.startswith(FORMULA_STARTS):
        return f"'{value}"
    return value


def _write_csv(path: Path, columns: Sequence[str], rows: _counted, encoding: str) -> int:
    # NUL cannot stand in a CSV that others can read; no text of the archive has it by rights.
    with path.open("w", encoding=encoding, newline="", buffering=1 << 20) as file:
        writer = csv.writer(file)
        writer.writerow(columns)
        writer.writerows(rows)
    return rows.number


class _counted:
    """Counts what passes, at the speed of a generator."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self.rows = rows
        self.number = 0

    def __iter__(self) -> Iterator[Row]:
        source = iter(self.rows)
        while batch := list(islice(source, _BATCH)):
            self.number += len(batch)
            yield from batch


def write_jsonl(path: Path, columns: Sequence[str], rows: Iterable[Row]) -> int:
    """One JSON object a line, UTF-8; absent values are null."""
    number = 0
    with path.open("w", encoding="utf-8", newline="\n", buffering=1 << 20) as file:
        for row in rows:
            json.dump(dict(zip(columns, row)), file, ensure_ascii=False, separators=(",", ":"))
            file.write("\n")
            number += 1
    return number


def parquet_writer(meanings: Mapping[str, Column]) -> Writer:
    """A writer of Parquet with the types and descriptions of *meanings*."""
    _arrow()
    import pyarrow.parquet as pq

    def write(path: Path, columns: Sequence[str], rows: Iterable[Row]) -> int:
        number = 0
        schema = arrow_schema({name: meanings[name] for name in columns})
        with pq.ParquetWriter(path, schema, compression="zstd") as file:
            for batch in record_batches(schema, rows):
                number += batch.num_rows
                file.write_batch(batch)
        return number

    return write


def arrow_schema(meanings: Mapping[str, Column]) -> Any:
    """The Arrow schema of columns with these meanings; the descriptions go along."""
    pa = _arrow()
    return pa.schema(
        [
            pa.field(
                name,
                pa.int64() if column.type == "integer" else pa.string(),
                metadata={"description": column.text},
            )
            for name, column in meanings.items()
        ]
    )


def record_batches(schema: Any, rows: Iterable[Row]) -> Iterator[Any]:
    """*rows* as Arrow record batches, a thousand rows each."""
    pa = _arrow()
    source = iter(rows)
    while batch := list(islice(source, _BATCH)):
        arrays = [pa.array(values, field.type) for values, field in zip(zip(*batch), schema)]
        yield pa.record_batch(arrays, schema=schema)


def _arrow() -> Any:
    try:
        import pyarrow
    except ImportError as error:
        raise UsageError(
            "Arrow and Parquet need pyarrow; install it with: pip install 'khobao[parquet]'"
        ) from error
    return pyarrow


def csv_text(columns: Sequence[str], rows: Iterable[Row]) -> str:
    """A small table as CSV text, for the terminal."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(rows)
    return text.getvalue()
