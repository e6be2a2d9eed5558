"""Captures without a row get one, and no single capture stops a run or a later one."""

import gzip
import logging

from archive.archive import Archive
from archive.verify.verify import verify
from archive.warc.exchange import Exchange
from archive.warc.writer import CaptureWriter
from crawler.ingest.apply import apply
from crawler.ingest.classify import classify, read_article
from tests.archive.warc.captures import captures_in

AT = "2026-11-24T06:47:{:02}.123Z"
SOUND = "https://baodongthap.vn/xa-hoi/ben-pha-moi-90001.aspx"
TEXT = "Bến phà mới nối hai bờ sông Tiền vừa được đưa vào sử dụng sau gần một năm thi công. " * 3
PAGE = (
    "<html><body><h1 class='title'>Bến phà mới</h1><div class='date'>Cập nhật ngày: 24/11/2026 06:30:00</div>"
    f"<div class='content'><p>{TEXT}</p><p>{TEXT}</p><p><b>NGUYỄN LONG</b></p></div></body></html>"
).encode()  # fmt: skip

BOMB = gzip.compress(bytes(1 << 27), 9)
POISONED = {
    "gzip-bomb": ([(b"Content-Encoding", b"gzip")], BOMB),
    "gzip-three-times": (
        [(b"Content-Encoding", b"gzip, gzip, gzip")],
        gzip.compress(gzip.compress(gzip.compress(PAGE))),
    ),
    "length-superscript": ([(b"Content-Length", "²".encode("latin-1"))], None),
    "length-6000-digits": ([(b"Content-Length", b"9" * 6000)], None),
    "moved-length": ([(b"X-Archive-Orig-Content-Length", "²".encode("latin-1"))], None),
    "moved-length-6000": ([(b"X-Archive-Orig-Content-Length", b"9" * 6000)], None),
    "cookie": ([(b"Set-Cookie", b'a="' + b'\\"' * 30_000)], None),
    "type": ([(b"Content-Type", b"text/html; charset=" + b" " * 60_000)], None),
}
ADDRESSES = [
    "https://baodongthap.vn/xa-hoi/a%3Fb-71001.aspx",
    "https://baodongthap.vn/xa-hoi/a%23b-71002.aspx",
    "https://baodongthap.vn/xa-hoi/a%253Fb-71003.aspx",
    "https://baodongthap.vn/xa-hoi/a%00b-71004.aspx",
    "https://baodongthap.vn/xa-hoi%2Fa-71005.aspx",
    "https://baodongthap.vn/xa-hoi/%E2%80%AEa-71006.aspx",
    "https://baodongthap.vn/%3F",
]


def exchange(url, headers=(), body=PAGE, second=0):
    return Exchange(
        url=url,
        fetched_at=AT.format(second),
        method="GET",
        request_headers=[],
        status=200,
        reason="OK",
        protocol="HTTP/1.1",
        response_headers=[(b"Content-Type", b"text/html; charset=utf-8"), *headers],
        body=body,
    )


def write(folder, *exchanges):
    """A WARC file in *folder* as a killed crawl leaves it: captures without rows."""
    writer = CaptureWriter(folder, crawl_id=1, started_at=AT.format(0), info={})
    for one in exchanges:
        writer.write(one)
    writer.close()


def test_no_capture_stops_the_others(operators):
    operator = operators("archive")
    exchanges = [
        exchange(f"https://baodongthap.vn/xa-hoi/{name}-{number}.aspx", headers, body or PAGE)
        for number, (name, (headers, body)) in enumerate(POISONED.items(), 72001)
    ]
    exchanges += [exchange(url, second=1) for url in ADDRESSES]
    write(operator.path, *exchanges, exchange(SOUND, second=2))
    operator.khobao("reextract", "-a", operator.path)  # the rebuild: none of them has a row
    outcomes = dict(operator.rows("SELECT url, outcome FROM captures"))
    assert len(outcomes) == len(exchanges) + 1
    assert outcomes[SOUND] == "article"
    assert all(outcomes[url] == "article" for url in ADDRESSES[:6])
    operator.khobao("reextract", "-a", operator.path)
    operator.khobao("import", "-a", operator.path, *operator.path.glob("captures/*/*.warc.gz"))
    operator.khobao("verify", "-a", operator.path, "--full")
    assert operator.crawl("--max-articles", 1)["fetched"] > 0


def test_what_cannot_be_unpacked_is_named(operators):
    operator = operators("archive")
    packed = [(b"Content-Encoding", b"gzip")]
    thrice = [(b"Content-Encoding", b"gzip, gzip, gzip")]
    write(
        operator.path,
        exchange(SOUND, packed, BOMB),
        exchange("https://baodongthap.vn/xa-hoi", thrice, POISONED["gzip-three-times"][1], 1),
    )
    operator.khobao("reextract", "-a", operator.path)
    [bomb, thrice] = operator.rows("SELECT outcome, error FROM captures ORDER BY fetched_at")
    assert bomb == ("failed", "the body unpacks to more than 16,777,216 bytes")
    assert thrice[0] == "failed"
    assert "packed 3 times (gzip, gzip, gzip); at most 2" in thrice[1]


def test_what_the_archive_cannot_take_in_is_recorded_as_failed(operators, caplog):
    """A lone surrogate, say, which no database takes: found once, named, and passed over."""
    operator = operators("archive")
    write(operator.path, exchange(SOUND))
    operator.khobao("reextract", "-a", operator.path)
    with Archive.open(operator.path) as archive, caplog.at_level(logging.ERROR):
        row = archive.connection.execute("SELECT warc_offset, warc_length FROM captures").fetchone()
        name = (
            next(operator.path.glob("captures/*/*.warc.gz")).relative_to(operator.path).as_posix()
        )
        [capture] = captures_in(operator.path / name)
        assert (capture.warc_offset, capture.warc_length) == row
        outcome = classify(capture, archive.read(capture))
        object.__setattr__(outcome.article, "body", "bad \ud800")
        taken = apply(archive, capture, outcome, crawl_id=None)
        assert (taken.counts["failed"], taken.counts["errors"]) == (1, 1)
        [(kind, error)] = archive.connection.execute("SELECT outcome, error FROM captures")
        assert kind == "failed"
        assert "surrogates not allowed" in error
    assert verify(operator.path, full=True, reader=read_article).faults == []
