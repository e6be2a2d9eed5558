"""``khobao concord``: every mention of a word or phrase in its context."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click
from rich.cells import cell_len, set_cell_size
from rich.console import Console
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
from archive.corpus.concordance import COLUMNS, Concordance, Line, Sort
from archive.export.tables import csv_text
from archive.numbers import counted
from archive.search import search as engine

#: Below these widths there is no room for the date, and for the key.
_WITH_DATE, _WITH_KEY = 76, 56


@click.command()
@click.argument("query", nargs=-1, metavar="QUERY")
@archive_option
@filter_options
@click.option(
    "--sort",
    type=click.Choice(["date", "left", "right", "section"]),
    default="date",
    show_default=True,
    help="By date, section, or the next syllables on one side.",
)
@click.option("--sample", type=click.IntRange(min=1), help="Draw so many mentions at random.")
@click.option("--seed", default=1, show_default=True, help="The same seed draws the same sample.")
@click.option("--limit", type=click.IntRange(min=1), help="Lines at most. [default: 40 in a table]")
@click.option(
    "--context", default=100, show_default=True, type=click.IntRange(0, 2000),
    help="Characters on each side, in csv and json.",
)  # fmt: skip
@format_option("table", "csv", "json")
def concord(
    query: tuple[str, ...],
    path: Path,
    sort: Sort,
    sample: int | None,
    seed: int,
    limit: int | None,
    context: int,
    form: str,
    **filters: Any,
) -> None:
    """Show every mention of a word or phrase in its context.

    The query is that of khobao search, with its marks and filters; only, words typed together are
    a phrase, for a mention is one place. Titles, text, captions and bylines are looked through.

    \b
    Examples:
      khobao concord dân vận
      khobao concord 'sếu OR "sếu đầu đỏ"' --sort right
      khobao concord dan van --since 2018 --sample 200 --seed 7 --format csv
    """
    out = console()
    most = 40 if form == "table" and limit is None else limit
    with opened(path) as archive:
        meant = asked(query, filters)
        found = archive.concordance(
            meant, sort=sort, sample=sample, seed=seed, limit=most,
            context=out.width if form == "table" else context,
        )  # fmt: skip
        apart = engine.apart(archive.connection, meant)
    for note in found.notes if form != "json" else ():
        message(f"Note: {note}")
    if apart:
        more = counted(apart.total - apart.together, "more article has", "more articles have")
        message(f"Note: a mention has its words together; {more} {apart.words} apart")
    if form == "json":
        print_json(
            {
                "query": meant.text,
                "understood": found.understood,
                "notes": [str(note) for note in found.notes],
                "mentions": found.mentions,
                "articles": found.articles,
                "sort": sort,
                "sample": sample,
                "seed": seed if sample else None,
                "lines": [dict(zip(COLUMNS, row)) for row in found.rows()],
            }
        )
    elif form == "csv":
        write(csv_text(COLUMNS, [list(row) for row in found.rows()]))
    else:
        _print(out, found)


def _print(out: Console, found: Concordance) -> None:
    widest = max((cell_len(line.hit) for line in found.lines), default=0)
    for line in found.lines:
        out.print(_row(line, out.width, min(widest, out.width // 3)), no_wrap=True, crop=True)
    if not found.mentions:
        out.print("No mention found.")
        return
    said = f"{counted(found.mentions, 'mention')} in {counted(found.articles, 'article')}"
    if found.sample is not None and found.sample < found.mentions:
        said += f"; a sample of {found.sample:,}, drawn with seed {found.seed}"
    shown = len(found.lines)
    drawn = min(found.sample or found.mentions, found.mentions)
    if shown < drawn:
        said += f"; {shown:,} shown. All: --limit {drawn}, or --format csv"
    out.print()
    out.print(Text(f"{said}.", style="dim"))


def _row(line: Line, width: int, hit: int) -> Text:
    """One line as wide as the terminal; the mentions begin in one column."""
    row = Text(no_wrap=True)
    if width >= _WITH_DATE:
        row.append(f"{line.date or 'no date':<11}", "dim")
    if width >= _WITH_KEY:
        row.append(set_cell_size(line.key, 13) + " ", "cyan")
    room = width - row.cell_len
    left = max((room - hit) // 2, 1)
    row.append(_ending(line.left, left))
    row.append(line.hit, "bold black on yellow")
    row.append(set_cell_size(line.right, max(room - left - cell_len(line.hit), 0)))
    return row


def _ending(text: str, width: int) -> str:
    """The end of *text*, exactly *width* cells wide."""
    while cell_len(text) > width:
        text = text[1:] if cell_len(text) - width < 8 else text[cell_len(text) - width :]
    return " " * (width - cell_len(text)) + text
