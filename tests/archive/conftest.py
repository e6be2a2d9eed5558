"""A small archive made of the articles a test needs."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlite_utils import Database

from archive.articles.details import details
from archive.cli import khobao
from archive.database import schema
from archive.database.author_rows import id_of as author_id
from archive.database.records import changes, record_of
from archive.database.respelling import respell
from archive.models import Article, Author, Image

SEEN = "2026-11-20T15:00:00.000Z"


class Shelf:
    """An archive in *folder*, filled by plain SQL so that reading is tested apart from saving."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        self.connection = sqlite3.connect(folder / "archive.db")
        self.connection.execute("PRAGMA synchronous = OFF")  # a test may lose its data
        schema.apply(Database(self.connection))

    def add(
        self,
        title: str = "Tin trong tỉnh",
        *,
        body: str | None = None,
        seen: str = SEEN,
        **fields: object,
    ) -> int:
        """Put one article in; every field of Article may be given."""
        number = self._next("articles")
        given = {
            "url": f"https://baodongthap.vn/xa-hoi/bai-{number}.aspx",
            "key": f"dto:{number}",
            "site_id": str(number),
            "generation": "A",
            "updated_at": "2018-01-03T10:12:28+07:00",
            "updated_text": "Cập nhật ngày: 03/01/2018 10:12:28",
            "updated_precision": "second",
            "layout": "aspx",
            "extractor_version": "1",
            **fields,
        }
        article = Article(title=title, body=body, **given)  # type: ignore[arg-type]
        with self.connection:
            self._insert(number, article, seen)
        return number

    def revise(self, id: int, article: Article, *, seen: str, edit: str, fields: list[str]) -> None:
        """Put a later revision of an article in."""
        (number,) = self.connection.execute(
            "SELECT max(number) + 1 FROM revisions WHERE article_id = ?", (id,)
        ).fetchone()
        with self.connection:
            capture = self._capture(article, seen, id)
            records = self.connection.execute(
                "SELECT id, article FROM revisions WHERE article_id = ?", (id,)
            ).fetchall()
            revision = self._revision(id, number, seen, capture, edit, fields)
            self.connection.execute(
                "UPDATE articles SET title = ?, lead = ?, body = ?, captions = ?, byline = ?,"
                " updated_at = ?, updated_text = ?, revision = ?, last_seen_at = ?, capture_id = ?"
                " WHERE id = ?",
                (
                    article.title,
                    article.lead,
                    article.body,
                    _captions(article),
                    article.byline,
                    article.updated_at,
                    article.updated_text,
                    number,
                    seen,
                    capture,
                    id,
                ),
            )
            self._differ(id, [*records, (revision, json.dumps(article.to_dict()))])

    def _next(self, table: str) -> int:
        (number,) = self.connection.execute(
            f"SELECT coalesce(max(id), 0) + 1 FROM {table}"
        ).fetchone()
        return int(number)

    def _insert(self, id: int, article: Article, seen: str) -> None:
        execute = self.connection.execute
        capture = self._capture(article, seen, id)
        row = {
            **{name: getattr(article, name) for name in _SAME},
            "id": id,
            "captions": _captions(article),
            "word_count": len((article.body or "").split()),
            "image_count": len(article.images),
            "content_digest": f"digest-{id}-1",
            "text_digest": f"text-{id}-1",
            "first_seen_at": seen,
            "last_seen_at": seen,
            "capture_id": capture,
        }
        self._put("articles", row)
        respell(self.connection, id, row)
        self._put(
            "article_urls",
            {
                "url": article.url,
                "article_id": id,
                "key": article.key,
                "generation": article.generation,
                "first_seen_at": seen,
                "last_seen_at": seen,
            },
        )
        revision = self._revision(id, 1, seen, capture, None, [])
        for image in article.images:
            self._put(
                "images",
                {"article_id": id, "position": image.position, "url": image.url,
                 "caption": image.caption, "credit": image.credit,
                 "after_paragraph": image.after_paragraph},
            )  # fmt: skip
        for position, author in enumerate(article.authors, 1):
            execute(
                "INSERT INTO article_authors(article_id, author_id, position, role, printed)"
                " VALUES (?, ?, ?, ?, ?)",
                (id, author_id(self.connection, author.name), position, author.role, author.name),
            )
        for position, tag in enumerate(article.tags, 1):
            execute("INSERT OR IGNORE INTO tags(name) VALUES (?)", (tag,))
            execute(
                "INSERT INTO article_tags SELECT ?, id, ? FROM tags WHERE name = ?",
                (id, position, tag),
            )
        if article.section_slug:
            execute(
                "INSERT OR IGNORE INTO sections(slug, name) VALUES (?, ?)",
                (article.section_slug, article.section),
            )
            execute(
                "INSERT INTO article_sections SELECT ?, id FROM sections WHERE slug = ?",
                (id, article.section_slug),
            )
        self._differ(id, [(revision, json.dumps(article.to_dict()))])

    def _differ(self, id: int, records: list[tuple[int, str]]) -> None:
        """Keep of the records of revisions what they say otherwise than the article."""
        base = record_of(self.connection, id)
        self.connection.executemany(
            "UPDATE article_revisions SET changes = ? WHERE id = ?",
            [(changes(base, json.loads(record)), revision) for revision, record in records],
        )

    def _capture(self, article: Article, seen: str, id: int) -> int:
        capture = self._next("captures")
        self._put(
            "captures",
            {"id": capture, "url": article.url, "fetched_at": seen, "status": 200,
             "warc_file": "captures/2026/test.warc.gz", "warc_offset": capture * 1000,
             "warc_length": 900, "payload_digest": f"sha1:{capture:032d}",
             "outcome": "article", "article_id": id},
        )  # fmt: skip
        return capture

    def _revision(
        self,
        id: int,
        number: int,
        seen: str,
        capture: int,
        edit: str | None,
        fields: list[str],
    ) -> int:
        revision = self._next("article_revisions")
        self._put(
            "article_revisions",
            {"id": revision, "article_id": id, "number": number, "seen_at": seen,
             "last_seen_at": seen, "content_digest": f"digest-{id}-{number}",
             "changed_fields": json.dumps(fields), "edit": edit, "capture_id": capture},
        )  # fmt: skip
        return revision

    def _put(self, table: str, row: dict[str, object]) -> None:
        self.connection.execute(
            f"INSERT INTO {table}({', '.join(row)}) VALUES ({', '.join('?' * len(row))})",
            tuple(row.values()),
        )


_SAME = (
    "key", "url", "site_id", "generation", "title", "kicker", "lead", "agency", "body",
    "updated_at", "updated_text", "updated_precision", "published_at", "byline", "source",
    "section", "section_slug", "kind", "layout", "extractor_version",
)  # fmt: skip


def _captions(article: Article) -> str | None:
    return "\n".join(image.caption for image in article.images if image.caption) or None


@pytest.fixture
def shelf(tmp_path: Path) -> Iterator[Shelf]:
    """An empty archive to put articles in."""
    made = Shelf(tmp_path / "archive")
    yield made
    made.connection.close()


@pytest.fixture(scope="module")
def new_shelf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[], Shelf]]:
    """Makes archives that the tests of one module share."""
    made: list[Shelf] = []

    def make() -> Shelf:
        made.append(Shelf(tmp_path_factory.mktemp("archive")))
        return made[-1]

    yield make
    for each in made:
        each.connection.close()


@pytest.fixture
def edited(shelf):
    """Two articles; the first edited a week later, the second gone then."""
    first = shelf.add("Lũ lên", body="Có 31 hộ", seen="2026-11-01T01:00:00.000Z")
    shelf.add("Lũ rút", body="Nước xuống", seen="2026-11-02T01:00:00.000Z")
    article = details(shelf.connection, first).article
    shelf.revise(
        first,
        replace(article, title="Lũ lên nhanh", body="Có 29 hộ"),
        seen="2026-11-08T01:00:00.000Z",
        edit="silent",
        fields=["title", "body"],
    )
    shelf.connection.execute(
        "UPDATE articles SET gone_at = '2026-11-09T01:00:00.000Z', gone_how = '404' WHERE id = 2"
    )
    shelf.connection.commit()
    return shelf


@pytest.fixture(scope="module")
def scene(new_shelf):
    """A few articles, one of them edited in silence, one gone."""
    shelf = new_shelf()
    first = shelf.add(
        "Công tác dân vận đạt kết quả",
        key="dto:80001",
        kicker="Huyện Cao Lãnh:",
        lead="Năm 2017, các cấp ủy đảng chú trọng công tác dân vận.",
        agency="ĐTO",
        body="Năm 2017, các cấp ủy đảng chú trọng công tác dân vận.\n\nĐã có 31 mô hình hay.",
        byline="DŨNG CHINH",
        authors=(Author("DŨNG CHINH", "text"),),
        section="Chính trị",
        section_slug="chinh-tri",
        images=(Image(1, "https://baodongthap.vn/a.jpg", "Tổ tự quản tuần tra", "K.D", 1),),
        seen="2026-11-01T01:00:00.000Z",
    )
    article = details(shelf.connection, first).article
    shelf.revise(
        first,
        replace(article, body=article.body.replace("31", "29")),
        seen="2026-11-08T01:00:00.000Z",
        edit="silent",
        fields=["body"],
    )
    shelf.add(
        "=Lúa được mùa", body="Bà con vận động người dân xuống giống", source="TTXVN",
        updated_at="2018-03-01T06:00:00+07:00", section="Kinh tế", section_slug="kinh-te",
    )  # fmt: skip
    shelf.add("Tin <b>đậm</b> [bold]đỏ[/bold]", body="chữ [red]hoà giải[/red]", updated_at=None)
    shelf.connection.execute(
        "UPDATE articles SET gone_at = '2026-11-09T01:00:00.000Z', gone_how = '404' WHERE id = 3"
    )
    shelf.connection.commit()
    return shelf.folder


@pytest.fixture
def run(scene):
    def invoke(*arguments: str, archive: Path | None = scene) -> Result:
        given = [*arguments, "-a", str(archive)] if archive else list(arguments)
        return CliRunner().invoke(khobao, given, catch_exceptions=False)

    return invoke
