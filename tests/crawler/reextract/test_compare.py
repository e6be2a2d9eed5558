"""Only captures whose outcome is another one today are reported."""

import pytest

from archive.archive import Archive
from archive.warc.exchange import Exchange
from archive.warc.writer import CaptureWriter
from crawler.ingest.apply import apply
from crawler.ingest.classify import classify
from crawler.reextract.compare import LEAST, MOST, _shares, comparer

AT = "2026-11-24T06:47:{:02}.123Z"
ARTICLE = "https://baodongthap.vn/xa-hoi/ben-pha-moi-90001.aspx"
TEXT = "Bến phà mới nối hai bờ sông Tiền vừa được đưa vào sử dụng sau gần một năm thi công. " * 3
PAGES = {
    ARTICLE: (
        "<html><body><h1 class='title'>Bến phà mới</h1>"
        "<div class='date'>Cập nhật ngày: 24/11/2026 06:30:00</div><div class='content'>"
        f"<p>{TEXT}</p><p>{TEXT}</p><p><b>NGUYỄN LONG</b></p></div></body></html>"
    ),
    "https://baodongthap.vn/": f"<html><body><a href='{ARTICLE}'>Bến phà mới</a></body></html>",
    "https://baodongthap.vn/xa-hoi/khong-con-90002.aspx": "<title>404</title>",
}


@pytest.fixture
def archive(tmp_path):
    """An article, a list and a page that is gone, classified today; and a revisit of the article."""
    with Archive.open(tmp_path / "a", create=True) as archive:
        crawl = archive.begin_crawl("crawl", {}, AT.format(0))
        at = 0
        for files in (list(PAGES), [ARTICLE]):
            writer = CaptureWriter(
                archive.path, crawl_id=crawl + bool(at), info={}, started_at=AT.format(at)
            )
            for url in files:
                at += 1
                body, status = PAGES[url].encode(), 404 if "khong-con" in url else 200
                exchange = Exchange(
                    url, AT.format(at), "GET", [], status, "", "HTTP/1.1",
                    [(b"Content-Type", b"text/html; charset=utf-8")], body,
                )  # fmt: skip
                earlier = archive.capture_with_payload(url, body, exchange.fetched_at)
                capture = writer.write(exchange, revisit_of=earlier)
                outcome = classify(capture, archive.read(capture))
                apply(archive, capture, outcome, crawl_id=crawl)
            writer.close()
        yield archive


def compared(archive):
    archive.commit()
    return comparer(archive.path)([1, 2, 3, 4])


def test_captures_that_say_the_same_are_not_reported(archive):
    kinds = archive.connection.execute("SELECT outcome, record_type FROM captures").fetchall()
    assert kinds == [
        ("article", "response"), ("list", "response"), ("gone", "response"), ("article", "revisit"),
    ]  # fmt: skip
    chunk = compared(archive)
    assert (chunk.count, chunk.diffs, chunk.report.changed) == (4, [], 0)


@pytest.mark.parametrize(
    ("statement", "number", "before", "after"),
    [
        ("UPDATE captures SET named = NULL WHERE id = 2", 2, "list", "list (1 articles)"),
        ("UPDATE captures SET error = '410' WHERE id = 3", 3, "gone (410)", "gone (404)"),
        ("UPDATE captures SET outcome = 'other' WHERE id = 3", 3, "other (404)", "gone (404)"),
    ],
)
def test_an_outcome_that_differs_in_any_part(archive, statement, number, before, after):
    archive.connection.execute(statement)
    chunk = compared(archive)
    assert [diff.capture_id for diff in chunk.diffs] == [number]
    [example] = chunk.report.fields["(outcome)"].examples
    assert (example.before, example.after) == (before, after)


def test_an_article_that_failed_before(archive):
    archive.connection.execute(
        "UPDATE captures SET outcome = 'failed', error = 'UnknownLayout', statement_id = NULL"
        " WHERE id = 1"
    )
    [diff] = compared(archive).diffs
    assert diff.outcome.article.title == "Bến phà mới"


@pytest.mark.parametrize("column", ["digest = 'x'", "changes = json_object('title', 'Tin giả')"])
def test_a_row_that_was_changed_by_hand(archive, column):
    """Digest and record are compared: one of them could still be right."""
    archive.connection.execute(f"UPDATE extractions SET {column} WHERE key = 'dto:90001'")
    diffs = compared(archive).diffs
    assert {diff.capture_id for diff in diffs} == {1, 4}  # the revisit says it too


def test_a_damaged_record_is_unreadable_and_the_others_are_compared(archive):
    [path] = archive.path.glob("captures/*/*-1.warc.gz")
    offset, length = archive.connection.execute(
        "SELECT warc_offset, warc_length FROM captures WHERE id = 1"
    ).fetchone()
    data = bytearray(path.read_bytes())
    data[offset + length // 2] ^= 1
    path.write_bytes(data)
    archive.connection.execute("UPDATE captures SET named = NULL WHERE id = 2")
    chunk = compared(archive)
    assert [(d.capture_id, d.outcome is None) for d in chunk.diffs] == [
        (1, True), (2, False), (4, True),  # the revisit needs the payload of the first
    ]  # fmt: skip
    assert len(chunk.report.unreadable) == 2
    assert f"at {offset}: " in chunk.report.unreadable[0]
    assert chunk.report.changed == 1


@pytest.mark.parametrize("processes", [1, 2, 7])
def test_shares_hold_every_capture_once_and_become_smaller(processes):
    ids = list(range(1000))
    shares = list(_shares(ids, len(ids), processes))
    assert [one for share in shares for one in share] == ids
    sizes = [len(share) for share in shares]
    assert sizes == sorted(sizes, reverse=True)
    assert max(sizes) <= MOST
    assert min(sizes[:-1]) >= LEAST
