"""``khobao search``: ranked results, and how the query was understood."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from pathlib import Path
from typing import Any

import click
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
from archive.export.tables import csv_text
from archive.numbers import counted
from archive.search import search as engine
from archive.search.highlight import Marked
from archive.search.search import Hit, Results, Sort

#: The columns of ``--format csv``, and the fields of a hit in ``--format json``.
COLUMNS = (
    "key", "url", "title", "updated_at", "section", "byline", "source", "kind", "revision",
    "gone_at", "level", "place", "snippet",
)  # fmt: skip


@click.command()
@click.argument("words", nargs=-1, metavar="QUERY")
@archive_option
@filter_options
@click.option(
    "--limit", default=10, show_default=True, type=click.IntRange(0), help="Results per page."
)
@click.option("--offset", default=0, type=click.IntRange(0), help="Skip this many results.")
@click.option(
    "--sort",
    type=click.Choice(["best", "recent", "oldest"]),
    default="best",
    show_default=True,
    help="Best match first, or by date.",
)
@click.option("--explain", is_flag=True, help="Count the results with and without marks.")
@format_option("table", "json", "csv")
def search(
    words: tuple[str, ...],
    path: Path,
    limit: int,
    offset: int,
    sort: Sort,
    explain: bool,
    form: str,
    **filters: Any,
) -> None:
    """Find articles.

    Words typed with marks are looked for exactly so (hoà and hòa are one word), words typed
    without in every marked form. Several words: articles with the phrase come first, then those
    with all the words. Also: "a phrase", -without, this OR that, title: caption: author: section:
    source: since: until: year:. Put -- before a query that begins with a hyphen.

    \b
    Examples:
      khobao search dan van
      khobao search 'title:"nông thôn mới" since:2018' --sort recent
      khobao search 'lũ OR "nước nổi" -covid' --section nong-nghiep --format csv
    """
    with opened(path) as archive:
        connection = archive.connection
        results = engine.search(
            connection, asked(words, filters), limit=limit, offset=offset, sort=sort
        )
        if form == "json":
            print_json(
                {
                    "query": results.query.text,
                    "understood": results.understood,
                    "article": results.article,
                    "notes": [str(note) for note in results.notes],
                    "readings": _readings(connection, results),
                    "total": results.total,
                    "phrase_total": results.phrase_total,
                    "limit": limit,
                    "offset": offset,
                    "sort": sort,
                    "hits": [_hit(hit, marks=True) for hit in results.hits],
                }
            )
        elif form == "csv":
            rows = (_hit(hit, marks=False).values() for hit in results.hits)
            write(csv_text(COLUMNS, [list(row) for row in rows]))
            for note in results.notes:
                message(f"Note: {note}")
        else:
            out = console()
            _print(out, results)
            if explain or not results.total:
                _print_readings(out, results, _readings(connection, results))
            if not results.total:
                _print_unfiltered(out, connection, results)


def _hit(hit: Hit, *, marks: bool) -> dict[str, Any]:
    record = {name: getattr(hit, name) for name in COLUMNS}
    record["title"], record["snippet"] = hit.title.text, hit.snippet.text
    if marks:
        record["title_marks"] = [list(span) for span in hit.title.marks]
        record["snippet_marks"] = [list(span) for span in hit.snippet.marks]
        record["score"] = hit.score
    return record


def _readings(connection: sqlite3.Connection, results: Results) -> list[dict[str, Any]]:
    return [
        {"reading": r.name, "text": r.text, "phrase": r.phrase, "words": r.words}
        for r in engine.readings(connection, results.query)
    ]


def _print(out: Console, results: Results) -> None:
    head = Text("Looked for: ", style="dim")
    head.append(results.understood, style="default")
    out.print(head)
    for note in results.notes:
        out.print(Text(f"Note: {note}", style="yellow"))
    out.print()
    for number, hit in enumerate(results.hits, results.offset + 1):
        out.print(_indented(out, _styled(hit.title, style="bold"), f"{number:>2}. "))
        out.print(_indented(out, _facts(hit)))
        out.print(_indented(out, _styled(hit.snippet)))
        out.print()
    out.print(Text(_summary(results), style="dim"))


def _facts(hit: Hit) -> Text:
    parts = [(hit.updated_at or "no date")[:10], hit.section, hit.byline, hit.source]
    facts = " · ".join(part for part in parts if part)
    text = Text.assemble((hit.key, "cyan"), (f"  {facts}", "dim"))
    if hit.kind != "article":
        text.append(f" · {hit.kind}", style="dim")
    if hit.revision > 1:
        text.append(f" · {hit.revision} versions", style="magenta")
    if hit.gone_at:
        text.append(f" · gone {hit.gone_at[:10]}", style="red")
    return text


def _styled(marked: Marked, style: str = "") -> Text:
    text = Text(style=style)
    for part, is_marked in marked.parts:
        text.append(part, style="bold black on yellow" if is_marked else "")
    return text


def _indented(out: Console, text: Text, label: str = "    ") -> Text:
    """*text* after *label*, its further lines below its first."""
    lines = text.wrap(out, out.width - len(label) - 1) or [Text()]
    labels = [label, *[" " * len(label)] * (len(lines) - 1)]
    return Text("\n").join(Text(label, style="dim") + line for label, line in zip(labels, lines))


def _summary(results: Results) -> str:
    if not results.total:
        return "No article found."
    first, last = results.offset + 1, results.offset + len(results.hits)
    said = counted(results.total, "article")
    if results.hits:
        said = f"{first}–{last} of {said}"
    if results.phrase_total is not None:
        said += f"; {results.phrase_total:,} with the words together"
    more = f" Next page: --offset {last}" if results.hits and last < results.total else ""
    return f"{said}.{more}"


_NAMES = {
    "typed": "as typed, words without marks in any form",
    "exact": "exactly as typed",
    "tone": "with the tone on the other vowel too",
    "plain": "whatever the marks",
}


def _print_readings(out: Console, results: Results, found: list[dict[str, Any]]) -> None:
    if results.total not in [reading["words"] for reading in found]:
        # Words with marks and words without: neither reading is the one that was answered.
        typed = {"reading": "typed", "phrase": results.phrase_total, "words": results.total}
        found = [{**typed, "text": " ".join(map(str, results.query.terms))}, *found]
    for reading in found:
        together = "" if reading["phrase"] is None else f"{reading['phrase']:,} together, "
        line = Text(f"  {reading['text']}", style="bold")
        line.append(f" {_NAMES[reading['reading']]}: ", style="dim")
        line.append(f"{together}{reading['words']:,} in all", style="default")
        out.print(line)


def _print_unfiltered(out: Console, connection: sqlite3.Connection, results: Results) -> None:
    """If nothing was found: the number of results without dates and filters."""
    query = results.query
    words = replace(query, filters=(), since=None, until=None)
    if words != query and (total := engine.search(connection, words, limit=0).total):
        out.print(Text(f"Without dates and filters: {counted(total, 'article')}.", style="dim"))
