"""What several commands share: the archive they read, the filters, the format."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import click

from archive import periods
from archive.archive import Archive
from archive.commands.terminal import console as console
from archive.commands.terminal import message
from archive.commands.terminal import print_json as print_json
from archive.errors import NotFound
from archive.search import search as engine
from archive.search.parser import parse
from archive.search.query import Query

F = TypeVar("F", bound=Callable[..., Any])


class Day(click.ParamType[str]):
    """A day, month or year in any form khobao accepts; gives its first or last day."""

    name = "date"

    def __init__(self, *, last: bool = False) -> None:
        self.last = last

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The day in ISO 8601; raises UsageError if there is none."""
        period = periods.require(value)
        return period.last if self.last else period.first


def archive_option(function: F) -> F:
    """The option that names the archive, the same in every command."""
    return click.option(
        "-a",
        "--archive",
        "path",
        type=click.Path(path_type=Path),
        callback=_chosen_archive,
        help="The archive's folder, or its archive.db. [default: $KHOBAO_ARCHIVE, or dongthap]",
    )(function)


def _chosen_archive(ctx: click.Context, _: click.Parameter, value: Path | None) -> Path:
    """The archive: named after the command, before it, in the environment, or the default."""
    before = ctx.find_root().params.get("archive")
    return value or before or Path(os.environ.get("KHOBAO_ARCHIVE") or "dongthap")


def filter_options(function: F) -> F:
    """The filter options; each may also stand in the query (section:…)."""
    for option in reversed(
        (
            click.option("--since", metavar="DATE", help="Start date: 2018, 03/2018, 3/1/2018."),
            click.option("--until", metavar="DATE", help="End date (inclusive)."),
            click.option(
                "--section",
                "sections",
                multiple=True,
                metavar="NAME",
                help="Only this section (name or slug).",
            ),
            click.option(
                "--author",
                "authors",
                multiple=True,
                metavar="NAME",
                help="Only this author (or a part of the name).",
            ),
            click.option(
                "--source",
                "sources",
                multiple=True,
                metavar="NAME",
                help="Only this source (agency or newspaper).",
            ),
            click.option(
                "--kind",
                "kinds",
                multiple=True,
                metavar="KIND",
                help="Only this kind: article, photo, video, podcast, infographic, emagazine.",
            ),
            click.option(
                "--paper",
                "papers",
                multiple=True,
                metavar="NAME",
                help="Only this newspaper (code or name), if the archive holds several.",
            ),
        )
    ):
        function = option(function)
    return function


def format_option(*formats: str) -> Callable[[F], F]:
    """The option --format; the first format is the default."""
    return click.option(
        "--format",
        "form",
        type=click.Choice(formats),
        default=formats[0],
        show_default=True,
        help="Output format.",
    )


def force_option(function: F) -> F:
    """The option of every command that writes a file of its own."""
    return click.option(
        "--force", is_flag=True, help="Replace an existing file if khobao wrote it."
    )(function)


def asked(words: tuple[str, ...], filters: dict[str, Any]) -> Query:
    """The query made of the words and the filter options."""
    return parse(" ".join(words)).narrowed(**filters)


def warn_of_loose_words(connection: sqlite3.Connection, query: Query) -> None:
    """Say so on stderr where *query* takes more articles than have its words together.

    The quotation marks of a phrase are easily lost to the shell.
    """
    if found := engine.apart(connection, query):
        message(
            f"Note: {found.total:,} have all the words of {found.words},"
            f" {found.together:,} of them together; for these only: '\"{found.words}\"'"
        )


@contextmanager
def opened(path: Path) -> Iterator[Archive]:
    """Open the archive at *path* read-only."""
    with Archive.open(path, read_only=True) as archive:
        # 64 MB of page cache: a search goes over the same pages of an index again and again.
        archive.connection.execute("PRAGMA cache_size = -65536")
        try:
            yield archive
        except NotFound as error:
            raise NotFound(f"{error}; look for it with khobao search") from error
