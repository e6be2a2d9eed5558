"""``khobao export``: records and citations for other programs."""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from archive.articles import as_of
from archive.articles.citation import FORMATS
from archive.commands.options import (
    archive_option,
    asked,
    filter_options,
    force_option,
    opened,
    warn_of_loose_words,
)
from archive.commands.terminal import message
from archive.errors import UsageError
from archive.export.export import TABLES_BY_ENDING, Exported, export_citations, export_package
from archive.export.export import export as export_table
from archive.export.package import Provenance
from archive.export.wacz import export_captures
from archive.numbers import counted
from archive.search import query as language
from archive.search.query import Query
from archive.search.sql import notes as notes_on

#: Endings that ask for captures: a package of them, or an index alone.
_CAPTURES = {".wacz", ".cdxj"}

#: Endings that say which citation is meant.
_CITATIONS = {".bib": "bibtex", ".ris": "ris"}

_ENDINGS = (
    ".csv, .jsonl or .parquet for articles, .bib or .ris for citations, .wacz or .cdxj for"
    " captures, or a name without an ending for a data package"
)


@click.command()
@click.argument("out", type=click.Path(path_type=Path))
@click.argument("words", nargs=-1, metavar="[QUERY]")
@archive_option
@filter_options
@click.option("--excel", is_flag=True, help="Write CSV for Excel: ….excel.csv.")
@click.option(
    "--as-of", "day", metavar="DATE", help="The archive as it was at the end of that day."
)
@click.option(
    "--cite", "style", type=click.Choice(FORMATS), help="Write citations instead of records."
)
@force_option
def export(
    out: Path,
    words: tuple[str, ...],
    path: Path,
    excel: bool,
    day: str | None,
    style: str | None,
    force: bool,
    **filters: Any,
) -> None:
    """Write articles to a file or a folder.

    OUT chooses the form: ….csv (exact), ….jsonl, ….parquet, ….bib, ….ris, or a folder's name for a
    data package (articles, images, authors, revisions, coverage, with every column described).
    ….wacz writes the captures themselves, for web-archive viewers; ….cdxj their index alone.
    QUERY and filters are those of khobao search; without any, every article is written.

    The rows are counted against the query, and the file gets its name only when they agree.
    What is there already is not replaced, unless --force says so and khobao wrote it.

    \b
    Examples:
      khobao export articles.csv
      khobao export danvan.csv '"dân vận"' --since 2018 --excel
      khobao export paper-data 'lũ OR "nước nổi"' --since 2015
      khobao export refs.bib 'sếu since:2018'
    """
    ending = out.suffix.lower()
    _refuse_what_contradicts(out, ending, excel=excel, day=day, style=style)
    style = style or _CITATIONS.get(ending)
    with opened(path) as archive, _moment(archive.connection, day) as connection:
        query = asked(words, filters)
        for note in notes_on(connection, query):
            message(f"Note: {note}")
        warn_of_loose_words(connection, query)
        if ending in _CAPTURES:
            chosen = query if _typed(words, filters) else None
            made = export_captures(connection, archive.path, out, chosen, force=force)
        elif style:
            made = export_citations(connection, out, query, style, force=force)
        elif ending:
            made = export_table(connection, out, query, excel=excel, force=force)
        else:
            provenance = Provenance(_typed(words, filters), language.describe(query), day)
            made = export_package(connection, out, query, provenance, force=force)
    _report(made, query, style)


def _refuse_what_contradicts(
    out: Path, ending: str, *, excel: bool, day: str | None, style: str | None
) -> None:
    """Raise UsageError if the name of OUT contradicts the options."""
    if str(out) in ("-", "/dev/stdout", "/dev/stderr"):
        raise UsageError(
            "an export is counted before it gets its name, so it cannot go to standard output;"
            " name a file, such as articles.csv, or use khobao search --format csv"
        )
    if ending in _CAPTURES and (day or style or excel):
        raise UsageError("captures have their own days: no --as-of, --cite, --excel")
    if style and _CITATIONS.get(ending, style) != style:
        raise UsageError(
            f"{out.name} is a name for {_CITATIONS[ending]}, and --cite asks for {style};"
            " leave --cite out, or name another file"
        )
    if style and (ending in TABLES_BY_ENDING or excel):
        raise UsageError(
            f"{out.name} is a name for articles, and --cite asks for citations; name a file"
            " ….bib, ….ris or ….json"
        )
    if excel and not ending:
        raise UsageError("a data package is exact; --excel is for a file named ….csv")
    if not style and ending and ending not in {*TABLES_BY_ENDING, *_CITATIONS, *_CAPTURES}:
        raise UsageError(f"{out.name}: the ending chooses the form; name a file {_ENDINGS}")


@contextmanager
def _moment(connection: sqlite3.Connection, day: str | None) -> Iterator[sqlite3.Connection]:
    if day is None:
        yield connection
        return
    at = as_of.moment(day)
    if sys.stderr.isatty():
        message(f"Setting the archive back to {at} …")
    (first,) = connection.execute("SELECT min(fetched_at) FROM captures").fetchone()
    if first and first > at:
        message(f"Note: nothing was captured before {first[:10]}")
    with as_of.known_at(connection, at) as past:
        yield past


def _typed(words: tuple[str, ...], filters: dict[str, Any]) -> str:
    """The query with its filters, in a form that can be typed again."""
    parts = [" ".join(words)]
    for name, value in filters.items():
        values = value if isinstance(value, tuple) else (value,) if value else ()
        parts += [f'{name.removesuffix("s")}:"{each}"' for each in values]
    return " ".join(part for part in parts if part)


def _report(made: Exported, query: Query, style: str | None) -> None:
    of_captures = made.path.suffix.lower() in _CAPTURES
    noun = "capture" if of_captures else "citation" if style else "article"
    size = made.bytes / 1_000_000
    shown = f"{size:,.1f} MB" if size >= 0.1 else f"{made.bytes:,} bytes"
    message(f"{made.path}: {counted(made.rows, noun)}, {shown} ({language.describe(query)})")
    if made.left_out:
        message(
            f"Note: {counted(made.left_out, 'capture')} of lost files are left out; khobao verify"
            " names the files"
        )
