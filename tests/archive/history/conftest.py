"""An empty archive to save pages in."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from archive.archive import Archive
from benchmarks.comparison import contents
from tests.archive.empty import new_archive
from tests.archive.history.nights import Nights


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with new_archive(tmp_path / "dongthap") as opened:
        yield opened
        assert opened.connection.execute("PRAGMA foreign_key_check").fetchall() == []
        for index in ("articles_exact", "articles_plain"):
            opened.connection.execute(
                f"INSERT INTO {index}({index}, rank) VALUES ('integrity-check', 1)"
            )


@pytest.fixture
def nights(tmp_path: Path) -> Iterator[Nights]:
    with new_archive(tmp_path / "dongthap") as archive:
        yield Nights(archive)
        assert archive.connection.execute("PRAGMA foreign_key_check").fetchall() == []
        before = contents(archive.connection)
        archive.rejudge_nights()
        assert contents(archive.connection) == before, "judged anew, it is the same archive"
