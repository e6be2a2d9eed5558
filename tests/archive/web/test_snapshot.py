"""The reading room's copy is whole, stays as it is, and follows the archive."""

from __future__ import annotations

import shutil
import sqlite3
import threading
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from archive.archive import Archive
from archive.database import schema
from archive.errors import NoArchive, UsageError
from archive.web.snapshot import _state, changed, make


@pytest.fixture
def folder(tmp_path: Path, newsstand: Any) -> Path:
    found: Path = newsstand.fill(tmp_path / "dongthap")
    return found


@pytest.fixture
def place(tmp_path: Path) -> Path:
    found = tmp_path / "copies"
    found.mkdir()
    return found


def count(path: Path) -> int:
    with closing(sqlite3.connect(f"file:{path}?immutable=1", uri=True)) as connection:
        (number,) = connection.execute("SELECT count(*) FROM articles").fetchone()
        return int(number)


def test_rows_still_in_the_wal_are_in_the_copy(folder: Path, place: Path, newsstand: Any) -> None:
    # A connection that stays open keeps the last one to close from emptying the WAL.
    with closing(sqlite3.connect(folder / "archive.db")) as other:
        other.execute("SELECT count(*) FROM articles").fetchone()
        newsstand.save_another(folder, 90001)
        assert (folder / "archive.db-wal").stat().st_size > 0
        copy = make(folder, place)
    assert count(copy.path) == 43


def test_a_copy_that_is_open_stays_what_it_was(folder: Path, place: Path, newsstand: Any) -> None:
    copy = make(folder, place)
    with closing(sqlite3.connect(f"file:{copy.path}?immutable=1", uri=True)) as reader:
        assert reader.execute("SELECT count(*) FROM articles").fetchone() == (42,)
        newsstand.save_another(folder, 90001)
        assert count(make(folder, place).path) == 43
        assert reader.execute("SELECT count(*) FROM articles").fetchone() == (42,)


def test_every_copy_made_while_the_crawl_writes_is_a_committed_state(
    folder: Path, place: Path, newsstand: Any
) -> None:
    stop = threading.Event()

    def write() -> None:
        for number in range(90001, 90200):
            newsstand.save_another(folder, number)
            if stop.is_set():
                break

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for number in range(4):
            into = place / str(number)
            into.mkdir()
            path = make(folder, into).path
            with closing(sqlite3.connect(f"file:{path}?immutable=1", uri=True)) as connection:
                # An article, its revision, its capture and both indexes come in one transaction.
                articles, revisions, captures = connection.execute(
                    "SELECT (SELECT count(*) FROM articles), (SELECT count(*) FROM revisions),"
                    " (SELECT count(*) FROM captures)"
                ).fetchone()
                assert articles + 1 == revisions == captures
                for index in ("articles_exact", "articles_plain"):
                    found = connection.execute(f"SELECT count(*) FROM {index}_docsize").fetchone()
                    assert found == (articles,)
    finally:
        stop.set()
        writer.join()


def test_nothing_is_left_of_a_copy_that_failed(
    folder: Path, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(schema, "SUMMARIES", "SELECT 1; not SQL")
    with pytest.raises(sqlite3.OperationalError):
        make(folder, place)
    assert list(place.iterdir()) == []


def test_a_folder_without_space_is_named_before_anything_is_written(
    folder: Path, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: shutil._ntuple_diskusage(9, 9, 0))
    with pytest.raises(UsageError, match="set TMPDIR to a folder with more space"):
        make(folder, place)
    assert list(place.iterdir()) == []


def test_the_file_may_be_named_instead_of_the_folder(folder: Path, place: Path) -> None:
    assert make(folder / "archive.db", place).counts["articles"] == 42
    with pytest.raises(NoArchive, match="expected a folder"):
        make(folder / "nowhere", place)


def test_what_the_front_page_counts_is_what_is_there(folder: Path, place: Path) -> None:
    copy = make(folder, place)
    with closing(sqlite3.connect(f"file:{copy.path}?immutable=1", uri=True)) as connection:
        for name, rows in copy.counts.items():
            assert connection.execute(f'SELECT count(*) FROM "{name}"').fetchone() == (rows,)
        (dated, met) = connection.execute("SELECT sum(dated), sum(met) FROM growth").fetchone()
        facts = dict(connection.execute("SELECT name, value FROM snapshot"))
    assert (dated, met) == (42, 42)
    assert "articles_flat" in copy.views
    assert (facts["state"], facts["published_at"]) == (copy.state, copy.published_at)


def test_looking_for_news_does_not_read_the_articles(folder: Path, newsstand: Any) -> None:
    def steps() -> int:
        taken = 0

        def count() -> int:
            nonlocal taken
            taken += 1
            return 0

        with closing(sqlite3.connect(folder / "archive.db")) as connection:
            connection.set_progress_handler(count, 1)
            _state(connection)
        return taken

    before = steps()
    for number in range(90_001, 90_060):
        newsstand.save_another(folder, number)
    assert steps() <= before + 10


def test_every_kind_of_news_is_noticed(folder: Path, place: Path, newsstand: Any) -> None:
    copy = make(folder, place)

    def news() -> bool:
        nonlocal copy
        new = changed(folder, copy)
        if new:
            copy = make(folder, place)
        return new

    assert not news()
    newsstand.save_another(folder, 90_001)
    assert news()
    with Archive.open(folder) as archive:
        crawl = archive.begin_crawl("crawl", {})
    assert news()
    with Archive.open(folder) as archive:
        archive.finish_crawl(crawl, exit_code=0, reason="finished", counts={})
    assert news()
    assert not news()
