"""Names of the papers: what citations and figures say an article is from."""

import pytest

from archive.archive import Archive
from archive.papers import FIRST, name_of, names


@pytest.fixture
def archive(tmp_path):
    with Archive.open(tmp_path / "a", create=True) as opened:
        yield opened


def test_an_archive_that_does_not_name_its_paper_is_of_the_first(archive):
    assert names(archive.connection) == name_of(archive.connection, "dto") == FIRST[0]
    archive.connection.execute("INSERT INTO papers VALUES ('dto', 'dto', 'baodongthap.vn')")
    assert name_of(archive.connection, "dto") == FIRST[0]


def test_a_paper_is_called_as_the_crawler_names_it(archive):
    archive.name_papers([("bag", "Báo An Giang", "baoangiang.com.vn")])
    assert name_of(archive.connection, "bag") == "Báo An Giang"
    assert name_of(archive.connection, "bct") == "bct"
    archive.name_papers([("bag", "Báo An Giang Online", "baoangiang.com.vn")])
    assert name_of(archive.connection, "bag") == "Báo An Giang Online"
