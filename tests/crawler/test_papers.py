"""Several papers in one archive: the newsroom in the dress of each sister, crawled for real."""

import json
import sqlite3
import subprocess
import sys
from contextlib import ExitStack

import pytest

from archive.archive import Archive
from crawler.ingest.papers import papers_of
from newsroom import Newsroom

PAPERS = {"baoangiang": "bag", "baoapbac": "bab", "dongthap": "dto"}
#: The newsroom serves as many of each paper's generation.
ARTICLES = 70


def khobao(*arguments, code=0):
    done = subprocess.run(
        [sys.executable, "-m", "archive", *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == code, done.stdout + done.stderr
    return done.stdout + done.stderr


def crawl(folder, room, *more, code=0):
    options = ("--base-url", room.base_url, "--delay", "0", "--timeout", "5")
    return khobao("crawl", "-a", folder, *options, *more, code=code)


@pytest.fixture(scope="module")
def rooms():
    with ExitStack() as opened:
        yield {
            name: opened.enter_context(
                Newsroom(
                    articles=ARTICLES,
                    crawl_delay=0,
                    sister=None if name == "dongthap" else name,
                )
            )
            for name in PAPERS
        }


@pytest.fixture(scope="module")
def folder(rooms, tmp_path_factory):
    """One archive of all three, each crawled twice."""
    path = tmp_path_factory.mktemp("mekong") / "archive"
    for name, room in rooms.items():
        crawl(path, room, "--paper", name)
    for name, code in PAPERS.items():
        assert "nothing new" in crawl(path, rooms[name], "--paper", code)
    return path


@pytest.fixture
def archive(folder):
    with Archive.open(folder, read_only=True) as opened:
        yield opened


@pytest.mark.parametrize("name", PAPERS)
def test_every_article_of_each_paper_is_as_its_newsroom_means_it(name, rooms, archive):
    expected = rooms[name].expected()
    assert len(expected) >= 5
    stored = {article.key: article for article in archive.articles(f"paper:{PAPERS[name]}")}
    mixed = {key for key in expected if not key.startswith(f"{PAPERS[name]}:")}
    assert mixed == set()
    copies = {k for k in expected if k not in stored}
    # A story posted in two generations of the paper is one article, under the older key.
    assert all(archive.article(key).key in stored for key in copies)
    fields = ("url", "title", "byline", "section", "section_slug", "agency", "lead", "body")
    for key in expected.keys() & stored.keys():
        for field in fields if name != "dongthap" else ("title", "byline", "agency"):
            assert getattr(stored[key], field) == getattr(expected[key], field), (key, field)


def test_articles_of_two_papers_are_never_joined(archive):
    """Both sisters and the paper itself print the same reports."""
    rows = archive.connection.execute(
        "SELECT count(DISTINCT substr(key, 1, instr(key, ':'))) FROM article_urls"
        " GROUP BY article_id"
    )
    assert {row[0] for row in rows} == {1}
    pairs = archive.connection.execute(
        "SELECT count(*) FROM duplicates JOIN articles AS a ON a.id = article_id"
        " JOIN articles AS b ON b.id = other_id WHERE a.paper <> b.paper"
    )
    assert pairs.fetchone()[0] > 3


def test_every_article_names_its_paper(archive):
    connection = archive.connection
    assert connection.execute(
        "SELECT count(*) FROM articles WHERE paper <> substr(key, 1, instr(key, ':') - 1)"
    ).fetchone() == (0,)
    assert connection.execute("SELECT code, name, host FROM papers ORDER BY code").fetchall() == [
        ("bab", "Báo Ấp Bắc", "baoapbac.vn"),
        ("bag", "Báo An Giang", "baoangiang.com.vn"),
        ("dto", "Báo Đồng Tháp Online", "baodongthap.vn"),
    ]


def test_the_archive_remembers_its_papers(folder, rooms):
    assert {paper.code for paper in papers_of(folder)} == set(PAPERS.values())
    said = crawl(folder, rooms["dongthap"], code=2)
    assert "name one with --paper" in said


def count(folder, *arguments):
    return json.loads(khobao("search", "-a", folder, *arguments, "--format", "json"))["total"]


def test_questions_are_narrowed_by_paper(folder, archive):
    size = dict(archive.connection.execute("SELECT paper, count(*) FROM articles GROUP BY 1"))
    for named in ("--paper=bag", "--paper=baoangiang.com.vn", "--paper=An Giang", "paper:bag"):
        assert count(folder, named) == size["bag"], named
    assert count(folder, "NOT paper:bag") == sum(size.values()) - size["bag"]
    assert "bag (Báo An Giang)" in khobao("search", "-a", folder, "lúa", "--paper", "Cà Mau")
    covered = json.loads(khobao("coverage", "-a", folder, "--paper", "bab", "--format", "json"))
    assert covered["total"]["stored"] == size["bab"]
    assert {one["series"].partition(":")[0] for one in covered["series"]} == {"bab"}
    assert covered["runs"] == 2
    assert "name one of the archive's papers" in khobao(
        "coverage", "-a", folder, "--paper", "Báo", code=2
    )


def test_trends_and_exports_are_narrowed_by_paper(folder, archive, tmp_path):
    (size,) = archive.connection.execute(
        "SELECT count(*) FROM articles WHERE paper = 'bag'"
    ).fetchone()
    out = tmp_path / "angiang.csv"
    assert f"{size:,}" in khobao("export", "-a", folder, out, "--paper", "bag")
    rows = out.read_text(encoding="utf-8-sig").splitlines()
    assert rows[0].endswith(",paper")
    counted = json.loads(
        khobao("trends", "-a", folder, "paper:bag", "--by", "year", "--format", "json")
    )
    assert sum(row["count"] or 0 for row in counted["rows"]) + sum(counted["undated"]) == size


def test_a_lost_database_is_made_again_from_the_captures(folder, archive, tmp_path):
    import shutil

    copy = tmp_path / "copy"
    shutil.copytree(folder, copy)
    for file in copy.glob("archive.db*"):
        file.unlink()
    khobao("reextract", "-a", copy)
    tables = "SELECT key, paper, title, body, byline, section FROM articles ORDER BY key"
    again = sqlite3.connect(copy / "archive.db").execute(tables).fetchall()
    assert again == archive.connection.execute(tables).fetchall()


def test_a_code_or_a_host_is_one_papers(folder, tmp_path, rooms):
    file = tmp_path / "other.toml"
    text = (
        'name = "Báo Khác"\ncode = "bag"\nhosts = ["baokhac.vn"]\n[[generation]]\nletter = "A"\n'
        'shapes = [{ article = "/{slug}-{id}.html" }]\n'
    )
    file.write_text(text, encoding="utf-8")
    said = crawl(folder, rooms["dongthap"], "--paper", file, code=2)
    assert "holds Báo An Giang (baoangiang.com.vn) under the code 'bag'" in said
    file.write_text(
        text.replace('"bag"', '"khac"').replace("baokhac.vn", "www.baoapbac.vn"), encoding="utf-8"
    )
    said = crawl(folder, rooms["dongthap"], "--paper", file, code=2)
    assert "have a host in common" in said
