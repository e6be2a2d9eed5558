"""``khobao export``: records for other programs, and citations."""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from archive import as_of
from archive import query as language
from archive.citation import FORMATS
from archive.commands.options import (
    archive_option,
    asked,
    filter_options,
    opened,
    warn_of_loose_words,
)
from archive.export.package import Provenance
from archive.export.writing import Exported, export_citations, export_package
from archive.export.writing import export as export_table
from archive.query import Query
from archive.wacz import export_captures

#: Endings that ask for captures: a package of them, or an index alone.
_CAPTURES = {".wacz", ".cdxj"}

#: Endings that say which citation is meant.
_CITATIONS = {".bib": "bibtex", ".ris": "ris"}


@click.command()
@click.argument("out", type=click.Path(path_type=Path))
@click.argument("words", nargs=-1, metavar="[QUERY]")
@archive_option
@filter_options
@click.option("--excel", is_flag=True, help="CSV that Excel opens; writes ….excel.csv.")
@click.option("--as-of", "day", metavar="DATE", help="As it was known at the end of that day.")
@click.option("--cite", "style", type=click.Choice(FORMATS), help="Citations instead of records.")
def export(
    out: Path,
    words: tuple[str, ...],
    path: Path,
    excel: bool,
    day: str | None,
    style: str | None,
    **filters: Any,
) -> None:
    """Write articles to a file or a folder.

    OUT chooses the form: ….csv (exact), ….jsonl, ….parquet, ….bib, ….ris, or a folder's name for a
    data package (articles, images, authors, revisions, coverage, with every column described).
    ….wacz writes the captures themselves, for web-archive viewers; ….cdxj their index alone.
    QUERY and filters are those of khobao search; without any, every article is written.

    The rows are counted against the query, and the file gets its name only when they agree.

    \b
    Examples:
      khobao export articles.csv
      khobao export danvan.csv '"dân vận"' --since 2018 --excel
      khobao export paper-data 'lũ OR "nước nổi"' --since 2015
      khobao export refs.bib 'sếu since:2018'
    """
    style = style or _CITATIONS.get(out.suffix.lower())
    with opened(path) as archive, _moment(archive.connection, day) as connection:
        query = asked(words, filters)
        for note in query.notes:
            click.echo(f"Note: {note}", err=True)
        warn_of_loose_words(connection, query)
        if out.suffix.lower() in _CAPTURES:
            if day or style or excel:
                raise click.UsageError("captures have their own days: no --as-of, --cite, --excel")
            chosen = query if _typed(words, filters) else None
            made = export_captures(connection, archive.path, out, chosen)
        elif style:
            made = export_citations(connection, out, query, style)
        elif out.suffix:
            made = export_table(connection, out, query, excel=excel)
        elif excel:
            raise click.UsageError("a data package is exact; --excel is for a file named ….csv")
        else:
            provenance = Provenance(_typed(words, filters), language.describe(query), day)
            made = export_package(connection, out, query, provenance)
    _report(made, query, style)


@contextmanager
def _moment(connection: sqlite3.Connection, day: str | None) -> Iterator[sqlite3.Connection]:
    if day is None:
        yield connection
        return
    at = as_of.moment(day)
    if sys.stderr.isatty():
        click.echo(f"Setting the archive back to {at} …", err=True)
    (first,) = connection.execute("SELECT min(fetched_at) FROM captures").fetchone()
    if first and first > at:
        click.echo(f"Note: nothing was captured before {first[:10]}", err=True)
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
    noun += "" if made.rows == 1 else "s"
    size = made.bytes / 1_000_000
    shown = f"{size:,.1f} MB" if size >= 0.1 else f"{made.bytes:,} bytes"
    click.echo(f"{made.path}: {made.rows:,} {noun}, {shown} ({language.describe(query)})", err=True)
