"""`khobao export`: what is written, and what is refused."""

from __future__ import annotations

import json
from pathlib import Path

import pytest


def test_export_says_how_many_rows_it_wrote(run, tmp_path):
    out = tmp_path / "a.csv"
    done = run("export", str(out), "lúa", "--excel")
    assert done.stdout == ""
    assert done.stderr.startswith(f"{tmp_path / 'a.excel.csv'}: 1 article, ")
    assert "'=Lúa được mùa" in (tmp_path / "a.excel.csv").read_text(encoding="utf-8-sig")


def test_export_as_of_and_package_and_citations(run, tmp_path):
    run("export", str(tmp_path / "old.jsonl"), "--as-of", "2026-11-01")
    (line,) = (tmp_path / "old.jsonl").read_text(encoding="utf-8").splitlines()
    assert "31 mô hình" in json.loads(line)["body"]
    run("export", str(tmp_path / "pkg"), "--section", "kinh-te", "--as-of", "2026-11-30")
    text = (tmp_path / "pkg" / "README.md").read_text(encoding="utf-8")
    assert '`section:"kinh-te"`' in text
    assert "as it was known on 2026-11-30" in text
    done = run("export", str(tmp_path / "refs.bib"))
    assert "3 citations" in done.stderr


def test_a_data_package_has_no_excel_flavour(run, tmp_path):
    done = run("export", str(tmp_path / "folder"), "--excel")
    assert done.exit_code == 2
    assert not (tmp_path / "folder").exists()


def test_a_day_before_the_first_capture_is_noted(run, tmp_path):
    done = run("export", str(tmp_path / "a.csv"), "--as-of", "2010")
    assert "Note: nothing was captured before 2026-" in done.stderr
    assert "0 articles" in done.stderr


@pytest.mark.parametrize(
    ("name", "options", "said"),
    [
        ("x.bib", ["--cite", "ris"], "x.bib is a name for bibtex, and --cite asks for ris"),
        ("x.csv", ["--cite", "bibtex"], "x.csv is a name for articles"),
        ("x.jsonl", ["--cite", "csl-json"], "x.jsonl is a name for articles"),
        ("x.wacz", ["--cite", "ris"], "captures have their own days"),
        ("x.xlsx", [], ".csv, .jsonl or .parquet for articles, .bib or .ris for citations, .wacz"),
        ("x.json", [], "the ending chooses the form"),
    ],
)
def test_an_ending_and_an_option_that_contradict_each_other(run, tmp_path, name, options, said):
    done = run("export", str(tmp_path / name), *options)
    assert done.exit_code == 2
    assert said in done.stderr
    assert not (tmp_path / name).exists()


@pytest.mark.parametrize("out", ["-", "/dev/stdout"])
def test_an_export_to_standard_output_is_refused(run, tmp_path, monkeypatch, out):
    monkeypatch.chdir(tmp_path)
    done = run("export", out)
    assert done.exit_code == 2
    assert "name a file, such as articles.csv" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_nothing_is_replaced_without_being_asked(run, tmp_path):
    for arguments in (
        ["export", "a.csv"],
        ["export", "pkg"],
        ["export", "a.bib"],
        ["export", "a.cdxj"],
        ["trends", "lúa", "--out", "t.svg"],
        ["trends", "lúa", "--out", "t.png"],
        ["trends", "lúa", "--out", "t.csv"],
        ["coverage", "--out", "c.svg"],
    ):
        given = [
            str(tmp_path / word) if "." in word or word == "pkg" else word for word in arguments
        ]
        assert run(*given).exit_code == 0
        again = run(*given)
        assert again.exit_code == 2
        assert "exists already; name another, or let --force replace it" in again.stderr
        assert run(*given, "--force").exit_code == 0
        if given[-1].endswith("pkg"):
            continue
        Path(given[-1]).write_text("mine", encoding="utf-8")
        assert run(*given, "--force").exit_code == 2
        assert Path(given[-1]).read_text(encoding="utf-8") == "mine"
