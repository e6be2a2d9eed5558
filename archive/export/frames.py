"""Articles as data frames of pandas or Arrow. Read only."""

from __future__ import annotations

import sqlite3
from typing import Any

from archive.articles.select import keys_of
from archive.database.dictionary import TABLES
from archive.errors import UsageError
from archive.export.rows import COLUMNS, flat_rows
from archive.export.tables import PAPERS_ZONE, arrow_schema, kind_of, record_batches, typed
from archive.search.query import Query


def to_arrow(connection: sqlite3.Connection, query: str | Query = "") -> Any:
    """The articles that *query* means as an Arrow table: the columns of ``articles_flat``.

    Polars, DuckDB and R take it without a copy.
    """
    meanings = TABLES["articles_flat"].columns
    schema = arrow_schema(meanings)
    rows = flat_rows(connection, keys_of(connection, query))
    batches = list(record_batches(schema, meanings, rows))
    import pyarrow

    return pyarrow.Table.from_batches(batches, schema=schema)


def to_pandas(connection: sqlite3.Connection, query: str | Query = "") -> Any:
    """The articles that *query* means as a pandas DataFrame.

    Numbers stay integers where values are missing (``Int64``); authors and tags are lists. Stamps
    are times in the paper's zone, times of captures are in UTC. The column
    ``updated_precision`` says whether a stamp is exact to the second, the minute or the day.
    """
    try:
        import pandas
    except ImportError as error:
        raise UsageError("install pandas first: pip install pandas") from error
    rows = flat_rows(connection, keys_of(connection, query)).fetchall()
    columns = dict(zip(COLUMNS, zip(*rows))) if rows else dict.fromkeys(COLUMNS, ())
    frame = {}
    for name, column in TABLES["articles_flat"].columns.items():
        kind = kind_of(name, column)
        values = [typed(kind, value) for value in columns[name]]
        if kind == "integer":
            frame[name] = pandas.Series(values, dtype="Int64")
        elif kind in ("moment", "stamp"):
            times = pandas.Series(pandas.to_datetime(values, utc=True))
            frame[name] = times if kind == "moment" else times.dt.tz_convert(PAPERS_ZONE)
        elif kind == "day":
            frame[name] = pandas.Series(pandas.to_datetime(values))
        else:
            frame[name] = pandas.Series(values, dtype=object if kind == "list" else None)
    return pandas.DataFrame(frame)
