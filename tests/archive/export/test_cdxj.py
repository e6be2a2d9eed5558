"""The CDXJ index: a line finds its record, and lines are sorted as tools search them.

`test_wacz.py` compares whole indexes and keys with those of pywb, where that is installed.
"""

import gzip
import json
from dataclasses import replace

import pytest

from archive.archive import Archive
from archive.export import cdxj


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("https://baodongthap.vn", "vn,baodongthap)/"),
        ("http://www2.baodongthap.vn:80/", "vn,baodongthap)/"),
        ("https://baodongthap.vn:443/X/", "vn,baodongthap)/x"),
        ("https://baodongthap.vn:8080/X/", "vn,baodongthap:8080)/x"),
        ("https://baodongthap.vn/a/./b/..", "vn,baodongthap)/a"),
        ("https://baodongthap.vn//index.php//x", "vn,baodongthap)/index.php/x"),
        ("https://baodongthap.vn/%2541", "vn,baodongthap)/a"),
        ("https://baodongthap.vn/a%20b", "vn,baodongthap)/a%20b"),
        ("https://baodongthap.vn/x?a=&a&b=1&a=2", "vn,baodongthap)/x?a=&a&a=2&b=1"),
        ("https://baodongthap.vn/?q=đ", "vn,baodongthap)/?q=%c4%91"),
    ],
)
def test_keys(url, key):
    """As the surt library of the Internet Archive makes them."""
    assert cdxj.surt(url) == key


def test_a_line_leads_to_the_record(three_days):
    with Archive.open(three_days, read_only=True) as archive:
        for capture in list(cdxj.captures_of(archive.connection))[::40]:
            key, moment, place = cdxj.line(capture, capture.warc_file).split(" ", 2)
            found = json.loads(place)
            assert found["url"] == capture.url
            assert key == cdxj.surt(capture.url)
            assert len(moment) == 14
            data = (three_days / found["filename"]).read_bytes()
            start, end = int(found["offset"]), int(found["offset"]) + int(found["length"])
            record = gzip.decompress(data[start:end])
            assert f"WARC-Target-URI: {capture.url}\r\n".encode() in record
            assert f"WARC-Payload-Digest: {found['digest']}\r\n".encode() in record


def test_lines_are_in_the_order_of_their_bytes(three_days):
    """A letter above ASCII comes after all of ASCII, a space before everything."""
    with Archive.open(three_days, read_only=True) as archive:
        lines = cdxj.lines(cdxj.captures_of(archive.connection), lambda one: one.warc_file)
    assert [line.encode() for line in lines] == sorted(line.encode() for line in lines)


def test_an_article_brings_the_responses_that_its_revisits_refer_to(press, tmp_path):
    """A tool that meets the revisit alone has no page to show."""
    once = [*press.exchanges(0)][2:5]
    again = [replace(one, fetched_at=press.at(1, n)) for n, one in enumerate(once)]
    press.visit(tmp_path, 1, answers=once + again)
    with Archive.open(tmp_path) as archive:
        connection = archive.connection
        assert len(list(cdxj.captures_of(connection))) == 6
        (article,) = connection.execute(
            "SELECT article_id FROM captures WHERE article_id NOTNULL ORDER BY id"
        ).fetchone()
        # The response may have been counted to another article since.
        connection.execute(
            "UPDATE captures SET article_id = NULL"
            " WHERE article_id = ? AND record_type = 'response'",
            (article,),
        )
        found = list(cdxj.captures_of(connection, [article, article]))
    assert sorted(one.record_type for one in found) == ["response", "revisit"]
    assert len({(one.url, one.payload_digest) for one in found}) == 1
