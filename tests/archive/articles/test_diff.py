"""Changes as a reader sees them: whole runs of words, and never a word lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.articles.diff import word_changes


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
