"""``khobao status``: the archive at a glance."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from archive.clock import now
from archive.commands.options import archive_option, console, format_option, opened, print_json
from archive.commands.terminal import printable
from archive.numbers import counted
from archive.reports.status import Run, Status, health
from archive.reports.status import status as look_over

#: What is counted of a run.
_COUNTED = ("fetched", "new", "revised", "gone", "failed", "blocked")

#: The columns that the table of runs needs.
_WIDE = 79


class Age(click.ParamType[timedelta]):
    """A span of time: ``36h`` or ``2d``."""

    name = "age"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> timedelta:
        """The span."""
        if isinstance(value, timedelta):
            return value
        found = re.fullmatch(r"(\d{1,5})([hd])", str(value))
        if found is None:
            self.fail(f"expected hours or days such as 36h or 2d, found {value}", param, ctx)
        return int(found[1]) * timedelta(hours=1 if found[2] == "h" else 24)


@click.command()
@archive_option
@click.option("--check", is_flag=True, help="One line for a monitor; exit code 0, 1 or 2.")
@click.option(
    "--max-age",
    type=Age(),
    default="50h",
    show_default=True,
    help="With --check: critical if no crawl has ended well for so long.",
)
@click.option("--quiet", is_flag=True, help="With --check: print nothing if all is well.")
@format_option("table", "json")
@click.pass_context
def status(
    ctx: click.Context, path: Path, check: bool, max_age: timedelta, quiet: bool, form: str
) -> None:
    """Show the archive at a glance: its size, its last runs, and what needs you.

    With --check: one line as Nagios, Icinga and Zabbix read it. Exit code 0: well; 1: something
    should be looked at; 2: the last crawl ended badly, or none has ended well for too long.

    \b
    Example:
      khobao status --check --max-age 36h
    """
    with opened(path) as archive:
        found = look_over(archive.connection, archive.path, now=now())
    if check:
        checked = health(found, now=now(), max_age=max_age)
        if checked.level or not quiet:
            click.echo(printable(checked.line))
        ctx.exit(checked.level)
    if form == "json":
        print_json(found.to_dict())
    else:
        _print(console(), found)


def _print(out: Console, found: Status) -> None:
    out.print(Text(found.path, style="bold"))
    facts = Table(box=None, show_header=False, padding=(0, 2, 0, 0))
    facts.add_column(style="dim")
    facts.add_column()
    span = f"{(found.first_stamp or '–')[:10]} to {(found.last_stamp or '–')[:10]}"
    facts.add_row("articles", f"{found.articles:,}, stamped {span}")
    edited = counted(found.edited, "article was edited", "articles were edited")
    versions = f"{found.revisions:,}; {edited}"
    if found.silent_edits:
        versions += f", {counted(found.silent_edits, 'time')} silently"
    facts.add_row("versions", versions)
    facts.add_row("gone", f"{found.gone:,} from the site, kept here")
    if found.doubtful_gone or found.doubtful_revised or found.doubtful_new:
        facts.add_row(
            "doubtful",
            f"{found.doubtful_gone:,} seemed gone, {found.doubtful_revised:,} seemed revised,"
            f" {found.doubtful_new:,} seemed new; the next nights decide",
        )
    if found.conflicting:
        facts.add_row(
            "conflicts",
            f"{counted(found.conflicting, 'article')} with an import that differs from the site",
        )
    facts.add_row("duplicates", f"{found.duplicates:,} pairs")
    facts.add_row("pictures", f"{found.images:,} described (their files are not kept)")
    facts.add_row("captures", f"{found.captures:,}, {_size(found.capture_bytes)} of WARC")
    facts.add_row("database", f"{_size(found.database_bytes)}, SQLite {found.sqlite}")
    known = ", ".join(f"{number:,} {state}" for state, number in found.frontier.items())
    facts.add_row("addresses", known or "none known")
    out.print(facts)
    out.print()
    if found.runs:
        out.print(_runs(found.runs) if out.width >= _WIDE else _narrow_runs(found.runs))
        out.print()
    for warning in found.warnings:
        out.print(Text(f"! {warning}", style="yellow"))
    if not found.warnings:
        out.print(Text("Nothing to report.", style="green"))


def _runs(runs: tuple[Run, ...]) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim")
    table.add_column("last runs (UTC)")
    table.add_column("command")
    for name in (*_COUNTED, "exit"):
        table.add_column(name, justify="right")
    for run in runs:
        numbers = [getattr(run, name) for name in _COUNTED]
        table.add_row(
            _started(run),
            run.command,
            *(f"{number:,}" if number else "·" for number in numbers),
            _exit_code(run),
        )
    return table


def _narrow_runs(runs: tuple[Run, ...]) -> Text:
    """Each run on a line, with its counts below."""
    lines = [Text("last runs (UTC)", style="dim")]
    for run in runs:
        lines.append(Text.assemble(f"{_started(run)}  {run.command}  exit ", _exit_code(run)))
        counted = [f"{getattr(run, name):,} {name}" for name in _COUNTED if getattr(run, name)]
        lines.append(Text(f"  {', '.join(counted) or 'nothing fetched'}"))
    return Text("\n").join(lines)


def _started(run: Run) -> str:
    return f"{run.started_at[:10]} {run.started_at[11:16]}"


def _exit_code(run: Run) -> Text:
    code = "–" if run.exit_code is None else str(run.exit_code)
    return Text(code, style="green" if run.exit_code == 0 else "red")


def _size(number: int) -> str:
    size, unit = float(number), "bytes"
    for unit in ("bytes", "KB", "MB", "GB"):
        if size < 1000 or unit == "GB":
            break
        size /= 1000
    return f"{size:,.0f} {unit}" if size >= 100 or unit == "bytes" else f"{size:,.1f} {unit}"
