"""`khobao schedule`: what it prints is what cron, systemd and launchd take."""

import os
import plistlib
import shutil
import subprocess

import pytest
from click.testing import CliRunner

from archive.cli import khobao


def run(*arguments):
    return CliRunner().invoke(khobao, [str(argument) for argument in arguments])


@pytest.fixture
def folder(tmp_path):
    """An archive in a folder whose name needs care."""
    folder = tmp_path / "báo 100%"
    run("init", folder)
    return folder


def test_the_line_of_cron_runs_the_crawl_of_this_archive(folder):
    """The command of the line is run by a shell, after cron's own reading of percent signs."""
    printed = run("schedule", "-a", folder, "--at", "4:05").output
    [line] = [line for line in printed.splitlines() if line[:1].isdigit() and " crawl " in line]
    minute, hour, *stars, command = line.split(None, 5)
    assert (minute, hour, stars) == ("5", "4", ["*", "*", "*"])
    argument = command.replace(r"\%", "%").partition(" crawl ")[2]
    words = subprocess.run(
        ["sh", "-c", f"printf '%s\\n' {argument}"], capture_output=True, text=True, check=True
    ).stdout.splitlines()
    assert words == ["-a", str(folder), "--quiet"]


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="needs systemd-analyze")
def test_the_units_are_what_systemd_takes(folder, tmp_path):
    written = run("schedule", "systemd", "-a", folder, "--write", tmp_path)
    assert written.exit_code == 0, written.output
    # Every file that a unit names must be there, the program included.
    checked = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", tmp_path / "khobao.timer"],
        capture_output=True,
        text=True,
        env=os.environ | {"SYSTEMD_LOG_LEVEL": "warning"},
    )
    said = [line for line in checked.stderr.splitlines() if "khobao" in line]
    assert (checked.returncode, said) == (0, [])


def test_the_property_list_is_what_launchd_takes(folder):
    found = plistlib.loads(run("schedule", "launchd", "-a", folder).output.encode())
    assert found["ProgramArguments"][1:] == ["crawl", "-a", str(folder)]
    assert found["StartCalendarInterval"] == {"Hour": 3, "Minute": 17}


def test_the_services_of_compose_share_the_archive(folder):
    printed = run("schedule", "compose", "-a", folder).output
    assert printed.count(f'"{folder}:/archive') == 2
    assert "tomorrow 03:17" in printed


def test_there_must_be_an_archive(tmp_path):
    refused = run("schedule", "-a", tmp_path / "none")
    assert (refused.exit_code, "khobao init" in refused.output) == (2, True)


@pytest.mark.parametrize("at", ["24:00", "3", "03:60", "three"])
def test_a_time_of_day_is_checked(folder, at):
    refused = run("schedule", "-a", folder, "--at", at)
    assert (refused.exit_code, "03:17" in refused.output) == (2, True)
