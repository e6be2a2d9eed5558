"""The open archive: what is saved is found, read, counted and exported, and its page is given back."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from archive import Archive
from archive.articles.details import details
from archive.cli import khobao
from archive.export import COLUMNS
from archive.models import Article, Author, Capture, Image
from archive.reports.coverage import coverage
from archive.reports.trends import trends
from archive.warc.exchange import Exchange
from archive.warc.writer import CaptureWriter

ARTICLE = Article(
    title="Hoà giải ở cơ sở",
    url="https://baodongthap.vn/xa-hoi/hoa-giai-84085.aspx",
    key="dto:84085",
    site_id="84085",
    generation="A",
    lead="Các tổ hoà giải làm tốt công tác dân vận.",
    body="Các tổ hoà giải làm tốt công tác dân vận.\n\nNăm 2017, đã có 31 vụ.",
    updated_at="2018-01-03T10:12:28+07:00",
    updated_text="Cập nhật ngày: 03/01/2018 10:12:28",
    updated_precision="second",
    byline="DŨNG CHINH",
    authors=(Author("DŨNG CHINH", "text"),),
    section="Xã hội",
    section_slug="xa-hoi",
    images=(Image(1, "https://baodongthap.vn/a.jpg", "Một buổi hòa giải", None, 1),),
    layout="aspx",
    extractor_version="1",
)
PAGES = {
    "2026-11-01T15:00:00.000Z": (b"<h1>one</h1>", ARTICLE),
    "2026-11-08T15:00:00.000Z": (
        b"<h1>two</h1>",
        replace(ARTICLE, body=(ARTICLE.body or "").replace("31 vụ", "29 vụ")),
    ),
}


@pytest.fixture
def archive(tmp_path):
    folder = tmp_path / "dongthap"
    with Archive.open(folder, create=True) as made:
        for number, (at, (body, article)) in enumerate(PAGES.items(), 1):
            crawl = made.begin_crawl("crawl", {})
            capture = _capture(folder, number, at, body)
            made.save(article, capture, crawl_id=crawl)
            made.finish_crawl(crawl, exit_code=0, reason="finished", counts={"fetched": 1})
        yield made


def _capture(folder: Path, crawl: int, at: str, body: bytes) -> Capture:
    writer = CaptureWriter(folder, crawl_id=crawl, info={"software": "test"}, started_at=at)
    exchange = Exchange(
        url=str(ARTICLE.url),
        fetched_at=at,
        method="GET",
        request_headers=[(b"Host", b"baodongthap.vn")],
        status=200,
        reason="OK",
        protocol="HTTP/1.1",
        response_headers=[(b"Content-Type", b"text/html; charset=utf-8")],
        body=body,
    )
    capture = writer.write(exchange)
    writer.close()
    return capture


@pytest.mark.parametrize(
    "typed", ["hoa giai", "hòa giải", '"hoà giải"', "dan van", "caption:hoà", "author:dung"]
)
def test_it_is_found(archive, typed):
    assert [hit.key for hit in archive.search(typed).hits] == ["dto:84085"]


def test_the_text_of_today_is_searched(archive):
    assert archive.search('"29 vụ"').total == 1
    assert archive.search('"31 vụ"').total == 0


def test_it_is_read_back_as_it_was_saved(archive):
    (article,) = archive.articles("hoa giai")
    assert article == PAGES["2026-11-08T15:00:00.000Z"][1]
    found = details(archive.connection, "84085")
    assert [(r.number, r.edit) for r in found.stored.revisions] == [(1, None), (2, "silent")]
    assert found.revision(1).article.body == ARTICLE.body
    assert found.capture_count == 2


def test_it_is_counted(archive):
    assert coverage(archive.connection).total.stored == 1
    assert trends(archive.connection, ["hoa giai"], by="year").points[0].counts == (1,)


def test_it_is_a_data_frame(archive):
    pytest.importorskip("pyarrow")
    table = archive.to_arrow("hoa giai")
    assert tuple(table.column_names) == COLUMNS
    assert table.column("authors").to_pylist() == [["DŨNG CHINH"]]
    assert str(table.schema.field("updated_at").type) == "timestamp[ms, tz=+07:00]"
    assert str(table.schema.field("updated_day").type) == "date32[day]"
    assert str(table.schema.field("first_seen_at").type) == "timestamp[ms, tz=UTC]"
    pandas = pytest.importorskip("pandas")
    frame = archive.to_pandas()
    assert isinstance(frame, pandas.DataFrame)
    assert str(frame["word_count"].dtype) == "Int64"
    assert list(frame["authors"]) == [["DŨNG CHINH"]]
    assert frame["updated_at"][0].isoformat() == table.column("updated_at")[0].as_py().isoformat()
    assert frame["updated_day"].dt.year[0] == int(table.column("updated_day")[0].as_py().year)
    assert frame["last_seen_at"].dt.tz is not None


@pytest.mark.parametrize(
    ("options", "body"), [([], b"<h1>two</h1>"), (["--revision", "1"], b"<h1>one</h1>")]
)
def test_the_page_itself_is_given_back(archive, options, body):
    given = ["show", "dto:84085", "--raw", *options, "-a", str(archive.path)]
    done = CliRunner().invoke(khobao, given, catch_exceptions=False)
    assert done.stdout_bytes == body


def test_reading_writes_nothing(archive):
    file = archive.path / "archive.db"
    archive.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    before = file.read_bytes()
    for command in (
        ["search", "hoa"],
        ["show", "84085"],
        ["status"],
        ["coverage"],
        ["diff", "84085"],
    ):
        done = CliRunner().invoke(khobao, [*command, "-a", str(archive.path)])
        assert done.exit_code == 0, done.output
    assert file.read_bytes() == before
