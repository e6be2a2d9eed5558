"""`khobao coverage`: sections, days, the picture."""

from __future__ import annotations

import json


def test_coverage_names_the_sections(run):
    done = run("coverage")
    assert "Chính trị (chinh-tri) " in done.output
    record = json.loads(run("coverage", "--format", "json").stdout)
    assert record["section_names"]["kinh-te"] == "Kinh tế"
    assert set(record["section_names"]) <= set(record["sections"])


def test_coverage_prints_and_draws(run, tmp_path):
    done = run("coverage")
    assert "Days without an article" in done.output
    assert "Numbers dto:2 to 80001" in done.output
    assert max(map(len, done.output.splitlines())) <= 80
    assert json.loads(run("coverage", "--format", "json").stdout)["total"]["stored"] == 3
    assert run("coverage", "--format", "csv").stdout.startswith("day,listed,stored")
    assert run("coverage", "--out", str(tmp_path / "c.svg")).exit_code == 0
    assert (tmp_path / "c.svg").read_text(encoding="utf-8").startswith("<svg")


def test_a_time_of_which_nothing_is_known_is_no_empty_archive(run):
    assert "Nothing is known of this period" in run("coverage", "--since", "2050").output
