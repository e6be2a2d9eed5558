"""khobao list: tables, files for programs, and authors.toml."""

from __future__ import annotations

import json
import tomllib

import pytest

from archive.models import Author


def test_a_table_shows_filled_columns_only(run):
    shown = run("list", "silent").output
    assert "dto:80001" in shown
    assert "Công tác" in shown
    gone = run("list", "gone").output
    assert "2026-11-09" in gone
    assert "date" not in gone.splitlines()[0]  # the article has none


def test_csv_and_json_are_whole_and_stable(run):
    found = json.loads(run("list", "authors", "--format", "json").output)
    assert found == {
        "list": "authors",
        "rows": [
            {"author": "DŨNG CHINH", "articles": 1, "first": "2018-01-03", "last": "2018-01-03",
             "also": None, "evidence": None}
        ],
        "more": False,
    }  # fmt: skip
    lines = run("list", "years", "--format", "csv").output.splitlines()
    assert lines[0] == "year,articles,reprints,syllables"
    assert len(lines) == 3


def test_a_query_and_the_filters_narrow_it(run):
    assert "DŨNG CHINH" in run("list", "authors", "--section", "chinh-tri").output
    assert run("list", "authors", "--source", "TTXVN").output == "The list is empty.\n"
    assert "Kinh tế" not in run("list", "sections", "dân vận -xuống").output


def test_a_list_that_does_not_exist_is_answered_with_those_that_do(run):
    done = run("list", "fields")
    assert done.exit_code == 2
    assert "authors" in done.output


@pytest.fixture
def signed(shelf):
    for name in ("N.Lâm", "N.Lâm", "Ngọc Lâm", "K.D"):
        shelf.add(authors=(Author(name),))
    shelf.connection.commit()
    return shelf.folder


def test_names_that_may_be_one_are_offered_and_applied(run, signed):
    offered = run("list", "authors", "--unsure", archive=signed).output
    assert "# initials: 2 articles, 1 article" in offered
    assert tomllib.loads(offered) == {"same": [{"name": "Ngọc Lâm", "also": ["N.Lâm"]}]}
    (signed / "authors.toml").write_text(offered, encoding="utf-8")
    applied = run("list", "authors", "--apply", "--format", "csv", archive=signed)
    assert "joined with another name: 1 name" in applied.stderr
    assert applied.stdout.splitlines()[1] == "Ngọc Lâm,3,2018-01-03,2018-01-03,N.Lâm,file"
    assert "same" not in tomllib.loads(run("list", "authors", "--unsure", archive=signed).output)


def test_a_wrong_file_changes_nothing_and_is_named(run, signed):
    (signed / "authors.toml").write_text("[[same]]\n", encoding="utf-8")
    done = run("list", "authors", "--apply", archive=signed)
    assert done.exit_code == 2
    assert "authors.toml: same 1 name" in done.output


def test_apply_belongs_to_authors(run):
    assert run("list", "tags", "--apply").exit_code == 2
