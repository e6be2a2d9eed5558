"""verify --repair makes the database again and loses nothing; --accept-loss states what is lost."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

import pytest
from click.testing import CliRunner

from archive.archive import Archive, crawl_lock
from archive.cli import khobao
from archive.errors import ArchiveLocked, UsageError
from archive.verify.new_database import repair
from archive.verify.verify import accept_loss, verify
from crawler.ingest.crash_recovery import rebuild


@pytest.fixture
def folder(tmp_path, three_days):
    return Path(shutil.copytree(three_days, tmp_path / "archive"))


def run(folder, *arguments, code=0):
    done = CliRunner().invoke(khobao, [*map(str, arguments), "-a", str(folder)])
    assert done.exit_code == code, done.output
    return done.output


def changed(folder, *statements):
    connection = sqlite3.connect(folder / "archive.db")
    with connection:
        for statement in statements:
            connection.execute(statement)
    connection.close()


def rows(folder, sql):
    with Archive.open(folder, read_only=True) as archive:
        return archive.connection.execute(sql).fetchall()


def exported(folder, name):
    run(folder, "export", folder.parent / name)
    return (folder.parent / name).read_bytes()


HISTORY = (
    "SELECT id, command, started_at, finished_at, exit_code, counts FROM crawls"
    " WHERE command <> 'repair'"
)


def test_planted_faults_are_mended_and_the_history_of_runs_stays(folder):
    before, history = exported(folder, "a.csv"), rows(folder, HISTORY)
    opened = history[0][0]
    changed(
        folder,
        "UPDATE articles SET title = 'Sai' WHERE id = 2",
        "DELETE FROM article_urls WHERE article_id = 3",
        "DELETE FROM duplicates",
        "DROP TRIGGER articles_search_update",
        "DROP INDEX captures_url",
        "UPDATE captures SET outcome = 'other' WHERE outcome = 'list'",
        "INSERT INTO alarms (paper, kind, text, exit_code, opened_at, opened_by, seen_at, seen_by,"
        f" runs) VALUES ('dto', 'blocked', 'x', 3, '', {opened}, '', {opened}, 1)",
        "INSERT INTO frontier (url, kind, found_at) VALUES ('https://baodongthap.vn/x-9.aspx',"
        " 'article', '2026-11-01')",
    )
    assert not verify(folder).sound
    said = run(folder, "verify", "--repair")
    assert "archive.db was made again from" in said
    assert "sound" in said
    [kept] = folder.glob("archive.db.20*")
    assert kept.name in said
    assert exported(folder, "b.csv") == before
    assert rows(folder, HISTORY) == history
    assert rows(folder, "SELECT kind FROM alarms") == [("blocked",)]
    assert rows(folder, "SELECT 1 FROM frontier WHERE url LIKE '%/x-9.aspx'") == [(1,)]
    assert rows(folder, "SELECT count(*) FROM sqlite_master WHERE name IN ('captures_url',"
                " 'articles_search_update')") == [(2,)]  # fmt: skip
    assert rows(folder, "SELECT count(*) FROM captures WHERE outcome = 'list'") != [(0,)]


def test_a_database_that_cannot_be_read_is_made_again_and_what_is_lost_is_said(folder):
    before = exported(folder, "a.csv")
    database = folder / "archive.db"
    database.write_bytes(b"no database" * 1000)
    said = run(folder, "verify", "--repair")
    assert "the history of runs and alarms is lost" in said
    assert exported(folder, "b.csv") == before


def test_a_repair_that_fails_leaves_everything_as_it_was(folder):
    before = rows(folder, "SELECT key, title FROM articles ORDER BY id")

    def fails(archive):
        archive.begin_crawl("repair", {})
        raise RuntimeError("a power failure, say")

    with pytest.raises(RuntimeError):
        repair(folder, fails)
    assert rows(folder, "SELECT key, title FROM articles ORDER BY id") == before
    assert list(folder.glob("archive.db.20*")) == []


def test_a_running_crawl_is_not_disturbed(folder):
    with crawl_lock(folder), pytest.raises(ArchiveLocked):
        repair(folder, rebuild)


@pytest.fixture
def lost(folder):
    """The archive without the file of its first night; the file's name."""
    file = min((folder / "captures").glob("*/*.warc.gz"))
    file.unlink()
    return file.relative_to(folder).as_posix()


def test_a_lost_file_is_a_fault_until_it_is_accepted(folder, lost):
    before = exported(folder, "a.csv")
    assert "--accept-loss FILE" in run(folder, "verify", code=1)
    said = run(folder, "verify", "--full", "--accept-loss", folder / lost)
    assert "are lost for good; the articles stay" in said
    assert f"{lost} is lost, as was accepted on" in said
    assert verify(folder, sample=40).sound
    assert exported(folder, "b.csv") == before
    with pytest.raises(UsageError, match="Put the file back"):
        repair(folder, rebuild)


def test_every_command_lives_with_a_lost_file(folder, lost):
    run(folder, "export", folder.parent / "rest.wacz")
    said = run(folder, "export", folder.parent / "some.wacz", "lúa")
    assert "of lost files are left out" in said
    [(key,)] = rows(
        folder,
        "SELECT key FROM articles JOIN captures ON captures.id = capture_id"
        f" WHERE warc_file = '{lost}' LIMIT 1",
    )
    assert run(folder, "show", key)
    assert "is missing" in run(folder, "show", key, "--raw", code=1)
    assert "missing" in run(folder, "verify", key, code=1)


def test_a_sound_file_and_an_unknown_one_are_not_given_up(folder):
    [(name, *_), *_] = rows(folder, "SELECT warc_file FROM captures")
    with Archive.open(folder) as archive:
        with pytest.raises(UsageError, match="there and sound"):
            accept_loss(archive, name)
        with pytest.raises(UsageError, match="no capture is in"):
            accept_loss(archive, "captures/2026/other.warc.gz")
