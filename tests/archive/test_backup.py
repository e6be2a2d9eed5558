"""Backup and restore: while the archive is written, again and again, and of damaged copies."""

import os
import shutil
import sqlite3
import subprocess
import threading
from pathlib import Path

import pytest

from archive.archive import Archive
from archive.backup import MANIFEST, backup, restore
from archive.errors import CorruptCapture, NoArchive, UsageError
from archive.verify.verify import verify
from tests.archive.conftest import Shelf

NIGHT = "captures/2026/night-1.warc.gz"


@pytest.fixture
def archive(tmp_path):
    folder = tmp_path / "dongthap"
    Shelf(folder).add("Chợ nổi Cái Bè họp lại")
    put(folder, NIGHT, b"one night")
    return folder


def put(folder: Path, name: str, content: bytes) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def titles(folder):
    with Archive.open(folder, read_only=True) as opened:
        return [title for (title,) in opened.connection.execute("SELECT title FROM articles")]


def test_a_restored_archive_has_the_same_records_and_captures(archive, tmp_path):
    put(archive, "khobao.toml", b'contact = "thu vien"\n')
    backup(archive, tmp_path / "copy")
    shutil.rmtree(archive)
    copied = restore(tmp_path / "copy", archive)
    assert copied.files == 3
    assert titles(archive) == ["Chợ nổi Cái Bè họp lại"]
    assert (archive / NIGHT).read_bytes() == b"one night"
    assert (archive / "khobao.toml").is_file()


def test_its_checksums_can_be_checked_without_khobao(archive, tmp_path):
    backup(archive, tmp_path / "copy")
    check = ["sha256sum", "--check", "--quiet", MANIFEST]
    assert subprocess.run(check, cwd=tmp_path / "copy").returncode == 0
    put(tmp_path / "copy", NIGHT, b"one sight")
    assert subprocess.run(check, cwd=tmp_path / "copy", capture_output=True).returncode == 1


def test_the_next_backup_copies_only_what_is_new(archive, tmp_path):
    first = backup(archive, tmp_path / "copy")
    before = (tmp_path / "copy" / NIGHT).stat().st_ino
    put(archive, "captures/2026/night-2.warc.gz", b"another night")
    second = backup(archive, tmp_path / "copy")
    assert (first.files, first.new) == (2, 1)
    assert (second.files, second.new) == (3, 1)
    assert (tmp_path / "copy" / NIGHT).stat().st_ino == before


def test_a_file_that_the_archive_lost_stays_in_the_backup(archive, tmp_path):
    backup(archive, tmp_path / "copy")
    (archive / NIGHT).unlink()
    backup(archive, tmp_path / "copy")
    restore(tmp_path / "copy", tmp_path / "again")
    assert (tmp_path / "again" / NIGHT).read_bytes() == b"one night"


def test_an_open_capture_file_is_copied_again_until_it_has_its_name(archive, tmp_path):
    opened = put(archive, "captures/2026/night-2.warc.gz.open", b"half")
    backup(archive, tmp_path / "copy", link=True)
    opened.write_bytes(b"half and half")
    backup(archive, tmp_path / "copy", link=True)
    assert (tmp_path / "copy/captures/2026" / opened.name).read_bytes() == b"half and half"
    opened.rename(opened.with_suffix(""))
    backup(archive, tmp_path / "copy", link=True)
    assert sorted(p.name for p in (tmp_path / "copy/captures/2026").iterdir()) == [
        "night-1.warc.gz",
        "night-2.warc.gz",
    ]


def test_links_share_the_bytes_of_finished_files(archive, tmp_path):
    copied = backup(archive, tmp_path / "copy", link=True)
    assert copied.linked == 1
    assert os.path.samefile(archive / NIGHT, tmp_path / "copy" / NIGHT)


def test_the_database_is_of_one_moment_while_it_is_written(archive, tmp_path):
    """A writer that adds an author and an article in one transaction, all the while."""
    writer = sqlite3.connect(archive / "archive.db", isolation_level=None, check_same_thread=False)
    writer.executescript("PRAGMA journal_mode = WAL; CREATE TABLE a (n); CREATE TABLE b (n, blob)")
    for n in range(1, 401):  # several rounds of the copy
        writer.execute("INSERT INTO b VALUES (?, randomblob(20000))", (-n,))
    stop, written = threading.Event(), []

    def write():
        while not stop.is_set():
            writer.execute("BEGIN IMMEDIATE")
            writer.execute("INSERT INTO a VALUES (?)", (len(written),))
            writer.execute("INSERT INTO b VALUES (?, randomblob(5000))", (len(written),))
            writer.execute("COMMIT")
            written.append(1)

    thread = threading.Thread(target=write)
    thread.start()
    try:
        for n in range(3):
            backup(archive, tmp_path / f"copy{n}")
    finally:
        stop.set()
        thread.join()
    assert len(written) > 3
    for n in range(3):
        with sqlite3.connect(tmp_path / f"copy{n}" / "archive.db") as copy:
            assert copy.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            (apart,) = copy.execute(
                "SELECT (SELECT count(*) FROM a) - (SELECT count(*) FROM b WHERE n >= 0)"
            ).fetchone()
            assert apart == 0


def test_a_backup_can_be_read_where_nothing_can_be_written(archive, tmp_path):
    backup(archive, tmp_path / "copy")
    for path in (tmp_path / "copy" / "archive.db", tmp_path / "copy"):
        path.chmod(path.stat().st_mode & ~0o222)
    try:
        assert titles(tmp_path / "copy") == ["Chợ nổi Cái Bè họp lại"]
    finally:
        (tmp_path / "copy").chmod(0o755)


@pytest.mark.parametrize("harm", ["changed", "missing"])
def test_a_harmed_backup_is_named_and_gives_no_archive(archive, tmp_path, harm):
    backup(archive, tmp_path / "copy")
    (tmp_path / "copy" / NIGHT).unlink()
    if harm == "changed":
        put(tmp_path / "copy", NIGHT, b"one sight")
    with pytest.raises(CorruptCapture, match=NIGHT):
        restore(tmp_path / "copy", tmp_path / "again")
    assert not (tmp_path / "again" / "archive.db").exists()


def test_a_list_of_checksums_cannot_lead_out_of_the_folder(archive, tmp_path):
    backup(archive, tmp_path / "copy")
    put(tmp_path, "secret.toml", b"")
    lines = (tmp_path / "copy" / MANIFEST).read_text()
    for name in ("captures/../../secret.toml", "/etc/passwd"):
        (tmp_path / "copy" / MANIFEST).write_text(f"{lines}{'0' * 64}  {name}\n")
        with pytest.raises(UsageError, match="line 3"):
            restore(tmp_path / "copy", tmp_path / "again")


def test_a_folder_with_other_things_is_left_alone(archive, tmp_path):
    put(tmp_path / "photos", "cat.jpg", b"cat")
    with pytest.raises(UsageError, match="not empty"):
        backup(archive, tmp_path / "photos")
    backup(archive, tmp_path / "copy")
    with pytest.raises(UsageError, match="not empty"):
        restore(tmp_path / "copy", tmp_path / "photos")
    with pytest.raises(UsageError, match="not a backup"):
        restore(tmp_path / "photos", tmp_path / "again")
    with pytest.raises(UsageError, match="inside the archive"):
        backup(archive, archive / "copy")
    with pytest.raises(NoArchive):
        backup(tmp_path / "photos", tmp_path / "copy2")


def test_a_backup_of_the_demo_verifies(demo, tmp_path):
    backup(demo, tmp_path / "copy")
    restore(tmp_path / "copy", tmp_path / "again")
    report = verify(tmp_path / "again")
    assert report.sound, report.faults
