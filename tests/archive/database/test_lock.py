"""The lock and the heartbeat, in a folder where somebody has put links before."""

import json
import os

import pytest

from archive.database.lock import crawl_lock, is_locked, write_heartbeat
from archive.errors import ArchiveLocked, UsageError


def test_neither_lock_nor_heartbeat_follows_a_link(tmp_path):
    archive = tmp_path / "archive"
    archive.mkdir()
    mine = tmp_path / "mine.txt"
    mine.write_text("mine", encoding="utf-8")
    for name in ("crawl.lock", "heartbeat.json", "heartbeat.json.new"):
        (archive / name).symlink_to(mine)
    with pytest.raises(UsageError, match=r"crawl\.lock is a symbolic link"), crawl_lock(archive):
        pass
    write_heartbeat(archive, {"exit_code": 0})
    assert mine.read_text(encoding="utf-8") == "mine"
    assert json.loads((archive / "heartbeat.json").read_text(encoding="utf-8"))["exit_code"] == 0
    assert not (archive / "heartbeat.json").is_symlink()
    assert sorted(path.name for path in archive.iterdir()) == [
        "crawl.lock",
        "heartbeat.json",
        "heartbeat.json.new",
    ]


def test_a_lock_is_seen_without_taking_it(tmp_path):
    assert not is_locked(tmp_path)
    with crawl_lock(tmp_path):
        assert is_locked(tmp_path)
        with pytest.raises(ArchiveLocked), crawl_lock(tmp_path):
            pass
    assert not is_locked(tmp_path)
    (tmp_path / "crawl.lock").chmod(0o444)
    assert not is_locked(tmp_path)


def test_the_second_crawl_is_told_who_holds_it(tmp_path):
    told = f"process {os.getpid()}, since 20"
    with crawl_lock(tmp_path), pytest.raises(ArchiveLocked, match=told), crawl_lock(tmp_path):
        pass
    with crawl_lock(tmp_path):
        pass


def test_a_heartbeat_is_whole_and_leaves_nothing_else(tmp_path):
    write_heartbeat(tmp_path, {"exit_code": 0})
    assert json.loads((tmp_path / "heartbeat.json").read_text())["exit_code"] == 0
    assert [path.name for path in tmp_path.iterdir()] == ["heartbeat.json"]
