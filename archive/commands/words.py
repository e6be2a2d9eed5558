"""``khobao words``, ``collocates`` and ``keyness``: how often words stand, near what, and where."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, TypeVar

import click
from rich import box
from rich.table import Table
from rich.text import Text

from archive.commands.options import (
    archive_option,
    asked,
    console,
    filter_options,
    format_option,
    opened,
    print_json,
)
from archive.commands.terminal import message, write
from archive.corpus import collocations, frequencies
from archive.corpus import keyness as keys
from archive.corpus.tokens import Unit
from archive.export.tables import csv_text
from archive.numbers import counted
from archive.search.query import Note

F = TypeVar("F", bound=Callable[..., Any])

_UNITS = {
    "syllables": "Unit: syllables.",
    "words": "Unit: words, as underthesea cuts them (some of them wrongly).",
}

_unit_option = click.option(
    "--unit",
    type=click.Choice(["syllables", "words"]),
    default="syllables",
    show_default=True,
    help="Words are cut by underthesea (khobao[words]).",
)
_limit_option = click.option(
    "--limit", default=40, show_default=True, type=click.IntRange(min=1), help="Rows at most."
)
_grams_option = click.option(
    "--n", "n", default=1, show_default=True, type=click.IntRange(1, 6), help="Count n-grams."
)


def _range_option(default: int) -> Callable[[F], F]:
    return click.option(
        "--min-articles", "at_least", default=default, show_default=True,
        type=click.IntRange(min=1), help="Only what stands in so many articles.",
    )  # fmt: skip


@click.command()
@click.argument("query", nargs=-1, metavar="[QUERY]…")
@archive_option
@filter_options
@_grams_option
@_unit_option
@_range_option(1)
@_limit_option
@format_option("table", "csv", "json")
def words(
    query: tuple[str, ...],
    path: Path,
    n: int,
    unit: Unit,
    at_least: int,
    limit: int,
    form: str,
    **filters: Any,
) -> None:
    """List the most frequent words or n-grams of a set of articles.

    The set is what a search finds: a query, filters, both or none. Each row has its number per
    million, its range (articles), and its dispersion: Gries' DP, 0 where the word is evenly spread
    over the articles and near 1 where it stands in few. Definitions: docs/instruments.md.

    \b
    Examples:
      khobao words --section kinh-te
      khobao words --n 2 --since 2018 --min-articles 3
      khobao words lúa --format csv
    """
    with opened(path) as archive:
        found = archive.frequencies(
            asked(query, filters), n=n, unit=unit, limit=limit, at_least=at_least
        )
    what = "token" if n == 1 else f"{n}-gram"
    said = (
        f"{counted(found.tokens, what)}, {found.types:,} different, in"
        f" {counted(found.read, 'article')}: {found.understood}."
    )
    facts = {"understood": found.understood, "unit": unit, "n": n, "tokens": found.tokens,
             "types": found.types, "articles": found.read}  # fmt: skip
    _show(form, frequencies.COLUMNS, found.table(), found.notes, unit, said, facts)


@click.command()
@click.argument("query", nargs=-1, required=True, metavar="QUERY")
@archive_option
@filter_options
@click.option(
    "--left",
    default=5,
    show_default=True,
    type=click.IntRange(0, 20),
    help="Tokens looked at on the left.",
)
@click.option(
    "--right",
    default=5,
    show_default=True,
    type=click.IntRange(0, 20),
    help="Tokens looked at on the right.",
)
@click.option(
    "--by",
    "measure",
    type=click.Choice(["logdice", "mi", "t"]),
    default="logdice",
    show_default=True,
    help="The measure that ranks them.",
)
@_unit_option
@_range_option(3)
@_limit_option
@format_option("table", "csv", "json")
def collocates(
    query: tuple[str, ...],
    path: Path,
    left: int,
    right: int,
    measure: collocations.Measure,
    unit: Unit,
    at_least: int,
    limit: int,
    form: str,
    **filters: Any,
) -> None:
    """List what stands near a word or phrase more often than by chance.

    logDice is the one to begin with; MI finds rare fixed company, t frequent company. The
    frequencies of the others are those in all articles that the filters select. A window ends with
    its paragraph. Definitions: docs/instruments.md.

    \b
    Examples:
      khobao collocates lúa
      khobao collocates hồng ngự --left 3 --right 3 --by mi
      khobao collocates lũ --section kinh-te --format json
    """
    with opened(path) as archive:
        found = archive.collocations(
            asked(query, filters), window=(left, right), unit=unit, measure=measure, limit=limit,
            at_least=at_least,
        )  # fmt: skip
    said = (
        f"{counted(found.mentions, 'mention')} in {counted(found.articles, 'article')}:"
        f" {found.understood}. Window: {left} left, {right} right, of"
        f" {counted(found.tokens, 'token')}."
    )
    facts = {"understood": found.understood, "unit": unit, "left": left, "right": right,
             "by": measure, "mentions": found.mentions, "articles": found.articles,
             "tokens": found.tokens}  # fmt: skip
    _show(form, collocations.COLUMNS, found.table(), found.notes, unit, said, facts)


@click.command()
@click.argument("query")
@click.option("--against", required=True, metavar="QUERY", help="The set to compare with.")
@archive_option
@filter_options
@_grams_option
@_unit_option
@_range_option(3)
@_limit_option
@format_option("table", "csv", "json")
def keyness(
    query: str,
    against: str,
    path: Path,
    n: int,
    unit: Unit,
    at_least: int,
    limit: int,
    form: str,
    **filters: Any,
) -> None:
    """List the words that two sets of articles use differently.

    Two periods, sections, authors or papers: each set is a query; the filters hold for both. G2
    says whether a difference may be chance (above 15.13: p < 0.0001), log_ratio how large it is
    (1: twice as frequent; below 0: more in the other set). Definitions: docs/instruments.md.

    \b
    Examples:
      khobao keyness year:2019 --against year:2018
      khobao keyness section:kinh-te --against section:xa-hoi --n 2
    """
    with opened(path) as archive:
        found = archive.keyness(
            asked((query,), filters), asked((against,), filters), n=n, unit=unit, limit=limit,
            at_least=at_least,
        )  # fmt: skip
    one, other = found.understood
    said = (
        f"{counted(found.tokens, 'token')} in {counted(found.read[0], 'article')}: {one};"
        f" against {counted(found.other_tokens, 'token')} in"
        f" {counted(found.read[1], 'article')}: {other}."
    )
    facts = {
        "understood": [one, other],
        "unit": unit,
        "n": n,
        "tokens": [found.tokens, found.other_tokens],
        "articles": list(found.read),
    }
    hidden = ("per_million", "other_per_million")
    _show(form, keys.COLUMNS, found.table(), found.notes, unit, said, facts, hidden)


def _show(
    form: str,
    columns: Sequence[str],
    rows: Iterable[Sequence[Any]],
    notes: Iterable[Note],
    unit: Unit,
    said: str,
    facts: dict[str, Any],
    hidden: tuple[str, ...] = (),
) -> None:
    """Print *rows* with what they are counted from; CSV has the unit in a column of its own.

    A table has no room for the columns *hidden*.
    """
    if form == "json":
        facts["notes"] = [str(note) for note in notes]
        print_json({**facts, "rows": [dict(zip(columns, row)) for row in rows]})
        return
    for note in notes:
        message(f"Note: {note}")
    if form == "csv":
        write(csv_text((*columns, "unit"), [[*row, unit] for row in rows]))
        return
    out = console()
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    shown = [place for place, column in enumerate(columns) if column not in hidden]
    for place in shown:
        column = columns[place]
        number = column != "text"
        table.add_column(
            column.replace("other_", "other\n").replace("per_", "per\n").replace("_", " "),
            justify="right" if number else "left",
            overflow="fold",
            no_wrap=number,
        )
    for row in rows:
        table.add_row(*(_cell(columns[place], row[place]) for place in shown))
    if table.row_count:
        out.print(table)
        out.print()
    else:
        out.print("Nothing stands in so many articles; see --min-articles.")
    out.print(Text(said, style="dim"))
    out.print(Text(_UNITS[unit], style="dim"))


#: How many decimals a table shows; files have them all.
_DECIMALS = {
    "per_million": 1,
    "dispersion": 3,
    "logdice": 2,
    "mi": 2,
    "t": 2,
    "g2": 1,
    "log_ratio": 2,
}


def _cell(column: str, value: Any) -> str:
    if isinstance(value, str):
        return value
    return f"{value:,.{_DECIMALS.get(column, 0)}f}"
