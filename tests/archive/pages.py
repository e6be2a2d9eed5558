"""Pages of one article and their captures, for tests of what an archive makes of them."""

from __future__ import annotations

from typing import Any

from archive.archive import Archive, Saved
from archive.models import Article, Author, Capture

TEXT = (
    "Sáng 3/7, Ủy ban nhân dân huyện Lấp Vò tổ chức lễ phát động trồng cây xanh dọc tuyến đường"
    " kênh Xáng, với sự tham gia của hơn 300 đoàn viên, thanh niên và học sinh.\n\nTheo ông Lê Văn"
    " Tám, Phó Chủ tịch huyện, tuyến đường dài 4 km được trồng 1.200 cây sao, dầu và hoàng yến do"
    " người dân và doanh nghiệp đóng góp, mỗi hộ chăm sóc đoạn trước nhà mình trong ba năm đầu."
)
#: From one night to the next, in the minutes of `capture`.
NIGHT = 1440
DAY = "2019-05-02T10:12:28+07:00"


def article(key: str = "dto:84085", **changes: Any) -> Article:
    number = key.removeprefix("dto:")
    generation = "C" if number.startswith("a") else "B" if number.startswith("b") else "A"
    url = {
        "A": f"https://baodongthap.vn/xa-hoi/trong-cay-{number}.aspx",
        "B": f"https://baodongthap.vn/xa-hoi/202510/trong-cay-{number[1:]}",
        "C": f"https://baodongthap.vn/trong-cay-{number}.html",
    }[generation]
    layout = {"A": "aspx", "B": "yyyymm", "C": "html"}[generation]
    facts: dict[str, Any] = {
        "title": "Phát động trồng cây xanh",
        "url": url,
        "key": key,
        "site_id": number,
        "generation": generation,
        "lead": TEXT.split("\n\n")[0],
        "body": TEXT,
        "updated_at": DAY,
        "updated_text": "Cập nhật ngày: 02/05/2019 10:12:28",
        "updated_precision": "second",
        "byline": "Mỹ Lý",
        "authors": (Author("Mỹ Lý"),),
        "section": "Xã hội",
        "section_slug": "xa-hoi" if generation != "C" else None,
        "layout": layout,
        "extractor_version": "1",
        "rules": {"title": f"{layout}:h1"},
    }
    return Article(**facts | changes)


def capture(at: int, url: str = "https://baodongthap.vn/x", **changes: Any) -> Capture:
    """A capture *at* so many minutes; its place in the WARC follows from what it is."""
    offset = at * 1_000_000 + sum(url.encode()) % 999_983
    facts: dict[str, Any] = {
        "url": url,
        "fetched_at": f"2026-11-{1 + at // 1440:02}T{at // 60 % 24:02}:{at % 60:02}:00.000Z",
        "status": 200,
        "warc_file": "captures/2026/khobao-20261101000000-00000-1.warc.gz",
        "warc_offset": offset,
        "warc_length": 100,
        "payload_digest": f"sha1:{at}{url[-6:]}",
    }
    return Capture(**facts | changes)


def save(archive: Archive, page: Article, at: int) -> Saved:
    assert page.url is not None
    return archive.save(page, capture(at, page.url))


def one(archive: Archive, sql: str, *parameters: object) -> Any:
    row = archive.connection.execute(sql, parameters).fetchone()
    return row[0] if row is not None and len(row) == 1 else row
