"""`khobao diff`: two versions side by side."""

from __future__ import annotations

import json


def test_diff_names_what_changed(run):
    done = run("diff", "80001")
    assert "Silent edit: the text changed, the stamp did not." in done.output
    assert "Numbers: 31 → 29" in done.output
    assert "Đã có [-31-]{+29+} mô hình hay." in done.output
    wide = run("diff", "80001", "--side-by-side")
    assert "[-31-] mô" in wide.output


def test_diff_as_json_and_with_numbers(run):
    record = json.loads(run("diff", "80001", "2", "1", "--format", "json").stdout)
    assert (record["before"]["number"], record["after"]["number"]) == (2, 1)
    assert (record["numbers_removed"], record["numbers_added"]) == (["29"], ["31"])
    assert run("diff", "2").output == "dto:2 has been seen in one version only.\n"
    assert run("diff", "80001", "1", "2", "3").exit_code == 2
