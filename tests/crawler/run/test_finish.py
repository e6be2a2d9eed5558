"""The end of a crawl: what its counts mean, and where that is written."""

import gzip
import json

import pytest

from archive.archive import Archive
from archive.errors import DiskFull
from archive.warc.exchange import Exchange
from crawler.ingest.archive_writer import ArchiveWriter
from crawler.run.exit_status import RunResult
from crawler.run.finish import finish
from tests.crawler.trouble_pages import ARTICLE, article

HOME = "https://baodongthap.vn/"
LIST = "https://baodongthap.vn/xa-hoi"


@pytest.fixture
def begin(tmp_path):
    """Begins a crawl of the archive; it has met one list with one article, and that article."""

    def make(command="crawl", second=0, **arguments):
        writer = ArchiveWriter(tmp_path, command=command, arguments=arguments, info={})
        for address, html in (
            (HOME, f"<h1>Báo</h1><a href='{ARTICLE}'>Bến phà mới trên sông Tiền</a>"),
            (ARTICLE, article()),
        ):
            exchange = Exchange(
                url=address,
                fetched_at=f"2026-11-30T20:17:{second:02}.000Z",
                method="GET",
                request_headers=[],
                status=200,
                reason="",
                protocol="HTTP/1.1",
                response_headers=[(b"Content-Type", b"text/html; charset=utf-8")],
                body=html.encode(),
            )
            pending = writer.record(exchange)
            if address == ARTICLE:
                writer.save_article(pending, address)
            else:
                writer.save_list(pending, address, writer.read_list(pending)[1])
        return writer

    return make


def rows(writer, sql):
    with Archive.open(writer.path, read_only=True) as archive:
        return archive.connection.execute(sql).fetchall()


def test_row_record_and_heartbeat_say_the_same(begin):
    writer = begin(max_articles=5)
    result, changes = finish(writer, reason="finished", stopped=None)
    assert (result.exit_code, changes.opened) == (0, ())
    heartbeat = json.loads((writer.path / "heartbeat.json").read_text("utf-8"))
    (file,) = writer.path.glob("captures/*/*.warc.gz")
    records = gzip.decompress(file.read_bytes())
    [metadata] = [one for one in records.split(b"WARC/1.1\r\n") if b"WARC-Type: metadata" in one]
    summary = json.loads(metadata.split(b"\r\n\r\n", 1)[1])
    [(code, reason, counts)] = rows(writer, "SELECT exit_code, reason, counts FROM crawls")
    for told in (heartbeat, summary):
        assert (told["exit_code"], told["reason"]) == (code, reason) == (0, result.reason)
        assert told["arguments"] == {"max_articles": 5}
        assert told["counts"]["new"] == json.loads(counts)["new"] == 1


def test_afterwards_the_archive_is_closed_and_free(begin):
    finish(begin(), reason="finished", stopped=None)
    finish(begin(second=1), reason="finished", stopped=None)


def test_why_the_crawl_stopped_is_the_result(begin):
    stopped = RunResult.of(3, "stopped", "robots.txt forbids everything")
    writer = begin()
    result, _ = finish(writer, reason="stopped", stopped=stopped)
    assert (result.exit_code, result.reason) == (3, "robots.txt forbids everything")
    assert rows(writer, "SELECT exit_code FROM crawls") == [(3,)]


def test_only_a_crawl_of_the_newspaper_opens_alarms(begin):
    """The trouble of a web archive is not that of the newspaper."""
    stopped = RunResult.of(3, "stopped", "the site does not answer")
    for second, (command, alarms) in enumerate((("backfill", 0), ("crawl", 1))):
        writer = begin(command, second)
        _, changes = finish(writer, reason="stopped", stopped=stopped)
        assert len(changes.opened) == alarms
        assert len(rows(writer, "SELECT 1 FROM alarms")) == alarms


def test_a_run_that_left_lists_out_closes_no_alarm(begin):
    stopped = RunResult.of(3, "stopped", "the site does not answer")
    finish(begin(), reason="stopped", stopped=stopped)
    _, changes = finish(begin(second=1, section="xa-hoi"), reason="finished", stopped=None)
    assert changes.closed == ()
    _, changes = finish(begin(second=2), reason="finished", stopped=None)
    assert len(changes.closed) == 1


def test_a_full_disk_is_the_result_and_the_night_is_left_to_the_next_run(begin):
    writer = begin()
    writer.disk_full = DiskFull("cannot write")
    result, _ = finish(writer, reason="disk_full", stopped=None)
    assert result.exit_code == DiskFull.exit_code
