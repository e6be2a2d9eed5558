"""Many articles by a query: always in the same order, with every field."""

from __future__ import annotations

from archive.articles.select import articles, keys_of
from archive.models import Image


def test_articles_come_oldest_first_with_every_field(shelf):
    shelf.add("Sau", updated_at="2019-01-01T00:00:00+07:00")
    image = Image(1, "https://baodongthap.vn/a.jpg", "Chú thích", "Mỹ Lý", 1)
    shelf.add("Trước", updated_at="2018-01-01T00:00:00+07:00", images=(image,), tags=("sen",))
    shelf.add("Không ngày", updated_at=None)
    found = list(articles(shelf.connection))
    assert [article.title for article in found] == ["Trước", "Sau", "Không ngày"]
    assert found[0].images == (image,)
    assert found[0].tags == ("sen",)
    assert [a.title for a in articles(shelf.connection, "sau OR trước since:2019")] == ["Sau"]


def test_many_articles_come_in_batches(shelf):
    for number in range(1_201):
        shelf.add(f"Tin {number}", updated_at=f"2018-01-01T00:{number // 60:02}:{number % 60:02}")
    assert [a.title for a in articles(shelf.connection)] == [f"Tin {n}" for n in range(1_201)]


def test_keys_come_oldest_first_and_the_undated_last(shelf):
    shelf.add("Không ngày", key="dto:1", updated_at=None)
    shelf.add("Sau", key="dto:2", updated_at="2019-01-01T00:00:00+07:00")
    shelf.add("Cùng lúc", key="dto:b9", updated_at="2018-01-01T00:00:00+07:00")
    shelf.add("Trước", key="dto:b10", updated_at="2018-01-01T00:00:00+07:00")
    assert keys_of(shelf.connection) == ["dto:b10", "dto:b9", "dto:2", "dto:1"]
    assert keys_of(shelf.connection, "sau") == ["dto:2"]
