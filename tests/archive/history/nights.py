"""Crawls of one archive, a night each: for tests of what a night proves."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from zlib import crc32

from archive.archive import Archive
from archive.frontier import Frontier
from archive.models import Article, Capture

TEXT = "Nông dân xã {} được mùa {}, bán tại ruộng với giá 7.200 đồng một ký. "
COUNT = 30


def page(number: int, **changes: Any) -> Article:
    facts: dict[str, Any] = {
        "title": f"Xã thứ {number} được mùa",
        "url": f"https://baodongthap.vn/kinh-te/duoc-mua-{number}.aspx",
        "key": f"dto:{number}",
        "site_id": str(number),
        "generation": "A",
        "body": TEXT.format(number, "lúa") * 6,
        "updated_at": "2026-10-02T10:12:28+07:00",
        "updated_text": "Cập nhật ngày: 02/10/2026 10:12:28",
        "updated_precision": "second",
        "layout": "aspx",
        "extractor_version": "1",
    }
    return Article(**facts | changes)


def elsewhere(article: Article, number: int) -> Article:
    """*article*'s text as the page of another address, in the newest generation."""
    return replace(
        article,
        url=f"https://baodongthap.vn/duoc-mua-a{number}.html",
        key=f"dto:a{number}",
        site_id=f"a{number}",
        generation="C",
        layout="html",
    )


class Nights:
    """Crawls of one archive, a night each, given as what the site answered."""

    def __init__(self, archive: Archive):
        self.archive = archive
        self.frontier = Frontier(archive)

    def capture(self, night: int, url: str, status: int = 200, **changes: Any) -> Capture:
        day = date(2026, 10, 1) + timedelta(days=night)
        facts: dict[str, Any] = {
            "url": url,
            "fetched_at": f"{day}T20:00:00.000Z",
            "status": status,
            "warc_file": f"captures/2026/khobao-{day:%Y%m%d}195000-00000-{night + 1}.warc.gz",
            "warc_offset": crc32(url.encode()),
            "warc_length": 100,
            "payload_digest": f"sha1:{night}{crc32(url.encode())}",
        }
        return Capture(**facts | changes)

    def night(
        self,
        night: int,
        *pages: Article,
        gone: tuple[Article, ...] = (),
        lists: dict[str, int | None] | None = None,
        judge: bool = True,
    ) -> Any:
        """One run that was answered with *pages* and missed *gone*; what judging it told.

        *lists* are how many articles each list named; None if it did not answer as a list.
        """
        self.archive.holding = True
        file = self.capture(night, "").warc_file
        for name, named in (lists or {}).items():
            self.archive.record(
                self.capture(night, f"https://baodongthap.vn/{name}"),
                crawl_id=None,
                outcome="blocked" if named is None else "list",
                named=named,
            )
        for one in pages:
            self.archive.save(one, self.capture(night, one.url or ""))
        for one in gone:
            self.archive.mark_gone(
                one.url or "", "404", self.capture(night, one.url or "", 404), crawl_id=None
            )
        self.archive.holding = False
        return self.archive.judge_night(file) if judge else file

    def imported(self, article: Article, at: str, **changes: Any) -> Any:
        capture = self.capture(0, article.url or "", fetched_at=at, origin="import:a.warc")
        name = "captures/2026/khobao-20261215080000-00000-99.warc.gz"
        offset = crc32(f"{article.url}{at}".encode())
        facts = {"warc_file": name, "warc_offset": offset, "payload_digest": f"sha1:{at}"}
        return self.archive.save(article, replace(capture, **facts | changes))

    def one(self, sql: str, *parameters: object) -> Any:
        row = self.archive.connection.execute(sql, parameters).fetchone()
        return row[0] if row is not None and len(row) == 1 else row


ALL = tuple(page(number) for number in range(1, COUNT + 1))


def edited(*pages: Article, word: str = "xoài") -> tuple[Article, ...]:
    return tuple(replace(p, body=(p.body or "").replace("lúa", word)) for p in pages)


RUBRICS = ("", "chinh-tri", "kinh-te", "van-hoa")
NAMING: dict[str, int | None] = dict.fromkeys(RUBRICS, 20)
GONE_AND_REVISIONS = (
    "SELECT (SELECT count(*) FROM articles WHERE gone_at NOT NULL),"
    " (SELECT count(*) FROM revisions WHERE number > 1)"
)
