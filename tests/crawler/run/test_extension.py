"""The extension of a crawl: it holds the archive, and ends the run for one reason, once."""

import asyncio
import gzip
from types import SimpleNamespace

import pytest
from scrapy.crawler import Crawler
from scrapy.http import Request, Response
from scrapy.settings import Settings

from archive.archive import Archive
from archive.errors import ArchiveLocked
from archive.warc.exchange import Exchange
from crawler import settings
from crawler.run.extension import CrawlExtension
from crawler.spiders.recent import RecentSpider
from tests.crawler.trouble_pages import ARTICLE, article


def crawler(folder, **options):
    project = Settings()
    project.setmodule(settings, priority="project")
    project.update({"KHOBAO_ARCHIVE": str(folder), "KHOBAO_COMMAND": "crawl", **options})
    return Crawler(RecentSpider, project)


class Engine:
    """What the extension asks Scrapy's engine for: whether it runs, and to close the spider."""

    running = True

    def __init__(self):
        self.closed = []

    async def close_spider_async(self, *, reason):
        self.closed.append(reason)


@pytest.fixture
def extension(tmp_path):
    made = CrawlExtension.from_crawler(crawler(tmp_path / "a"))
    made.crawler.engine = Engine()
    made.crawler.stats = SimpleNamespace(get_value=lambda name, default: default)
    yield made
    with made.writer.closing():
        pass


def answered(extension, body, status=200):
    """The response to a request for the article, as the middleware of captures hands it on."""
    exchange = Exchange(
        url=ARTICLE,
        fetched_at="2026-11-30T20:17:00.000Z",
        method="GET",
        request_headers=[],
        status=status,
        reason="",
        protocol="HTTP/1.1",
        response_headers=[(b"Content-Type", b"text/html; charset=utf-8")],
        body=body.encode(),
    )
    meta = {"canonical": ARTICLE, "capture": extension.writer.record(exchange)}
    return Response(ARTICLE, status=status, request=Request(ARTICLE, meta=meta))


def test_the_archive_is_locked_as_soon_as_the_crawl_is_made(extension):
    with pytest.raises(ArchiveLocked):
        CrawlExtension.from_crawler(crawler(extension.writer.path))


def test_the_first_reason_to_stop_counts_and_the_spider_is_closed_once(extension):
    async def stop():
        assert not extension._is_over()
        extension.stop(3, "wait", "the site asked for it")
        extension.stop(4, "robots", "another")
        await extension._closing

    asyncio.run(stop())
    assert (extension.stopped.exit_code, extension.stopped.reason) == (3, "the site asked for it")
    assert extension.crawler.engine.closed == ["stopped"]
    assert extension._is_over()


def test_an_article_is_saved_and_is_an_answer(extension):
    extension.politeness.trouble("before")
    outcome, _ = extension.save_article(answered(extension, article()))
    assert outcome.kind == "article"
    assert extension.counts["new"] == 1
    assert extension.stopped is None


@pytest.mark.parametrize(("status", "stops"), [(404, False), (410, False), (403, True)])
def test_refusals_end_the_run_and_pages_that_are_gone_do_not(extension, status, stops):
    """That a page is gone is an answer; forty times no answer is a site that wants rest."""

    async def night():
        for _ in range(40):
            if extension.stopped is None:
                extension.save_article(answered(extension, "<h1>Lỗi</h1>", status))

    asyncio.run(night())
    assert (extension.stopped is not None) == stops
    assert not stops or extension.stopped.exit_code == 3


def test_no_answer_is_counted_for_what_was_asked(extension):
    asyncio.run(_unfetched(extension))
    assert extension.counts["failed"] == 1
    assert extension.counts["lists_failed"] == 1
    assert extension.counts["forbidden"] == 1


async def _unfetched(extension):
    extension.unfetched(ARTICLE, "the connection was closed")
    extension.unfetched("https://baodongthap.vn/xa-hoi", "the connection was closed")
    extension.forbidden("https://baodongthap.vn/kinh-te", "robots.txt forbids it")


def test_the_end_is_written_to_the_row_and_the_lock_released(extension):
    extension.save_article(answered(extension, article()))
    extension.spider_closed(None, "finished")
    with Archive.open(extension.writer.path) as archive:
        row = archive.connection.execute("SELECT exit_code, reason FROM crawls").fetchone()
    assert row == (extension.result.exit_code, extension.result.reason)


@pytest.mark.parametrize(
    ("verified", "said"), [(True, b"certificates verified"), (False, b"certificates not verified")]
)
def test_the_first_record_says_whether_servers_proved_who_they_are(tmp_path, verified, said):
    made = CrawlExtension(crawler(tmp_path, DOWNLOAD_VERIFY_CERTIFICATES=verified))
    made.crawler.engine = Engine()
    answered(made, article())
    made.writer.warc.close()
    with made.writer.closing():
        pass
    (file,) = tmp_path.glob("captures/*/*.warc.gz")
    assert b"tls: " + said in gzip.decompress(file.read_bytes()).partition(b"\r\n\r\nWARC/")[0]
