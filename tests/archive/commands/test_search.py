"""`khobao search`: hits, readings, formats, filters."""

from __future__ import annotations

import csv
import io
import json

import pytest


def test_search_finds_marks_left_out(run):
    done = run("search", "dan", "van")
    assert done.exit_code == 0
    assert done.output.index("dto:80001") < done.output.index("=Lúa được mùa")
    assert "Looked for: dan van (phrase first, then all words)" in done.output
    assert "1–2 of 2 articles; 1 with the words together." in done.output
    assert max(map(len, done.output.splitlines())) <= 80


def test_search_says_what_each_reading_finds(run):
    done = run("search", "hòa giải", "--explain")
    assert "hòa giải exactly as typed: 0 together, 0 in all" in done.output
    assert "hòa giải with the tone on the other vowel too: 1 together, 1 in all" in done.output
    none = run("search", "dấn vấn")
    assert none.exit_code == 0
    assert "No article found." in none.output
    assert "dan van whatever the marks: 1 together, 2 in all" in none.output


def test_search_says_what_to_do_next(run):
    assert "1–1 of 3 articles. Next page: --offset 1\n" in run("search", "", "--limit", "1").output
    assert "Next page" not in run("search", "").output
    assert run("search", "", "--limit", "0").output.endswith("\n3 articles.\n")
    nothing = run("search", "lúa", "--section", "chinh-tri", "--until", "2001").output
    assert "Without dates and filters: 1 article." in nothing
    assert "Without" not in run("search", "xyzzy").output


def test_search_as_json(run):
    record = json.loads(run("search", "dân vận", "--format", "json").stdout)
    assert record["total"] == 2
    assert record["hits"][0]["key"] == "dto:80001"
    title, marks = record["hits"][0]["title"], record["hits"][0]["title_marks"]
    assert [title[start:end] for start, end in marks] == ["dân vận"]
    assert [reading["reading"] for reading in record["readings"]] == ["exact", "plain"]


def test_search_as_csv(run):
    rows = list(csv.DictReader(io.StringIO(run("search", "", "--format", "csv").stdout)))
    assert [row["title"] for row in rows] == [
        "=Lúa được mùa", "Công tác dân vận đạt kết quả", "Tin <b>đậm</b> [bold]đỏ[/bold]",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("options", "total"),
    [
        (["--since", "03/2018"], 1), (["--until", "2018-01-03"], 1), (["--section", "kinh-te"], 1),
        (["--author", "dung chinh"], 1), (["--source", "ttxvn"], 1), (["--kind", "article"], 3),
        (["--section", "kinh-te", "--section", "chinh-tri"], 2), (["--limit", "0"], 3),
    ],
)  # fmt: skip
def test_search_filters(run, options, total):
    assert json.loads(run("search", *options, "--format", "json").stdout)["total"] == total


def test_a_date_that_is_none_is_refused(run):
    done = run("search", "lúa", "--since", "mai")
    assert done.exit_code == 2
    assert done.stderr == (
        "Error: “mai” is not a date; write 2018, 03/2018, 3/1/2018 or 2018-01-03\n"
    )


def test_text_is_never_taken_for_markup_of_the_terminal(run):
    assert "Tin <b>đậm</b> [bold]đỏ[/bold]" in run("search", "tin").output
    assert "[red]hoà giải[/red]" in run("show", "3").output


def test_names_that_the_archive_has_not_are_said_with_those_it_has(run, tmp_path):
    for command in (["search"], ["trends", "lúa"], ["export", str(tmp_path / "a.csv")]):
        done = run(*command, "--section", "kin-te", "--kind", "foto")
        said = " ".join(done.output.split())
        assert "no section “kin-te”; it has kinh-te (Kinh tế), chinh-tri (Chính trị)" in said
        assert "no kind “foto”; it has article" in said
