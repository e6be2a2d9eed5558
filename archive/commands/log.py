"""``khobao log``: what happened in a run, line by line."""

from __future__ import annotations

import json
import textwrap
from datetime import datetime, timedelta, timezone
from pathlib import Path

import click
from rich.text import Text

from archive.commands.options import archive_option, console
from archive.commands.terminal import Terminal, printable
from archive.database.lock import folder_of
from archive.reports.log import MESSAGE, Line, log_of_run

#: The newspapers' own time.
_ZONE = timezone(timedelta(hours=7))

_STYLES = {"WARNING": "yellow", "ERROR": "red", "CRITICAL": "bold red"}


@click.command()
@click.argument("number", type=click.IntRange(1), required=False, metavar="[RUN]")
@archive_option
@click.option("--errors", is_flag=True, help="Only warnings and errors.")
@click.option("--json", "raw", is_flag=True, help="The lines as they are in the file.")
def log(number: int | None, path: Path, errors: bool, raw: bool) -> None:
    """Show what happened in a run, the last by default: one line for each event.

    Also shows a run that ended before it began, such as one that found the archive in use. Times
    are the newspaper's; in the file, logs/khobao.jsonl, they are UTC, and Scrapy's own messages
    are there, too. How much is kept is a setting: khobao.toml, [logs].

    \b
    Examples:
      khobao log
      khobao log 1 --errors
      khobao log --json
    """
    lines = log_of_run(folder_of(path), number)
    if errors:
        lines = [line for line in lines if line.get("level") in _STYLES]
    if raw:
        for line in lines:
            click.echo(json.dumps(line, ensure_ascii=False))
        return
    out, day = console(), ""
    for line in lines:
        if line.get("event") == MESSAGE and line.get("level") not in _STYLES:
            continue  # Scrapy's settings and the like: --json has them
        day = _print(out, line, day)
    if errors and not lines:
        out.print("No warning and no error.")
    elif any(line.get("level") in _STYLES for line in lines):
        which = next((f" {line['run']}" for line in lines if line.get("run")), "")
        out.print(Text(f"Next: khobao run{which}   (the pages behind it)", "dim"))


def _print(out: Terminal, line: Line, day: str) -> str:
    """Print *line*, under a new date if it is not of *day*; returns its day."""
    try:
        at = datetime.fromisoformat(str(line["time"])).astimezone(_ZONE)
    except ValueError:
        return day
    if (its_day := f"{at:%d/%m/%Y}") != day:
        out.print(Text(f"{its_day} ({at:%Z})", "bold"))
    event = line.get("logger") or line.get("event") or "?"
    parts = [f"{event}:", line.get("message") or ""]
    status = str(line.get("status", ""))
    parts += [status] if status not in ("200", str(parts[-1]).removeprefix("status ")) else []
    parts += [line["url"]] if line.get("url") else []
    said = " ".join(printable(" ".join(map(str, parts))).split())
    level = str(line.get("level", ""))
    mark = "✗ " if level in ("ERROR", "CRITICAL") else "! " if level == "WARNING" else ""
    # Never cut: an address is needed whole, to be copied.
    rows = textwrap.wrap(
        mark + said, max(20, out.width - 10), break_long_words=False, break_on_hyphens=False
    )
    for number, row in enumerate(rows or [""]):
        start = f"{at:%H:%M:%S}  " if number == 0 else " " * 10
        out.print(Text(start, "dim") + Text(row, _STYLES.get(level, "")), soft_wrap=True)
    return its_day
