"""An empty archive to save pages in."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from archive.archive import Archive


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive.open(tmp_path / "dongthap", create=True) as opened:
        yield opened
        assert opened.connection.execute("PRAGMA foreign_key_check").fetchall() == []
        for index in ("articles_exact", "articles_plain"):
            opened.connection.execute(
                f"INSERT INTO {index}({index}, rank) VALUES ('integrity-check', 1)"
            )
