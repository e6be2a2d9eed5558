"""Rows of revisions: their differences from the article as it is now."""

from __future__ import annotations

import json

from archive.archive import Archive
from tests.archive.pages import article, one, save


def test_the_latest_revision_keeps_nothing_and_the_others_their_differences(
    archive: Archive,
) -> None:
    save(archive, article(), 1)
    save(archive, article(title="Tựa mới"), 2)
    first, latest = (
        json.loads(changes or "null")
        for (changes,) in archive.connection.execute(
            "SELECT changes FROM article_revisions ORDER BY number"
        )
    )
    assert first == {"title": article().title}
    assert latest is None


def test_a_revision_keeps_its_row_when_another_comes(archive: Archive) -> None:
    save(archive, article(), 1)
    (before,) = archive.connection.execute("SELECT id FROM article_revisions").fetchone()
    save(archive, article(title="Tựa mới"), 2)
    assert one(archive, "SELECT id FROM article_revisions WHERE number = 1") == before


def test_a_revision_that_no_page_shows_is_deleted(archive: Archive) -> None:
    save(archive, article(), 1)
    other = save(archive, article("dto:a9", title="Bài khác", body="Sen nở. " * 20), 2)
    save(archive, article(title="Tựa mới"), 3)
    capture = archive.connection.execute("SELECT max(id) FROM captures").fetchone()[0]
    assert other.article_id
    with archive.transaction() as connection:
        connection.execute("UPDATE captures SET doubt = 'held' WHERE id = ?", (capture,))
    save(archive, article(), 4)
    assert one(archive, "SELECT count(*) FROM article_revisions WHERE article_id = 1") == 1
    assert one(archive, "SELECT title FROM articles WHERE id = 1") == article().title
