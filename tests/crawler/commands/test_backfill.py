"""Options of a backfill that mean nothing together are refused before anything is asked."""

import subprocess
import sys

import pytest


@pytest.mark.parametrize(
    "options",
    [
        ["--cdx", "http://127.0.0.1:9/cdx"],
        ["--from", "commoncrawl"],
        ["--from", "wayback", "--section", "xa-hoi"],
        ["--from", "wayback", "--base-url", "http://127.0.0.1:9"],
        ["--from", "wayback", "--cdx", "ftp://example.org/cdx"],
        ["--from", "wayback", "--cdx", "http://127.0.0.1:9/strange"],
    ],
    ids=" ".join,
)
def test_options_that_mean_nothing_are_refused(tmp_path, options):
    done = subprocess.run(
        [sys.executable, "-m", "archive", "backfill", "-a", tmp_path / "archive", *options],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2, done.stderr
