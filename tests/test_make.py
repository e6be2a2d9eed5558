"""`make test` on a machine that has Python and make, and nothing else."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests import programs

ROOT = Path(__file__).parent.parent


@pytest.fixture
def checkout(tmp_path):
    """A folder with our Makefile, and programs that only say that they were started."""
    shutil.copy(ROOT / "Makefile", tmp_path)
    for name in ("pyproject.toml", "tests/environments/pywb.txt", ".venv/.installed"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    (tmp_path / ".venv/bin").mkdir()
    for name in ("pytest", "ruff", "mypy"):
        program = tmp_path / ".venv/bin" / name
        program.write_text(f"#!/bin/sh\necho {name} ran\n")
        program.chmod(0o755)
    return tmp_path


def make(folder, *words, **environment):
    clean = {name: value for name, value in os.environ.items() if "MAKE" not in name}
    return subprocess.run(
        [shutil.which("make"), *words],
        cwd=folder,
        env=clean | environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_web_archive_tool_that_cannot_be_installed_costs_one_line(checkout):
    done = make(checkout, "test", "PYTHON=false")
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("pywb could not be installed") == 1
    assert "pytest ran" in done.stdout


def test_a_web_archive_tool_that_is_asked_for_must_be_installed(checkout):
    assert make(checkout, "pywb", "PYTHON=false").returncode != 0


def test_the_tests_need_no_right_to_install(checkout):
    planned = make(checkout, "-n", "test")
    assert planned.returncode == 0, planned.stderr
    assert "apt" not in planned.stdout
    assert "sudo" not in planned.stdout


@pytest.mark.parametrize(
    ("there", "installs"),
    [
        ([], "chromium libreoffice-calc-nogui"),
        (["google-chrome"], "libreoffice-calc-nogui"),
        (["chromium-browser"], "libreoffice-calc-nogui"),
        (["libreoffice"], "chromium"),
        (["chromium", "soffice"], None),
    ],
)
def test_only_programs_that_are_missing_are_installed(checkout, there, installs):
    path = checkout / "path"
    path.mkdir()
    for name in ("id", "env"):
        (path / name).symlink_to(shutil.which(name))
    for name in [*there, "apt-get", "sudo"]:
        (path / name).write_text('#!/bin/sh\nprintf "%s\\n" "$*"\n')
        (path / name).chmod(0o755)
    done = make(checkout, "programs", PATH=str(path))
    assert done.returncode == 0, done.stderr
    assert done.stdout.endswith(f"--no-install-recommends {installs}\n" if installs else "")
    assert bool(done.stdout) == bool(installs)


def test_a_missing_program_skips_its_tests_at_a_desk(monkeypatch):
    monkeypatch.delenv("CI", raising=False)
    with pytest.raises(pytest.skip.Exception, match=r"^no-such-program is not installed: .*make"):
        programs.find_program("no-such-program")


def test_a_missing_program_fails_its_tests_in_ci(monkeypatch):
    monkeypatch.setenv("CI", "true")
    with pytest.raises(pytest.fail.Exception, match=r"^no-such-program is not installed: .*make"):
        programs.find_program("no-such-program")


def test_ci_installs_what_the_tests_open_things_with():
    script = (ROOT / ".ci/run").read_text(encoding="utf-8")
    steps = [line for line in script.splitlines() if line.startswith("make ")]
    assert steps == ["make programs", "make pywb", "make test"]


def test_a_missing_program_is_named_in_one_line(tmp_path):
    (tmp_path / "conftest.py").write_text("from tests.conftest import pytest_terminal_summary\n")
    (tmp_path / "test_it.py").write_text(
        "import pytest\nfrom tests.programs import find_program\n"
        "@pytest.fixture\ndef browser():\n    find_program('no-such-program')\n"
        "def test_one(browser): pass\ndef test_two(browser): pass\n"
    )
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "pytest",
            "-c",
            ROOT / "pyproject.toml",
            "-p",
            "no:cacheprovider",
            "--rootdir",
            ROOT,
            "-q",
            ".",
        ],
        cwd=tmp_path,
        env={name: value for name, value in os.environ.items() if name != "CI"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout.count("no-such-program is not installed: `make programs`") == 1
    assert "skipped 2: no-such-program" in done.stdout
