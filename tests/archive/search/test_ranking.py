"""The order of results."""

from __future__ import annotations

from archive.search.search import search


def test_a_half_marked_phrase_comes_before_its_words(shelf):
    apart = shelf.add("Vận động quần chúng", body="người dân ở ấp")
    half = shelf.add(body="công tác dân vận")
    literal = shelf.add(body="công tác dan vận")
    hits = search(shelf.connection, "dan vận").hits
    assert [hit.id for hit in hits] == [literal, half, apart]
    assert [hit.level for hit in hits] == ["phrase", "phrase in another form", "words"]


def test_the_phrase_comes_first_though_the_words_are_in_the_title(shelf):
    apart = shelf.add("Tế lễ: kinh kệ", body="tế lễ và kinh kệ, tế lễ và kinh kệ")
    phrase = shelf.add("Tin", body="Người dân phát triển kinh tế. " + "Chữ thêm vào. " * 200)
    results = search(shelf.connection, "kinh tế")
    assert [hit.id for hit in results.hits] == [phrase, apart]
    assert [hit.level for hit in results.hits] == ["phrase", "words"]
    assert (results.total, results.phrase_total) == (2, 1)


def test_pages_join_without_a_gap_where_the_phrase_ends(shelf):
    for number in range(7):
        shelf.add(f"Lúa gạo {number}", body="lúa gạo" if number % 2 else "gạo và lúa")
    whole = [hit.id for hit in search(shelf.connection, "lúa gạo", limit=100).hits]
    paged = [
        hit.id
        for offset in range(0, 9, 2)
        for hit in search(shelf.connection, "lúa gạo", limit=2, offset=offset).hits
    ]
    assert paged == whole
    assert len(set(whole)) == 7


def test_title_weighs_more_than_lead_and_lead_more_than_body(shelf):
    filler = "đồng ruộng mùa nước. " * 20
    body = shelf.add("Tin một", lead="Mở đầu", body=f"Mở đầu\n\n{filler} sếu")
    lead = shelf.add("Tin hai", lead="Đàn sếu", body=f"Đàn sếu\n\n{filler}")
    title = shelf.add("Đàn sếu", lead="Mở đầu", body=f"Mở đầu\n\n{filler}")
    assert [hit.id for hit in search(shelf.connection, "sếu").hits] == [title, lead, body]


def test_recent_first_puts_the_undated_last(shelf):
    old = shelf.add("Sen", updated_at="2012-06-20")
    undated = shelf.add("Sen", updated_at=None)
    new = shelf.add("Sen", updated_at="2026-01-18T21:21:00+07:00")
    assert [hit.id for hit in search(shelf.connection, "sen", sort="recent").hits] == [
        new, old, undated,
    ]  # fmt: skip
    assert [hit.id for hit in search(shelf.connection, "", sort="best").hits] == [new, old, undated]
