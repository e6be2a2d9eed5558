"""Common Crawl: the pages of its index, then byte ranges of its WARC files."""

import gzip

import pytest
from scrapy.http import Request, Response

from archive.errors import UsageError
from crawler.ingest.cdx import Entry, Listing
from crawler.ingest.memento import NotTheCapture
from crawler.spiders.commoncrawl import DATA, CommonCrawlSpider
from tests.crawler.odd_warcs import article, page, url

INDEX = "https://index.commoncrawl.org/CC-MAIN-2019-35-index"
FILE = "crawl-data/CC-MAIN-2019-35/warc/00001.warc.gz"


@pytest.fixture
def spider():
    return CommonCrawlSpider(INDEX)


def entry(offset=0, length=10, filename=FILE):
    return Entry(url(90001), "20190815010203", 200, None, filename, offset, length)


def answer(body, status=206):
    return Response(f"{DATA}{FILE}", status=status, body=body, request=Request(f"{DATA}{FILE}"))


def test_each_page_of_the_index_is_asked_for_once(spider):
    assert spider.first_question() == {"showNumPages": "true"}
    assert spider.next_questions(Listing([], pages=3), {}) == [{"page": n} for n in range(3)]
    # The answer to such a question, and of a server that gives everything at once.
    assert spider.next_questions(Listing([entry()]), {"page": 0}) == []


@pytest.mark.parametrize(("offset", "length", "bytes_"), [(0, 1, "0-0"), (700, 300, "700-999")])
def test_the_range_is_that_of_the_record_its_last_byte_included(spider, offset, length, bytes_):
    request = spider.request_for(entry(offset, length))
    assert request.url == DATA + FILE
    assert request.headers["Range"] == f"bytes={bytes_}".encode()


@pytest.mark.parametrize(
    "given", [{"filename": None}, {"offset": None}, {"length": None}, {"length": 0}]
)
def test_an_entry_without_a_place_is_not_asked_for(spider, given):
    with pytest.raises(NotTheCapture, match="does not say where"):
        spider.request_for(entry(**given))


def test_the_record_is_the_papers_answer_with_its_own_date(spider):
    record = gzip.compress(article(90001))
    found = spider.exchange_in(entry(0, len(record)), answer(record))
    assert (found.url, found.fetched_at[:19]) == (url(90001), "2019-08-15T01:02:03")
    assert (found.body, found.origin) == (page(90001), "commoncrawl")


def test_a_server_that_sends_the_whole_file_is_understood(spider):
    before, record, after = (gzip.compress(article(number)) for number in (90000, 90001, 90002))
    asked = entry(len(before), len(record))
    found = spider.exchange_in(asked, answer(before + record + after, status=200))
    assert found.body == page(90001)


def test_another_status_is_not_the_capture(spider):
    with pytest.raises(NotTheCapture, match="status 404"):
        spider.exchange_in(entry(), answer(b"", status=404))


def test_the_folder_of_the_files_may_be_named_with_or_without_its_slash():
    for data in ("https://mirror.example/cc", "https://mirror.example/cc/"):
        request = CommonCrawlSpider(INDEX, data).request_for(entry())
        assert request.url == f"https://mirror.example/cc/{FILE}"
    with pytest.raises(UsageError, match="must begin with http"):
        CommonCrawlSpider("index.commoncrawl.org")
