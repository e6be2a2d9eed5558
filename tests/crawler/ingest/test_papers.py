"""The papers of an archive: remembered in its folder, found by name, file and code."""

import pytest

from archive.archive import Archive
from archive.errors import UsageError
from crawler.ingest.papers import chosen, find, paper_of_run, papers_of, remember
from crawler.site.definition import WrongDefinition
from crawler.site.paper import DONGTHAP, load
from tests.crawler.commands.test_paper import MINE


@pytest.fixture
def mine(tmp_path):
    file = tmp_path / "song-hau.toml"
    file.write_text(MINE, encoding="utf-8")
    return file


@pytest.fixture
def archive(tmp_path):
    with Archive.open(tmp_path / "mekong", create=True) as opened:
        yield opened


def rows(archive):
    return archive.connection.execute("SELECT * FROM papers ORDER BY code").fetchall()


def test_an_archive_without_papers_is_of_the_first(tmp_path):
    assert papers_of(tmp_path) == (DONGTHAP,)
    assert papers_of(tmp_path / "archive.db") == (DONGTHAP,)


def test_a_shipped_paper_is_named_and_another_copied(archive, mine):
    remember(archive, load("baoangiang"))
    remember(archive, find(str(mine)))
    folder = archive.path / "papers"
    assert (folder / "bag.toml").read_text("utf-8") == 'shipped = "baoangiang"\n'
    assert (folder / "bsh.toml").read_text("utf-8") == MINE
    assert [paper.code for paper in papers_of(archive.path)] == ["bag", "bsh"]
    assert papers_of(archive.path)[0] is load("baoangiang")
    assert rows(archive) == [
        ("bag", "Báo An Giang", "baoangiang.com.vn"),
        ("bsh", "Báo Sông Hậu", "baosonghau.vn"),
    ]


def test_a_changed_file_takes_the_place_of_the_old(archive, mine):
    remember(archive, find(str(mine)))
    mine.write_text(MINE.replace("Báo Sông Hậu", "Báo Hậu Giang"), "utf-8")
    remember(archive, find(str(mine)))
    assert rows(archive) == [("bsh", "Báo Hậu Giang", "baosonghau.vn")]


def test_what_an_older_archive_holds_stays_its_first_paper(archive, mine):
    archive.connection.execute(
        "INSERT INTO captures (url, fetched_at, status, warc_file, warc_offset, warc_length,"
        " payload_digest, origin, outcome) VALUES ('https://baodongthap.vn/', '2026', 200, 'x', 0,"
        " 1, 'x', 'live', 'list')"
    )
    assert [paper.code for paper in remember(archive, find(str(mine)))] == ["dto", "bsh"]


def test_a_paper_is_found_by_file_code_and_name(archive, mine):
    remember(archive, find(str(mine)))
    assert find("bsh", archive.path).name == "Báo Sông Hậu"
    assert find("dto") is find("dongthap") is DONGTHAP
    with pytest.raises(UsageError, match="no paper is called"):
        find("bsh")
    with pytest.raises(UsageError, match="cannot read the definition file"):
        find("nowhere.toml")
    mine.write_text("name = 1", "utf-8")
    with pytest.raises(WrongDefinition, match=mine.name):
        find(str(mine))


def test_the_only_paper_need_not_be_named(archive, mine):
    remember(archive, find(str(mine)))
    assert chosen(None, archive.path).code == "bsh"
    remember(archive, DONGTHAP)
    with pytest.raises(UsageError, match=r"name one with --paper: .*bsh \(Báo Sông Hậu\)"):
        chosen(None, archive.path)
    assert chosen("dto", archive.path) is DONGTHAP


def test_the_setting_is_a_paper_or_names_one():
    assert paper_of_run({"KHOBAO_PAPER": "dongthap"}) is DONGTHAP
    assert paper_of_run({"KHOBAO_PAPER": DONGTHAP}) is DONGTHAP
