"""Tokens are what the search indexes cut, in one spelling."""

from __future__ import annotations

import sys

import pytest

from archive.corpus.tokens import tokenizer
from archive.errors import UsageError


def test_syllables_are_those_of_the_search_index(shelf):
    text = "TP.HCM: dịch COVID-19, ngày 19/5; “Thuỷ” và Đồng‑Tháp\tno\u0302\u0301i"
    shelf.add("x", body=text)
    shelf.connection.execute(
        "CREATE VIRTUAL TABLE temp.cut USING fts5vocab('main', 'articles_exact', 'instance')"
    )
    indexed = [
        term
        for (term,) in shelf.connection.execute(
            "SELECT term FROM temp.cut WHERE col = 'body' ORDER BY offset"
        )
    ]
    cut = tokenizer("syllables")(text)
    assert [token.replace("thủy", "thuỷ") for token in cut] == indexed
    assert "thủy" in cut


def test_words_without_the_segmenter_say_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "underthesea", None)
    with pytest.raises(UsageError, match=r"khobao\[words\]"):
        tokenizer("words")


def test_words_are_joined_syllables():
    pytest.importorskip("underthesea", reason="the extra khobao[words]")
    words = tokenizer("words")("Công tác dân vận ở xã Mỹ Hoà, tỉnh Đồng Tháp.")
    assert {"công tác", "dân vận", "đồng tháp", "tỉnh"} <= set(words)
    assert " ".join(words) == "công tác dân vận ở xã mỹ hòa tỉnh đồng tháp"
