"""`khobao concord`: aligned lines, numbers, and files."""

from __future__ import annotations

import csv
import io
import json

import pytest
from rich.cells import cell_len
from rich.console import Console

from archive.commands import concord
from archive.commands.concord import _row
from archive.corpus.concordance import Line


@pytest.mark.parametrize("columns", [40, 56, 80, 120, 200])
def test_lines_are_aligned_at_any_width(columns):
    lines = [
        Line("dto:1", "2018-01-03", None, "body", "chú trọng công tác ", "dân vận", " khéo. " * 40, ""),
        Line("abcdefghij:1234567", None, None, "body", "Một câu rất dài " * 30, "DÂN VẬN", ".", ""),
        Line("dto:3", None, None, "title", "", "dân vận", "", ""),
    ]  # fmt: skip
    rows = [_row(line, columns, 7) for line in lines]
    assert {row.cell_len for row in rows} == {columns}
    starts = {cell_len(row.plain.lower().partition("dân vận")[0]) for row in rows}
    assert len(starts) == 1
    assert all(any("yellow" in str(span.style) for span in row.spans) for row in rows)
    assert ("2018-01-03" in rows[0].plain) == (columns >= 80)


def test_mentions_and_articles_are_counted(run):
    done = run("concord", "dan", "van")
    lines = done.stdout.splitlines()
    assert lines[0].startswith("2018-01-03 dto:80001")
    assert max(map(len, lines)) <= 80
    assert lines[-1] == "2 mentions in 1 article."
    assert done.stderr == (
        "Note: a mention has its words together; 1 more article has dan van apart\n"
    )


def test_what_programs_read(run):
    rows = list(csv.DictReader(io.StringIO(run("concord", "dân vận", "--format", "csv").stdout)))
    assert [(row["key"], row["place"], row["hit"]) for row in rows] == [
        ("dto:80001", "title", "dân vận"), ("dto:80001", "body", "dân vận"),
    ]  # fmt: skip
    record = json.loads(
        run("concord", "dân vận", "--sample", "1", "--seed", "3", "--format", "json").stdout
    )
    assert (record["mentions"], record["articles"], record["seed"]) == (2, 1, 3)
    assert len(record["lines"]) == 1
    assert record["lines"][0]["hit"] == "dân vận"


def test_nothing_found_and_nothing_asked(run):
    assert run("concord", "voi").stdout == "No mention found.\n"
    assert run("concord", "--section", "kinh-te").exit_code == 2


def test_a_terminal_without_colour_shows_the_mention_too(run, monkeypatch):
    narrow = Console(width=40, no_color=True, force_terminal=True, file=io.StringIO())
    monkeypatch.setattr(concord, "console", lambda: narrow)
    run("concord", "lúa")
    assert "Lúa" in narrow.file.getvalue()
    assert "43m" not in narrow.file.getvalue()
