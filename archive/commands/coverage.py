"""``khobao coverage``: what was collected and what is missing."""

from __future__ import annotations

import sqlite3
from datetime import date, timedelta
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from archive import periods
from archive.commands.options import (
    archive_option,
    console,
    force_option,
    format_option,
    opened,
    print_json,
)
from archive.commands.terminal import message, write
from archive.errors import UsageError
from archive.export.replace import written_aside
from archive.export.tables import csv_text
from archive.numbers import counted
from archive.reports import charts
from archive.reports.coverage import TALLIES, Coverage, Gap, NumberGap, Tally
from archive.reports.coverage import coverage as take_stock
from archive.search.filters import named, nearest

_SHADES = "░▒▓█"
_SHOWN = 5

#: The columns that a year of 52 weeks and the table of sections need.
_WIDE = 60


@click.command()
@archive_option
@click.option("--since", metavar="DATE", help="Start date.")
@click.option("--until", metavar="DATE", help="End date (inclusive).")
@click.option("--paper", metavar="NAME", help="Only this newspaper (code or name).")
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write a picture: ….svg or ….png.",
)
@force_option
@format_option("table", "csv", "json")
def coverage(
    path: Path,
    since: str | None,
    until: str | None,
    paper: str | None,
    out: Path | None,
    force: bool,
    form: str,
) -> None:
    """Show what was collected and what is missing.

    By day and section: what was listed, stored, failed, blocked, gone, and is still due; the days
    without an article, the nights without a crawl, and the gaps in the site's own numbers.

    \b
    Examples:
      khobao coverage --since 2018 --until 2018
      khobao coverage --out coverage.svg
      khobao coverage --format csv > days.csv
    """
    first = periods.require(since).first if since else None
    last = periods.require(until).last if until else None
    with opened(path) as archive:
        code = _code_of(archive.connection, paper) if paper else None
        found = take_stock(archive.connection, since=first, until=last, paper=code)
    if out is not None:
        _draw(out, found, force=force)
        message(f"{out}: {len(found.days):,} days")
    elif form == "json":
        print_json(found.to_dict())
    elif form == "csv":
        rows = ((day, *tally.to_dict().values()) for day, tally in found.days.items())
        write(csv_text(("day", *TALLIES), rows))
    else:
        _print(console(), found, whole=not (since or until))


def _code_of(connection: sqlite3.Connection, name: str) -> str:
    """The code of the paper called *name*; raises UsageError."""
    codes = {str(code) for code in named(connection, "paper", name).parameters}
    if len(codes) != 1:
        known = ", ".join(nearest(connection, "paper", name))
        raise UsageError(f"--paper {name}: name one of the archive's papers: {known}")
    return codes.pop()


def _draw(out: Path, found: Coverage, *, force: bool) -> None:
    if out.suffix.lower() not in (".svg", ".png"):
        raise UsageError(f"{out.name}: name a picture ….svg or ….png")
    svg = charts.calendar(found.days, found.first, found.last)
    with written_aside(out, force=force) as aside:
        if out.suffix.lower() == ".svg":
            aside.write_text(svg, encoding="utf-8")
        else:
            aside.write_bytes(charts.png(svg))


def _print(out: Console, found: Coverage, *, whole: bool) -> None:
    if found.first is None or found.last is None:
        said = "The archive is empty" if whole else "Nothing is known of this period"
        out.print(f"{said}: nothing was listed, nothing is stored.")
        return
    wide = out.width >= _WIDE
    out.print(_calendar(found, weeks_a_line=52 if wide else 26))
    out.print(
        Text("Articles a week: · none  ░ few  █ many  ", style="dim")
        + Text("red: something listed is not stored", style="red")
    )
    out.print()
    out.print(_sections(found) if wide else _narrow_sections(found))
    if undated := found.undated.stored:
        where = "counted in the totals, but on no day" if whole else "not counted here"
        said = counted(undated, "article has", "articles have")
        out.print(Text(f"{said} no date: {where}.", style="dim"))
    out.print()
    _print_gaps(out, "Days without an article", found.empty)
    out.print()
    if found.runs or whole:
        out.print(Text(f"Crawls: {found.runs:,}", style="bold"))
        _print_gaps(out, "Days without a crawl", found.days_without_a_crawl)
    else:
        out.print("No crawl in this period: its articles were collected later.")
    for run in found.failed_runs[-_SHOWN:]:
        said = f"exit {run.exit_code}" if run.exit_code >= 0 else "cut off"
        line = f"  {run.started_at[:16]}Z  {said}" + (f": {run.reason}" if run.reason else "")
        out.print(Text(line, style="red"))
    for series in found.series:
        gaps = series.gaps if whole else _touching(series.gaps, found)
        if not (gaps or whole):
            continue
        out.print()
        if whole:
            span = series.last - series.first + 1
            head = Text(f"Numbers {series.series}{series.first} to {series.last}: ", style="bold")
            known = f"{series.known:,} of {span:,} known ({series.known / span:.1%})"
            out.print(head.append(known, "not bold"))
        else:
            missing = sum(gap.numbers for gap in gaps)
            head = Text(f"Numbers {series.series}… around these days: ", style="bold")
            out.print(head.append(f"{missing:,} missing", "not bold"))
        for gap in gaps[:_SHOWN]:
            line = f"  {gap.first}–{gap.last}  {gap.numbers:,} missing"
            if gap.after and gap.before:
                line += f", between {gap.after[:10]} and {gap.before[:10]}"
            out.print(Text(line))
        if len(gaps) > _SHOWN:
            out.print(Text(f"  and {len(gaps) - _SHOWN:,} smaller gaps", style="dim"))


def _touching(gaps: tuple[NumberGap, ...], found: Coverage) -> tuple[NumberGap, ...]:
    """The gaps that may hold articles of the chosen days, by the stamps before and after them."""
    first, last = found.first or "", found.last or "9999"
    return tuple(
        gap for gap in gaps if (gap.before or "9999") >= first and (gap.after or "")[:10] <= last
    )


def _print_gaps(out: Console, label: str, gaps: tuple[Gap, ...]) -> None:
    if not gaps:
        out.print(Text(f"{label}: none", style="green"))
        return
    days = sum(gap.days for gap in gaps)
    out.print(Text(f"{label}: {days:,}", style="bold"))
    for gap in gaps[:_SHOWN]:
        span = gap.first if gap.days == 1 else f"{gap.first} to {gap.last}"
        out.print(f"  {span}  {counted(gap.days, 'day')}")
    if len(gaps) > _SHOWN:
        out.print(Text(f"  and {len(gaps) - _SHOWN:,} shorter gaps", style="dim"))


def _sections(found: Coverage) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim")
    # A name and its slug may need two lines; neither is cut, for --section takes either.
    table.add_column("section", overflow="fold", max_width=32)
    for name in TALLIES:
        table.add_column(name, justify="right")
    for slug, tally in found.sections.items():
        table.add_row(_named(slug, found.section_names.get(slug)), *_numbers(tally))
    table.add_row(Text("all", style="bold"), *_numbers(found.total))
    return table


def _narrow_sections(found: Coverage) -> Text:
    """Each section on a line, with its counts below."""
    lines = []
    for slug, tally in [*found.sections.items(), (None, found.total)]:
        heading = Text("all", style="bold")
        if slug is not None:
            heading = _named(slug, found.section_names.get(slug))
        numbers = zip(TALLIES, _numbers(tally), tally.to_dict().values(), strict=True)
        counted = [number.append(f" {name}", "dim") for name, number, some in numbers if some]
        lines += [heading, Text("  ") + Text(", ").join(counted)]
    return Text("\n").join(lines)


def _named(slug: str, name: str | None) -> Text:
    return Text.assemble(name, (f" ({slug})", "dim")) if name else Text(slug)


def _numbers(tally: Tally) -> list[Text]:
    return [
        Text(
            f"{number:,}" if number else "·",
            style="red" if number and name in ("failed", "blocked") else "" if number else "dim",
        )
        for name, number in tally.to_dict().items()
    ]


def _calendar(found: Coverage, weeks_a_line: int) -> Text:
    """A cell a week, a line a year, or two where the terminal is narrow."""
    assert found.first is not None
    assert found.last is not None
    weeks: dict[tuple[int, int], Tally] = {}
    for day, tally in found.days.items():
        weeks.setdefault(_week(date.fromisoformat(day)), Tally()).add(tally)
    counts = sorted(tally.stored for tally in weeks.values() if tally.stored)
    first, last = date.fromisoformat(found.first), date.fromisoformat(found.last)
    text = Text()
    if weeks_a_line == 52:
        text.append("      1   2    3   4   5    6   7    8   9   10   11   12\n", "dim")
    for year in range(first.year, last.year + 1):
        if year > first.year:
            text.append("\n")
        text.append(f"{year}  ", "dim")
        for week in range(52):
            if week and week % weeks_a_line == 0:
                text.append("\n      ")
            start = date(year, 1, 1) + timedelta(days=7 * week)
            if start > last or start + timedelta(days=6) < first:
                text.append(" ")
                continue
            here = weeks.get((year, week), Tally())
            lost = here.failed + here.blocked
            shade = _SHADES[charts.level(here.stored, counts) * 4 // 5] if here.stored else "·"
            text.append(shade, "red" if lost else "green" if here.stored else "dim")
    return text


def _week(day: date) -> tuple[int, int]:
    # The last day or two of a year belong to its 52nd week: a week of one day would look empty.
    return day.year, min((day - date(day.year, 1, 1)).days // 7, 51)
