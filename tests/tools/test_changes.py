"""The changes of one version, as a release shows them."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    ("version", "has", "lacks"),
    [
        ("0.2.0", "### Fixed", "khobao backfill`: the past"),
        ("0.1.0", "khobao backfill`: the past", "## ["),
    ],
)
def test_one_version(version, has, lacks):
    shown = run(version)
    assert shown.returncode == 0
    assert has in shown.stdout
    assert lacks not in shown.stdout


def test_a_version_that_is_not_there():
    assert "no version 0.2" in run("0.2").stderr


def run(version):
    return subprocess.run(
        [sys.executable, ROOT / "tools/changes.py", version],
        capture_output=True,
        text=True,
        check=False,
    )
