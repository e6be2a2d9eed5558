"""``khobao paper``: what it says of a definition file, and its exit code."""

import pytest
from click.testing import CliRunner

from archive.cli import khobao
from crawler.site.paper import DONGTHAP, load, shipped

MINE = """
name = "Báo Sông Hậu"
code = "bsh"
hosts = ["baosonghau.vn"]
[[generation]]
letter = "C"
shapes = [{ article = "/{slug}-a{id}.htm[l]", key = "a{id}" }]
"""


def run(*arguments):
    return CliRunner().invoke(khobao, ["paper", *map(str, arguments)], catch_exceptions=False)


@pytest.fixture
def mine(tmp_path):
    file = tmp_path / "song-hau.toml"
    file.write_text(MINE, encoding="utf-8")
    return file


def test_list_names_every_paper_that_is_shipped():
    said = run("list").output
    assert [name for name in shipped() if name not in said or load(name).code not in said] == []


def test_show_prints_the_file():
    assert run("show", "dto").output == DONGTHAP.text


def test_check_says_what_it_read(mine):
    done = run(
        "check", mine, "http://baosonghau.vn/mua-lu-a12.html", "https://baosonghau.vn/xa-hoi?p=2"
    )
    assert done.exit_code == 0
    for said in ("Báo Sông Hậu", "/{slug}-a{id}.htm[l]", "bsh:a{id}", "article bsh:a12", "page 2"):
        assert said in done.output
    assert "www.baosonghau.vn is not among the hosts" in done.output
    assert "song-hau.toml can be used" in done.output


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("https://baosonghau.vn/tin/mua-lu-12.html", "no shape of the file fits"),
        ("https://www.baosonghau.vn/mua-lu-a12.html", "not on a host of the paper"),
    ],
)
def test_an_address_that_is_not_understood_is_a_mistake(mine, url, says):
    done = run("check", mine, url)
    assert (done.exit_code, says in done.output) == (2, True)


def test_check_names_every_mistake(mine):
    mine.write_text(MINE.replace("name =", "nmae =").replace("{id}.htm", "{nr}.htm"), "utf-8")
    done = run("check", mine)
    assert done.exit_code == 2
    assert "did you mean 'name'?" in done.output
    assert "placeholder {nr}" in done.output
    assert "3 mistakes" in done.output


def test_a_list_that_is_none_is_noted(mine):
    mine.write_text(MINE + 'lists = ["/tin/moi"]', "utf-8")
    assert "is named as a list, and is none by its shape" in run("check", mine).output
