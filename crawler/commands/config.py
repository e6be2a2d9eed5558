"""``khobao init`` and ``khobao config``: begin an archive, and see its configuration."""

from __future__ import annotations

import json
import os
import shlex
from pathlib import Path

import click
from rich.table import Table
from rich.text import Text

from archive.archive import Archive
from archive.commands.options import archive_option, console, format_option, print_json
from archive.database.lock import folder_of
from archive.errors import UsageError
from crawler import config as configuration


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--contact", metavar="TEXT", help="Mail address or web page of who runs the crawl.")
def init(folder: Path, contact: str | None) -> None:
    """Begin an archive: a folder with an empty database and a commented khobao.toml.

    \b
    Example:
      khobao init dongthap --contact you@example.org
    """
    file = folder / configuration.FILE
    if file.exists() or (folder / "archive.db").exists():
        raise UsageError(
            f"there is an archive in {folder} already; khobao config -a {folder} shows it"
        )
    Archive.open(folder, create=True).close()
    text = configuration.template()
    if contact:
        text = text.replace('# contact = ""', f"contact = {json.dumps(contact)}")
    # Addresses of webhooks are secrets.
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as stream:
        stream.write(text)
    out, name = console(), shlex.quote(str(folder))
    out.print(Text(f"✓ {folder}: an empty archive, and {configuration.FILE}", style="green"))
    steps = (
        f"1. edit {file}" + ("" if contact else ": the key contact, at least"),
        f"2. khobao doctor -a {name}     is everything ready?",
        f"3. khobao crawl -a {name}      the whole paper takes several nights; each run goes on",
        f"4. khobao schedule -a {name}   the line for cron, or units for systemd",
    )
    out.print("\n".join(steps), soft_wrap=True)


@click.command()
@archive_option
@click.option(
    "--config", "file", type=click.Path(path_type=Path), metavar="FILE", help="Another file."
)
@format_option("table", "json")
def config(path: Path, file: Path | None, form: str) -> None:
    """Show the configuration: every key, what holds, and where that comes from.

    An option of the command comes before an environment variable, which comes before khobao.toml
    in the archive, which comes before the default.
    """
    found = configuration.settings(folder_of(path), file)
    if form == "json":
        print_json({one.name: {"value": one.value, "source": one.source} for one in found})
        return
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim")
    for title in ("key", "value", "from"):
        table.add_column(title, overflow="fold")
    for one in found:
        value = json.dumps(one.value, ensure_ascii=False)
        style = "" if one.source == "default" else "bold"
        table.add_row(Text(one.name, style), Text(value, style), Text(one.source, "dim"))
    console().print(table)
