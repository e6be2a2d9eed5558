"""The command ``khobao``: one click group, joined by every package that brings commands.

Commands of this package are in `archive.commands`; others arrive through the entry-point group
``khobao.commands``, each a function ``register(group)``, so that archive need not know crawler.
Errors that khobao can name become one line on stderr and the exit code of their class.
"""

from __future__ import annotations

import errno
import os
import shlex
import shutil
import sqlite3
import sys
from functools import cache
from importlib.metadata import EntryPoint, entry_points, version
from pathlib import Path
from typing import Any

import click

from archive import commands
from archive.commands.terminal import message
from archive.database.connection import is_busy, is_refused
from archive.database.lock import is_disk_full
from archive.errors import ArchiveLocked, DiskFull, KhobaoError, NoArchive

#: The exit code of a command that Ctrl-C ended, as shells have it.
INTERRUPTED = 130

_NARROW = 52


class Khobao(click.Group):
    """The group of all commands, of this package and of others."""

    def make_context(
        self,
        info_name: str | None,
        args: list[str],
        parent: click.Context | None = None,
        **extra: Any,
    ) -> click.Context:
        """Help as narrow as the terminal; click alone stops at 50 columns."""
        columns = shutil.get_terminal_size().columns
        if columns < _NARROW:
            extra.setdefault("terminal_width", max(columns - 1, 20))
        return super().make_context(info_name, args, parent, **extra)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; an error that khobao can name ends it with a line and an exit code."""
        try:
            return super().invoke(ctx)
        except KhobaoError as error:
            said, code = str(error), error.exit_code
            if isinstance(error, NoArchive):
                said += _nearby()
        except BrokenPipeError:
            raise  # the reader has gone (| head): no error of ours
        except sqlite3.OperationalError as error:
            said, code = _of_sqlite(error)
        except OSError as error:
            said, code = _of_the_system(error)
        except KeyboardInterrupt:
            message("\nInterrupted.")
            ctx.exit(INTERRUPTED)
        message(f"Error: {said}")
        return ctx.exit(code)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Find a command; other packages are loaded only if this one does not have it.

        Scrapy takes half a second to import; a search must not wait for it.
        """
        if cmd_name not in self.commands:
            self._join()
        return super().get_command(ctx, cmd_name)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Every command, in alphabetical order."""
        self._join()
        return super().list_commands(ctx)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands with the whole first sentence of each; click cuts them to a line."""
        found = [(name, self.get_command(ctx, name)) for name in self.list_commands(ctx)]
        rows = [(name, command.get_short_help_str(1000)) for name, command in found if command]
        with formatter.section("Commands"):
            formatter.write_dl(rows)

    def _join(self) -> None:
        for entry in _others():
            try:
                entry.load()(self)
            except ImportError as error:
                # One broken package must not take search and export with it.
                click.echo(f"Warning: commands of {entry.value} are missing: {error}", err=True)


def _nearby() -> str:
    """The archives in the current folder, named in the hint after an error."""
    found = sorted(file.parent.name for file in Path().glob("*/archive.db"))
    return f". There is one here: khobao -a {shlex.quote(found[0])} …" if found else ""


def _of_sqlite(error: sqlite3.OperationalError) -> tuple[str, int]:
    if is_disk_full(error):
        return f"cannot write to the database: {error}. Free some space.", DiskFull.exit_code
    if is_busy(error):
        return (
            "another program is writing to the database and did not finish in time;"
            " end it, or wait, and run the command again",
            ArchiveLocked.exit_code,
        )
    if is_refused(error):
        return f"the database may not be opened: {error}; look at the permissions of its folder", 1
    return f"the database cannot be used: {error}; khobao verify looks for the fault", 1


def _of_the_system(error: OSError) -> tuple[str, int]:
    """The file and the message of an error of the operating system."""
    where = f"{error.filename}: " if error.filename else "cannot read or write: "
    code = DiskFull.exit_code if is_disk_full(error) else KhobaoError.exit_code
    advice = "; name a folder that you can write to" if error.errno == errno.EROFS else ""
    return f"{where}{error.strerror or error}{advice}", code


@cache
def _others() -> list[EntryPoint]:
    return sorted(entry_points(group="khobao.commands"), key=lambda entry: entry.name)


@click.group(cls=Khobao, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "-a", "--archive", type=click.Path(path_type=Path), help="The archive, for any command."
)
@click.version_option(version("khobao"), prog_name="khobao")
@click.pass_context
def khobao(ctx: click.Context, archive: Path | None) -> None:
    """Kho Báo: crawl, keep, search and cite Báo Đồng Tháp Online.

    Every article, every version of it, in one folder: archive.db (SQLite) and captures/ (WARC).
    Commands read the archive at -a/--archive, or $KHOBAO_ARCHIVE, or ./dongthap.
    Without one, begin with: khobao demo
    """
    command = khobao.get_command(ctx, ctx.invoked_subcommand or "")
    if archive and command and all(option.name != "path" for option in command.params):
        raise click.UsageError(f"khobao {command.name} reads no archive; leave out --archive")


@khobao.command("help")
@click.argument("command", required=False)
@click.pass_context
def help_(ctx: click.Context, command: str | None) -> None:
    """Explain a command, or list all commands."""
    assert ctx.parent is not None
    if command is None:
        click.echo(ctx.parent.get_help())
        return
    name, found, _ = khobao.resolve_command(ctx.parent, [command])
    assert found is not None
    with click.Context(found, info_name=name, parent=ctx.parent) as of_command:
        click.echo(found.get_help(of_command))


commands.register(khobao)


def main() -> None:
    """The console script."""
    _have_streams()
    # UTF-8 everywhere: Vietnamese must survive LANG=C in cron. Bytes that are
    # not text (in a file name) are printed as numbers.
    for stream in (sys.stdout, sys.stderr):
        if (reconfigure := getattr(stream, "reconfigure", None)) is not None:
            reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        khobao(prog_name="khobao")
    finally:
        _flush()


def _have_streams() -> None:
    """Open the standard streams that were closed before the process began (``>&-``).

    Otherwise the next file that is opened, such as the database, would become standard output.
    """
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        if getattr(sys, name) is None:
            opened = os.open(os.devnull, os.O_RDWR)
            if opened != number:
                os.dup2(opened, number)
                os.close(opened)
            setattr(sys, name, os.fdopen(number, "r" if number == 0 else "w"))


def _flush() -> None:
    """Flush the output; end with an exit code if it cannot be written."""
    try:
        sys.stdout.flush()
    except OSError as error:
        # Or the rest of the output would fail again when the interpreter ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if not isinstance(error, BrokenPipeError):
            said, code = _of_the_system(error)
            message(f"Error: standard output: {said}")
            sys.exit(code)
