"""The same text at several numbers: the first posting is the original."""

from __future__ import annotations

from typing import Any

from archive.archive import Archive
from archive.duplicates import exact
from tests.archive.pages import TEXT, article, save


def posted(archive: Archive, number: int, minute: int, **changes: Any) -> int:
    stamp = f"2019-05-{number:02}T10:12:28+07:00"
    return save(archive, article(f"dto:{number}", updated_at=stamp, **changes), minute).duplicates


def copies(archive: Archive) -> list[tuple[str, str | None]]:
    return archive.connection.execute(
        "SELECT key, (SELECT key FROM articles AS o WHERE o.id = a.duplicate_of)"
        " FROM articles AS a ORDER BY length(key), key"
    ).fetchall()


def pairs(archive: Archive) -> int:
    found: tuple[int] = archive.connection.execute(
        "SELECT count(*) FROM duplicates WHERE kind = 'exact' AND similarity = 1"
    ).fetchone()
    return found[0]


def test_the_first_by_its_stamp_is_the_original_whichever_was_fetched_first(
    archive: Archive,
) -> None:
    assert posted(archive, 7, 1) == 0
    assert posted(archive, 9, 2) == 1
    assert posted(archive, 3, 3) == 2
    assert copies(archive) == [("dto:3", None), ("dto:7", "dto:3"), ("dto:9", "dto:3")]
    assert pairs(archive) == 3


def test_an_article_that_comes_to_say_something_else_is_no_copy(archive: Archive) -> None:
    posted(archive, 3, 1)
    posted(archive, 7, 2)
    save(archive, article("dto:3", title="Bài khác", body="Sen nở. " * 20), 3)
    assert copies(archive) == [("dto:3", None), ("dto:7", None)]
    assert pairs(archive) == 0


def test_a_short_text_proves_nothing(archive: Archive) -> None:
    for number in (3, 7):
        assert posted(archive, number, number, body="Mời quý vị theo dõi video.") == 0
    assert copies(archive) == [("dto:3", None), ("dto:7", None)]


def test_a_notice_at_many_numbers_is_paired_with_its_original_alone(
    archive: Archive, monkeypatch: Any
) -> None:
    monkeypatch.setattr(exact, "PAIRED", 4)
    for number in range(2, 12):
        posted(archive, number, number, body=TEXT)
    assert pairs(archive) == 9
    posted(archive, 1, 30)  # an older one than all
    assert {original for _, original in copies(archive)} == {None, "dto:1"}
    assert pairs(archive) == 10
