"""Opening a database: what is there, what is missing, what is too new."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from archive.archive import Archive
from archive.errors import NoArchive, SchemaTooNew
from tests.archive.pages import article, one, save


class TestOpening:
    def test_there_must_be_an_archive(self, tmp_path: Path) -> None:
        with pytest.raises(NoArchive, match="no archive at"):
            Archive.open(tmp_path)
        assert list(tmp_path.iterdir()) == []

    def test_a_file_that_is_no_database_is_no_archive(self, tmp_path: Path) -> None:
        (tmp_path / "archive.db").write_text("xin chào" * 1000)
        with pytest.raises(NoArchive, match="cannot be read"):
            Archive.open(tmp_path)

    def test_folder_and_database_name_the_same_archive(self, archive: Archive) -> None:
        save(archive, article(), 1)
        with Archive.open(archive.path / "archive.db", read_only=True) as reader:
            assert reader.path == archive.path
            assert reader.article("dto:84085").article.title == "Phát động trồng cây xanh"
            with pytest.raises(sqlite3.OperationalError, match="readonly"):
                save(reader, article("dto:2"), 2)

    def test_an_archive_of_a_newer_khobao_is_left_alone(self, archive: Archive) -> None:
        archive.db.table("_sqlite_migrations").insert(
            {"migration_set": "khobao", "name": "m999_future", "applied_at": "2030"}
        )
        with pytest.raises(SchemaTooNew, match="m999_future"):
            Archive.open(archive.path)

    def test_settings(self, archive: Archive) -> None:
        assert one(archive, "PRAGMA journal_mode") == "wal"
        assert one(archive, "PRAGMA foreign_keys") == 1
        assert one(archive, "PRAGMA busy_timeout") == 30_000
