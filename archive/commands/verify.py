"""``khobao verify``: check the archive against its digests."""

from __future__ import annotations

import sys
from importlib.metadata import entry_points
from pathlib import Path

import click
from rich.console import Console
from rich.progress import Progress, TaskID
from rich.text import Text

from archive.commands.options import archive_option, console, format_option, opened, print_json
from archive.numbers import counted
from archive.verify.article import verify_article
from archive.verify.verify import Reader, Report
from archive.verify.verify import verify as run


@click.command()
@click.argument("names", nargs=-1, metavar="[ID|KEY|URL]…")
@archive_option
@click.option(
    "--sample",
    type=click.IntRange(1),
    metavar="N",
    help="Check N random captures and articles; for every night.",
)
@click.option("--full", is_flag=True, help="Also extract every page again; for every month.")
@click.option("--seed", type=int, metavar="N", help="Repeat an earlier random sample.")
@format_option("table", "json")
@click.pass_context
def verify(
    ctx: click.Context,
    names: tuple[str, ...],
    path: Path,
    sample: int | None,
    full: bool,
    seed: int | None,
    form: str,
) -> None:
    """Check the archive: every byte against its digest, every row against its bytes.

    WARC files from end to end, captures against records, articles and revisions against what
    follows from their captures, foreign keys, SQLite's own checks, both search indexes. Nothing is
    changed. Each fault is printed with its place and a remedy; with a fault the exit code is 1.

    With the name of an article: only that one, each of its versions against the bytes that were
    sent, by the digest that its citation has.

    \b
    Examples:
      khobao verify --sample 500      (a minute; after the crawl, every night)
      khobao verify --full            (everything, and every page read again)
      khobao verify dto:84085         (what a citation of it says)
    """
    if names:
        if sample or full or seed is not None:
            raise click.UsageError("--sample, --full and --seed are for the whole archive")
        ctx.exit(_verify_articles(path, names, form))
    if sample and full:
        raise click.UsageError("--sample and --full exclude each other")
    with Progress(
        console=Console(stderr=True), transient=True, disable=not sys.stderr.isatty()
    ) as bar:
        tasks: dict[str, TaskID] = {}

        def step(what: str, done: int, of: int) -> None:
            if what not in tasks:
                tasks[what] = bar.add_task(what, total=of)
            bar.update(tasks[what], completed=done, total=of)

        report = run(path, sample=sample, full=full, seed=seed, reader=_reader(path), progress=step)
    if form == "json":
        print_json(report.to_dict())
    else:
        _print(report)
    ctx.exit(0 if report.sound else 1)


def _verify_articles(path: Path, names: tuple[str, ...], form: str) -> int:
    """Check single articles; returns the exit code."""
    with opened(path) as archive:
        checks = [check for name in names for check in verify_article(archive, name)]
    if form == "json":
        print_json([check.to_dict() for check in checks])
    else:
        out = console()
        for check in checks:
            mark = ("✓ ", "green") if check.sound else ("✗ ", "red")
            head = f"{check.key}, revision {check.revision}, seen {check.seen_at}"
            out.print(Text.assemble(mark, (head, "bold")), soft_wrap=True)
            if check.digest:
                out.print(Text(f"  {check.digest}"), soft_wrap=True)
                place = f"{check.warc_file}, byte {check.warc_offset:,}"
                out.print(Text(f"  {check.url}\n  {place}", style="dim"), soft_wrap=True)
            said = check.fault or f"the {check.bytes:,} bytes as sent have this digest"
            out.print(Text(f"  {said}", style="red" if check.fault else ""), soft_wrap=True)
    return 0 if all(check.sound for check in checks) else 1


def _reader(folder: Path) -> Reader | None:
    """The crawler's extractor for the archive in *folder*, found by entry point: archive does not
    import it.
    """
    for entry in entry_points(group="khobao.reader"):
        reader: Reader = entry.load()(folder)
        return reader
    return None


def _print(report: Report) -> None:
    out = console()
    for fault in report.faults:
        out.print(Text.assemble(("✗ ", "red"), (fault.place, "bold")), soft_wrap=True)
        out.print(Text(f"  {fault.kind}: {fault.what}"), soft_wrap=True)
        out.print(Text(f"  → {fault.remedy}", style="dim"), soft_wrap=True)
    for note in report.notes:
        out.print(Text(f"• {note}", style="dim"), soft_wrap=True)
    looked = ", ".join(f"{count:,} {what}" for what, count in report.checked.items())
    if report.sound:
        out.print(Text.assemble(("✓ ", "green"), f"sound: {looked}"))
    else:
        out.print(Text(f"{counted(len(report.faults), 'fault')} in {looked}", style="red"))
