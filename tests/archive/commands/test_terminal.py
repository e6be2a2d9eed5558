"""Printing: as wide as the terminal, without control characters."""

from __future__ import annotations

import io
import json
import os
import pty

import pytest
from rich.text import Text

from archive.commands.terminal import Terminal, console, message, print_json, printable, write

#: ESC, a C1 control, NUL, a backspace, and marks that turn the direction.
HOSTILE = "\x1b[31m\x9b2J\x00\x08\u202e\u2066"


def test_controls_go_and_text_stays():
    assert printable(f"a{HOSTILE}b\tc\nd đ") == "a[31m2Jb\tc\nd đ"


def test_a_console_prints_no_control_of_a_text():
    out = io.StringIO()
    Terminal(file=out, width=60).print(Text(f"Tin {HOSTILE}đậm", style="bold"))
    assert out.getvalue() == "Tin [31m2Jđậm\n"


def test_messages_are_cleaned(capsys):
    message(f"lỗi {HOSTILE}")
    assert capsys.readouterr().err == "lỗi [31m2J\n"


def test_text_goes_to_a_file_as_it_is(capsys):
    write(f"a{HOSTILE}\r\n")
    assert capsys.readouterr().out == f"a{HOSTILE}\r\n"


def test_json_is_escaped_and_the_same_after_reading(capsys):
    print_json({"tiêu đề": f"đậm{HOSTILE}"})
    printed = capsys.readouterr().out
    assert printable(printed) == printed
    assert json.loads(printed) == {"tiêu đề": f"đậm{HOSTILE}"}
    assert "tiêu đề" in printed


@pytest.mark.parametrize(("columns", "width"), [("", 80), ("132", 132), ("0", 80), ("wide", 80)])
def test_a_terminal_without_a_size_has_eighty_columns(monkeypatch, columns, width):
    monkeypatch.setenv("COLUMNS", columns)
    ours, theirs = pty.openpty()
    with os.fdopen(theirs, "w") as terminal, os.fdopen(ours):
        monkeypatch.setattr("sys.stdout", terminal)
        assert console().width == width


def test_a_pipe_has_eighty_columns(monkeypatch):
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.setattr("sys.stdout", io.StringIO())
    assert console().width == 80
