"""The query language: nothing is lost or changed without a word, and nothing takes long."""

from __future__ import annotations

import time

import pytest

from archive import periods
from archive.search.parser import _pieces, parse
from archive.search.query import MAX_CHARACTERS, describe


@pytest.mark.parametrize(
    ("typed", "understood", "said"),
    [
        ("sat AND lo", "sat and lo", "AND was read as an operator"),
        ("lúa NOT xuất", "lúa, without xuất", "NOT was read as an operator"),
        ("lúa NOT", "lúa", "NOT was read as an operator"),
        ("titel:lúa", "titel lúa", "“titel:” is not a field and was searched as a word; did you"),
        ("tag:chợ", "every article, tag chợ", None),
        ('tag:"chợ quê"', "every article, tag chợ quê", None),
        ("từkhóa:sen", "every article, tag sen", None),
        ("xyzzy:lúa", "xyzzy lúa", "“xyzzy:” is not a field"),
        ("sạt*", "sạt", "search finds whole words; the sign in “sạt*” was ignored"),
        ("lũ | hạn", "lũ hạn (phrase first, then all words)", "the sign | was ignored"),
        ("+lũ", "lũ", "the sign + was ignored"),
        ("(lũ OR hạn) mặn", "lũ or hạn mặn (phrase first, then all words)", "brackets do not"),
        ("lũ or hạn", "lũ or hạn (phrase first, then all words)", "“or” was searched as a word"),
        ("lúa -year:2018", "lúa", "dates cannot be excluded; “-year:2018” was ignored"),
        ("section:Xã hội", "hội, section Xã", "section: takes one word"),
        ("Ghi chú: mưa to", "ghi chú mưa to (phrase first, then all words)", None),
        ("10:30", "10 30", None),
        ("http://example.org/x", "http example org x", None),
    ],
)  # fmt: skip
def test_what_is_understood_is_said(typed, understood, said):
    query = parse(typed)
    notes = [str(note) for note in query.notes]
    assert describe(query) == understood
    if said is None:
        assert not notes
    else:
        assert any(note.startswith(said) for note in notes), notes


def test_a_field_with_nothing_after_it_is_said():
    for typed in ("title:", "title: ", "title:\nlúa", "section:\u00a0"):
        assert "has no value" in str(parse(typed).notes[0]), typed


@pytest.mark.parametrize(
    ("typed", "article"),
    [
        ("dto:84085", "dto:84085"),
        (" DTO:b1050912 ", "dto:b1050912"),
        ("dto:video-297", "dto:video-297"),
        ("84085", "84085"),
        ("a235582", "a235582"),
        ("https://baodongthap.vn/xa-hoi/x-1.aspx", "https://baodongthap.vn/xa-hoi/x-1.aspx"),
        ("baodongthap.vn/xa-hoi/x-1.aspx", "baodongthap.vn/xa-hoi/x-1.aspx"),
        ("year:2018", None),
        ("lúa 84085", None),
        ("B52", None),
        ("9" * 30, None),
    ],
)
def test_names_of_articles_are_seen(typed, article):
    assert parse(typed).article == article


HOSTILE = [
    " ", "\n", "\u00a0", "\u2003", ".", "-", ":", '"', "*", "a", "đ", "\u0301", "\u200b", "(", "title:",
    "title: ", "title:\u00a0", "author:", "since:", "since:.", "x:", "a:b:", "- ", "a ", '"a" ', "OR ",
    "AND ", "NOT ", "1", "1/", "http://", "a.b/", "\ud800", "Ð", "é\u0302", "\uff21", "а",
]  # fmt: skip


@pytest.mark.parametrize("piece", HOSTILE, ids=repr)
@pytest.mark.parametrize("before", ["", "title:", "since:", 'x "'])
def test_long_queries_are_read_at_once(before, piece):
    text = before + piece * (60_000 // len(piece))
    began = time.process_time()
    query = parse(text)
    assert time.process_time() - began < 0.5
    assert len(query.text) <= 4 * MAX_CHARACTERS
    assert "only the first 4,000 characters were read" in map(str, query.notes)


@pytest.mark.parametrize("piece", HOSTILE, ids=repr)
def test_no_pattern_needs_the_cut(piece):
    """Each character is looked at a fixed number of times, so the cut is a second belt."""
    for before in ("", "title:", '"'):
        text = before + piece * (60_000 // len(piece))
        began = time.process_time()
        assert sum(1 for _ in _pieces(text)) <= len(text)
        assert time.process_time() - began < 1


@pytest.mark.parametrize(
    "text", ["." * 60_000, "2018.." * 9_000, "1" * 60_000, " " * 60_000, "/" * 999]
)
def test_no_date_is_read_from_anything_long(text):
    assert periods.parse(text) is None
    assert [note.code for note in parse(f"since:{text[:3000]}").notes][:1] in (
        ["bad-date"], ["empty-filter"],
    )  # fmt: skip


@pytest.mark.parametrize(
    ("stamp", "day"),
    [
        ("2018-01-03T10:12:28+07:00", "2018-01-03"),
        ("2018-01-03", "2018-01-03"),
        ("0001-01-01T00:00:00+07:00", None),
        ("9999-12-31T23:59:59+07:00", None),
        ("0215-10-29T05:29:00+07:00", None),
        ("2018-02-31T00:00:00+07:00", None),
        ("1970-01-01", None),
        ("2018-00-00", None),
        ("2018-01-033", None),
        ("٢٠١٨-٠١-٠٣", None),
        ("", None),
        ("mai", None),
        (20180103, None),
    ],
)
def test_a_day_is_one_that_can_be(stamp, day):
    assert periods.day_of(stamp) == day
