"""The one door: bytes in, an Article or one of our errors out; nothing else is touched."""

import subprocess
import sys

import pytest

from archive.errors import ExtractionError
from crawler.extract import EXTRACTOR_VERSION, extract
from tests.crawler.extract.flower_village import FIRST, STAMP, TITLE, URL

PAGE = (
    f"<html><meta charset=utf-8><body><h1>{TITLE}</h1>{STAMP}"
    f"<div class=content-fck><p>{FIRST}</p></div></body></html>"
)


def test_bytes_become_an_article_at_the_address_asked_for():
    article = extract(PAGE.encode(), URL)
    assert (article.title, article.lead, article.url) == (TITLE, FIRST, URL)
    assert article.extractor_version == EXTRACTOR_VERSION


def test_the_header_decides_the_encoding_of_a_page_that_is_not_utf8():
    page = PAGE.replace("<meta charset=utf-8>", "").replace(TITLE, "Café élégant à Sa Đéc")
    article = extract(
        page.encode("cp1258", "ignore"), URL, content_type="text/html; charset=cp1258"
    )
    assert article.title == "Café élégant à Sa Đéc"


def test_the_time_of_fetching_is_compared_with_the_stamp():
    before = "2017-01-01T00:00:00Z"
    assert "stamp:future" in extract(PAGE.encode(), URL, fetched_at=before).flags
    assert "stamp:future" not in extract(PAGE.encode(), URL).flags


@pytest.mark.parametrize("body", [b"", b"\0" * 100, b"%PDF-1.4", b"<html></html>", b"\xff<p>" * 99])
def test_whatever_is_not_an_article_is_one_of_our_errors(body):
    with pytest.raises(ExtractionError):
        extract(body, URL)


def test_reading_a_page_loads_neither_network_nor_database():
    code = "import sys, crawler.extract; print(*sorted(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = set(done.stdout.split())
    assert "lxml.etree" in loaded
    assert loaded.isdisjoint({"scrapy", "twisted", "sqlite3", "sqlite_utils", "http.client", "bs4"})
