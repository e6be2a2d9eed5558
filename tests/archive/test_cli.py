"""The command line as a whole: help, exit codes, the environment, one way to ask."""

from __future__ import annotations

import io
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from archive.cli import khobao

COMMANDS = ("search", "show", "diff", "trends", "export", "coverage", "status", "serve")


def test_every_command_is_there_and_explains_itself():
    context = click.Context(khobao)
    for name in COMMANDS:
        command = khobao.get_command(context, name)
        assert command is not None
        assert command.help
        done = CliRunner().invoke(khobao, [name, "--help"])
        assert done.exit_code == 0
        assert max(map(len, done.output.splitlines())) <= 80


def test_commands_of_ours_do_not_wait_for_those_of_others(monkeypatch, scene):
    def refuse(*_: object) -> None:
        raise AssertionError("search asked the other packages")

    monkeypatch.setattr("archive.cli._others", refuse)
    assert CliRunner().invoke(khobao, ["search", "lúa", "-a", str(scene)]).exit_code == 0


def test_a_broken_package_takes_no_command_with_it(monkeypatch):
    class Broken:
        value = "broken.cli:register"

        def load(self) -> None:
            raise ImportError("no module of that name")

    monkeypatch.setattr("archive.cli._others", lambda: [Broken()])
    done = CliRunner().invoke(khobao, ["--help"])
    assert done.exit_code == 0
    assert "search" in done.stdout
    assert "commands of broken.cli:register are missing" in done.stderr


@pytest.mark.parametrize("command", [["search", "lúa"], ["status"], ["show", "1"], ["coverage"]])
def test_no_archive_is_said_with_the_code_of_wrong_usage(tmp_path, command):
    done = CliRunner().invoke(khobao, [*command, "-a", str(tmp_path / "none")])
    assert done.exit_code == 2
    assert done.stdout == ""
    assert done.stderr.startswith("Error: there is no archive at ")


def test_a_file_that_is_no_archive_is_said(tmp_path):
    (tmp_path / "archive.db").write_text("not a database, but long enough to be read as one " * 99)
    done = CliRunner().invoke(khobao, ["status", "-a", str(tmp_path)])
    assert done.exit_code == 2
    assert "cannot be read as an archive" in done.stderr


def test_the_archive_may_be_named_by_its_file_or_by_the_environment(scene):
    done = CliRunner().invoke(khobao, ["search", "lúa", "-a", str(scene / "archive.db")])
    same = CliRunner().invoke(khobao, ["search", "lúa"], env={"KHOBAO_ARCHIVE": str(scene)})
    assert done.exit_code == same.exit_code == 0
    assert done.output == same.output


#: What a command prints: through a table, a page of text, one line, a file.
SAID = {
    ("search", "dan van"): "dân vận",
    ("show", "80001"): "Đã có 29 mô hình hay.",
    ("diff", "80001"): "{+29+}",
    ("trends", "lúa", "--by", "year"): "2018",
    ("coverage",): "Days without an article",
    ("status",): "stamped",
    ("export", "a.csv"): "",
}


def test_the_real_command_speaks_vietnamese_in_a_bare_environment(scene, tmp_path):
    """One process for all: what is imported once need not be imported seven times."""
    script = (
        "import json, sys; from archive.cli import main\n"
        "for arguments in json.load(sys.stdin):\n"
        "    sys.argv = ['khobao', *arguments]\n"
        "    try: main()\n"
        "    except SystemExit as end: assert not end.code, arguments\n"
        "    print('\\0', end='')\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        input=json.dumps([[*arguments, "-a", str(scene)] for arguments in SAID]).encode(),
        capture_output=True,
        env={
            "PATH": os.environ["PATH"],
            "LANG": "C",
            "LC_ALL": "C",
            "PYTHONPATH": str(Path(__file__).parents[2]),
        },
        cwd=tmp_path,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()
    for said, printed in zip(SAID.values(), done.stdout.decode("utf-8").split("\0"), strict=False):
        assert said in printed
    assert "=Lúa được mùa" in (tmp_path / "a.csv").read_text(encoding="utf-8-sig")


def test_a_reader_that_goes_away_is_no_crash(scene):
    done = subprocess.run(
        f"{sys.executable} -c 'from archive.cli import main; main()' search '' -a {scene} | true",
        shell=True,
        capture_output=True,
        cwd=Path(__file__).parents[2],
        check=False,
    )
    assert b"Traceback" not in done.stderr


def test_control_characters_of_a_page_never_reach_a_terminal(new_shelf, tmp_path):
    from rich.text import Text

    from archive.commands.terminal import Terminal, printable

    hostile = "Lúa \x1b]0;owned\x07 \x1b[31mđỏ \x9b31m \u202eđảo \x00\x08"
    out = io.StringIO()
    console = Terminal(file=out, force_terminal=True, color_system="truecolor", width=80, height=9)
    console.print(Text(hostile, "bold"))
    console.print(hostile, soft_wrap=True, highlight=False)
    shown = re.sub("\x1b\\[[0-9;]*m", "", out.getvalue())  # the console's own styles
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]", shown)
    assert "đỏ" in shown
    assert printable("a\tb\nc") == "a\tb\nc"
    shelf = new_shelf()
    shelf.add(
        hostile, key="dto:1", body=hostile, url="https://baodongthap.vn/a%1B[31m\x1b[31m.aspx"
    )
    for arguments in (
        ["show", "1"],
        ["show", "1", "--cite", "ris"],
        ["show", "1", "--cite", "bibtex"],
        ["show", "1", "--format", "json"],
        ["search", "lúa"],
        ["search", "lúa", "--format", "json"],
        ["show", "https://baodongthap.vn/\x1b[31m\u202e.aspx"],
    ):
        done = CliRunner().invoke(khobao, [*arguments, "-a", str(shelf.folder)])
        assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e]", done.output), (
            arguments
        )
    record = json.loads(
        CliRunner()
        .invoke(khobao, ["show", "1", "--format", "json", "-a", str(shelf.folder)])
        .stdout
    )
    assert record["title"] == hostile


def test_json_is_asked_for_in_one_way(run):
    assert run("show", "1", "--json").output == run("show", "1", "--format", "json").output
    for arguments in (
        ["status"],
        ["coverage"],
        ["search", "lúa"],
        ["trends", "lúa"],
        ["diff", "1"],
    ):
        json.loads(run(*arguments, "--format", "json").stdout)


def test_the_first_message_of_a_newcomer_names_a_remedy(scene, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(khobao, ["status"])
    assert done.exit_code == 2
    for remedy in ("khobao init dongthap", "khobao demo", "-a FOLDER", "$KHOBAO_ARCHIVE"):
        assert remedy in done.stderr
    shutil.copytree(scene, tmp_path / "kho của tôi")
    done = CliRunner().invoke(khobao, ["status"])
    assert "There is one here: khobao -a 'kho của tôi'" in done.stderr


def test_help_is_a_command_and_the_archive_may_come_first(scene):
    assert CliRunner().invoke(khobao, ["help"]).output.startswith("Usage: khobao [OPTIONS] COMMAND")
    search = CliRunner().invoke(khobao, ["help", "search"]).output
    assert search.startswith("Usage: khobao search")
    wrong = CliRunner().invoke(khobao, ["help", "serch"])
    assert wrong.exit_code == 2
    assert "search" in wrong.output
    first = CliRunner().invoke(khobao, ["-a", str(scene), "search", "lúa"])
    last = CliRunner().invoke(khobao, ["search", "lúa", "-a", str(scene)])
    assert first.output == last.output
    assert first.exit_code == 0
    listed = CliRunner().invoke(khobao, ["--help"]).output
    assert "…" not in listed.partition("Commands:")[2]
    assert "..." not in listed.partition("Commands:")[2]
