"""The database stays small: the text of an article stands in it once, and in two indexes."""

from __future__ import annotations

from itertools import islice
from pathlib import Path

from benchmarks.pages import newsroom_stream
from benchmarks.storage import database_parts, fill


def test_a_byte_of_text_takes_at_most_three_and_a_half(tmp_path: Path) -> None:
    """What an archive of one article takes (schema, gazetteer) does not grow with its text."""
    articles, _ = fill(tmp_path / "full", islice(newsroom_stream(800), 200, 600))
    fill(tmp_path / "empty", islice(newsroom_stream(800), 200, 201))
    parts = database_parts(tmp_path / "full" / "archive.db")
    empty = database_parts(tmp_path / "empty" / "archive.db")
    text = parts.pop("text")
    del empty["text"]
    assert articles == 400
    assert text / articles > 3_000
    assert sum(empty.values()) < 800_000
    assert sum(parts.values()) - sum(empty.values()) <= 3.5 * text
