"""`khobao verify`: its exit code, its two forms, and options that exclude each other."""

from __future__ import annotations

import json
import re

import pytest


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["dto:80001", "--sample", "5"], "are for the whole archive"),
        (["dto:80001", "--full"], "are for the whole archive"),
        (["--sample", "5", "--full"], "exclude each other"),
        (["--sample", "0"], "not in the range"),
    ],
)
def test_options_that_exclude_each_other(run, arguments, said):
    done = run("verify", *arguments)
    assert (done.exit_code, said in done.stderr) == (2, True), done.stderr


def test_captures_that_are_not_there_are_faults(run):
    # The archive of these tests has rows, but no WARC file.
    done = run("verify", "--sample", "2", "--seed", "1")
    assert done.exit_code == 1
    assert "✗ " in done.stdout
    assert " → " in done.stdout
    assert re.fullmatch(r"[0-9]+ faults? in .*", done.stdout.splitlines()[-1])
    told = run("verify", "--sample", "2", "--seed", "1", "--format", "json")
    assert told.exit_code == 1
    faults = json.loads(told.stdout)["faults"]
    assert all({"kind", "place", "what", "remedy"} <= set(fault) for fault in faults)


def test_one_article_that_cannot_be_proved(run):
    done = run("verify", "dto:80001")
    assert done.exit_code == 1
    assert "✗ dto:80001, revision 1" in done.stdout
    told = json.loads(run("verify", "dto:80001", "--format", "json").stdout)
    assert [one["revision"] for one in told] == [1, 2]


def test_an_unknown_article_is_wrong_usage(run):
    from archive.errors import NotFound

    done = run("verify", "dto:0")
    assert done.exit_code == NotFound.exit_code
    assert "no article is known as dto:0" in done.stderr
