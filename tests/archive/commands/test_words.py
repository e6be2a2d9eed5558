"""`khobao words`, `collocates` and `keyness`: tables that fit, and what programs read."""

from __future__ import annotations

import csv
import io
import json

import pytest

ASKED = {
    "words": ("words",),
    "collocates": ("collocates", "dân", "--min-articles", "1"),
    "keyness": ("keyness", "dân", "--against", "-dân", "--min-articles", "1"),
}


@pytest.mark.parametrize("name", ASKED)
def test_tables_fit_and_say_their_unit(run, name):
    done = run(*ASKED[name])
    assert done.exit_code == 0
    assert max(map(len, done.stdout.splitlines())) <= 80
    assert done.stdout.endswith("Unit: syllables.\n")


@pytest.mark.parametrize("name", ASKED)
def test_files_have_the_same_rows_and_the_unit(run, name):
    rows = list(csv.DictReader(io.StringIO(run(*ASKED[name], "--format", "csv").stdout)))
    record = json.loads(run(*ASKED[name], "--format", "json").stdout)
    assert len(rows) > 2
    assert {row.pop("unit") for row in rows} == {record["unit"]} == {"syllables"}
    assert rows == [{key: str(value) for key, value in row.items()} for row in record["rows"]]


def test_counts_of_a_query(run):
    record = json.loads(run("words", "giải", "--format", "json").stdout)
    assert record["articles"] == 1
    assert {row["text"]: row["count"] for row in record["rows"]}["hòa"] == 1


def test_a_range_that_nothing_has_is_explained(run):
    assert "--min-articles" in run("words", "--min-articles", "9").stdout
    assert run("keyness", "year:2011", "--against", "year:2018").exit_code == 2
