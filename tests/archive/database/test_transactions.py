"""Writes that share a transaction: each all or nothing, durable with the commit."""

from __future__ import annotations

import sqlite3

import pytest

from archive.archive import Archive
from archive.models import Image
from tests.archive.pages import article, one, save


class TestTransactions:
    def test_a_failure_takes_back_one_write_and_no_other(self, archive: Archive) -> None:
        archive.batch_size = 10
        save(archive, article("dto:1"), 1)

        def fails() -> None:
            with archive.transaction():
                save(archive, article("dto:2", body="khác hẳn"), 2)
                raise KeyError("the page's second half")

        with pytest.raises(KeyError):
            fails()
        save(archive, article("dto:3", body="khác nữa"), 3)
        archive.commit()
        with Archive.open(archive.path, read_only=True) as reader:
            keys = reader.connection.execute("SELECT key FROM articles ORDER BY key").fetchall()
        assert keys == [("dto:1",), ("dto:3",)]

    def test_a_batch_is_visible_when_it_is_full(self, archive: Archive) -> None:
        archive.batch_size = 2
        with Archive.open(archive.path, read_only=True) as reader:
            count = lambda: one(reader, "SELECT count(*) FROM articles")  # noqa: E731
            save(archive, article("dto:1"), 1)
            assert count() == 0
            save(archive, article("dto:2"), 2)
            assert count() == 2

    def test_a_page_that_cannot_be_written_takes_nothing_with_it(self, archive: Archive) -> None:
        archive.batch_size = 10
        save(archive, article("dto:1"), 1)
        with pytest.raises(UnicodeEncodeError):
            save(archive, article("dto:2", body="\ud83d"), 2)
        archive.commit()
        assert one(archive, "SELECT key FROM articles") == "dto:1"
        assert one(archive, "SELECT count(*) FROM captures") == 1

    def test_an_error_between_two_rows_takes_back_both(self, archive: Archive) -> None:
        archive.batch_size = 10
        save(archive, article("dto:1"), 1)
        archive.connection.execute(
            "CREATE TEMP TRIGGER full BEFORE INSERT ON images"
            " BEGIN SELECT RAISE(ABORT, 'no room'); END"
        )
        page = article("dto:2", body="khác hẳn", images=(Image(1, "https://cdn/1.jpg"),))
        with pytest.raises(sqlite3.DatabaseError, match="no room"):
            save(archive, page, 2)
        archive.connection.execute("DROP TRIGGER full")
        assert one(archive, "SELECT count(*) FROM captures") == 1
        assert save(archive, page, 2).status == "new"
        assert save(archive, article("dto:1"), 3).status == "unchanged"
        archive.commit()

    def test_what_sqlite_rolled_back_is_written_again(self, archive: Archive) -> None:
        """A full disk may end the whole transaction: SQLite, not the savepoint, decides."""
        archive.batch_size = 10
        save(archive, article("dto:1"), 1)
        archive.connection.execute(
            "CREATE TEMP TRIGGER full BEFORE INSERT ON article_authors"
            " BEGIN SELECT RAISE(ROLLBACK, 'no room'); END"
        )
        with pytest.raises(sqlite3.DatabaseError, match="no room"):
            save(archive, article("dto:2", body="khác hẳn"), 2)
        assert save(archive, article("dto:1"), 1).status == "new"  # and the trigger is gone, too
        archive.commit()

    def test_captures_are_made_durable_before_the_rows_that_point_to_them(
        self, archive: Archive
    ) -> None:
        archive.batch_size = 2
        seen = []
        with Archive.open(archive.path, read_only=True) as reader:
            archive.before_commit = lambda: seen.append(
                one(reader, "SELECT count(*) FROM captures")
            )
            for number in range(1, 6):
                save(archive, article(f"dto:{number}"), number)
            archive.commit()
            archive.commit()
        assert seen == [0, 2, 4]

    def test_what_waits_in_a_batch_is_found_by_its_writer(self, archive: Archive) -> None:
        archive.batch_size = 10
        save(archive, article("dto:1"), 1)
        assert archive.search("trong cay").total == 1
        save(archive, article("dto:2", body="Mùa nước nổi ở Tam Nông."), 2)
        save(archive, article("dto:2", body="Mùa lúa chín ở Tam Nông."), 3)
        assert archive.search('"nước nổi"').total == 0
        assert [a.key for a in archive.articles("lua chin")] == ["dto:2"]
        assert one(archive, "SELECT count(*) FROM articles_unindexed") == 0

    def test_the_transaction_of_a_caller_is_the_callers(self, archive: Archive) -> None:
        archive.connection.execute("BEGIN IMMEDIATE")
        save(archive, article(), 1)
        assert one(archive, "SELECT count(*) FROM articles_plain('trong cay')") == 1
        archive.connection.execute("ROLLBACK")
        assert one(archive, "SELECT count(*) FROM articles") == 0
