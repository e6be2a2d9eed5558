"""One question, three answers: command line, Python and reading room say the same."""

from __future__ import annotations

import csv
import html
import io
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from click.testing import CliRunner

from archive.archive import Archive
from archive.cli import khobao
from archive.models import Article, Author, Capture, Image
from archive.reports.coverage import coverage
from archive.reports.trends import trends
from archive.web.snapshot import make
from tests.archive.web.conftest import FLOOD, Client, fill, plain_articles

NEW = replace(
    FLOOD,
    key="dto:90001",
    site_id="90001",
    url="https://baodongthap.vn/kinh-te/sat-lo-90001.aspx",
    title="Sạt lở bờ sông ở Ðịnh Yên",
    lead=None,
    body="Sạt lở ăn sâu vào 15 mét, năm hộ dân phải dời nhà.",
    byline="MỸ LÝ",
    authors=(Author("MỸ LÝ", "text"),),
    tags=("chợ quê",),
    images=(
        Image(1, "https://baodongthap.vn/a.jpg", None),
        Image(2, "https://baodongthap.vn/b.jpg", "Bờ kè Ðịnh Yên"),
        Image(3, "https://baodongthap.vn/c.jpg", "Chợ quê họp sớm"),
    ),
)
UNDATED = replace(
    NEW,
    key="dto:90002",
    site_id="90002",
    url="https://baodongthap.vn/kinh-te/khong-ngay-90002.aspx",
    title="Bài không ghi ngày",
    body="Vận động người dân đắp đê, chuyện kể chưa rõ năm nào.",
    updated_at=None,
    updated_text=None,
    updated_precision=None,
    images=(),
    tags=(),
    byline="Trần Mỹ Lý",
    authors=(Author("Trần Mỹ Lý"),),
)


def more_articles() -> Iterator[Article]:
    yield NEW
    yield UNDATED
    # The same article seen in another section, too.
    first = next(plain_articles())
    url = f"https://baodongthap.vn/kinh-te/bai-{first.site_id}.aspx"
    yield replace(first, url=url, section="Kinh tế", section_slug="kinh-te")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = fill(tmp_path_factory.mktemp("agreement") / "archive")
    with Archive.open(folder) as archive:
        for number, article in enumerate(more_articles()):
            capture = Capture(
                url=article.url or "",
                fetched_at=f"2026-11-03T20:00:0{number}.000Z",
                status=200,
                warc_file="captures/2026/khobao-20261103000000-00000-3.warc.gz",
                warc_offset=number,
                warc_length=1,
                payload_digest=f"sha1:{number:032d}",
            )
            archive.save(article, capture)
    return folder


@pytest.fixture(scope="module")
def room(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    client = Client(make(folder, tmp_path_factory.mktemp("copy")))
    yield client
    client.close()


def typed(folder: Path, *words: str) -> str:
    command, *rest = words
    given = [command, "-a", str(folder), *rest]
    done = CliRunner().invoke(khobao, given, catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.stdout


def page(room: Client, path: str) -> str:
    answer = room.get(path)
    assert answer.status_code == 200, (path, answer.status_code)
    return str(answer.text)


def total(text: str) -> int:
    return int(re.search(r'id="total" data-total="(\d+)"', text)[1])  # type: ignore[index]


QUERIES = [
    "", "dân vận", "dan van", "sạt lở", "Định Yên", "Ðịnh Yên", "dinh yen", "sạt AND lở", "lúa NOT sạt",
    'author:"Mỹ Lý"', "author:mỹ", "tag:\"chợ quê\"", "section:kinh-te", "anysection:kinh-te",
    "year:2018", "since:2018 until:2020", "dto:90001", "90001", "dto:1",
    "https://www.baodongthap.vn/kinh-te/sat-lo-90001.aspx", "15", "titel:sạt", "sạt*", "caption:chợ",
]  # fmt: skip


@pytest.mark.parametrize("query", QUERIES)
def test_a_search_has_one_answer(folder, room, query):
    found = json.loads(typed(folder, "search", "--format", "json", "--limit", "99", "--", query))
    with Archive.open(folder, read_only=True) as archive:
        results = archive.search(query, limit=99)
        exported = {article.key for article in archive.articles(query)}
    text = page(room, f"/search?{urlencode({'q': query})}")
    assert found["total"] == results.total == total(text) == len(exported)
    assert {hit["key"] for hit in found["hits"]} == {hit.key for hit in results.hits} == exported
    assert found["notes"] == [str(note) for note in results.notes]
    assert text.count('class="note"') == len(results.notes)
    rows = list(csv.DictReader(io.StringIO(page(room, f"/search.csv?{urlencode({'q': query})}"))))
    assert {row["key"] for row in rows} == exported


@pytest.mark.parametrize(
    "query", ["dto:90001", "https://baodongthap.vn/khac/sat-lo-90001.aspx#x", "90001"]
)
def test_a_key_number_or_address_finds_its_article(folder, room, query):
    with Archive.open(folder, read_only=True) as archive:
        results = archive.search(query)
    if "khac" in query:  # no address of it
        assert results.total == 0
        assert str(results.notes[0]) == f"the archive has no article {query}"
        return
    assert results.hits[0].key == "dto:90001"
    assert "Sạt lở bờ sông" in page(room, f"/search?q={quote(query)}")


def chips(text: str) -> list[tuple[str, str, str, int]]:
    """The facet, the value, the address and the number of each chip of the search page."""
    found = re.findall(
        r'<a href="(\?[^"]+)" rel="nofollow" data-facet="(\w+)" data-value="([^"]*)">.*?'
        r'<span class="n">(\d+)',
        text,
        re.S,
    )
    return [
        (facet, html.unescape(value), html.unescape(path), int(n))
        for path, facet, value, n in found
    ]


@pytest.mark.parametrize("query", ["", "dân"])
def test_the_number_of_a_chip_is_the_number_it_opens(folder, room, query):
    shown = chips(page(room, f"/search?q={quote(query)}"))
    assert {facet for facet, *_ in shown} >= {"year", "section", "author"}
    for facet, value, path, number in shown:
        assert total(page(room, f"/search{path}")) == number, (facet, value)
        option = ["--since", value, "--until", value] if facet == "year" else [f"--{facet}", value]
        answer = typed(folder, "search", "--format", "json", *option, "--", query)
        assert json.loads(answer)["total"] == number, (facet, value)


def test_front_page_and_saved_questions_count_the_same(folder, room):
    front = page(room, "/")
    for path, number in re.findall(r'<a href="/search(\?[^"]+)">[^<]+<span>(\d+)</span>', front):
        assert total(page(room, f"/search{html.unescape(path)}")) == int(number), path
    busiest = room.get("/archive/busiest_authors.json?_shape=array").json()
    for row in busiest:
        answer = total(page(room, f"/search?{urlencode({'author': row['author']})}"))
        assert answer == row["articles"], row
    assert "Mỹ Lý" in {row["author"] for row in busiest}
    assert "MỸ LÝ" not in {row["author"] for row in busiest}
    listed = room.get(
        f"/archive/articles_by_author.json?_shape=array&author={quote('MỸ LÝ')}"
    ).json()
    assert len(listed) == next(row["articles"] for row in busiest if row["author"] == "Mỹ Lý")


def test_a_year_has_one_count(folder, room):
    first = page(room, "/search?q=")
    years = {value: number for facet, value, _, number in chips(first) if facet == "year"}
    assert sum(years.values()) + 1 == total(first)
    assert "không ghi ngày: 1" in first
    with Archive.open(folder, read_only=True) as archive:
        counted = trends(archive.connection, [""], by="year")
        assert counted.undated == (1,)
        ledger = coverage(archive.connection)
        assert ledger.undated.stored == 1
        assert ledger.total.stored == total(first)
        for year, number in years.items():
            of_year = coverage(archive.connection, since=f"{year}-01-01", until=f"{year}-12-31")
            assert of_year.total.stored == number
            assert next(p.counts[0] for p in counted.points if p.label == year) == number
            months = re.findall(r"<dd>(\d+)</dd>", page(room, f"/coverage?year={year}"))
            assert int(months[1]) == number
    assert "Không năm nào tính 1 bài không ghi ngày" in page(room, "/coverage")
    assert "1 article has no date" in typed(folder, "coverage")
    said = json.loads(typed(folder, "coverage", "--format", "json"))
    assert said["undated"]["stored"] == 1


@pytest.mark.parametrize(
    ("term", "options", "query"),
    [
        ("nước", {}, "nước"),
        ("nước", {"section": "kinh-te"}, "nước section:kinh-te"),
        ("nước", {"author": "Mỹ Lý"}, 'nước author:"Mỹ Lý"'),
        ("nước", {"section": "kinh-te", "since": "2018", "until": "2019"},
         "nước section:kinh-te since:2018 until:2019"),
    ],
)  # fmt: skip
def test_a_share_is_the_same_wherever_its_filters_stand(folder, room, term, options, query):
    flags = [word for name, value in options.items() for word in (f"--{name}", value)]
    by_option = rows_of(typed(folder, "trends", term, "--by", "year", "--format", "csv", *flags))
    in_term = rows_of(typed(folder, "trends", query, "--by", "year", "--format", "csv"))
    address = urlencode({"q": term, "by": "year", **options})
    in_room = rows_of(page(room, f"/trends.csv?{address}"))
    with_query = rows_of(page(room, f"/trends.csv?{urlencode({'q': query, 'by': 'year'})}"))
    assert by_option == in_room
    assert in_term == with_query
    spanned = {row["period"] for row in by_option}
    pick = lambda rows: [  # noqa: E731
        (row["period"], row["count"], row["total"]) for row in rows if row["period"] in spanned
    ]
    assert pick(by_option) == pick(in_term)
    text = page(room, f"/trends?{address}")
    for value in options.values():
        assert html.escape(value) in text
    assert ("Tỷ lệ tính trên" in text) is True


def rows_of(text: str) -> list[dict[str, Any]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_plot_the_trend_keeps_what_the_search_asked(room):
    asked = {"q": "dân", "section": "xa-hoi", "author": "Mỹ Lý", "since": "2017", "until": "2022"}
    text = page(room, f"/search?{urlencode(asked)}")
    link = html.unescape(re.search(r'href="/trends(\?[^"]+)"', text)[1])  # type: ignore[index]
    shown = page(room, f"/trends{link}")
    counted = rows_of(page(room, f"/trends.csv{link}&by=year"))
    assert sum(int(row["count"] or 0) for row in counted) == total(text)
    for value in ("Xã hội", "Mỹ Lý", "2017", "2022"):
        assert f": {value} <span" in shown


def test_parameters_that_are_not_known_are_named(room):
    for path in ("/search?q=dan&sectoin=x", "/trends?q=dan&colour=red&since=2018"):
        text = page(room, path)
        assert "Trang này không dùng tham số" in text
    assert total(page(room, "/search?since=2018&until=2018")) == total(
        page(room, "/search?year=2018")
    )
    assert "không phải là ngày" in page(room, "/search?q=dan&since=mai")


def test_a_filtered_export_has_the_rows_it_says(folder, tmp_path):
    typed(folder, "export", str(tmp_path / "a.csv"), "--section", "kinh-te")
    rows = rows_of((tmp_path / "a.csv").read_text(encoding="utf-8"))
    assert {row["section_slug"] for row in rows} == {"kinh-te"}
    typed(folder, "export", str(tmp_path / "pkg"), "anysection:kinh-te")
    rows = rows_of((tmp_path / "pkg" / "articles.csv").read_text(encoding="utf-8"))
    filed = rows_of((tmp_path / "pkg" / "sections.csv").read_text(encoding="utf-8"))
    assert len(rows) == 4
    keys = {row["key"] for row in rows}
    assert {row["article_key"] for row in filed if row["slug"] == "kinh-te"} == keys


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("chợ quê", [3]),
        ("định yên", [2]),
        ("Ðịnh Yên", [2]),
        ("cho", [3]),
        ("yên chợ", []),
        ("kênh", []),
    ],
)
def test_captions_with_the_words_and_no_others(room, words, found):
    path = f"/archive/captions_with.json?_shape=array&words={quote(words)}"
    rows = room.get(path).json()
    assert [row["position"] for row in rows if row["key"] == "dto:90001"] == found
    assert all(row["caption"] for row in rows)


@pytest.mark.parametrize("ending", ["svg", "png"])
def test_the_figure_is_a_file_and_in_the_page_without_scripts(room, ending):
    address = urlencode({"q": "nước", "by": "year"})
    assert 'role="group"' in page(room, f"/trends?{address}")
    assert '<polyline points="' in page(room, f"/trends?{address}")
    if ending == "png":
        pytest.importorskip("resvg_py")
    answer = room.get(f"/trends.{ending}?{address}")
    assert answer.status_code == 200
    assert answer.content[:4] in (b"<svg", b"\x89PNG")
    assert room.get(f"/trends.{ending}").status_code == 400


@pytest.mark.parametrize(
    "dates",
    ["since=0001&until=9999", "since=1/1/0001", "until=31/12/9999", "since=.......", "year=9999",
     "since=2018-02-31", f"since={'9' * 5000}", "since=%F0%9F%8C%BE", "until=..", "since=2020&until=2010"],
)  # fmt: skip
@pytest.mark.parametrize("by", ["", "day"])
def test_odd_dates_are_answered(room, dates, by):
    text = page(room, f"/trends?q=dan&by={by}&{dates}")
    assert len(text) < 1_000_000
    assert room.get(f"/trends.csv?q=dan&by={by}&{dates}").status_code in (200, 400)
    page(room, f"/search?q=dan&{dates}")


def test_days_of_thousands_of_years_are_refused_or_coarsened(folder, room):
    text = page(room, "/trends?q=dan&by=day&since=0001&until=9999")
    assert "quá dài để tính theo ngày, nên đã tính theo" in text or "Không vẽ được" in text
    answer = room.get("/trends.csv?q=dan&by=day&since=0001&until=9999")
    assert answer.status_code == 400
    assert "count by week" in answer.text
    done = CliRunner().invoke(
        khobao,
        ["trends", "dan", "--by", "day", "--since", "0001", "--until", "9999", "-a", str(folder)],
    )
    assert done.exit_code == 2
    assert "count by week" in done.output
    assert "Traceback" not in done.output
