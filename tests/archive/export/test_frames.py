"""Articles as data frames."""

from __future__ import annotations

import pytest

from archive.export.frames import to_arrow, to_pandas
from archive.export.rows import COLUMNS


def test_a_frame_has_the_columns_and_types_of_the_export(full):
    pandas = pytest.importorskip("pandas")
    frame = to_pandas(full.connection)
    assert tuple(frame.columns) == COLUMNS
    assert len(frame) == 14
    assert isinstance(frame["word_count"].dtype, pandas.Int64Dtype)
    assert frame["authors"][0] == ["Mỹ Lý", "K.D"]
    assert frame["updated_at"].dt.tz.utcoffset(None).total_seconds() == 7 * 3600
    assert str(frame["first_seen_at"].dt.tz) == "UTC"
    assert frame["updated_at"].isna().sum() == 1
    assert list(frame["duplicate_of"].isna()) == [True] * 14


def test_a_frame_of_nothing_still_has_its_columns(full):
    pytest.importorskip("pandas")
    frame = to_pandas(full.connection, "xyzzy")
    assert (tuple(frame.columns), len(frame)) == (COLUMNS, 0)


def test_an_arrow_table_describes_its_columns(full):
    pytest.importorskip("pyarrow")
    table = to_arrow(full.connection, "since:2018-01-02 until:2018-01-03")
    assert tuple(table.column_names) == COLUMNS
    assert table.num_rows == 2
    assert all(field.metadata[b"description"] for field in table.schema)
    assert to_arrow(full.connection, "xyzzy").num_rows == 0
