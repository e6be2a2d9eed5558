"""One article by any name, its versions word by word."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from archive.articles.details import details
from archive.articles.diff import compare, word_changes
from archive.articles.select import articles
from archive.errors import NotFound
from archive.models import Article, Image


@pytest.fixture
def edited(shelf):
    id = shelf.add(
        "Có 31 hộ được cất nhà",
        key="dto:84085",
        site_id="84085",
        url="https://baodongthap.vn/xa-hoi/co-31-ho-84085.aspx",
        lead="Sáng 3/1, UBND xã Tân Nghĩa trao nhà.",
        body="Sáng 3/1, UBND xã Tân Nghĩa trao nhà.\n\nÔng Nguyễn Văn An cảm ơn 31 nhà hảo tâm.",
        seen="2026-11-01T01:00:00.000Z",
    )
    first = details(shelf.connection, id).article
    shelf.revise(
        id,
        replace(first, body=first.body.replace("31 nhà", "29 nhà").replace("An cảm", "Anh cảm")),
        seen="2026-11-08T01:00:00.000Z",
        edit="silent",
        fields=["body"],
    )
    return shelf


@pytest.mark.parametrize(
    "name",
    [
        1,
        "1",
        "dto:84085",
        "84085",
        " dto:84085 ",
        "https://baodongthap.vn/xa-hoi/co-31-ho-84085.aspx",
        "http://www.baodongthap.com.vn/xa-hoi/co-31-ho-84085.aspx",
    ],
)
def test_an_article_is_found_by_any_of_its_names(edited, name):
    assert details(edited.connection, name).stored.key == "dto:84085"


def test_a_bare_number_is_the_sites_own_before_it_is_ours(edited):
    edited.add("Bài thứ hai", key="dto:70001")
    edited.add("Bài thứ ba", key="dto:70002")
    edited.add("Bài số 2 của báo", key="dto:2")
    assert details(edited.connection, "2").article.title == "Bài số 2 của báo"
    assert details(edited.connection, "3").stored.id == 3


@pytest.mark.parametrize(
    "name", ["dto:1", "999", "https://baodongthap.vn/", "https://x.vn/nix", "", "' OR 1"]
)
def test_what_is_not_there_is_said(edited, name):
    with pytest.raises(NotFound, match="no article is known as"):
        details(edited.connection, name)


def test_a_revision_that_is_not_there_is_said(edited):
    with pytest.raises(NotFound, match="dto:84085 has no revision 3; it has the revisions 1 to 2"):
        details(edited.connection, 1).revision(3)


def test_the_record_is_complete_and_json(edited):
    found = details(edited.connection, 1)
    record = json.loads(json.dumps(found.to_dict()))
    assert set(Article.__dataclass_fields__) <= set(record)
    assert [revision["number"] for revision in record["revisions"]] == [1, 2]
    assert record["revisions"][1]["edit"] == "silent"
    assert record["revisions"][1]["capture"]["fetched_at"] == "2026-11-08T01:00:00.000Z"
    assert record["captures"] == 2
    assert record["addresses"][0]["url"].endswith("84085.aspx")


def test_copies_are_named_from_either_side(edited):
    other = edited.add("Bài lặp")
    edited.connection.execute(
        "INSERT INTO duplicates VALUES (1, ?, 'near', 0.93, '2026-11-09T00:00:00.000Z')", (other,)
    )
    (one,) = details(edited.connection, 1).duplicates
    (two,) = details(edited.connection, other).duplicates
    assert (one.title, one.kind, two.key) == ("Bài lặp", "near", "dto:84085")


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


# --- differences --------------------------------------------------------------------------------


def test_numbers_and_names_that_changed_are_named(edited):
    found = details(edited.connection, 1)
    made = compare(found.revision(1).article, found.revision(2).article)
    assert [field.field for field in made.fields] == ["body"]
    assert (made.numbers_removed, made.numbers_added) == (("31",), ("29",))
    assert (made.names_removed, made.names_added) == (
        ("Ông Nguyễn Văn An",), ("Ông Nguyễn Văn Anh",),
    )  # fmt: skip
    assert made.text_changed
    assert not made.headline_changed


def test_a_new_headline_is_named():
    made = compare(Article("Lũ lên"), Article("Lũ lên nhanh"))
    assert made.headline_changed
    assert [(c.operation, c.text) for c in made.fields[0].changes] == [
        ("same", "Lũ lên"), ("added", " nhanh"),
    ]  # fmt: skip


def test_a_bumped_stamp_changes_no_text():
    made = compare(Article("Lũ", updated_text="1/1"), Article("Lũ", updated_text="2/1"))
    assert not made.text_changed
    assert [field.field for field in made.fields] == ["updated_text"]


def test_captions_are_compared():
    def pictured(caption):
        return Article("Lũ", images=(Image(1, "https://x.vn/a.jpg", caption),))

    made = compare(pictured("Nước lên"), pictured("Nước rút"))
    assert [field.field for field in made.fields] == ["captions"]


def test_figures_stay_whole():
    made = compare(Article("Lúa 6.500 đồng/kg, tăng 12,5%"), Article("Lúa 6.800 đồng/kg, tăng 15%"))
    assert made.numbers_removed == ("12,5%", "6.500")
    assert made.numbers_added == ("15%", "6.800")
    assert [c.text for c in made.fields[0].changes if c.operation == "removed"] == ["6.500", "12,5"]


def test_long_texts_are_compared_in_no_time():
    old = "\n\n".join(f"Đoạn {n}: " + "nước lên rồi xuống, " * 200 for n in range(60))
    changes = list(word_changes(old, old.replace("Đoạn 30", "Đoạn ba mươi")))
    assert [c.text for c in changes if c.operation != "same"] == ["30", "ba mươi"]
    other = " ".join(str(number) for number in range(9_000))
    assert [c.operation for c in word_changes(old.replace("\n", " "), other)] == [
        "removed", "added",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("before", "after"),
    [("", "mới"), ("cũ", ""), ("a b c", "a c b"), ("một  hai\n\nba", "một hai\n\nba"), ("ò", "o")],
)
def test_changes_give_back_both_texts(before, after):
    changes = list(word_changes(before, after))
    assert "".join(c.text for c in changes if c.operation != "added") == before
    assert "".join(c.text for c in changes if c.operation != "removed") == after
