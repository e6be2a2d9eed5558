"""The WARC leads: rows that are missing, one or all, come back from the captures."""

from __future__ import annotations

import json
from pathlib import Path

from archive.archive import Alias, Archive
from archive.errors import NotFound
from archive.models import Article, Author, Capture
from archive.warc.exchange import Exchange, StoredResponse
from archive.warc.writer import CaptureWriter
from benchmarks.comparison import differences

LONG = "Nông dân xã Tân Thuận Tây phấn khởi vì xoài được mùa, được giá. " * 12


def page(number: int, title: str, generation: str = "A") -> Article:
    key = f"dto:{number}" if generation == "A" else f"dto:a{number}"
    tail = f"-{number}.aspx" if generation == "A" else f"-a{number}.html"
    return Article(
        title,
        url=f"https://baodongthap.vn/{'xa-hoi/' if generation == 'A' else ''}xoai{tail}",
        key=key,
        site_id=str(number),
        generation=generation,  # type: ignore[arg-type]
        body=f"{title}. {LONG}",
        byline="Mỹ Lý",
        authors=(Author("Mỹ Lý", "text"),),
        section="Xã hội",
        section_slug="xa-hoi",
        layout="aspx",
        extractor_version="1",
    )


class Crawl:
    """A crawl whose "pages" are articles as JSON, so that reading them needs no layouts."""

    def __init__(self, archive: Archive, day: int):
        self.archive = archive
        self.at = f"2026-11-{day:02}T06:00:00.000Z"
        self.id = archive.begin_crawl("crawl", {"day": day}, self.at)
        self.writer = CaptureWriter(
            archive.path, crawl_id=self.id, info={}, started_at=self.at, max_bytes=3000
        )

    def fetch(self, url: str, body: bytes, status: int = 200, **headers: str) -> Capture:
        sent = [(k.encode(), v.encode()) for k, v in headers.items()]
        exchange = Exchange(url, self.at, "GET", [], status, "", "HTTP/1.1", sent, body)
        earlier = self.archive.capture_with_payload(url, body, self.at)
        return self.writer.write(exchange, revisit_of=earlier)

    def article(self, one: Article, *, save: bool = True) -> None:
        assert one.url is not None
        body = json.dumps(one.to_dict(), ensure_ascii=False).encode()
        capture = self.fetch(one.url, body)
        if save:
            take_in(self.archive, capture, body, self.id)

    def other(self, url: str, status: int, **headers: str) -> None:
        take_in(self.archive, self.fetch(url, b"", status, **headers), b"", self.id)

    def end(self) -> None:
        summary = {"crawl": self.id, "started_at": self.at, "finished_at": self.at, "exit_code": 0}
        self.writer.write_metadata({"command": "crawl", "reason": "finished", **summary})
        self.writer.close()
        self.archive.finish_crawl(self.id, exit_code=0, reason="finished", counts={}, at=self.at)


def take_in(archive: Archive, capture: Capture, body: bytes, crawl_id: int | None) -> None:
    """What a crawler does with a response, live or out of the WARC."""
    if capture.redirect_to:
        number = capture.url.rpartition("-")[2].removesuffix(".aspx")
        alias = Alias(capture.url, f"dto:{number}", "A", "xa-hoi")
        archive.redirected(alias, capture.redirect_to, capture, crawl_id=crawl_id)
    elif capture.status == 404:
        archive.mark_gone(capture.url, "404", capture, crawl_id=crawl_id)
    elif capture.status == 304:
        archive.seen_again(capture.url, capture, crawl_id=crawl_id)
    elif body.startswith(b"{"):
        archive.save(Article.from_dict(json.loads(body)), capture, crawl_id=crawl_id)
    else:
        archive.record(capture, crawl_id=crawl_id, outcome="list")


def catch_up(archive: Archive) -> int:
    count = 0
    for missing in archive.pending_records():
        stored: StoredResponse = missing.stored
        take_in(archive, missing.capture, stored.body, missing.crawl_id)
        count += 1
    return count


def three_days(archive: Archive) -> None:
    first = Crawl(archive, 1)
    first.other("https://baodongthap.vn/xa-hoi", 200)
    for number in range(1, 6):
        first.article(page(number, f"Xoài được mùa {number}"))
    first.article(page(9, "Xoài được mùa 2"))  # posted twice
    first.end()
    second = Crawl(archive, 2)
    second.article(page(1, "Xoài được mùa 1"))  # unchanged: a revisit
    second.article(page(2, "Xoài được mùa, được giá"))
    second.other(page(3, "").url or "", 404)
    second.other(page(4, "").url or "", 304)
    second.end()
    third = Crawl(archive, 3)
    target = page(700, "Xoài được mùa 5", "C")
    third.other(page(5, "").url or "", 301, Location=target.url or "")
    third.article(target)
    third.article(page(3, "Xoài được mùa 3"))
    third.article(page(1, "Xoài được mùa 1"))
    third.end()


def test_the_archive_is_made_again_from_its_captures(tmp_path: Path) -> None:
    with Archive.open(tmp_path, create=True) as archive:
        three_days(archive)
        types = archive.connection.execute(
            "SELECT record_type, count(*) FROM captures GROUP BY 1 ORDER BY 1"
        ).fetchall()
        assert dict(types)["revisit"] >= 2
        assert archive.article("dto:a700").key == "dto:5"
    (tmp_path / "archive.db").rename(tmp_path / "kept.db")
    with Archive.open(tmp_path, create=True) as rebuilt, Archive.open(tmp_path / "kept.db") as kept:
        assert catch_up(rebuilt) == sum(dict(types).values())
        assert differences(rebuilt.connection, kept.connection) == {}
        ids = "SELECT id, key FROM articles"
        assert rebuilt.connection.execute(ids).fetchall() == kept.connection.execute(ids).fetchall()
        crawls = "SELECT id, command, started_at, finished_at, exit_code, reason FROM crawls"
        assert (
            rebuilt.connection.execute(crawls).fetchall()
            == kept.connection.execute(crawls).fetchall()
        )
        of_crawls = "SELECT crawl_id, warc_file, warc_offset FROM captures ORDER BY 2, 3"
        assert (
            rebuilt.connection.execute(of_crawls).fetchall()
            == kept.connection.execute(of_crawls).fetchall()
        )
        assert catch_up(rebuilt) == 0


def test_a_capture_that_has_no_row_is_taken_in(tmp_path: Path) -> None:
    with Archive.open(tmp_path, create=True) as archive:
        crawl = Crawl(archive, 1)
        crawl.article(page(1, "Xoài"))
        crawl.article(page(2, "Nhãn"), save=False)
        crawl.end()
        assert catch_up(archive) == 1
        assert archive.article("dto:2").article.title == "Nhãn"
        assert catch_up(archive) == 0


def test_a_file_is_read_once(tmp_path: Path) -> None:
    with Archive.open(tmp_path, create=True) as archive:
        crawl = Crawl(archive, 1)
        crawl.article(page(1, "Xoài"))
        crawl.end()
        assert catch_up(archive) == 0
        [path] = (tmp_path / "captures/2026").iterdir()
        path.chmod(0)
        data = path.stat().st_size
        assert archive.connection.execute("SELECT bytes FROM warc_files").fetchall() == [(data,)]


def test_what_is_not_given_a_row_is_offered_again(tmp_path: Path) -> None:
    with Archive.open(tmp_path, create=True) as archive:
        crawl = Crawl(archive, 1)
        crawl.article(page(1, "Xoài"), save=False)
        crawl.end()
        assert len(list(archive.pending_records())) == 1
        assert catch_up(archive) == 1


def test_a_page_that_no_layout_knows_any_more(tmp_path: Path) -> None:
    """Read again without success, a capture takes its statement back, and the article with it."""
    with Archive.open(tmp_path, create=True) as archive:
        crawl = Crawl(archive, 1)
        crawl.article(page(1, "Xoài"))
        crawl.end()
        [capture] = [
            Capture(*row)
            for row in archive.connection.execute(
                f"SELECT {', '.join(f for f in Capture.__dataclass_fields__)} FROM captures"
            )
        ]
        archive.record(capture, crawl_id=None, outcome="failed", error="no layout")
        try:
            archive.article("dto:1")
        except NotFound:
            pass
        else:
            raise AssertionError("the article outlived its only capture")
        assert archive.connection.execute("PRAGMA foreign_key_check").fetchall() == []
