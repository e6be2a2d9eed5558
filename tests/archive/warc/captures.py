"""Captures as a crawl writes them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from archive.models import Capture
from archive.warc.exchange import Exchange, StoredResponse
from archive.warc.reader import capture_of_record, records
from archive.warc.writer import CaptureWriter

BODY = "<html><title>Báo Đồng Tháp</title><p>Lúa chín vàng đồng.</p></html>".encode() * 400
AT = "2026-11-24T06:47:55.123Z"


def exchange(number: int = 1, **changes: object) -> Exchange:
    plain = Exchange(
        url=f"https://baodongthap.vn/xa-hoi/lua-chin-{number}.aspx",
        fetched_at=AT,
        method="GET",
        request_headers=[(b"Accept", b"text/html"), (b"User-Agent", b"khobao")],
        status=200,
        reason="OK",
        protocol="HTTP/1.1",
        response_headers=[
            (b"Server", b"IIS"),
            (b"Set-Cookie", b"a=1"),
            (b"Content-Type", b"text/html; charset=utf-8"),
            (b"Set-Cookie", b"b=2"),
            (b"x-lower", b"gi\xe1 tr\xf4ng"),  # bytes that are no UTF-8
        ],
        body=BODY + str(number).encode(),
        ip="203.0.113.7",
    )
    return replace(plain, **changes)  # type: ignore[arg-type]


def writer(folder: Path, crawl_id: int = 1, **options: int) -> CaptureWriter:
    return CaptureWriter(
        folder, crawl_id=crawl_id, info={"software": "khobao"}, started_at=AT, **options
    )


def written(folder: Path, *exchanges: Exchange, crawl_id: int = 1) -> list[Capture]:
    out = writer(folder, crawl_id)
    captures = [out.write(one) for one in exchanges]
    out.write_metadata({"crawl": crawl_id, "started_at": AT, "exit_code": 0})
    out.close()
    return captures


def captures_in(path: Path) -> list[Capture]:
    """The captures of a WARC file in an archive, by its records alone."""
    name = path.relative_to(path.parents[2]).as_posix()
    return [
        capture_of_record(record, StoredResponse.of_record(record), name, offset, length)
        for record, offset, length in records(path)
        if record.type in ("response", "revisit")
    ]
