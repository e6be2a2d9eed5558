"""The indexes hold texts as queries are written; the stored spelling stays."""

from __future__ import annotations

from archive.archive import Archive
from archive.database.respelling import respell_all, respelled
from tests.archive.pages import article, one, save


def test_only_texts_that_are_searched_in_another_spelling_are_kept_twice() -> None:
    assert respelled(["Đồng Tháp", None, "100 m²"]) is None  # the views write m2 by themselves
    assert respelled(["Ðồng Tháp", "hòa"]) == ("Đồng Tháp", None)


def test_the_indexes_hold_what_queries_ask_for(archive: Archive) -> None:
    save(archive, article(title="Ðồng Tháp Mười mùa sen"), 1)
    archive.commit()
    assert archive.search("title:Đồng").total == 1
    assert one(archive, "SELECT title FROM articles") == "Ðồng Tháp Mười mùa sen"
    assert one(archive, "SELECT title FROM articles_respelled") == "Đồng Tháp Mười mùa sen"
    save(archive, article(title="Tháp Mười mùa sen"), 2)
    archive.commit()
    assert archive.search("title:Đồng").total == 0
    assert one(archive, "SELECT count(*) FROM articles_respelled") == 0
    for index in ("articles_exact", "articles_plain"):
        archive.connection.execute(
            f"INSERT INTO {index}({index}, rank) VALUES ('integrity-check', 1)"
        )


def test_all_articles_are_respelled_as_each_of_them_was(archive: Archive) -> None:
    save(archive, article(title="Ðồng Tháp Mười mùa sen"), 1)
    save(archive, article("dto:2", title="Mùa sen"), 2)
    archive.commit()
    rows = archive.connection.execute("SELECT * FROM articles_respelled").fetchall()
    with archive.transaction() as connection:
        assert respell_all(connection) == 1
    assert archive.connection.execute("SELECT * FROM articles_respelled").fetchall() == rows
