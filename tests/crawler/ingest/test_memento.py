"""The paper's own answer out of a web archive's: the capture that was asked for, or none."""

import pytest

from archive.warc import record
from crawler.ingest.cdx import Entry
from crawler.ingest.memento import NotTheCapture, exchange_of_memento, exchange_of_record

URL = "http://baodongthap.com.vn/xa-hoi/ben-pha-90001.aspx"
ENTRY = Entry(URL, "20150102030405", 200, None)
MADE = (b"Memento-Datetime", b"Fri, 02 Jan 2015 03:04:05 GMT")


def replayed(*headers, made=MADE, status=200):
    return exchange_of_memento(
        ENTRY, status, [*([made] if made else []), *headers], b"<p>", origin="wayback"
    )


def test_the_originals_headers_and_time():
    """The archive's own headers are left out, those of the payload are kept as they came."""
    found = replayed(
        (b"X-Archive-Orig-Server", b"IIS"),
        (b"X-Archive-Orig-Content-Type", b"text/html; charset=utf-8"),
        (b"Content-Type", b"text/html"),
        (b"Content-Encoding", b"gzip"),
        (b"Server", b"nginx"),
        (b"Set-Cookie", b"a=b"),
    )
    assert (found.url, found.fetched_at) == (URL, "2015-01-02T03:04:05.000Z")
    assert (found.origin, found.body, found.request_headers) == ("wayback", b"<p>", None)
    assert found.response_headers == [
        (b"Server", b"IIS"),
        (b"Content-Type", b"text/html; charset=utf-8"),
        (b"Content-Encoding", b"gzip"),
    ]


@pytest.mark.parametrize(
    "location",
    [
        b"https://web.archive.org/web/20150102030405id_/http://baodongthap.vn/",
        b"/web/20150102030405/http://baodongthap.vn/",
        b"http://baodongthap.vn/",
    ],
)
def test_a_redirect_leads_where_the_paper_led(location):
    found = replayed((b"Location", location), status=302)
    assert found.response_headers == [(b"Location", b"http://baodongthap.vn/")]


@pytest.mark.parametrize(
    ("made", "says"),
    [
        (None, "status 200 from the archive itself"),
        ((b"Memento-Datetime", b"soon"), "no date"),
        ((b"Memento-Datetime", b"Fri, 02 Jan 2015 03:04:06 GMT"), "03:04:06 instead"),
    ],
)
def test_an_answer_that_is_not_the_capture(made, says):
    with pytest.raises(NotTheCapture, match=says):
        replayed(made=made)


def test_a_time_in_another_zone_is_the_same_moment():
    assert replayed(made=(b"Memento-Datetime", b"Fri, 02 Jan 2015 10:04:05 +0700"))


BLOCK = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>"


def packed(block=BLOCK, **changes):
    headers = {
        "WARC-Type": "response",
        "WARC-Record-ID": "<urn:uuid:1>",
        "WARC-Target-URI": URL,
        "WARC-Date": "2015-01-02T03:04:05Z",
        "Content-Type": "application/http; msgtype=response",
    } | {name.replace("_", "-"): value for name, value in changes.items()}
    return bytes(record.packed_record(list(headers.items()), block))


def test_the_exchange_in_a_record():
    found = exchange_of_record(ENTRY, packed(), origin="commoncrawl")
    assert (found.url, found.status, found.body) == (URL, 200, b"<p>")
    assert (found.fetched_at[:19], found.origin) == ("2015-01-02T03:04:05", "commoncrawl")


@pytest.mark.parametrize(
    ("bytes_", "says"),
    [
        (b"", "no whole record"),
        (packed()[:-30], None),
        (b"no gzip" + packed()[7:], None),
        (packed(WARC_Type="request"), "is a request record"),
        (packed(WARC_Target_URI="http://baodongthap.vn/"), "is of http://baodongthap.vn/"),
        (packed(WARC_Date="2015-01-02T03:04:06Z"), "is of 2015-01-02T03:04:06"),
        (packed(WARC_Date="soon"), None),
        (packed(b"hello"), "HTTP was expected"),
        (packed(WARC_Block_Digest="sha1:" + "A" * 32), "digest"),
    ],
    ids=["none", "torn", "no-gzip", "request", "address", "second", "date", "no-http", "digest"],
)
def test_a_record_that_is_not_the_capture(bytes_, says):
    with pytest.raises(NotTheCapture, match=says):
        exchange_of_record(ENTRY, bytes_, origin="commoncrawl")
