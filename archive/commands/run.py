"""``khobao run``: the pages behind a run's exit code."""

from __future__ import annotations

import sys
from pathlib import Path

import click
from rich.console import Console
from rich.text import Text

from archive.commands.options import archive_option, console, format_option, opened, print_json
from archive.commands.terminal import printable
from archive.errors import NotFound
from archive.history.capture_rows import CAPTURE_COLUMNS, capture_of
from archive.reports.run import RunReport, report


@click.command()
@click.argument("number", type=click.IntRange(1), required=False, metavar="[RUN]")
@archive_option
@click.option(
    "--limit",
    type=click.IntRange(1),
    default=20,
    show_default=True,
    help="Pages of each group.",
)
@click.option(
    "--bytes",
    "capture_id",
    type=click.IntRange(1),
    metavar="CAPTURE",
    help="Print the page of this capture instead, decompressed.",
)
@format_option("table", "json")
def run(number: int | None, path: Path, limit: int, capture_id: int | None, form: str) -> None:
    """Show one run, the last by default: how it ended, and the pages behind it.

    Pages that could not be read, blocked ones, what is gone, revised, new or doubtful, and
    addresses from which no answer came; each with the number of its capture.

    \b
    Examples:
      khobao run
      khobao run 1 --limit 3
      khobao run --bytes 5 > page.html
    """
    with opened(path) as archive:
        if capture_id is not None:
            row = archive.connection.execute(
                f"SELECT {CAPTURE_COLUMNS} FROM captures WHERE id = ?", (capture_id,)
            ).fetchone()
            if row is None:
                raise NotFound(f"there is no capture {capture_id}")
            body = archive.read(capture_of(row)).body
            if sys.stdout.isatty():  # to be looked at; a file gets every byte
                body = printable(body.decode("utf-8", "replace")).encode()
            sys.stdout.buffer.write(body)
            return
        found = report(archive.connection, number, limit=limit)
    if form == "json":
        print_json(found.to_dict())
    else:
        _print(console(), found)


def _print(out: Console, found: RunReport) -> None:
    code = "–" if found.exit_code is None else found.exit_code
    ended = found.finished_at[:19] if found.finished_at else "not finished"
    out.print(Text(f"run {found.id}: {found.command} {found.arguments or ''}".rstrip(), "bold"))
    out.print(Text(f"{found.started_at[:19]} to {ended} UTC, exit code {code}", "dim"))
    if found.reason:
        out.print(Text(found.reason, "green" if found.exit_code == 0 else "red"), soft_wrap=True)
    for group, pages in found.pages.items():
        if not pages:
            continue
        total = found.totals[group]
        more = f", the first {len(pages)}" if total > len(pages) else ""
        out.print()
        out.print(Text(f"{group}: {total:,}{more}", "bold"))
        for page in pages:
            number = f"{page.capture:>7}" if page.capture else "      –"
            status = f" {page.status}" if page.status not in (0, 200) else ""
            out.print(Text(f"{number}  {page.url}{status}"), soft_wrap=True)
            if page.said:
                out.print(Text(f"         {page.said}", "dim"), soft_wrap=True)
    if any(pages for group, pages in found.pages.items() if group != "new"):
        out.print()
        out.print(Text("The bytes of a page: khobao run --bytes CAPTURE > page.html", "dim"))
