"""``khobao backup`` and ``khobao restore``: a copy of the archive, and back."""

from __future__ import annotations

import sys
from pathlib import Path

import click
from rich.console import Console
from rich.progress import Progress

from archive import backup as copying
from archive.commands.options import archive_option, console, format_option, print_json
from archive.database.lock import folder_of


@click.command()
@click.argument("target", type=click.Path(path_type=Path), metavar="DEST")
@archive_option
@click.option("--link", is_flag=True, help="Hard-link the captures; for a copy on the same disk.")
@format_option("table", "json")
def backup(target: Path, path: Path, link: bool, form: str) -> None:
    """Copy the archive to the folder DEST; while a crawl runs, too.

    The database as it is now, and each capture file that DEST does not have yet, with a list of
    checksums. Run it again to bring DEST up to date. DEST can be read like any archive
    (-a DEST), and checked without khobao: sha256sum -c manifest-sha256.txt

    \b
    Example:
      khobao backup backup/dongthap
    """
    with _bar() as bar:
        copied = copying.backup(folder_of(path), target, link=link, progress=_shown(bar))
    _say(copied, form, f"✓ backup in {target}", f"  Back again: khobao restore {target} FOLDER")


@click.command()
@click.argument("source", type=click.Path(path_type=Path), metavar="BACKUP")
@click.argument("target", type=click.Path(path_type=Path), metavar="FOLDER")
@format_option("table", "json")
def restore(source: Path, target: Path, form: str) -> None:
    """Make a new archive in FOLDER from a backup, each file checked against its checksum.

    \b
    Example:
      khobao restore backup/dongthap restored
    """
    with _bar() as bar:
        copied = copying.restore(source, target, progress=_shown(bar))
    _say(copied, form, f"✓ archive in {target}", f"  Next: khobao verify --sample 500 -a {target}")


def _bar() -> Progress:
    return Progress(console=Console(stderr=True), transient=True, disable=not sys.stderr.isatty())


def _shown(bar: Progress) -> copying.Progress:
    task = bar.add_task("copying", total=None)

    def step(name: str, done: int, of: int) -> None:
        bar.update(task, completed=done, total=of, description=name[-40:])

    return step


def _say(copied: copying.Copied, form: str, done: str, advice: str) -> None:
    if form == "json":
        fields = ("files", "new", "linked", "bytes")
        print_json({name: getattr(copied, name) for name in fields})
        return
    out = console()
    linked = f", {copied.linked:,} of them linked" if copied.linked else ""
    size = f"{copied.bytes / 1e6:,.1f} MB"
    out.print(f"{done}: {copied.files:,} files, {size}, {copied.new:,} new{linked}")
    out.print(advice, style="dim", soft_wrap=True)
