"""Records what khobao shows in a terminal, as the pictures of README and docs.

``python docs/record.py`` runs each command on a pseudo-terminal of 80 columns, on the archive that
the first of them makes, and writes ``docs/images/terminal-*.svg``. Run it when the output changes.
"""

from __future__ import annotations

import fcntl
import os
import pty
import re
import struct
import subprocess
import sys
import tempfile
import termios
from pathlib import Path

from rich.console import Console
from rich.text import Text

ROOT = Path(__file__).parent.parent
COLUMNS = 80

#: Picture → title and the commands in it; each is typed as it stands in the README.
RECORDINGS = {
    "terminal-demo": ("make demo", ["khobao demo"]),
    "terminal-researcher": (
        "khobao for the researcher",
        [
            "khobao search 'dan van' --since 2017 --until 2018 --section 'Chính trị'",
            "khobao diff dto:a250118",
            """khobao trends '"sạt lở"' '"hạn mặn"' --by year""",
        ],
    ),
    "terminal-evidence": (
        "one article, what is missing, the data",
        [
            "khobao show dto:84085",
            "khobao verify dto:84085",
            "khobao coverage --since 2025",
            "khobao export articles.csv",
        ],
    ),
    "terminal-operator": (
        "khobao for the operator",
        ["khobao status", "khobao verify --sample 500", "khobao reextract --dry-run"],
    ),
}


def on_terminal(command: str, folder: Path) -> str:
    """What *command* shows on a terminal of `COLUMNS` columns, colours included."""
    master, slave = pty.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 50, COLUMNS, 0, 0))
    environment = os.environ | {
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        "KHOBAO_ARCHIVE": "demo",
        "TERM": "xterm-256color",
    }
    environment.pop("COLUMNS", None)
    process = subprocess.Popen(
        ["bash", "-c", command],
        stdin=slave,
        stdout=slave,
        stderr=slave,
        cwd=folder,
        env=environment,
        start_new_session=True,
    )
    os.close(slave)
    shown = b""
    while True:
        try:
            chunk = os.read(master, 65536)
        except OSError:  # the last process has closed the terminal
            break
        if not chunk:
            break
        shown += chunk
    os.close(master)
    if process.wait():
        sys.exit(f"{command} ended with exit code {process.returncode}")
    return shown.decode()


def settled(shown: str) -> str:
    """The lines that are left when progress has been drawn over and cleared away."""
    lines: list[str] = []
    for line in shown.replace("\r\n", "\n").split("\n"):
        ups = len(re.findall(r"\x1b\[1A", line))
        del lines[len(lines) - ups :]
        kept = re.split(r"\x1b\[2K|\r", line)[-1]
        lines.append(re.sub(r"\x1b\[\?25[lh]", "", kept))
    return "\n".join(lines).strip("\n")


def record(name: str, title: str, commands: list[str], folder: Path) -> None:
    """Write the picture *name*."""
    with open(os.devnull, "w") as nowhere:
        console = Console(
            record=True, width=COLUMNS, file=nowhere, force_terminal=True, color_system="truecolor"
        )
        for number, command in enumerate(commands):
            if number:
                console.print()
            if len(commands) > 1:
                console.print(Text.assemble(("$ ", "green"), (command, "bold")))
            console.print(Text.from_ansi(settled(on_terminal(command, folder))))
    drawn = console.export_svg(title=title)
    # A picture in the documentation asks no server for its letters.
    drawn = re.sub(r"@font-face \{.*?\}", "", drawn, flags=re.S)
    drawn = drawn.replace("Fira Code", "DejaVu Sans Mono").replace(
        "<!-- Generated with Rich https://www.textualize.io -->",
        "<!-- docs/record.py, with rich -->",
    )
    (ROOT / "docs" / "images" / f"{name}.svg").write_text(drawn, encoding="utf-8")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as home:
        for each, (heading, typed) in RECORDINGS.items():
            record(each, heading, typed, Path(home))
