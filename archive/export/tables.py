"""Writers of one table into one file: CSV, Excel's CSV, JSON Lines, Parquet."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta, timezone
from itertools import islice
from pathlib import Path
from typing import Any

from archive.database.dictionary import Column
from archive.errors import UsageError
from archive.periods import day_of

Row = Sequence[Any]
Writer = Callable[[Path, Sequence[str], Iterable[Row]], int]

_BATCH = 1_000

#: A cell that begins with one of these is a formula to a spreadsheet. East Asian input methods
#: type the wide forms.
FORMULA_STARTS = "=+-@＝＋－＠"

#: A cell begins after one of these where a spreadsheet cuts at semicolons or tabs (Excel does where
#: the decimal mark is a comma), or takes each line of a text for a row.
_CUTS = frozenset(";|\t\r\n\v\f\x85\u2028\u2029")
#: Runs of characters that cut cells or that spreadsheets skip; and runs of formula signs.
_RUNS = re.compile(rf"[\s;|\"'\ufeff\u200b-\u200f]+|[{re.escape(FORMULA_STARTS)}]+")


def write_csv(path: Path, columns: Sequence[str], rows: Iterable[Row]) -> int:
    """Write RFC 4180: UTF-8 without BOM, CRLF, an empty cell for NULL. Returns the row count."""
    return _write_csv(path, columns, rows, "utf-8")


def write_excel_csv(path: Path, columns: Sequence[str], rows: Iterable[Row]) -> int:
    """Write CSV for a double click: with BOM, and without cells that Excel would calculate.

    Text that begins like a formula gets an apostrophe in front, also where a cell would begin if
    the spreadsheet cut at semicolons, tabs or line ends; so it stays text in Excel, LibreOffice and
    Google Sheets. NUL, which hides such a beginning, is left out. Because this changes the text, it
    is a format of its own.
    """
    rewritten = ([harmless(value) for value in row] for row in rows)
    return _write_csv(path, columns, rewritten, "utf-8-sig")


def harmless(value: Any) -> Any:
    """*value*, escaped so that no spreadsheet calculates it."""
    if not isinstance(value, str):
        return value
    text = value.replace("\0", "")
    pieces: list[str] = []
    end, begins = 0, True  # up to where *text* is in *pieces*; whether a cell may begin here
    for found in _RUNS.finditer(text):
        start, run = found.start(), found[0]
        begins = begins and start == end
        pieces.append(text[end:start])
        if run[0] in FORMULA_STARTS:
            pieces.append(f"'{run}" if begins else run)
            begins = False
        else:
            pieces.append(run)
            begins = begins or not _CUTS.isdisjoint(run)
        end = found.end()
    return "".join([*pieces, text[end:]])


def _write_csv(path: Path, columns: Sequence[str], rows: Iterable[Row], encoding: str) -> int:
    number = 0
    source = iter(rows)
    with path.open("w", encoding=encoding, newline="") as file:
        file.write(csv_line(columns))
        while batch := list(islice(source, _BATCH)):
            file.write("".join(map(csv_line, batch)))
            number += len(batch)
    return number


_NEEDS_QUOTES = re.compile(r'[",\r\n]').search


def csv_line(row: Row, end: str = "\r\n") -> str:
    """One line of RFC 4180, letter for letter what ``csv.writer`` writes.

    ``csv.writer`` looks at each character by itself, which takes several times as long on bodies of
    some thousand characters.
    """
    return ",".join([_cell(value) for value in row]) + end


def csv_text(columns: Sequence[str], rows: Iterable[Row], end: str = "\n") -> str:
    """A small table as CSV, each line with the *end* of a terminal's lines."""
    return "".join(csv_line(row, end) for row in (columns, *rows))


def _cell(value: Any) -> str:
    if value is None:
        return ""
    text = value if isinstance(value, str) else str(value)
    if _NEEDS_QUOTES(text):
        return '"' + text.replace('"', '""') + '"'
    return text


def csv_lines(rows: Iterable[Row], *, excel: bool = False) -> str:
    """*rows* as lines of `write_csv`, or of `write_excel_csv`, to send them part by part."""
    if excel:
        rows = ([harmless(value) for value in row] for row in rows)
    return "".join(map(csv_line, rows))


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
            for batch in record_batches(schema, meanings, rows):
                number += batch.num_rows
                file.write_batch(batch)
        return number

    return write


#: The paper's own time; Vietnam has had no other zone since 1975.
PAPERS_ZONE = "+07:00"
_ZONE = timezone(timedelta(hours=7))

#: Stamps of the paper's, which the database keeps as text with their zone.
_STAMPS = frozenset(("updated_at", "published_at"))

#: Lists, which the database and CSV keep as text.
LISTS = frozenset(("authors", "tags"))
_SEPARATOR = "; "


def kind_of(name: str, column: Column) -> str:
    """The type of the column *name*: text, integer, day, moment, stamp or list."""
    if name in LISTS:
        return "list"
    if name in _STAMPS:
        return "stamp"
    return {"integer": "integer", "date": "day", "datetime": "moment"}.get(column.type, "text")


def typed(kind: str, value: Any) -> Any:
    """*value* as Python has it; None for a date that cannot be one.

    >>> typed("stamp", "2018-01-03T10:12:28+07:00").hour, typed("day", "0001-01-01")
    (10, None)
    >>> typed("list", "Mỹ Lý; Dương Út")
    ['Mỹ Lý', 'Dương Út']
    """
    if value is None or kind in ("text", "integer"):
        return value
    if kind == "list":
        return value.split(_SEPARATOR)
    day = day_of(value)
    if day is None:
        return None
    if kind == "day":
        return date.fromisoformat(day)
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        return None
    zone = UTC if kind == "moment" else _ZONE
    return moment.astimezone(zone) if moment.tzinfo else moment.replace(tzinfo=zone)


def arrow_schema(meanings: Mapping[str, Column]) -> Any:
    """The Arrow schema of columns with these meanings; the descriptions go along."""
    pa = _arrow()
    types = {
        "text": pa.string(),
        "integer": pa.int64(),
        "day": pa.date32(),
        "moment": pa.timestamp("ms", tz="UTC"),
        "stamp": pa.timestamp("ms", tz=PAPERS_ZONE),
        "list": pa.list_(pa.string()),
    }
    return pa.schema(
        [
            pa.field(name, types[kind_of(name, column)], metadata={"description": column.text})
            for name, column in meanings.items()
        ]
    )


def record_batches(
    schema: Any, meanings: Mapping[str, Column], rows: Iterable[Row]
) -> Iterator[Any]:
    """*rows* as Arrow record batches, a thousand rows each."""
    pa = _arrow()
    kinds = [kind_of(name, meanings[name]) for name in schema.names]
    source = iter(rows)
    while batch := list(islice(source, _BATCH)):
        arrays = [
            pa.array(
                values if kind in ("text", "integer") else [typed(kind, each) for each in values],
                field.type,
            )
            for values, kind, field in zip(zip(*batch), kinds, schema)
        ]
        yield pa.record_batch(arrays, schema=schema)


def _arrow() -> Any:
    try:
        import pyarrow
    except ImportError as error:
        raise UsageError(
            "Arrow and Parquet need pyarrow; install it with: pip install 'khobao[parquet]'"
        ) from error
    return pyarrow
