"""Runs: begun, finished, and restored from the summary in their last WARC file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from archive import crawls
from archive.archive import Archive
from tests.archive.empty import new_archive
from tests.archive.pages import article, save

FILE = "khobao-20261101000000-00000-1.warc.gz"


def rows(archive: Archive) -> list[dict[str, Any]]:
    return list(archive.db.query("SELECT * FROM crawls"))


def test_a_run_has_a_row_from_its_beginning(tmp_path: Path) -> None:
    with new_archive(tmp_path) as archive:
        number = archive.begin_crawl("crawl", {"section": "xã hội"}, "2026-11-01T00:00:00.000Z")
        [row] = rows(archive)
        assert (row["id"], row["finished_at"], row["exit_code"]) == (number, None, None)
        assert json.loads(row["arguments"]) == {"section": "xã hội"}
        save(archive, article(), 1)
        archive.connection.execute("UPDATE captures SET crawl_id = ?", (number,))
        archive.finish_crawl(number, exit_code=4, reason="drift", counts={"new": 1, "odd": 2})
        [row] = rows(archive)
        assert (row["exit_code"], row["reason"], row["new"], row["gone"]) == (4, "drift", 1, 0)
        assert json.loads(row["counts"]) == {"new": 1, "odd": 2}
        assert row["warc_file"] == f"captures/2026/{FILE}"


@pytest.mark.parametrize(("exit_code", "frozen"), [(0, 1), (4, 1), (5, 1), (1, 0), (3, 0), (7, 0)])
def test_keys_become_permanent_after_a_complete_run(
    tmp_path: Path, exit_code: int, frozen: int
) -> None:
    with new_archive(tmp_path) as archive:
        number = archive.begin_crawl("crawl", {})
        save(archive, article(), 1)
        archive.finish_crawl(number, exit_code=exit_code, reason="", counts={})
        assert archive.connection.execute("SELECT key_frozen FROM articles").fetchall() == [
            (frozen,)
        ]


def test_a_restored_run_is_as_it_was(tmp_path: Path) -> None:
    times = {"started_at": "2026-11-01T00:00:00.000Z", "finished_at": "2026-11-01T00:09:00.000Z"}
    with new_archive(tmp_path) as archive:
        save(archive, article(), 1)
        summary = {"crawl": 1, "command": "crawl", **times, "exit_code": 0, "reason": "finished"}
        for _ in range(2):  # a second time changes nothing
            crawls.restore(archive.connection, FILE, {**summary, "counts": {"new": 1}})
        [row] = rows(archive)
        assert {name: row[name] for name in ("id", "command", "new", *times)} == {
            "id": 1, "command": "crawl", "new": 1, **times,
        }  # fmt: skip
        assert archive.connection.execute("SELECT crawl_id FROM captures").fetchall() == [(1,)]


def test_a_run_without_an_end_is_closed_as_failed(tmp_path: Path) -> None:
    with new_archive(tmp_path) as archive:
        began = archive.begin_crawl("crawl", {}, "2026-11-01T00:00:00.000Z")
        crawls.restore(
            archive.connection, FILE, {"crawl": began, "started_at": "2026-11-01T00:00:00.000Z"}
        )
        [row] = rows(archive)
        assert (row["exit_code"], row["reason"]) == (1, "unknown")
