"""Exports have the rows of the query, whole or not at all."""

from __future__ import annotations

import csv
import hashlib
import sys

import pytest

from archive.articles.select import keys_of
from archive.errors import KhobaoError, UsageError
from archive.export import COLUMNS, export

#: The module: in its package the function has the same name.
WRITING = sys.modules["archive.export.export"]


def read(path, encoding="utf-8"):
    with path.open(encoding=encoding, newline="") as file:
        return list(csv.reader(file))


def test_columns_are_frozen(shelf):
    cursor = shelf.connection.execute("SELECT * FROM articles_flat")
    assert tuple(name for name, *_ in cursor.description) == COLUMNS


def test_rows_are_those_of_the_query(full, tmp_path):
    for query in ("", "đoạn", "author:lý", "year:2018", "-script", "không-có-gì"):
        out = tmp_path / "a.csv"
        made = export(full.connection, out, query, force=True)
        assert made.rows == len(read(out)) - 1 == len(keys_of(full.connection, query))


@pytest.mark.parametrize("name", ["a.csv", "a.jsonl", "a.parquet", "a.excel.csv"])
def test_the_same_archive_gives_the_same_bytes(full, tmp_path, name):
    made = []
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
        out = tmp_path / folder / name
        export(full.connection, out, "year:2018", excel="excel" in name)
        made.append(hashlib.sha256(out.read_bytes()).hexdigest())
    assert made[0] == made[1]


def test_a_missing_row_is_noticed_and_the_old_file_stays(full, tmp_path, monkeypatch):
    out = tmp_path / "a.csv"
    export(full.connection, out)
    before = out.read_bytes()
    monkeypatch.setattr(WRITING, "flat_rows", lambda *_: [("x",) * len(COLUMNS)])
    with pytest.raises(KhobaoError, match="14 articles answer the query, but 1 rows"):
        export(full.connection, out, force=True)
    assert out.read_bytes() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.csv", "archive"]


def test_a_crawl_that_commits_meanwhile_is_not_seen(full, tmp_path, monkeypatch):
    import sqlite3

    full.connection.execute("PRAGMA journal_mode = WAL")
    original = WRITING.flat_rows

    def meddling(connection, keys):
        other = sqlite3.connect(full.folder / "archive.db")
        other.execute("UPDATE articles SET title = 'Đã sửa'")
        other.commit()
        other.close()
        return original(connection, keys)

    monkeypatch.setattr(WRITING, "flat_rows", meddling)
    export(full.connection, tmp_path / "a.csv")
    assert "Đã sửa" not in (tmp_path / "a.csv").read_text(encoding="utf-8")


def test_an_ending_that_means_nothing_is_refused(full, tmp_path):
    with pytest.raises(UsageError, match=r"\.csv, ….jsonl or ….parquet"):
        export(full.connection, tmp_path / "a.xlsx")
    with pytest.raises(UsageError, match="no folder"):
        export(full.connection, tmp_path / "none" / "a.csv")
