"""``khobao trends``: how often something is written about, over time."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.text import Text

from archive import papers
from archive.commands.options import (
    archive_option,
    asked,
    console,
    filter_options,
    force_option,
    format_option,
    opened,
    print_json,
    warn_of_loose_words,
)
from archive.commands.terminal import message, write
from archive.errors import UsageError
from archive.export.replace import written_aside
from archive.export.tables import csv_text, write_csv
from archive.reports import charts
from archive.reports.trends import SMALL_BASE, Point, Step, Trends
from archive.reports.trends import trends as count_trends

_EIGHTHS = " ▏▎▍▌▋▊▉█"


@click.command()
@click.argument("terms", nargs=-1, required=True, metavar="TERM…")
@archive_option
@filter_options
@click.option(
    "--by",
    type=click.Choice(["day", "week", "month", "year"]),
    help="Count per day, week, month or year. By default the table takes the shortest that fits"
    " 40 lines a term; files, csv and json count per month.",
)
@click.option("--counts", is_flag=True, help="Draw numbers of articles instead of shares.")
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write a figure or a table: ….svg, ….png, ….csv.",
)
@force_option
@click.option("--title", default="", help="A heading for the figure.")
@format_option("table", "csv", "json")
def trends(
    terms: tuple[str, ...],
    path: Path,
    by: Step | None,
    counts: bool,
    out: Path | None,
    force: bool,
    title: str,
    form: str,
    **filters: Any,
) -> None:
    """Count articles over time.

    Each TERM is a query of its own. Inside the shell's quotation marks, a phrase needs its own:
    '"dân vận"'. Every count comes with the total and the share. A period of which nothing was
    collected is shown as a hole, never as a zero.

    \b
    Examples:
      khobao trends '"dân vận"' '"nông thôn mới"' --by year
      khobao trends 'sếu OR "sếu đầu đỏ"' --section xa-hoi --out seu.svg
      khobao trends covid --by week --since 2020 --until 2022 --format csv
    """
    # What programs read, and figures, must not change their step as the archive grows.
    by = by or (None if out is None and form == "table" else "month")
    with opened(path) as archive:
        found = count_trends(archive.connection, terms, by=by, within=asked((), filters))
        (observed,) = archive.connection.execute("SELECT max(fetched_at) FROM captures").fetchone()
        source = f"Source: {papers.names(archive.connection)}" + (
            f", as archived until {observed[:10]}." if observed else "."
        )
        for note in found.notes:
            message(f"Note: {note}")
        for term in terms:
            warn_of_loose_words(archive.connection, asked((term,), filters))
    if out is not None:
        _write(out, found, "count" if counts else "share", title, source, force=force)
        message(f"{out}: {len(found.points):,} periods")
    elif form == "json":
        rows = [dict(zip(Trends.COLUMNS, row)) for row in found.rows()]
        print_json(
            {
                "by": found.by,
                "terms": list(terms),
                "bases": list(found.bases),
                "undated": list(found.undated),
                "rows": rows,
            }
        )
    elif form == "csv":
        write(csv_text(Trends.COLUMNS, found.rows()))
    else:
        _print(console(), found, counts)


def _write(
    out: Path,
    found: Trends,
    measure: charts.Measure,
    title: str,
    source: str,
    *,
    force: bool,
) -> None:
    ending = out.suffix.lower()
    if ending not in (".svg", ".png", ".csv"):
        raise UsageError(f"{out.name}: name a figure ….svg or ….png, or a table ….csv")
    with written_aside(out, force=force) as aside:
        if ending == ".csv":
            write_csv(aside, Trends.COLUMNS, found.rows())
            return
        svg = charts.trend_chart(found, measure=measure, title=title, source=source)
        if ending == ".svg":
            aside.write_text(svg, encoding="utf-8")
        else:
            aside.write_bytes(charts.png(svg))


def _print(out: Console, found: Trends, counts: bool) -> None:
    terms = range(len(found.terms))
    # One scale for all, so that bars of two terms can be compared.
    highest = max(
        (_height(point, term, counts) or 0 for point in found.points for term in terms), default=0
    )
    numbers = max((len(f"{total:,}") for p in found.points for total in p.totals), default=1)
    for number, term in enumerate(found.terms):
        if number:
            out.print()
        head = Text(term or "every article", style="bold")
        if found.base is None:
            head.append(f"  of: {found.bases[number]}", style="not bold dim")
        out.print(head)
        for point in found.points:
            out.print(_line(point, number, counts, highest, out.width, numbers))
        if found.undated[number]:
            out.print(Text(f"{found.undated[number]:,} more have no date.", style="dim"))
    out.print()
    if found.base is not None:
        out.print(Text(f"Shares are of: {found.base}", style="dim"))
    if any(point.small(term) for point in found.points for term in terms):
        said = f"~ a share of fewer than {SMALL_BASE} articles: do not draw conclusions from it"
        out.print(Text(said, style="yellow"))
    if any(point.state != "collected" for point in found.points):
        out.print(Text("░ not collected   * partly collected: see khobao coverage", style="dim"))


def _height(point: Point, term: int, counts: bool) -> float | None:
    if point.state == "none":
        return None
    return point.counts[term] if counts else point.share(term)


def _line(point: Point, term: int, counts: bool, highest: float, width: int, numbers: int) -> Text:
    mark = "*" if point.state == "partial" else " "
    text = Text(f"{point.label:<10}{mark}", style="dim", no_wrap=True)
    value = _height(point, term, counts)
    share = point.share(term)
    said = f" {point.counts[term]:>{numbers},} of {point.totals[term]:>{numbers},}"
    of = f"{share:>7.1%}" if share is not None else f"{'–':>7}"
    room = max(width - len(text) - len(said) - len(of) - 1, 0)
    if value is None:
        return text.append("░" * max(room, 1), "dim")
    text.append(_bar(value / highest if highest else 0, room), "cyan")
    text.append(said)
    return text.append(f"{of}{'~' if point.small(term) else ' '}")


def _bar(part: float, room: int) -> str:
    """A bar of *room* cells, filled to an eighth of a cell."""
    eighths = round(part * room * 8)
    full, rest = divmod(eighths, 8)
    bar = "█" * full + (_EIGHTHS[rest] if rest else "")
    return bar.ljust(room)
