"""An article as rows: what changed is written, what nothing refers to is deleted."""

from __future__ import annotations

from archive.archive import Archive
from archive.models import Image
from tests.archive.pages import article, one, save


def test_an_impossible_stamp_is_no_point_in_time(archive: Archive) -> None:
    page = article(
        updated_at="0001-01-01T00:00:00+07:00",
        updated_text="Cập nhật ngày: 01/01/0001",
        published_at="9999-12-31",
    )
    save(archive, page, 1)
    columns = "updated_at, updated_precision, published_at, updated_text"
    assert archive.connection.execute(f"SELECT {columns} FROM articles").fetchall() == [
        (None, None, None, "Cập nhật ngày: 01/01/0001")
    ]


def test_tags_and_sections_that_no_article_has_any_more_are_deleted(archive: Archive) -> None:
    save(archive, article(tags=("sen", "lúa")), 1)
    save(archive, article("dto:2", title="Bài khác", body=None, tags=("lúa",)), 2)
    save(archive, article(tags=("lúa", "xoài", "xoài")), 3)
    assert archive.connection.execute("SELECT name FROM tags ORDER BY id").fetchall() == [
        ("lúa",), ("xoài",),
    ]  # fmt: skip
    positions = archive.connection.execute(
        "SELECT name, position FROM article_tags JOIN tags ON tags.id = tag_id"
        " WHERE article_id = 1 ORDER BY position"
    ).fetchall()
    assert positions == [("lúa", 1), ("xoài", 2)]


def test_the_latest_name_of_a_section_stays_in_whatever_order_pages_come(archive: Archive) -> None:
    save(archive, article(section="Xã hội mới"), 9)
    save(archive, article("dto:2", title="Bài khác", body=None, section="Xã hội"), 2)
    assert one(archive, "SELECT name FROM sections WHERE slug = 'xa-hoi'") == "Xã hội mới"
    save(archive, article("dto:3", title="Bài thứ ba", body=None, section="Đời sống"), 10)
    assert one(archive, "SELECT name FROM sections WHERE slug = 'xa-hoi'") == "Đời sống"


def test_words_images_and_captions_are_counted(archive: Archive) -> None:
    images = (Image(1, "a.jpg", "Sen"), Image(2, "b.jpg"), Image(3, "c.jpg", "Lúa"))
    save(archive, article(body="Mùa  sen\n\nđã về", images=images), 1)
    columns = "word_count, image_count, captions"
    assert one(archive, f"SELECT {columns} FROM articles") == (4, 3, "Sen\nLúa")


def test_a_row_that_stays_the_same_keeps_its_text_in_the_indexes(archive: Archive) -> None:
    save(archive, article(), 1)
    archive.commit()
    changes = archive.connection.total_changes
    save(archive, article(flags=("stamp:weekday-mismatch",)), 2)
    archive.commit()
    assert archive.search("trồng cây").total == 1
    assert archive.connection.total_changes - changes < 12  # no index of the text is written
