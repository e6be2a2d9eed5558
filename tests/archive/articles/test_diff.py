"""Changes as a reader sees them: whole runs of words, and never a word lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.articles.diff import compare, word_changes
from archive.models import Article, Image


def marked(before: str, after: str) -> str:
    """The changes as ``khobao diff`` marks them."""
    form = {"same": "{}", "removed": "[-{}-]", "added": "{{+{}+}}"}
    return "".join(form[c.operation].format(c.text) for c in word_changes(before, after))


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("dân tất bật lo", "dân phấn khởi lo", "dân [-tất bật-]{+phấn khởi+} lo"),
        ("ông Lê Văn Tám nói", "ông Võ Văn Tánh nói", "ông [-Lê Văn Tám-]{+Võ Văn Tánh+} nói"),
        ("từ 2,5 đến 3 tấn", "từ 4,5 đến 6 tấn", "từ [-2,5 đến 3-]{+4,5 đến 6+} tấn"),
    ],
)
def test_one_replacement_is_marked_once(before: str, after: str, expected: str) -> None:
    assert marked(before, after) == expected


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        # Punctuation and the end of a paragraph part what is said.
        ("có 31, 32 hộ", "có 29, 30 hộ", "có [-31-]{+29+}, [-32-]{+30+} hộ"),
        ("Chợ sớm\nSông sâu", "Chợ trưa\nKênh sâu", "Chợ [-sớm-]{+trưa+}\n[-Sông-]{+Kênh+} sâu"),
        # Two syllables stayed.
        ("31 hộ dân 5 ấp", "29 hộ dân 4 ấp", "[-31-]{+29+} hộ dân [-5-]{+4+} ấp"),
        # Nothing was removed, so nothing may look so.
        ("ấp An Hòa", "ấp Tân An Đông Hòa", "ấp{+ Tân+} An {+Đông +}Hòa"),
    ],
)
def test_what_stayed_between_two_changes_is_not_marked(
    before: str, after: str, expected: str
) -> None:
    assert marked(before, after) == expected


_TEXTS = st.lists(st.sampled_from(["nước", "lũ", "về", " ", "  ", ", ", ".\n\n", "5"])).map("".join)


@given(_TEXTS, _TEXTS)
def test_both_versions_can_be_read_out_of_the_changes(before: str, after: str) -> None:
    changes = list(word_changes(before, after))
    assert "".join(c.text for c in changes if c.operation != "added") == before
    assert "".join(c.text for c in changes if c.operation != "removed") == after


def test_numbers_and_names_that_changed_are_named() -> None:
    before = Article("Cất nhà", body="Ông Nguyễn Văn An cảm ơn 31 nhà hảo tâm.")
    after = Article("Cất nhà", body="Ông Nguyễn Văn Anh cảm ơn 29 nhà hảo tâm.")
    made = compare(before, after)
    assert [field.field for field in made.fields] == ["body"]
    assert (made.numbers_removed, made.numbers_added) == (("31",), ("29",))
    assert (made.names_removed, made.names_added) == (
        ("Ông Nguyễn Văn An",), ("Ông Nguyễn Văn Anh",),
    )  # fmt: skip
    assert made.text_changed
    assert not made.headline_changed


def test_a_new_headline_is_named() -> None:
    made = compare(Article("Lũ lên"), Article("Lũ lên nhanh"))
    assert made.headline_changed
    assert [(c.operation, c.text) for c in made.fields[0].changes] == [
        ("same", "Lũ lên"), ("added", " nhanh"),
    ]  # fmt: skip


def test_a_bumped_stamp_changes_no_text() -> None:
    made = compare(Article("Lũ", updated_text="1/1"), Article("Lũ", updated_text="2/1"))
    assert not made.text_changed
    assert [field.field for field in made.fields] == ["updated_text"]


def test_captions_are_compared() -> None:
    def pictured(caption):
        return Article("Lũ", images=(Image(1, "https://x.vn/a.jpg", caption),))

    made = compare(pictured("Nước lên"), pictured("Nước rút"))
    assert [field.field for field in made.fields] == ["captions"]


def test_figures_stay_whole() -> None:
    made = compare(Article("Lúa 6.500 đồng/kg, tăng 12,5%"), Article("Lúa 6.800 đồng/kg, tăng 15%"))
    assert made.numbers_removed == ("12,5%", "6.500")
    assert made.numbers_added == ("15%", "6.800")
    assert [c.text for c in made.fields[0].changes if c.operation == "removed"] == ["6.500", "12,5"]


def test_long_texts_are_compared_in_no_time() -> None:
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
def test_changes_give_back_both_texts(before, after) -> None:
    changes = list(word_changes(before, after))
    assert "".join(c.text for c in changes if c.operation != "added") == before
    assert "".join(c.text for c in changes if c.operation != "removed") == after
