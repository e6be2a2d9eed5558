"""`khobao trends`: bars, tables and figures."""

from __future__ import annotations

import csv
import io
import json

import pytest


def test_trends_draws_bars_and_holes(run):
    done = run("trends", "lua", "--by", "month")
    lines = done.output.splitlines()
    assert lines[0] == "lua"
    assert lines[1].startswith("2018-01   *")
    assert set(lines[2].removeprefix("2018-02")) == {" ", "░"}
    assert "1 of 1 100.0%~" in lines[3]
    assert max(map(len, lines)) <= 80


def test_trends_as_a_table_and_a_figure(run, tmp_path):
    rows = list(csv.DictReader(io.StringIO(run("trends", "lua", "--format", "csv").stdout)))
    assert [row["count"] for row in rows] == ["0", "", "1"]
    assert len(json.loads(run("trends", "lua", "--format", "json").stdout)["rows"]) == 3
    for name in ("a.svg", "a.csv"):
        done = run("trends", "lua", "--out", str(tmp_path / name), "--title", "Lúa")
        assert done.exit_code == 0
        assert (tmp_path / name).stat().st_size > 100
    assert run("trends", "lua", "--out", str(tmp_path / "a.pdf")).exit_code == 2


@pytest.mark.parametrize(
    ("span", "first", "lines"),
    [
        (["--since", "2018-01-03", "--until", "2018-02-02"], "2018-01-03", 31),
        (["--since", "2018-01-01", "--until", "2018-07-29"], "2018-W01", 30),
        (["--since", "2018", "--until", "2019"], "2018-01", 24),
        (["--since", "2012", "--until", "2026"], "2012", 15),
    ],
)
def test_trends_without_a_step_fit_the_screen(run, span, first, lines):
    done = run("trends", "lua", *span)
    printed = done.output.split("\n\n")[0].splitlines()[1:]
    assert printed[0].split()[0] == first
    assert len(printed) == lines
    record = json.loads(run("trends", "lua", *span, "--format", "json").stdout)
    assert record["by"] == "month"
    assert run("trends", "lua", *span, "--by", "year").output.splitlines()[1].startswith("20")


def test_words_that_stand_apart_are_said_where_they_are_counted(run, tmp_path):
    note = (
        "Note: 2 have all the words of dan van, 1 of them together; for these only: '\"dan van\"'\n"
    )
    assert run("trends", "dan van", "--by", "year").stderr == note
    assert note in run("export", str(tmp_path / "a.csv"), "dan van").stderr
    for exact in ('"dan van"', "lúa", "lúa OR giải"):
        assert run("trends", exact, "--by", "year").stderr == ""
