"""The database stays small: the text of an article stands in it once, and in two indexes."""

from __future__ import annotations

from itertools import islice
from pathlib import Path

from benchmarks.pages import newsroom_stream
from benchmarks.storage import database_parts, fill


def test_a_byte_of_text_takes_at_most_three_and_a_half(tmp_path: Path) -> None:
    articles, _ = fill(tmp_path, islice(newsroom_stream(800), 200, 600))
    parts = database_parts(tmp_path / "archive.db")
    text = parts.pop("text")
    assert articles == 400
    assert text / articles > 3_000
    assert sum(parts.values()) <= 3.5 * text
