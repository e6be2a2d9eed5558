"""Articles as data frames, for those who have pandas or Arrow. Read only."""

from __future__ import annotations

import sqlite3
from typing import Any

from archive.dictionary import TABLES
from archive.errors import UsageError
from archive.export.rows import COLUMNS, flat_rows
from archive.export.tables import arrow_schema, record_batches
from archive.query import Query
from archive.selecting import keys_of


def to_arrow(connection: sqlite3.Connection, query: str | Query = "") -> Any:
    """The articles that *query* means as an Arrow table: the columns of ``articles_flat``.

    Polars, DuckDB and R take it without a copy.
    """
    schema = arrow_schema(TABLES["articles_flat"].columns)
    rows = flat_rows(connection, keys_of(connection, query))
    batches = list(record_batches(schema, rows))
    import pyarrow

    return pyarrow.Table.from_batches(batches, schema=schema)


def to_pandas(connection: sqlite3.Connection, query: str | Query = "") -> Any:
    """The articles that *query* means as a pandas DataFrame.

    Numbers stay whole where values are missing (``Int64``), and text stays text: a stamp is known
    to the second, the minute or the day, which a pandas time cannot say.
    """
    try:
        import pandas
    except ImportError as error:
        raise UsageError("install pandas first: pip install pandas") from error
    rows = flat_rows(connection, keys_of(connection, query)).fetchall()
    frame = pandas.DataFrame.from_records(rows, columns=list(COLUMNS))
    whole = [n for n, c in TABLES["articles_flat"].columns.items() if c.type == "integer"]
    return frame.astype(dict.fromkeys(whole, "Int64"))
