"""The command ``khobao reextract``: what it prints (`reextract/test_apply.py`: what it changes)."""

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from archive.archive import Archive
from archive.cli import khobao
from crawler.extract.article import read_page


def run(*arguments, code=0):
    done = CliRunner().invoke(khobao, ["reextract", "--jobs", "1", *map(str, arguments)])
    assert done.exit_code == code, done.output
    return done


def other_extractor(page):
    """It knew no bylines, and wrote one letter of a long text otherwise, far from its beginning."""
    article = read_page(page)
    body = article.body and article.body[:300] + "☺" + article.body[301:]
    return replace(article, byline=None, authors=(), body=body, extractor_version="0")


@pytest.fixture(scope="module")
def made(press, tmp_path_factory):
    folder = tmp_path_factory.mktemp("reextract") / "archive"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("crawler.ingest.classify.read_page", other_extractor)
        press.visit(folder, 0, answers=[*press.exchanges(0)][2:12])
    return folder


@pytest.fixture
def old(made, tmp_path):
    return Path(shutil.copytree(made, tmp_path / "archive"))


def test_without_captures_there_is_nothing_to_read_and_no_folder_is_made(tmp_path):
    done = run("-a", tmp_path / "none", code=2)
    assert "there are no captures to make it of" in done.stderr
    assert not (tmp_path / "none").exists()


def test_an_example_of_a_long_text_shows_where_it_differs(old):
    lines = run("-a", old, "--dry-run").stdout.splitlines()
    before = next(line for line in lines if "☺" in line)
    assert "- …" in before
    assert max(map(len, lines)) <= 80
    assert "would change; nothing was changed" in lines[-1]
    assert any("- (none)" in line for line in lines)  # the bylines that there were not


def test_after_the_run_there_is_nothing_left_to_change(old):
    assert "byline" in run("-a", old).stdout
    again = run("-a", old).stdout
    assert "byline" not in again
    assert "0 change" in again
    with Archive.open(old, read_only=True) as archive:
        runs = archive.connection.execute(
            "SELECT exit_code, reason FROM crawls WHERE command = 'reextract'"
        ).fetchall()
    assert runs == [(0, "done")] * 2


def test_a_dry_run_leaves_no_run_behind(old):
    told = json.loads(run("-a", old, "--dry-run", "--format", "json").stdout)
    assert told["dry_run"] is True
    assert told["fields"]["byline"]["articles"] > 0
    with Archive.open(old, read_only=True) as archive:
        runs = archive.connection.execute("SELECT command FROM crawls").fetchall()
        unlike = archive.connection.execute("SELECT count(byline) FROM articles").fetchone()
    assert runs == [("press",)]
    assert unlike == (0,)
