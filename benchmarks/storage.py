"""Bytes per article: in the WARC, in the database, in the indexes; and what else was thought of.

    python -m benchmarks.storage [--articles 20000]

An archive is filled with the newsroom's pages, without a network, by the classes that a crawl uses:
CaptureWriter, extract, Archive.save. The database is taken apart by SQLite's own `dbstat`. Then the
same response records are packed in other ways: gzip levels, zstd, zstd with a dictionary trained on
other pages of the site. A server may send a page plain or gzipped; both are measured, for the WARC
keeps what was sent.
"""

from __future__ import annotations

import argparse
import sqlite3
import time
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

from backports import zstd  # Scrapy brings it
from isal import isal_zlib
from rich.console import Console

from archive.archive import Archive
from archive.errors import ExtractionError
from archive.warc import record as warc
from archive.warc.reader import Exchange
from archive.warc.writer import CaptureWriter
from benchmarks.pages import newsroom_stream
from benchmarks.tables import Report, Table, number
from crawler.extract import extract
from crawler.extract.page import Page

_Page = tuple[str, bytes]
Pages = Sequence[_Page]

#: zstd's own advice: a dictionary of about a hundredth of what it is trained on, 110 KB at most.
_DICTIONARY_BYTES = 112_640
_TRAINED_ON = 300
#: Pages that are packed in every way.
_PACKED = 400

#: Table or index of `dbstat` → the part it is counted to; what is in none is "other".
_PARTS = {
    "articles": "articles, the latest state",
    "revisions": "revisions, every state",
    "articles_exact": "index of words with marks",
    "articles_plain": "index of words without marks",
    "fingerprints": "fingerprints for near-duplicates",
    "fingerprint_keys": "fingerprints for near-duplicates",
    "captures": "captures",
    "statements": "statements of each capture",
    "frontier": "frontier",
    "article_urls": "addresses",
    "images": "images",
}


def report(quick: bool = True) -> Report:
    """Both tables, of a small archive or of 20,000 articles."""
    return measure_articles(400 if quick else 20_000)


def measure_articles(count: int) -> Report:
    """Both tables for *count* articles."""
    training: list[_Page] = []
    packed: list[_Page] = []
    # The first 200 are those that tests are made of.
    pages = islice(newsroom_stream(count + _TRAINED_ON + 400), 200, count + _TRAINED_ON + 200)
    with TemporaryDirectory() as folder:
        rest = drawn(pages, training, _TRAINED_ON, count + _TRAINED_ON, only=True)
        articles, warc_bytes = fill(Path(folder), drawn(rest, packed, min(count, _PACKED), count))
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
            packing_table(training, packed),
        ],
    )


def drawn(
    pages: Iterator[_Page], some: list[_Page], count: int, of: int, *, only: bool = False
) -> Iterator[_Page]:
    """Put *count* of the *of* pages into *some*, evenly spread; pass on all, or *only* the rest."""
    for place, page in enumerate(pages):
        if chosen := place * count // of < (place + 1) * count // of:
            some.append(page)
        if not (only and chosen):
            yield page


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
            article = extract(Page.from_bytes(body, url, fetched_at=at))
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
        url, at, "GET", [(b"User-Agent", b"khobao/0.1")], 200, "OK", "HTTP/1.1", headers, body
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


def packing_table(training: Pages, pages: Pages) -> Table:
    """The same response records, packed in every way that was thought of."""
    samples = [record(url, body, encoded=False) for url, body in training]
    dictionary = zstd.train_dict(samples, _DICTIONARY_BYTES)
    plain = [record(url, body, encoded=False) for url, body in pages]
    sent = [record(url, gzipped(body, 6), encoded=True) for url, body in pages]
    ways: list[tuple[str, list[bytes], Callable[[bytes], bytes]]] = [
        *((f"gzip, ISA-L {level}", plain, isal_packer(level)) for level in (1, 2, 3)),
        *((f"gzip, zlib {level}", plain, zlib_packer(level)) for level in (1, 3, 6, 9)),
        *((f"zstd {level}", plain, zstd_packer(level)) for level in (3, 9, 19)),
        *((f"zstd {level}, dictionary", plain, zstd_packer(level, dictionary)) for level in (3, 9)),
        ("gzip, ISA-L 2, page sent gzipped", sent, isal_packer(2)),
        ("gzip, zlib 6, page sent gzipped", sent, zlib_packer(6)),
        ("stored, page sent gzipped", sent, zlib_packer(0)),
    ]
    size = sum(map(len, plain)) / len(plain)
    rows = []
    for name, records, pack in ways:
        started = time.process_time()
        packed = sum(len(pack(one)) for one in records)
        spent = time.process_time() - started
        rows.append(
            [
                name,
                number(packed / len(records)),
                f"{packed / len(records) / size:.3f}",
                f"{1000 * spent / len(records):.2f}",
            ]
        )
    return Table(
        f"One response record, {len(pages)} pages of {size / 1000:.0f} KB",
        ("packed by", "bytes", "of plain", "CPU ms"),
        rows,
        f"The dictionary has {len(dictionary.dict_content):,} bytes, once per file, and is trained"
        f" on {len(training)} other pages. WARC tools read gzip everywhere, zstd hardly anywhere:"
        f" the choice is ISA-L {warc.LEVEL}.",
    )


def record(url: str, body: bytes, *, encoded: bool) -> bytes:
    """A response record as the writer makes it, unpacked."""
    sent = exchange(url, body, "2026-11-24T00:00:00.000Z", encoded=encoded)
    head = warc.header_block(b"HTTP/1.1 200 OK", sent.response_headers)
    fields = [
        ("WARC-Type", "response"),
        ("WARC-Record-ID", "<urn:uuid:00000000-0000-4000-8000-000000000000>"),
        ("WARC-Target-URI", url),
        ("WARC-Date", sent.fetched_at),
        ("WARC-Payload-Digest", warc.sha1(body)),
        ("Content-Type", "application/http; msgtype=response"),
    ]
    return warc.record(fields, head, body)


def gzipped(body: bytes, level: int) -> bytes:
    """What a server sends for Accept-Encoding: gzip."""
    packer = zlib.compressobj(level, zlib.DEFLATED, 31)
    return packer.compress(body) + packer.flush()


def isal_packer(level: int) -> Callable[[bytes], bytes]:
    """One gzip member per record, by ISA-L: at level 2, what the writer makes."""
    return lambda data: isal_zlib.compress(data, level, wbits=31)


def zlib_packer(level: int) -> Callable[[bytes], bytes]:
    """One gzip member per record, by the standard library."""
    return lambda data: zlib.compress(data, level, wbits=31)


def zstd_packer(level: int, dictionary: zstd.ZstdDict | None = None) -> Callable[[bytes], bytes]:
    """One zstd frame per record."""
    return lambda data: zstd.compress(data, level=level, zstd_dict=dictionary)


def main() -> None:
    """Print both tables."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.storage", description=__doc__)
    parser.add_argument("--articles", type=int, default=2000)
    given = parser.parse_args()
    measure_articles(given.articles).show(Console())


if __name__ == "__main__":
    main()
