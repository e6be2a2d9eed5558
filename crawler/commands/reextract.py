"""``khobao reextract``: every capture again through today's layouts."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.progress import Progress
from rich.table import Table
from rich.text import Text

from archive.archive import Archive, crawl_lock
from archive.clock import now
from archive.commands.options import Day, archive_option, console, format_option, print_json
from archive.database.lock import folder_of
from archive.errors import NoArchive
from archive.frontier import Frontier
from archive.history.rejudge import Rejudged, Totals, totals
from archive.recovery.repair import repair
from crawler.ingest.crash_recovery import ingest_pending
from crawler.reextract.apply import Reextraction, Selection
from crawler.reextract.report import ChangeReport


@click.command()
@archive_option
@click.option("--layout", metavar="NAME", help="Only captures that this layout read.")
@click.option("--since", type=Day(), metavar="DATE", help="Only captures fetched since then.")
@click.option(
    "--where",
    metavar="SQL",
    help="SQL condition on the tables captures, articles and statements.",
)
@click.option("--dry-run", is_flag=True, help="Print the changes and write nothing.")
@click.option(
    "--jobs",
    type=click.IntRange(1),
    default=os.cpu_count() or 1,
    metavar="N",
    help="Number of processes. [default: one for each core]",
)
@format_option("table", "json")
@click.pass_context
def reextract(
    ctx: click.Context,
    path: Path,
    layout: str | None,
    since: str | None,
    where: str | None,
    dry_run: bool,
    jobs: int,
    form: str,
) -> None:
    """Read every capture again with today's layouts, without network access.

    Prints which fields change in how many articles, with examples, before it changes anything. No
    revision is made: the newspaper edited nothing. Without archive.db, it is made again from the
    captures. Interrupted, it leaves whole articles; run it again for the rest.

    \b
    Examples:
      khobao reextract --dry-run
      khobao reextract --layout aspx --where "articles.byline IS NULL"
    """
    folder = folder_of(path)
    if not (folder / "archive.db").exists() and not any(folder.glob("captures/*/*.warc.gz*")):
        raise NoArchive(f"there is no archive at {path}, and there are no captures to make it of")
    with ExitStack() as held:
        held.enter_context(crawl_lock(path))
        archive = held.enter_context(Archive.open(path, create=True))
        for loss in repair(archive, now()):
            click.echo(loss, err=True)
        (last,) = archive.connection.execute("SELECT max(id) FROM captures").fetchone()
        # The last runs are judged again when their captures are gone through, below.
        before = totals(archive.connection) if last else None
        damaged: list[str] = []
        with watched("saving captures without a row") as step:
            caught_up = ingest_pending(
                archive, step, lambda error: damaged.append(str(error)), jobs=jobs
            )
        if caught_up:
            click.echo(f"{caught_up:,} captures without a row were saved", err=True)
        # These have just been read by today's layouts.
        selection = Selection(layout, since, where, (last or 0) if caught_up else None)
        reextraction = Reextraction(archive, selection)
        with watched("reading", reextraction.count()) as step:
            report = reextraction.read(jobs, step)
        report.unreadable = damaged + report.unreadable
        if form == "table":
            _print_report(report, dry_run)
        if dry_run:
            with archive.rolled_back():
                _, rejudged = _write(reextraction, report, before)
        else:
            crawl_id = archive.begin_crawl(
                "reextract", {"layout": layout, "since": selection.since, "where": where}
            )
            changed, rejudged = _write(reextraction, report, before)
            Frontier(archive).look_again_for_missing(now())
            archive.finish_crawl(
                crawl_id,
                exit_code=1 if report.unreadable else 0,
                reason="done",
                counts={"read": report.read, "changed": changed},
            )
        if form == "json":
            print_json(report.to_dict() | {"nights": asdict(rejudged), "dry_run": dry_run})
        else:
            _print_nights(rejudged, dry_run)
    ctx.exit(1 if report.unreadable else 0)


def _write(
    reextraction: Reextraction, report: ChangeReport, before: Totals | None
) -> tuple[int, Rejudged]:
    """Write the changes; returns how many captures changed, and what all nights prove now."""
    with watched("writing", report.changed) as step:
        changed = reextraction.write(step)
    return changed, reextraction.archive.rejudge_nights(before)


@contextmanager
def watched(what: str, total: int | None = None) -> Iterator[Callable[[int], None]]:
    """A progress bar, on a terminal only; call the function it yields with the amount done."""
    with Progress(
        console=Console(stderr=True), transient=True, disable=not sys.stderr.isatty()
    ) as bar:
        task = bar.add_task(what, total=total)
        yield lambda done: bar.update(task, completed=done)


def _print_nights(rejudged: Rejudged, dry_run: bool) -> None:
    """Print what judging all nights again changed; nothing if it changed nothing."""
    would = "would be" if dry_run else "are"
    changes = [
        f"{abs(number):,} {what} {would} {'taken back' if number < 0 else 'added'}"
        for number, what in ((rejudged.gone, "disappearances"), (rejudged.revisions, "revisions"))
        if number
    ]
    if not changes and not rejudged.doubtful:
        return
    said = f"{rejudged.nights:,} nights judged again, {rejudged.doubtful:,} of them doubtful"
    console().print("; ".join([said, *changes]), soft_wrap=True)


def _print_report(report: ChangeReport, dry_run: bool) -> None:
    out = console()
    said = report.to_dict()
    if report.fields:
        table = Table(title_justify="left", show_edge=False, pad_edge=False, expand=False)
        table.add_column("field", no_wrap=True)
        table.add_column("articles", justify="right", no_wrap=True)
        table.add_column("for example: before, after", overflow="fold", ratio=1)
        for name, change in said["fields"].items():
            table.add_row(name, f"{change['articles']:,}", _examples(change["examples"]))
            table.add_row()
        out.print(table)
    for line in report.unreadable:
        out.print(Text(f"✗ cannot be read: {line}", style="red"), soft_wrap=True)
    verb = "would change; nothing was changed" if dry_run else "change"
    out.print(f"{report.read:,} captures read; {report.changed:,} {verb}")


def _examples(examples: list[dict[str, Any]]) -> Text:
    text = Text()
    for example in examples:
        before, after = _around(_shown(example["before"]), _shown(example["after"]))
        text.append(f"{example['article']}\n", style="cyan")
        text.append(f"- {before}\n", style="red")
        text.append(f"+ {after}\n", style="green")
    text.rstrip()
    return text


def _shown(value: Any) -> str:
    if value is None:
        return "(none)"
    if isinstance(value, list):
        return " · ".join(_shown(one) for one in value) or "(none)"
    if isinstance(value, dict):
        return ", ".join(f"{name}: {_shown(one)}" for name, one in value.items() if one is not None)
    return str(value).replace("\n", " ¶ ")


#: Letters of a long text in an example: before the first difference, and in all.
_BEFORE, _SHOWN = 24, 110


def _around(before: str, after: str) -> tuple[str, str]:
    same = 0
    while same < min(len(before), len(after)) and before[same] == after[same]:
        same += 1
    start = max(0, same - _BEFORE) if max(len(before), len(after)) > _SHOWN else 0

    def cut(text: str) -> str:
        piece = text[start : start + _SHOWN]
        return ("…" if start else "") + piece + ("…" if start + _SHOWN < len(text) else "")

    return cut(before), cut(after)
