"""One author behind all spellings of a name, and none that no byline names."""

from __future__ import annotations

from pathlib import Path

from archive.archive import Archive
from archive.database.author_rows import best_spelling
from archive.models import Author
from archive.vietnamese import sort_key
from tests.archive.empty import new_archive
from tests.archive.pages import TEXT, article, save


def test_the_best_spelling_has_capitals_where_a_name_has_them() -> None:
    assert best_spelling(["MỸ LÝ", "mỹ lý", "Mỹ Lý", "Mỹ lý"]) == "Mỹ Lý"
    assert best_spelling(["K.D", "k.d"]) == "K.D"
    assert best_spelling(["Ðăng", "Đăng"]) == "Đăng"  # the first has a double of Đ


def test_people_that_no_article_names_any_more_are_dropped(archive: Archive) -> None:
    save(archive, article(), 1)
    save(archive, article(byline="Hữu Nghĩa", authors=(Author("Hữu Nghĩa"),)), 2)
    assert archive.connection.execute("SELECT name FROM authors").fetchall() == [("Hữu Nghĩa",)]


def test_one_author_behind_spellings_that_differ_in_capitals(tmp_path: Path) -> None:
    spelt = [("dto:80001", "MỸ LÝ"), ("dto:80002", "Mỹ Lý"), ("dto:80003", "mỹ Lý")]
    made = []
    for order in (spelt, spelt[::-1], [spelt[1], spelt[2], spelt[0]]):
        archive = new_archive(tmp_path / str(len(made)))
        for minute, (key, name) in enumerate(order, 1):
            body = f"{key}\n\n{TEXT}"
            page = article(key, body=body, byline=name, authors=(Author(name),))
            save(archive, page, minute)
        made.append(archive)
        names = "SELECT name, sort_key, folded FROM authors"
        assert archive.connection.execute(names).fetchall() == [
            ("Mỹ Lý", sort_key("Mỹ Lý"), "mỹ lý")
        ]
        printed = "SELECT printed FROM article_authors JOIN articles ON articles.id = article_id"
        assert [row[0] for row in archive.connection.execute(f"{printed} ORDER BY key")] == [
            "MỸ LÝ", "Mỹ Lý", "mỹ Lý",
        ]  # fmt: skip
        assert archive.search('author:"mỹ lý"').total == 3
        assert archive.search("author:MỸ").total == 3
    # The best spelling goes with the byline that had it.
    body = f"dto:80002\n\n{TEXT}"
    page = article("dto:80002", body=body, byline="X", authors=(Author("X"),))
    save(made[0], page, 9)
    assert made[0].connection.execute("SELECT name FROM authors ORDER BY 1").fetchall() == [
        ("X",), ("mỹ Lý",),
    ]  # fmt: skip
    for archive in made:
        archive.close()
