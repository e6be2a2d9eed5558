"""Which response a revisit record of another tool refers to, by whatever it names it."""

from contextlib import closing

import pytest

from archive.clock import now
from crawler.ingest.originals import Originals
from tests.crawler.exchanges import exchange, run
from tests.crawler.odd_warcs import digests
from tests.crawler.trouble_pages import ARTICLE, article

BODY = article().encode()
AT = "2019-08-15T01:02:03.000Z"
DATE = "2019-08-15T01:02:03Z"
ID = "<urn:uuid:1>"


@pytest.fixture
def writer(tmp_path):
    with run(tmp_path / "archive") as writer:
        yield writer


def saved(writer, url=ARTICLE, html=None):
    """A response in the archive, and its exchange."""
    given = exchange(url, html, at=AT)
    pending = writer.record(given)
    writer.save_article(pending, url)
    return given, pending.capture


@pytest.fixture
def originals(writer):
    with closing(Originals(writer.archive, now())) as originals:
        yield originals


def again(url=ARTICLE):
    """The exchange of a revisit: no payload."""
    return exchange(url, "", at="2019-09-15T01:02:03.000Z")


@pytest.mark.parametrize("name", sorted(digests(BODY)))
def test_by_the_digest_in_any_spelling(writer, originals, name):
    given, capture = saved(writer)
    stated = digests(BODY)[name]
    originals.add({"warc-payload-digest": stated}, given, capture)
    found = originals.find({"warc-payload-digest": stated}, again("https://baodongthap.vn/khac"))
    assert found is not None
    assert (found.warc_file, found.warc_offset) == (capture.warc_file, capture.warc_offset)


def test_a_digest_without_its_algorithm_is_sha1(writer, originals):
    given, capture = saved(writer)
    originals.add({}, given, capture)
    bare = digests(BODY)["base32"].removeprefix("sha1:")
    assert originals.find({"warc-payload-digest": bare}, again()) is not None


def test_by_the_record_id(writer, originals):
    given, capture = saved(writer)
    originals.add({"warc-record-id": ID}, given, capture)
    assert originals.find({"warc-refers-to": ID}, again()) is not None
    assert originals.find({"warc-refers-to": "<urn:uuid:2>"}, again()) is None


def test_by_address_and_date_in_this_import(writer, originals):
    given, capture = saved(writer)
    originals.add({}, given, capture)
    named = {"warc-refers-to-target-uri": ARTICLE, "warc-refers-to-date": DATE}
    elsewhere = again("https://baodongthap.vn/khac")
    assert originals.find(named, elsewhere) is not None
    assert (
        originals.find(named | {"warc-refers-to-date": "2019-08-15T01:02:04Z"}, elsewhere) is None
    )


def test_by_address_and_date_in_the_archive(writer, originals):
    """An earlier run saved the response: its bytes must have the digest that is stated, if any."""
    saved(writer)
    named = {"warc-refers-to-date": DATE}
    assert originals.find(named, again()) is not None
    right, wrong = digests(BODY)["sha256"], digests(b"other")["sha256"]
    assert originals.find(named | {"warc-payload-digest": right}, again()) is not None
    assert originals.find(named | {"warc-payload-digest": wrong}, again()) is None


def test_a_record_of_another_payload_is_not_the_original(writer, originals):
    """The id names it, and the digests, both of one kind, differ."""
    given, capture = saved(writer)
    headers = {"warc-record-id": ID, "warc-payload-digest": digests(BODY)["sha256"]}
    originals.add(headers, given, capture)
    other = {"warc-refers-to": ID, "warc-payload-digest": digests(b"other")["sha256"]}
    assert originals.find(other, again()) is None
    another_kind = other | {"warc-payload-digest": digests(b"other")["md5"]}
    assert originals.find(another_kind, again()) is not None


@pytest.mark.parametrize("date", ["", "soon", "2099-01-01T00:00:00Z"])
def test_without_a_name_or_a_possible_date_there_is_none(writer, originals, date):
    given, capture = saved(writer)
    originals.add({}, given, capture)
    assert originals.find({"warc-refers-to-date": date}, again()) is None
