"""Snippets and marks in the paper's own spelling."""

from __future__ import annotations

from archive.search.search import search


def test_snippets_mark_the_papers_own_spelling(shelf):
    shelf.add("Đồng Tháp đón khách", body="Hàng ngàn khách đến ĐỒNG THÁP; đồng-tháp mùa sen.")
    hit = search(shelf.connection, "dong thap").hits[0]
    assert str(hit.title) == "[Đồng Tháp] đón khách"
    assert str(hit.snippet) == "Hàng ngàn khách đến [ĐỒNG THÁP]; [đồng-tháp] mùa sen."
    assert hit.title.marks == ((0, 9),)


def test_snippets_show_where_the_words_are(shelf):
    body = "\n\n".join(["Mở đầu. " + "Chuyện khác. " * 60, "Đàn sếu đầu đỏ đã về.", "Hết. " * 60])
    shelf.add("Tin", lead="Mở đầu.", body=body)
    hit = search(shelf.connection, "seu dau do").hits[0]
    assert "[sếu đầu đỏ] đã về" in str(hit.snippet)
    assert str(hit.snippet).startswith("… ")
    assert str(hit.snippet).endswith(" …")
    assert "\n" not in hit.snippet.text
    assert len(hit.snippet.text) < 300


def test_marks_of_words_that_stand_apart(shelf):
    shelf.add("Tin", body="Lúa chín, gạo thơm; lụa là")
    assert str(search(shelf.connection, "lúa gạo").hits[0].snippet) == (
        "[Lúa] chín, [gạo] thơm; lụa là"
    )
