"""The record is in the WARC before any row, and rows come together or not at all."""

import errno
import resource
import signal
import sqlite3
from contextlib import closing

import pytest

from archive.archive import Archive
from archive.errors import ArchiveLocked, DiskFull
from archive.warc.exchange import Exchange
from crawler.ingest.archive_writer import ArchiveWriter
from tests.crawler.trouble_pages import ARTICLE, article

LIST = "https://baodongthap.vn/xa-hoi"


@pytest.fixture
def writer(tmp_path):
    writer = ArchiveWriter(tmp_path / "a", command="crawl", arguments={}, info={})
    with writer.closing():
        yield writer


def exchange(url=ARTICLE, html=None, second=0):
    return Exchange(
        url=url,
        fetched_at=f"2026-11-30T20:17:{second:02}.000Z",
        method="GET",
        request_headers=[],
        status=200,
        reason="OK",
        protocol="HTTP/1.1",
        response_headers=[(b"Content-Type", b"text/html; charset=utf-8")],
        body=(html or article()).encode(),
    )


def seen_by_others(writer, sql):
    """What another connection reads: committed rows."""
    with closing(sqlite3.connect(writer.path / "archive.db")) as connection:
        return connection.execute(sql).fetchall()


def test_the_record_is_in_the_file_before_its_row(writer):
    pending = writer.record(exchange())
    [path] = writer.path.glob("captures/*/*.warc.gz.open")
    end = pending.capture.warc_offset + pending.capture.warc_length
    assert path.stat().st_size >= end
    assert writer.archive.connection.execute("SELECT count(*) FROM captures").fetchone() == (0,)


def test_rows_are_seen_after_a_commit_which_syncs_the_file_first(writer):
    order = []
    sync = writer.archive.before_commit
    writer.archive.before_commit = lambda: (
        order.append(seen_by_others(writer, "SELECT count(*) FROM captures")),
        sync(),
    )
    outcome, fresh = writer.save_article(writer.record(exchange()), ARTICLE)
    assert (outcome.kind, fresh, writer.counts["new"]) == ("article", [], 1)
    assert seen_by_others(writer, "SELECT count(*) FROM captures") == [(0,)]
    writer.commit()
    assert order == [[(0,)]]
    assert seen_by_others(writer, "SELECT outcome FROM captures") == [("article",)]
    assert seen_by_others(writer, "SELECT state FROM frontier") == [("done",)]


def test_a_list_and_its_links_are_committed_together(writer):
    html = f'<h1>Xã hội</h1><a href="{ARTICLE}">Bến phà mới trên sông Tiền</a>'
    pending = writer.record(exchange(LIST, html))
    outcome, found = writer.read_list(pending)
    assert outcome.kind == "list"
    assert [one.kind for one in found] == ["article"]
    assert writer.save_list(pending, LIST, found) == {found[0].url}
    assert seen_by_others(writer, "SELECT count(*) FROM frontier") == [(0,)]
    writer.commit()
    states = dict(seen_by_others(writer, "SELECT url, state FROM frontier"))
    assert states[LIST] == "done"
    assert found[0].url in states


def test_nobody_else_may_write_meanwhile(writer):
    with pytest.raises(ArchiveLocked):
        ArchiveWriter(writer.path, command="crawl", arguments={}, info={})


def test_after_a_full_disk_nothing_is_written(tmp_path):
    """A page whose capture was lost must leave no rows; the crawl is told once."""
    told = []
    writer = ArchiveWriter(
        tmp_path / "a", command="crawl", arguments={}, info={}, on_disk_full=lambda: told.append(1)
    )
    kept = writer.record(exchange())
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    ignored = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    try:
        resource.setrlimit(resource.RLIMIT_FSIZE, (1000, before[1]))
        with pytest.raises(DiskFull, match=f"cannot write|disk is full|{errno.EFBIG}"):
            writer.record(exchange(second=1))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, ignored)
    for write in (
        lambda: writer.record(exchange(second=2)),
        lambda: writer.save_article(kept, ARTICLE),
        writer.commit,
    ):
        with pytest.raises(DiskFull):
            write()
    assert told == [1]
    with writer.closing():
        pass
    with Archive.open(writer.path, read_only=True) as archive:
        assert archive.connection.execute("SELECT count(*) FROM captures").fetchone() == (0,)
