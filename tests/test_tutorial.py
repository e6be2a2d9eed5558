"""The tutorial is run as a reader would type it, and what it shows is compared with what comes.

One shell goes through the page from top to bottom, on the archive that the page itself makes: the
demo's, crawled over HTTP from the newsroom. In a ``console`` block the output is compared, a lone
“…” standing for any lines and one within a line for any text; in a ``sh`` block the commands must
succeed. Not run: what is marked so, with the reason, and R, which the test machines do not have.
"""

import os
import re
import shlex
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from urllib.request import urlopen

import pytest

from archive.clock import SHIFT

DOCS = Path(__file__).parent.parent / "docs"
PAGES = {name: DOCS / f"{name}.md" for name in ("tutorial", "tutorial.vi")}

#: The day on which the page was written: the demo crawls the three days before it.
WRITTEN = datetime(2026, 11, 24, 8, tzinfo=UTC)

_BLOCK = re.compile(r"(?:<!-- not run: ([^\n]*) -->\n)?^```(\w*)\n(.*?)^```$", re.S | re.M)

#: Debian's python has the library, not always the shell; what the page asks of it is the same.
_SQLITE_SHELL = """#!{python}
import sqlite3, sys
for row in sqlite3.connect(sys.argv[1]).execute(sys.argv[2]):
    print(*("" if cell is None else cell for cell in row), sep="|")
"""


@dataclass
class Step:
    """A command, and what the page says that it prints; None if the page does not say."""

    command: str
    shown: str | None = None


def blocks(page):
    """Every fenced block: why it is not run, its language, its text."""
    return _BLOCK.findall(page.read_text(encoding="utf-8"))


def steps(page):
    """What a reader would type, in order."""
    found = []
    for reason, language, text in blocks(page):
        if reason or language == "r":
            continue
        if language == "sh":
            found += [Step(line) for line in text.splitlines()]
        elif language == "console":
            found += typed(text)
        elif language == "python":
            found.append(Step(f"python <<'END'\n{text}END"))
        else:
            assert language == "", f"{page.name}: nobody runs a block of {language}"
            assert found[-1].shown is None, f"{page.name}: an output without its program"
            found[-1].shown = text
    return found


def typed(text):
    """The commands of a console block with their output; an open quote carries one on."""
    found = []
    for line in text.splitlines(keepends=True):
        if line.startswith("$ "):
            found.append(Step(line[2:], ""))
        elif not closed(found[-1].command):
            found[-1].command += line
        else:
            found[-1].shown += line
    return found


def closed(command):
    try:
        return bool(shlex.split(command))
    except ValueError:
        return False


def run(commands, folder):
    """What one shell prints for each of *commands*, and its exit code."""
    environment = os.environ | {
        "PATH": f"{Path(sys.executable).parent}:{folder / 'bin'}:{os.environ['PATH']}",
        "COLUMNS": "80",
        "PYTHONUTF8": "1",
        SHIFT: str((WRITTEN - datetime.now(UTC)).total_seconds()),
    }
    environment.pop("KHOBAO_ARCHIVE", None)
    environment.pop("PYTHONPATH", None)  # the tutorial reads with pandas
    stand_ins = {
        "sqlite3": _SQLITE_SHELL.format(python=sys.executable),
        "sha256sum": '#!/bin/sh\nexec shasum -a 256 "$@"\n',  # what older macOS has
    }
    for name, text in stand_ins.items():
        if shutil.which(name) is None:
            program = folder / "bin" / name
            program.parent.mkdir(exist_ok=True)
            program.write_text(text)
            program.chmod(0o755)
    script = folder / "steps.sh"
    script.write_text("".join(f"{each}\nprintf '\\036%s\\036' $?\n" for each in commands))
    done = subprocess.run(
        ["bash", script.name],
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        timeout=300,
        check=False,
    )
    parts = done.stdout.split("\x1e")
    return list(zip(parts[::2], map(int, parts[1::2])))


def tidy(text):
    return "\n".join(line.rstrip() for line in text.strip("\n").splitlines())


def answers(shown, came):
    """Whether *came* is what the page shows.

    >>> answers("a\\n…\\nd … f", "a\\nb\\nc\\nd e f"), answers("a\\nd", "a\\nb\\nd")
    (True, False)
    """
    lines = [
        r"(?:.*\n)*" if line == "…" else re.escape(line).replace("…", ".*") + r"\n"
        for line in tidy(shown).splitlines()
    ]
    return re.fullmatch("".join(lines), tidy(came) + "\n" if came.strip() else "") is not None


@pytest.mark.parametrize(
    ("shown", "came", "alike"),
    [
        ("a\n…\nd", "a\nb\nc\nd", True),
        ("a\n…\nd", "a\nd", True),
        ("a\nd", "a\nb\nd", False),
        ("20 of …", "20 of 24", True),
        ("20 of …", "21 of 24", False),
        ("", "", True),
        ("", "a warning", False),
    ],
)
def test_a_page_is_compared_by_the_line(shown, came, alike):
    assert answers(shown, came) is alike


def test_the_tutorial_is_true(tmp_path):
    """One test, for it is one session: the demo's archive is made once."""
    page = PAGES["tutorial"]
    serve = "khobao serve"
    wanted = [step for step in steps(page) if step.command != serve]
    assert len(wanted) < len(steps(page)), "the page opens the reading room; it is tried below"
    came = run([step.command for step in wanted], tmp_path)
    assert len(came) == len(wanted), f"the shell stopped early: {came[-1:]}"
    wrong = [
        f"$ {step.command}\nexit code {code}\n--- the page shows\n{step.shown}\n--- came\n{text}"
        for step, (text, code) in zip(wanted, came)
        if code or (step.shown is not None and not answers(step.shown, text))
    ]
    assert not wrong, "\n\n".join(wrong)
    drawn = (tmp_path / "flood.svg").read_text(encoding="utf-8")
    assert drawn == (DOCS / "images" / "tutorial-flood.svg").read_text(encoding="utf-8"), (
        "the page shows another figure than its command draws"
    )
    assert (tmp_path / "flood.png").read_bytes().startswith(b"\x89PNG")
    assert "Mùa nước nổi" in (tmp_path / "page.html").read_text(encoding="utf-8")
    opens(serve, tmp_path)


def opens(command, folder):
    """Start the reading room, read its front page, close it."""
    log = folder / "serve.log"
    with log.open("wb") as stream:
        room = subprocess.Popen(
            [sys.executable, "-m", "archive", *shlex.split(command)[1:], "--port", "0"],
            cwd=folder,
            env=os.environ | {"KHOBAO_ARCHIVE": "demo", "PYTHONUNBUFFERED": "1"},
            stdout=stream,
            stderr=subprocess.STDOUT,
        )
    try:
        until = time.monotonic() + 30
        while not (address := re.search(r"http://\S+:\d+/", log.read_text(encoding="utf-8"))):
            assert room.poll() is None, log.read_text(encoding="utf-8")
            assert time.monotonic() < until, "the reading room did not open"
            time.sleep(0.05)
        with urlopen(address.group(), timeout=10) as answer:
            assert "188" in answer.read().decode()
    finally:
        room.terminate()
        room.wait(10)


def test_both_languages_run_the_same():
    """Every block, word for word, shown outputs too: only the prose is another."""
    english, vietnamese = (
        [(bool(reason), language, text) for reason, language, text in blocks(page)]
        for page in PAGES.values()
    )
    assert vietnamese == english


@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES)
def test_what_is_not_run_says_why(page):
    """Only installing, which ``make test`` has just done to come here."""
    unrun = [text for reason, _, text in blocks(page) if reason]
    assert unrun == ["make install\n. .venv/bin/activate\n"]
    makefile = (page.parents[1] / "Makefile").read_text("utf-8")
    assert "\ntest: install " in makefile
