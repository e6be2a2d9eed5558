"""What several commands share: the archive they read, the filters, the format."""

from __future__ import annotations

import json
import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, TypeVar

import click
from rich.console import Console

from archive import query as language
from archive.errors import KhobaoError, NoArchive
from archive.query import Query

F = TypeVar("F", bound=Callable[..., Any])


def archive_option(function: F) -> F:
    """The option that names the archive, the same in every command."""
    return click.option(
        "-a",
        "--archive",
        "path",
        envvar="KHOBAO_ARCHIVE",
        default="dongthap",
        show_default=True,
        type=click.Path(path_type=Path),
        help="The archive's folder, or its archive.db.",
    )(function)


def filter_options(function: F) -> F:
    """Options that narrow a query down; each may stand in the query too (section:…)."""
    for option in reversed(
        (
            click.option("--since", metavar="DATE", help="From then on: 2018, 03/2018, 3/1/2018."),
            click.option("--until", metavar="DATE", help="Until then, that day included."),
            click.option("--section", "sections", multiple=True, metavar="NAME", help="By rubric."),
            click.option("--author", "authors", multiple=True, metavar="NAME", help="By author."),
            click.option("--source", "sources", multiple=True, metavar="NAME", help="By agency."),
            click.option(
                "--kind", "kinds", multiple=True, metavar="KIND", help="article, photo, video …"
            ),
        )
    ):
        function = option(function)
    return function


def format_option(*formats: str) -> Callable[[F], F]:
    """The option that chooses how the answer is written; the first format is the default."""
    return click.option(
        "--format",
        "form",
        type=click.Choice(formats),
        default=formats[0],
        show_default=True,
        help="How the answer is written.",
    )


def asked(words: tuple[str, ...], filters: dict[str, Any]) -> Query:
    """The query that the words and the filters of a command line make together."""
    return language.parse(" ".join(words)).narrowed(**filters)


@contextmanager
def opened(path: Path) -> Iterator[sqlite3.Connection]:
    """The database of the archive at *path*, to be read only."""
    with closing(connect(path)) as connection:
        yield connection


def connect(path: Path) -> sqlite3.Connection:
    """Open the archive's database to read it; the folder or the file may be named."""
    file = path / "archive.db" if path.is_dir() or not path.suffix else path
    if not file.is_file():
        raise NoArchive(
            f"there is no archive at {path}; name one with -a/--archive or $KHOBAO_ARCHIVE,"
            " or make one with: khobao crawl"
        )
    connection = sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True, timeout=30)
    try:
        connection.execute("SELECT 1 FROM articles LIMIT 1")
    except sqlite3.DatabaseError as error:
        connection.close()
        raise KhobaoError(f"{file} cannot be read as an archive: {error}") from error
    # 64 MB of page cache: a search of the whole index reads the same pages again and again.
    connection.execute("PRAGMA cache_size = -65536")
    return connection


def print_json(value: Any) -> None:
    """Print one JSON document, Vietnamese as it is."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


def console() -> Console:
    """The terminal, or 80 columns where there is none to ask."""
    width = None if sys.stdout.isatty() else 80
    return Console(file=sys.stdout, width=width, highlight=False, soft_wrap=False)
