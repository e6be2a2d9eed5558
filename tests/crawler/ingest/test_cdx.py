"""What an index says, in every dialect; and which of it is worth asking for."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.ingest import cdx
from crawler.ingest.cdx import Entry, Wanted

URL = "https://baodongthap.vn/trao-qua-a236888.html"

WAYBACK = json.dumps(
    [
        ["urlkey", "timestamp", "original", "mimetype", "statuscode", "digest", "length"],
        ["vn,baodongthap)/x", "20150102030405", URL, "text/html", "200", "ABC", "912"],
        ["vn,baodongthap)/x", "20160102030405", URL, "warc/revisit", "-", "ABC", "412"],
        [],
        ["vn,baodongthap)/y 20160102030405"],
    ]
)
PYWB = "\n".join(
    json.dumps(row)
    for row in (
        {"urlkey": "k", "timestamp": "20150102030405", "url": URL, "mime": "text/html"}
        | {"status": "200", "digest": "sha1:ABC", "length": "912", "offset": "7", "filename": "f"},
        {"urlkey": "k", "timestamp": "20160102030405", "url": URL, "mime": "warc/revisit"}
        | {"digest": "ABC", "length": "412", "offset": "99", "filename": "f"},
    )
)
CDXJ = "\n".join(
    f"k {json.loads(line)['timestamp']} {json.dumps({'url': URL} | json.loads(line))}"
    for line in PYWB.splitlines()
)
PLAIN = (
    f"k 20150102030405 {URL} text/html 200 ABC 912\nk 20160102030405 {URL} warc/revisit - ABC 412\n"
)


@pytest.mark.parametrize("text", [WAYBACK, PYWB, CDXJ, PLAIN], ids=["rows", "json", "cdxj", "cdx"])
def test_every_dialect_says_the_same(text):
    first, second = cdx.parse(text).entries
    assert (first.url, first.timestamp, first.status, first.digest) == (
        *(URL, "20150102030405"),
        *(200, "sha1:ABC"),
    )
    assert (second.status, second.digest) == (None, "sha1:ABC")
    assert first.fetched_at == "2015-01-02T03:04:05.000Z"


def test_a_resume_key_a_number_of_pages_and_nothing_at_all():
    assert cdx.parse(WAYBACK).resume_key == "vn,baodongthap)/y 20160102030405"
    assert cdx.parse(WAYBACK).rows == 2
    assert cdx.parse('{"pages": 3, "pageSize": 5, "blocks": 12}').pages == 3
    assert cdx.parse('{"message": "No Captures found for: x"}').entries == []
    assert cdx.parse("[]").entries == cdx.parse("").entries == []


def test_a_place_in_a_file_is_kept():
    first, _ = cdx.parse(PYWB).entries
    assert (first.filename, first.offset, first.length) == ("f", 7, 912)


@pytest.mark.parametrize(
    "text",
    [
        *("<html>Too many requests</html>", '[["urlkey"', '{"a": ', "k 2015 https://x.vn/ a b"),
        *("[" * 100_000, "[1, 2, 3]", '[[{}], ["k"]]', '{"pages": "²"}', '{"pages": 10000000}'),
    ],
    ids=lambda text: text[:20],
)
def test_what_is_no_index_is_not_taken_for_an_empty_one(text):
    """A server that breaks off, or answers with a page, has not said that there is nothing."""
    with pytest.raises(cdx.NotAnIndex):
        cdx.parse(text)


@pytest.mark.parametrize(
    "target",
    [
        *("http://169.254.169.254/latest/meta-data/", "http://archive.example:6379/cdx"),
        *("http://10.0.0.1/cdx", "https://example.org/cdx", "http://[::1]/", "http://[bad"),
        *("file://archive.example/etc/passwd", "http://u@archive.example/cdx", "//x", "", "cdx"),
        *("http://archive.example.evil.example/cdx", "http://archive.example:99999/"),
    ],
)
def test_an_index_may_lead_to_its_own_host_only(target):
    assert not cdx.is_named(target, "http://archive.example/cdx")
    assert cdx.is_named("https://archive.example/new", "http://archive.example/cdx")


@given(st.data())
def test_whatever_an_index_answers_is_read_or_refused(data):
    text = data.draw(st.sampled_from([WAYBACK, PYWB, CDXJ, PLAIN]))
    odd = st.sampled_from(["", "[]", "{}", "null", "-1", "²", "9" * 5000, '"', "\n", "[[", "1e999"])
    for _ in range(data.draw(st.integers(1, 3))):
        begin = data.draw(st.integers(0, len(text)))
        end = data.draw(st.integers(begin, min(len(text), begin + 30)))
        text = text[:begin] + data.draw(odd) + text[end:]
    try:
        listing = cdx.parse(text)
    except cdx.NotAnIndex:
        return
    assert len(listing.entries) + listing.odd <= listing.rows
    assert all(len(entry.timestamp) == 14 for entry in listing.entries)


def at(day, digest="A", url=URL, status=200):
    return Entry(url, f"{day}000000", status, f"sha1:{digest}")


def chosen(entries, known=()):
    found, passed = cdx.worth_fetching(entries, known)
    assert len(found) + passed == len(entries)
    return [(entry.timestamp[:8], entry.digest[-1]) for entry in found]


def test_of_the_same_content_in_a_row_the_first_is_asked_for():
    entries = [at("20150103"), at("20150101"), at("20150102"), at("20150104", "B")]
    assert chosen(entries) == [("20150101", "A"), ("20150104", "B")]


def test_captures_whose_digest_is_not_stated_are_all_asked_for():
    """Nothing says that they are the same."""
    found, passed = cdx.worth_fetching(
        [Entry(URL, f"{day}000000", 200, None) for day in ("20150101", "20150102", "20150103")], []
    )
    assert [entry.timestamp[:8] for entry in found] == ["20150101", "20150102", "20150103"]
    assert passed == 0


def test_a_content_that_comes_back_is_asked_for_again():
    entries = [at("20150101"), at("20150102", "B"), at("20150103"), at("20150104")]
    assert [day for day, _ in chosen(entries)] == ["20150101", "20150102", "20150103"]


def test_addresses_of_one_page_are_one_page():
    entries = [at("20150101"), at("20150102", url=URL.replace("https://", "http://www."))]
    assert chosen(entries) == [("20150101", "A")]


def test_what_the_archive_has_is_passed_over():
    known = [(URL, "2015-01-01T00:00:00.250Z", "sha1:A")]
    assert chosen([at("20150101", "other"), at("20150102"), at("20150103", "B")], known) == [
        ("20150103", "B")
    ]


def test_an_earlier_sight_of_a_known_content_is_news():
    """When a text was first seen is what a web archive is asked for."""
    known = [(URL, "2026-01-01T00:00:00.000Z", "sha1:A")]
    assert chosen([at("20150101")], known) == [("20150101", "A")]


@pytest.mark.parametrize(
    ("wanted", "url", "status", "inside"),
    [
        (Wanted(), URL, 200, True),
        (Wanted(), URL, None, True),
        (Wanted(), URL, 404, True),
        (Wanted(), URL, 503, False),
        (Wanted(), URL, 403, False),
        (Wanted(), "https://baodongthap.vn/xa-hoi", 200, False),
        (Wanted("list"), "https://baodongthap.vn/xa-hoi", 200, True),
        (Wanted("all"), "https://baodongthap.vn/style.css", 200, True),
        (Wanted("all"), "https://cdn.baodongthap.vn/a.jpg", 200, False),
        (Wanted("A"), URL, 200, False),
        (Wanted("C"), URL, 200, True),
        (Wanted(since="2015-01-02"), URL, 200, False),
        (Wanted(until="2014-12-31"), URL, 200, False),
        (Wanted(since="2015-01-01", until="2015-01-01"), URL, 200, True),
    ],
)
def test_captures_are_chosen_by_shape_status_and_day(wanted, url, status, inside):
    assert (at("20150101", url=url, status=status) in wanted) is inside
