"""`khobao doctor` in a terminal: a line for each check, and one exit code."""

import json

from click.testing import CliRunner

from archive.cli import khobao


def run(*arguments):
    return CliRunner().invoke(khobao, ["doctor", "--offline", *map(str, arguments)])


def test_each_check_is_a_line_with_its_next_step(made_demo):
    shown = run("-a", made_demo)
    lines = shown.output.splitlines()
    assert shown.exit_code == 0
    assert any(line.startswith("✓ permissions: ") for line in lines)
    contact = next(n for n, line in enumerate(lines) if line.startswith("! contact: "))
    assert lines[contact + 1] == "  → set contact in khobao.toml"


def test_what_fails_sets_the_exit_code(tmp_path):
    shown = run("-a", tmp_path, "--format", "json")
    assert shown.exit_code == 1
    failed = [check["name"] for check in json.loads(shown.output) if check["level"] == "fail"]
    assert failed == ["archive"]
