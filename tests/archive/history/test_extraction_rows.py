"""What pages say, a row for each content: shared by captures, kept as differences, dropped in time."""

from __future__ import annotations

from typing import Any

from archive.archive import Archive
from archive.history import extraction_rows
from tests.archive.pages import NIGHT, article, capture, save


def rows(archive: Archive) -> list[tuple[Any, ...]]:
    return archive.connection.execute(
        "SELECT key, article_id, changes IS NULL, (SELECT count(*) FROM captures"
        " WHERE statement_id = extractions.id) FROM extractions ORDER BY id"
    ).fetchall()


def test_captures_that_say_the_same_share_a_row(archive: Archive) -> None:
    for minute in range(3):
        save(archive, article(), minute)
    assert rows(archive) == [("dto:84085", 1, 1, 3)]
    assert extraction_rows.find(archive.connection, article()) == 1
    assert extraction_rows.find(archive.connection, article(title="Khác")) is None


def test_a_row_reads_as_the_page_that_it_is_of(archive: Archive) -> None:
    pages = [
        article(),
        article(title="Tựa mới"),
        article("dto:a7001", title="Tựa mới", tags=("x",)),
    ]
    for minute, page in enumerate(pages):
        save(archive, page, minute)
    assert [extraction_rows.read(archive.connection, 1 + n) for n in range(3)] == pages


def test_what_a_held_page_says_is_kept_in_full_until_it_counts(archive: Archive) -> None:
    archive.holding = True
    save(archive, article(), 1)
    edited = article(title="Tựa mới", body="Bài viết mới.")
    save(archive, edited, 1 + NIGHT)
    assert rows(archive)[1] == ("dto:84085", None, 0, 1)
    assert extraction_rows.read(archive.connection, 2) == edited
    archive.judge_night(capture(1 + NIGHT).warc_file)
    assert rows(archive) == [("dto:84085", 1, 0, 1), ("dto:84085", 1, 1, 1)]
    assert extraction_rows.read(archive.connection, 1) == article()


def test_a_row_that_no_capture_shows_any_more_is_deleted(archive: Archive) -> None:
    url = article().url or ""
    save(archive, article(byline=None), 1)
    archive.reextracted(article(), capture(1, url))
    assert rows(archive) == [("dto:84085", 1, 1, 1)]
    archive.record(capture(1, url), crawl_id=None, outcome="other")
    assert rows(archive) == []
    assert archive.connection.execute("SELECT count(*) FROM articles").fetchone() == (0,)
