"""The published copy is whole, stays as it is, and follows the archive when told to."""

from __future__ import annotations

import os
import sqlite3
import threading
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from archive.archive import Archive
from archive.database import schema
from archive.errors import NoArchive, UsageError
from archive.web import publish, snapshot


@pytest.fixture
def folder(tmp_path: Path, newsstand: Any) -> Path:
    found: Path = newsstand.fill(tmp_path / "dongthap")
    return found


def count(path: Path) -> int:
    with closing(sqlite3.connect(f"file:{path}?immutable=1", uri=True)) as connection:
        (number,) = connection.execute("SELECT count(*) FROM articles").fetchone()
        return int(number)


def test_rows_still_in_the_wal_are_in_the_copy(folder: Path, newsstand: Any) -> None:
    # A connection that stays open keeps the last one to close from emptying the WAL.
    with closing(sqlite3.connect(folder / "archive.db")) as other:
        other.execute("SELECT count(*) FROM articles").fetchone()
        newsstand.save_another(folder, 90001)
        assert (folder / "archive.db-wal").stat().st_size > 0
        published = publish(folder)
    assert count(published) == 43


def test_an_unchanged_archive_is_not_copied_again(folder: Path, newsstand: Any) -> None:
    first = publish(folder)
    inode = first.stat().st_ino
    assert publish(folder).stat().st_ino == inode
    newsstand.save_another(folder, 90001)
    assert publish(folder).stat().st_ino != inode


def test_a_copy_that_is_open_stays_what_it_was(folder: Path, newsstand: Any) -> None:
    with closing(sqlite3.connect(f"file:{publish(folder)}?immutable=1", uri=True)) as reader:
        assert reader.execute("SELECT count(*) FROM articles").fetchone() == (42,)
        newsstand.save_another(folder, 90001)
        assert count(publish(folder)) == 43
        assert reader.execute("SELECT count(*) FROM articles").fetchone() == (42,)


def test_every_copy_made_while_the_crawl_writes_is_a_committed_state(
    folder: Path, newsstand: Any
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
        for _ in range(4):
            path = publish(folder)
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
    folder: Path, newsstand: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = publish(folder)
    newsstand.save_another(folder, 90001)
    monkeypatch.setattr(schema, "SUMMARIES", "SELECT 1; not SQL")
    with pytest.raises(sqlite3.OperationalError):
        publish(folder)
    assert [path.name for path in before.parent.iterdir()] == ["archive.db"]
    assert count(before) == 42


def test_the_copy_opens_from_a_folder_that_cannot_be_written_to(
    folder: Path, newsstand: Any
) -> None:
    path = publish(folder)
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("delete",)
    path.parent.chmod(0o555)
    try:
        assert count(path) == 42
    finally:
        path.parent.chmod(0o755)


def test_beside_an_archive_on_a_read_only_disk_the_copy_is_made_elsewhere(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(snapshot.tempfile, "gettempdir", lambda: str(tmp_path))
    with Archive.open(folder) as archive:
        archive.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    real = os.access
    # The tests may run as root, to whom every folder is writable.
    monkeypatch.setattr(
        os, "access", lambda path, mode: not str(path).startswith(str(folder)) and real(path, mode)
    )
    path = publish(folder)
    assert not path.is_relative_to(folder)
    assert count(path) == 42


def test_the_file_may_be_named_instead_of_the_folder(folder: Path, newsstand: Any) -> None:
    assert publish(folder / "archive.db") == publish(folder)
    with pytest.raises(NoArchive, match="expected a folder"):
        publish(folder / "nowhere")


def test_what_the_front_page_counts_is_what_is_there(folder: Path, newsstand: Any) -> None:
    facts = snapshot.read(publish(folder))
    with closing(sqlite3.connect(f"file:{facts.path}?immutable=1", uri=True)) as connection:
        for name, rows in facts.counts.items():
            assert connection.execute(f'SELECT count(*) FROM "{name}"').fetchone() == (rows,)
        (dated, met) = connection.execute("SELECT sum(dated), sum(met) FROM growth").fetchone()
    assert (dated, met) == (42, 42)
    assert "articles_flat" in facts.views


def test_looking_for_news_does_not_read_the_articles(folder: Path, newsstand: Any) -> None:
    def steps() -> int:
        taken = 0

        def count() -> int:
            nonlocal taken
            taken += 1
            return 0

        with closing(sqlite3.connect(folder / "archive.db")) as connection:
            connection.set_progress_handler(count, 1)
            snapshot._state(connection)
        return taken

    before = steps()
    for number in range(90_001, 90_060):
        newsstand.save_another(folder, number)
    assert steps() <= before + 10


def test_every_kind_of_news_is_noticed(folder: Path, newsstand: Any) -> None:
    def changed() -> bool:
        new = snapshot.changed(folder, snapshot.read(published))
        publish(folder)
        return new

    published = publish(folder)
    assert not changed()
    newsstand.save_another(folder, 90_001)
    assert changed()
    with Archive.open(folder) as archive:
        crawl = archive.begin_crawl("crawl", {})
    assert changed()
    with Archive.open(folder) as archive:
        archive.finish_crawl(crawl, exit_code=0, reason="finished", counts={})
    assert changed()
    assert not changed()


@pytest.mark.parametrize("planted", ["link", "open to others", "dangling link"])
def test_a_folder_that_somebody_planted_is_not_used(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, planted: str
) -> None:
    place = tmp_path / "tmp"
    place.mkdir()
    monkeypatch.setattr(snapshot.tempfile, "gettempdir", lambda: str(place))
    real = os.access
    monkeypatch.setattr(
        os, "access", lambda path, mode: not str(path).startswith(str(folder)) and real(path, mode)
    )
    with Archive.open(folder) as archive:
        archive.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    ours = publish(folder).parent
    assert ours.stat().st_mode & 0o777 == 0o700
    if planted == "open to others":
        ours.chmod(0o777)
    else:
        ours.rename(tmp_path / "theirs")
        ours.symlink_to(tmp_path / ("theirs" if planted == "link" else "nothing"))
    with pytest.raises(UsageError, match="made by somebody else"):
        publish(folder)
