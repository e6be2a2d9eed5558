"""An archive of generated articles, as long and as repetitive as real ones, for measurements.

Words are drawn by Zipf's law from a vocabulary of the paper's world, so that an index meets
postings of every length: words in nine articles of ten, words in one of ten thousand. The same
seed gives the same archive. There are no captures behind the rows: nothing here can be verified
against a WARC, and nothing measured here concerns captures.

    python -m benchmarks.corpus /path/to/folder --articles 100000
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import sqlite3
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from itertools import accumulate, islice
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from archive.database import schema
from archive.models import Article, Author, Image
from archive.vietnamese import sort_key

SECTIONS = {
    "chinh-tri": "Chính trị",
    "kinh-te": "Kinh tế",
    "xa-hoi": "Xã hội",
    "van-hoa": "Văn hóa",
    "phap-luat": "Pháp luật",
    "giao-duc": "Giáo dục",
    "nong-nghiep": "Nông nghiệp",
    "the-thao": "Thể thao",
    "suc-khoe": "Sức khỏe",
}
_BYLINES = (
    "Mỹ Lý", "DŨNG CHINH", "Hòa Hiệp", "Hữu Nghĩa", "Thành Nguyễn", "Minh Thư", "Văn Đấu",
    "Lê Thanh", "NGUYỄN LONG", "SONG AN", "K.N", "Nhật Khánh", "Thanh Nghĩa", "Đồng Dao", "Y Du",
)  # fmt: skip
_ZONE = timezone(timedelta(hours=7))
_FIRST = datetime(2012, 1, 2, 5, tzinfo=_ZONE)
_LAST = datetime(2026, 11, 20, 18, tzinfo=_ZONE)
_BATCH = 2_000


def words() -> list[str]:
    """The vocabulary, the most frequent word first."""
    text = Path(__file__).with_name("vocabulary.txt").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    return [word.replace("_", " ") for word in dict.fromkeys(" ".join(lines).split())]


class Writer:
    """Writes prose that nobody should read, but an index may."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.words = words()
        self.weights = list(accumulate(1 / (rank + 2) for rank in range(len(self.words))))

    def phrase(self, low: int, high: int) -> str:
        """Some words with a capital at the front."""
        count = self.random.randint(low, high)
        drawn = self.random.choices(self.words, cum_weights=self.weights, k=count)
        text = " ".join(drawn)
        return text[0].upper() + text[1:]

    def sentence(self) -> str:
        """A sentence; some hold a figure, as newspaper sentences do."""
        text = self.phrase(8, 24)
        if self.random.random() < 0.3:
            text += f" {self.random.randint(2, 9_999)} {self.random.choice(('hộ', 'ha', 'tấn'))}"
        return text + "."

    def paragraph(self) -> str:
        """Two to six sentences."""
        return " ".join(self.sentence() for _ in range(self.random.randint(2, 6)))

    def article(self, number: int, stamp: datetime) -> Article:
        """One article of the length and make-up that the paper's have."""
        rng = self.random
        slug = rng.choice(tuple(SECTIONS))
        lead = self.paragraph()
        paragraphs = [lead, *(self.paragraph() for _ in range(rng.randint(2, 8)))]
        byline = rng.choice(_BYLINES)
        title = self.phrase(5, 12)
        return Article(
            title=title,
            url=f"https://baodongthap.vn/{slug}/bai-{number}.aspx",
            key=f"dto:{number}",
            site_id=str(number),
            generation="A",
            lead=lead,
            agency="ĐTO",
            body="\n\n".join(paragraphs),
            updated_at=stamp.isoformat(timespec="seconds"),
            updated_text=f"Cập nhật ngày: {stamp:%d/%m/%Y %H:%M:%S}",
            updated_precision="second",
            byline=byline,
            authors=(Author(byline, "text"),),
            source="TTXVN" if rng.random() < 0.1 else None,
            section=SECTIONS[slug],
            section_slug=slug,
            images=tuple(
                Image(
                    position=position,
                    url=f"https://baodongthap.vn/database/image/{number}-{position}.jpg",
                    caption=self.phrase(8, 18),
                    after_paragraph=position,
                )
                for position in range(1, rng.choice((1, 2, 2, 3, 4)))
            ),
            layout="aspx",
            extractor_version="benchmark",
        )

    def articles(self, count: int) -> Iterator[tuple[int, Article, datetime]]:
        """*count* articles in order of time, spread evenly over the years of the paper."""
        step = (_LAST - _FIRST) / max(count, 1)
        for index in range(count):
            stamp = _FIRST + step * index + timedelta(seconds=self.random.randint(0, 3_000))
            yield index + 1, self.article(20_000 + index, stamp), stamp


def build(path: Path | str, articles: int = 100_000, seed: int = 2018) -> Path:
    """Fill a new archive in the folder *path*; its database is returned."""
    folder = Path(path)
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / "archive.db"
    connection = sqlite3.connect(target)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = OFF")
    schema.apply(Database(connection))
    _names(connection)
    stream = Writer(seed).articles(articles)
    while batch := list(islice(stream, _BATCH)):
        with connection:
            _insert(connection, batch)
    with connection:
        _crawls(connection)
        for index in ("articles_exact", "articles_plain"):
            connection.execute(f"INSERT INTO {index}({index}) VALUES ('optimize')")
    connection.execute("ANALYZE")
    connection.commit()
    connection.close()
    return target


def _names(connection: sqlite3.Connection) -> None:
    with connection:
        connection.executemany(
            "INSERT INTO sections(slug, name) VALUES (?, ?)", list(SECTIONS.items())
        )
        connection.executemany(
            "INSERT INTO authors(name, sort_key) VALUES (?, ?)",
            [(name, sort_key(name)) for name in _BYLINES],
        )


def _utc(stamp: datetime) -> str:
    return stamp.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z")


def _insert(connection: sqlite3.Connection, batch: list[tuple[int, Article, datetime]]) -> None:
    rows: dict[str, list[tuple[Any, ...]]] = {name: [] for name in _INSERTS}
    sections = list(SECTIONS)
    for id, article, stamp in batch:
        seen = _utc(stamp + timedelta(hours=6))
        record = json.dumps(article.to_dict(), ensure_ascii=False)
        digest = hashlib.sha256(record.encode()).hexdigest()
        payload = f"sha1:{digest[:32].upper()}"
        captions = "\n".join(image.caption for image in article.images if image.caption)
        rows["captures"].append(
            (id, article.url, seen, 200, f"captures/{stamp:%Y}/bench.warc.gz", id * 100, 99,
             payload, "article", id, id)
        )  # fmt: skip
        rows["articles"].append((
            id, article.key, article.url, article.site_id, article.generation, article.title,
            article.lead, article.agency, article.body, captions or None, article.updated_at,
            article.updated_text, article.updated_precision, article.byline, article.source,
            article.section, article.section_slug, len((article.body or "").split()),
            len(article.images), article.layout, article.extractor_version, digest, digest,
            seen, seen, id,
        ))  # fmt: skip
        rows["article_urls"].append(
            (article.url, id, article.key, "A", article.section_slug, seen, seen)
        )
        rows["article_revisions"].append((id, id, 1, seen, seen, digest, id))
        rows["images"].extend(
            (id, image.position, image.url, image.caption, image.after_paragraph)
            for image in article.images
        )
        rows["article_authors"].append((id, _BYLINES.index(article.byline or "") + 1, 1, "text"))
        rows["article_sections"].append((id, sections.index(article.section_slug or "") + 1))
        rows["frontier"].append(
            (article.url, "article", article.key, "done", article.section_slug, seen, seen, 200, id)
        )
    for table, sql in _INSERTS.items():
        connection.executemany(sql, rows[table])


def _crawls(connection: sqlite3.Connection) -> None:
    """One run a day, but for a month nobody noticed (the gap that coverage must show)."""
    day = _FIRST.replace(hour=22)
    rows = []
    while day < _LAST:
        if (day.year, day.month) != (2016, 7):
            rows.append(("crawl", _utc(day), _utc(day + timedelta(minutes=9)), 0, 18, 18, 18))
        day += timedelta(days=1)
    connection.executemany(
        "INSERT INTO crawls(command, started_at, finished_at, exit_code, listed, fetched, new)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        rows,
    )


def _into(table: str, columns: str) -> str:
    return f"INSERT INTO {table}({columns}) VALUES ({', '.join('?' * len(columns.split(',')))})"


_INSERTS = {
    "captures": _into(
        "captures",
        "id, url, fetched_at, status, warc_file, warc_offset, warc_length, payload_digest,"
        " outcome, article_id, revision_id",
    ),
    "articles": _into(
        "articles",
        "id, key, url, site_id, generation, title, lead, agency, body, captions, updated_at,"
        " updated_text, updated_precision, byline, source, section, section_slug, word_count,"
        " image_count, layout, extractor_version, content_digest, text_digest, first_seen_at,"
        " last_seen_at, capture_id",
    ),
    "article_urls": _into(
        "article_urls",
        "url, article_id, key, generation, section_slug, first_seen_at, last_seen_at",
    ),
    "article_revisions": _into(
        "article_revisions",
        "id, article_id, number, seen_at, last_seen_at, content_digest, capture_id",
    ),
    "images": _into("images", "article_id, position, url, caption, after_paragraph"),
    "article_authors": _into("article_authors", "article_id, author_id, position, role"),
    "article_sections": _into("article_sections", "article_id, section_id"),
    "frontier": _into(
        "frontier",
        "url, kind, key, state, section_slug, found_at, fetched_at, last_status, article_id",
    ),
}  # fmt: skip


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Fill an archive with generated articles.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=2018)
    given = parser.parse_args()
    began = time.perf_counter()
    made = build(given.folder, given.articles, given.seed)
    took = time.perf_counter() - began
    print(f"{made}: {given.articles:,} articles, {made.stat().st_size / 1e6:,.0f} MB, {took:.0f} s")
