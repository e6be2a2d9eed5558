"""The command ``khobao``: one click group, joined by every package that brings commands.

Commands of this package are in `archive.commands`; others arrive through the entry-point group
``khobao.commands``, each a function ``register(group)``, so that archive need not know crawler.
Errors that khobao can name become one line on stderr and the exit code of their class.
"""

from __future__ import annotations

import sys
from functools import cache
from importlib.metadata import EntryPoint, entry_points, version
from typing import Any

import click

from archive import commands
from archive.errors import KhobaoError


class Khobao(click.Group):
    """The group of all commands, ours and those of other packages."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; an error that khobao can name ends it with a line and an exit code."""
        try:
            return super().invoke(ctx)
        except KhobaoError as error:
            click.echo(f"Error: {error}", err=True)
            ctx.exit(error.exit_code)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Find a command; other packages are asked only if it is none of ours.

        Scrapy takes half a second to import, which a search should not wait for.
        """
        if cmd_name not in self.commands:
            self._join()
        return super().get_command(ctx, cmd_name)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Every command, in alphabetical order."""
        self._join()
        return super().list_commands(ctx)

    def _join(self) -> None:
        for entry in _others():
            try:
                entry.load()(self)
            except ImportError as error:
                # One broken package must not take search and export with it.
                click.echo(f"Warning: commands of {entry.value} are missing: {error}", err=True)


@cache
def _others() -> list[EntryPoint]:
    return sorted(entry_points(group="khobao.commands"), key=lambda entry: entry.name)


@click.group(cls=Khobao, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(version("khobao"), prog_name="khobao")
def khobao() -> None:
    """Kho Báo: crawl, keep, search and cite Báo Đồng Tháp Online.

    Every article, every version of it, in one folder: archive.db (SQLite) and captures/ (WARC).
    Commands read the archive at -a/--archive, or $KHOBAO_ARCHIVE, or ./dongthap.
    """


commands.register(khobao)


def main() -> None:
    """The console script."""
    # A closed pipe (| head) and UTF-8 everywhere: Vietnamese must survive LANG=C in cron.
    for stream in (sys.stdout, sys.stderr):
        if (reconfigure := getattr(stream, "reconfigure", None)) is not None:
            reconfigure(encoding="utf-8")
    khobao(prog_name="khobao")
