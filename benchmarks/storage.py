"""Bytes per article: in the WARC, in the database and in the indexes.

    python -m benchmarks.storage [--articles 20000]

An archive is filled with the newsroom's pages, without a network, by the classes that a crawl uses:
CaptureWriter, extract, Archive.save. The database is taken apart by SQLite's own `dbstat`.
"""

from __future__ import annotations

import argparse
import sqlite3
import zlib
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

from rich.console import Console

from archive.archive import Archive
from archive.errors import ExtractionError
from archive.warc.exchange import Exchange
from archive.warc.writer import CaptureWriter
from benchmarks.pages import newsroom_stream
from benchmarks.tables import Report, Table, number
from crawler.extract import extract

_Page = tuple[str, bytes]
Pages = Sequence[_Page]

#: Table or index of `dbstat` → the part it is counted to; what is in none is "other".
_PARTS = {
    "articles": "articles, the latest state",
    "article_revisions": "revisions, as differences",
    "articles_exact": "index of words with marks",
    "articles_plain": "index of words without marks",
    "fingerprints": "fingerprints for near-duplicates",
    "fingerprint_keys": "fingerprints for near-duplicates",
    "captures": "captures",
    "extractions": "statements of each capture, as differences",
    "frontier": "frontier",
    "article_urls": "addresses",
    "images": "images",
}


def report(quick: bool = True) -> Report:
    """The table, of a small archive or of 20,000 articles."""
    return measure_articles(400 if quick else 20_000)


def measure_articles(count: int) -> Report:
    """The table for *count* articles."""
    # The first 200 are those that tests are made of.
    pages = islice(newsroom_stream(count + 400), 200, count + 200)
    with TemporaryDirectory() as folder:
        articles, warc_bytes = fill(Path(folder), pages)
        parts = database_parts(Path(folder) / "archive.db")
    text = parts.pop("text")
    rows = [["WARC, response and request", number(warc_bytes / articles), "–"]]
    total = sum(parts.values())
    for name, size in sorted(parts.items(), key=lambda part: -part[1]):
        rows.append([name, number(size / articles), f"{size / text:.2f}"])
    rows.append(["database in all", number(total / articles), f"{total / text:.2f}"])
    return Report(
        "storage",
        f"python -m benchmarks.storage --articles {count}",
        [
            Table(
                f"Bytes per article, {articles:,} articles of the newsroom",
                ("part", "bytes", "per byte of text"),
                rows,
                f"Text is the body in UTF-8: {text / articles:,.0f} bytes per article.",
                "database in all",
            ),
        ],
    )


def fill(folder: Path, pages: Iterable[_Page]) -> tuple[int, int]:
    """Put *pages* into an archive at *folder*: how many articles, and the bytes of its WARC."""
    archive = Archive.open(folder, create=True)
    archive.batch_size = 64
    start = datetime(2026, 11, 24, tzinfo=UTC)
    crawl = archive.begin_crawl("benchmark", {})
    writer = CaptureWriter(folder, crawl_id=crawl, started_at=stamp(start), info={})
    articles = 0
    for place, (url, body) in enumerate(pages):
        at = stamp(start + timedelta(seconds=place))
        capture = writer.write(exchange(url, gzipped(body, 6), at, encoded=True))
        try:
            article = extract(body, url, fetched_at=at)
        except ExtractionError:
            continue
        archive.save(article, capture, crawl_id=crawl)
        articles += 1
    archive.finish_crawl(crawl, exit_code=0, reason="finished", counts={})
    path = writer.close()
    archive.close()
    assert path is not None
    return articles, path.stat().st_size


def exchange(url: str, body: bytes, at: str, *, encoded: bool) -> Exchange:
    """A response such as the paper's servers send, without a network."""
    headers = [
        (b"Date", b"Tue, 24 Nov 2026 00:00:00 GMT"),
        (b"Content-Type", b"text/html; charset=utf-8"),
        (b"Server", b"Microsoft-IIS/10.0"),
    ]
    if encoded:
        headers.append((b"Content-Encoding", b"gzip"))
    return Exchange(
        url, at, "GET", [(b"User-Agent", b"khobao")], 200, "OK", "HTTP/1.1", headers, body
    )


def stamp(moment: datetime) -> str:
    """The form in which observations are written."""
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def database_parts(path: Path) -> dict[str, int]:
    """Bytes by part of the database; ``text`` is the bytes of all bodies."""
    database = sqlite3.connect(path)
    try:
        owner = dict(database.execute("SELECT name, tbl_name FROM sqlite_master"))
        parts: dict[str, int] = {}
        for name, size in database.execute("SELECT name, sum(pgsize) FROM dbstat GROUP BY name"):
            table = owner.get(name, name)
            for index in ("articles_exact", "articles_plain"):
                table = index if table.startswith(f"{index}_") else table
            part = _PARTS.get(table, "other")
            parts[part] = parts.get(part, 0) + size
        [(parts["text"],)] = database.execute(
            "SELECT sum(length(CAST(body AS BLOB))) FROM articles"
        )
    finally:
        database.close()
    return parts


def gzipped(body: bytes, level: int) -> bytes:
    """What a server sends for Accept-Encoding: gzip."""
    packer = zlib.compressobj(level, zlib.DEFLATED, 31)
    return packer.compress(body) + packer.flush()


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.storage", description=__doc__)
    parser.add_argument("--articles", type=int, default=2000)
    given = parser.parse_args()
    measure_articles(given.articles).show(Console())


if __name__ == "__main__":
    main()
