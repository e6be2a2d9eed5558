"""``khobao doctor``: is everything ready for a night?"""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click
from rich.text import Text

from archive.commands.options import archive_option, console, format_option, print_json
from archive.database.lock import folder_of

_MARKS = {"ok": ("✓", "green"), "warn": ("!", "yellow"), "fail": ("✗", "bold red")}


@click.command()
@archive_option
@click.option(
    "--config", "file", type=click.Path(path_type=Path), metavar="FILE", help="Another file."
)
@click.option("--offline", is_flag=True, help="Ask nothing of the site.")
@format_option("table", "json")
@click.pass_context
def doctor(ctx: click.Context, path: Path, file: Path | None, offline: bool, form: str) -> None:
    """Check that everything is ready for a night: machine, archive, configuration, site.

    Versions and their known faults, permissions, the disk and how long it lasts, the clock, the
    site's certificate and robots.txt, the last runs and open alarms. One request is sent, for
    robots.txt. Exit code 1 if anything fails.

    \b
    Example:
      khobao doctor --offline
    """
    from crawler.run.doctor import examine

    checks = list(examine(folder_of(path), file, offline=offline))
    if form == "json":
        print_json([asdict(check) for check in checks])
    else:
        out = console()
        for check in checks:
            mark, style = _MARKS[check.level]
            out.print(
                Text.assemble((f"{mark} ", style), (f"{check.name}: ", "bold"), check.found),
                overflow="fold",
            )
            if check.next_step:
                out.print(Text(f"  → {check.next_step}", "dim"), overflow="fold")
    ctx.exit(1 if any(check.level == "fail" for check in checks) else 0)
