"""``khobao list``: what the archive holds, as lists."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click
from rich import box
from rich.table import Table
from rich.text import Text

from archive.archive import Archive, crawl_lock
from archive.authors.same import FILE, pairs_of
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
from archive.errors import UsageError
from archive.export.tables import csv_text
from archive.numbers import counted
from archive.reports.lists import NAMES, Listing, Name
from archive.vietnamese import name_key

#: Columns that are never broken: a key is copied, a date is one word.
_WHOLE = frozenset(
    ("key", "other", "date", "first", "last", "seen_at", "gone", "last_seen", "edit", "kind")
)
_NUMBERS = frozenset(
    ("articles", "mentions", "unsure", "reprints", "syllables", "version", "similarity")
)


@click.command("list")
@click.argument("name", type=click.Choice(NAMES))
@click.argument("words", nargs=-1, metavar="[QUERY]…")
@archive_option
@filter_options
@click.option("--limit", type=click.IntRange(min=1), help="Rows at most. [default: 40 in a table]")
@click.option(
    "--unsure", is_flag=True, help=f"Of authors: names that may be one, in the form of {FILE}."
)
@click.option("--apply", "apply_file", is_flag=True, help=f"Of authors: apply {FILE} now.")
@format_option("table", "csv", "json")
def lists(
    name: Name,
    words: tuple[str, ...],
    path: Path,
    limit: int | None,
    unsure: bool,
    apply_file: bool,
    form: str,
    **filters: Any,
) -> None:
    """List articles by their state, or authors, sources, sections, tags and years.

    edited, silent (the stamp stayed), gone, returned and duplicates list articles; the others
    count them. A query and the filters narrow every list: the sections of one author, the authors
    of one section.

    \b
    Examples:
      khobao list silent --since 2018
      khobao list authors --section kinh-te
      khobao list sections --author 'Mỹ Lý'
      khobao list authors --unsure > authors.toml
    """
    if name != "authors" and (unsure or apply_file):
        raise UsageError("--unsure and --apply belong to the list of authors")
    if apply_file:
        _apply(path)
    with opened(path) as archive:
        if unsure:
            write(_unsure(archive))
            return
        most = 40 if form == "table" and limit is None else limit
        found = archive.listing(name, asked(words, filters), most)
    if form == "json":
        print_json({"list": name, "rows": found.to_dicts(), "more": found.more})
    elif form == "csv":
        write(csv_text(found.columns, [list(row) for row in found.rows]))
    else:
        _print(found)


def _print(found: Listing) -> None:
    out = console()
    if not found.rows:
        out.print("The list is empty.")
        return
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for number in found.filled:
        column = found.columns[number]
        table.add_column(
            column.replace("_", " "),
            justify="right" if column in _NUMBERS else "left",
            overflow="fold",
            no_wrap=column in _NUMBERS or column in _WHOLE,
        )
    for row in found.rows:
        table.add_row(*(_cell(found.columns[number], row[number]) for number in found.filled))
    out.print(table)
    if found.more:
        out.print(Text("More rows: --limit N, or --format csv.", style="dim"))


def _cell(column: str, value: Any) -> Text:
    if column == "fields":
        value = ", ".join(json.loads(value or "[]")).replace("updated_at", "stamp")
    elif column in ("seen_at", "gone", "last_seen"):
        value = (value or "")[:10]
    elif column == "year":
        value = value or "no date"
    elif column in _NUMBERS and isinstance(value, int):
        value = f"{value:,}"
    return Text("" if value is None else str(value), style="cyan" if column == "key" else "")


def _apply(path: Path) -> None:
    with Archive.open(path) as archive, crawl_lock(archive.path):
        joined = archive.join_authors()
    message(f"{FILE} is applied; joined with another name: {counted(len(joined), 'name')}")


def _unsure(archive: Archive) -> str:
    """The names that may be one author's, as text for ``authors.toml``."""
    from archive.authors.corrections import read_corrections  # as in `Archive.join_authors`

    corrections = read_corrections(archive.path)
    articles = {row["author"]: row["articles"] for row in archive.listing("authors", "").to_dicts()}
    parts = [
        "# Names that may be one author's. Keep what is right; of two people write\n"
        '# [[different]] and names = ["…", "…"]. khobao list authors --apply applies the file.\n'
    ]
    for pair in pairs_of(archive.connection):
        keys = frozenset((name_key(pair.short), name_key(pair.full)))
        decided = pair.reason or keys in corrections.different
        if decided or pair.side_by_side or name_key(pair.short) in corrections.same:
            continue
        if pair.short not in articles or pair.full not in articles:
            continue
        parts.append(
            f"# {pair.form}: {counted(articles[pair.short], 'article')},"
            f" {counted(articles[pair.full], 'article')}\n[[same]]\n"
            f"name = {_quoted(pair.full)}\nalso = [{_quoted(pair.short)}]\n"
        )
    return "\n".join(parts)


def _quoted(name: str) -> str:
    return json.dumps(name, ensure_ascii=False)
