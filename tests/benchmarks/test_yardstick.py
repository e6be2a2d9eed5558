"""The yardstick's command, over a folder that is not the golden pages."""

import csv
import json
import shutil

import pytest
from click.testing import CliRunner

from benchmarks.extraction import systems
from benchmarks.extraction.__main__ import main
from benchmarks.extraction.pages import GOLDEN, collect
from benchmarks.extraction.runner import SYSTEMS


@pytest.fixture
def folder(tmp_path):
    """One golden page in each of the two shapes, one page without an expectation."""
    case = next(case for case in collect([GOLDEN]) if {"title", "byline"} <= case.stated)
    shutil.copytree(case.page.parent, tmp_path / "mine" / "some-page")
    shutil.copy(case.page, tmp_path / "flat.html")
    expected = json.loads(case.page.with_name("expected.json").read_text("utf-8"))
    (tmp_path / "flat.json").write_text(json.dumps(expected | {"url": case.url}), "utf-8")
    (tmp_path / "unexpected.html").write_text("<html>", "utf-8")
    return tmp_path


def test_both_shapes_of_a_folder_are_found(folder):
    cases = collect([folder])
    assert [case.name for case in cases] == ["flat", "mine/some-page"]
    assert cases[0].url == cases[1].url
    assert cases[0].expected.title == cases[1].expected.title


def test_the_command_prints_and_writes_its_tables(folder, tmp_path):
    markdown, table = tmp_path / "out.md", tmp_path / "out.csv"
    files = ["--markdown", str(markdown), "--csv", str(table)]
    arguments = [str(folder), "--systems", "khobao", "--rounds", "1", *files]
    done = CliRunner().invoke(main, arguments)
    assert done.exit_code == 0, done.output
    assert "of 2 pages" in done.output
    assert max(map(len, done.output.splitlines())) <= 80
    assert "| **khobao** |" in markdown.read_text("utf-8")
    with table.open(encoding="utf-8", newline="") as stream:
        [row] = csv.DictReader(stream)
    assert (row["system"], row["pages"], float(row["title"])) == ("khobao", "2", 1.0)


def test_an_expectation_that_is_not_met_is_seen(folder):
    wrong = json.loads((folder / "flat.json").read_text("utf-8"))
    wrong |= {"byline": "Người Khác", "authors": []}
    (folder / "flat.json").write_text(json.dumps(wrong), "utf-8")
    arguments = [str(folder), "--systems", "khobao", "--rounds", "1", "--misses", "5"]
    done = CliRunner().invoke(main, arguments)
    assert "Khác" in done.output
    assert "50.0" in done.output


@pytest.mark.parametrize("arguments", [["--systems", "nobody"], [".", "--check"], [".", "--pin"]])
def test_wrong_usage_is_refused(arguments):
    assert CliRunner().invoke(main, arguments).exit_code == 2


def test_a_peer_that_is_not_installed_is_named_and_the_rest_goes_on(monkeypatch, tmp_path, folder):
    monkeypatch.setattr(systems, "ROOT", tmp_path)
    results, missing = systems.measure(collect([folder]), ["trafilatura"], rounds=2)
    assert results == []
    assert missing == ["trafilatura: .venv-peers does not exist; run `make peers`"]


def test_every_system_has_a_way_to_be_made():
    assert set(SYSTEMS) >= {"khobao", "trafilatura", "newspaper4k", "readability", "resiliparse"}
