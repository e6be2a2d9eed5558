"""``khobao verify``: check the archive against its digests."""

from __future__ import annotations

import sys
from importlib.metadata import entry_points
from pathlib import Path

import click
from rich.console import Console
from rich.progress import Progress, TaskID
from rich.text import Text

from archive.archive import Archive, crawl_lock
from archive.commands.options import archive_option, console, format_option, opened, print_json
from archive.commands.terminal import message
from archive.database.lock import folder_of
from archive.errors import NoArchive, UsageError
from archive.numbers import counted
from archive.verify.article import verify_article
from archive.verify.new_database import repair
from archive.verify.verify import Reader, Report, accept_loss
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
@click.option(
    "--repair",
    "repairs",
    is_flag=True,
    help="Make archive.db again from the captures; the old one is kept.",
)
@click.option(
    "--accept-loss",
    "lost",
    metavar="FILE",
    help="A WARC file is lost for good: keep its rows, and say so from now on.",
)
@click.option("--seed", type=int, metavar="N", help="Repeat an earlier random sample.")
@format_option("table", "json")
@click.pass_context
def verify(
    ctx: click.Context,
    names: tuple[str, ...],
    path: Path,
    sample: int | None,
    full: bool,
    repairs: bool,
    lost: str | None,
    seed: int | None,
    form: str,
) -> None:
    """Check the archive: every byte against its digest, every row against its bytes.

    WARC files from end to end, captures against records, articles and revisions against what
    follows from their captures, foreign keys, SQLite's own checks, both search indexes. Nothing is
    changed without --repair or --accept-loss. Each fault is printed with its place and a remedy;
    with a fault the exit code is 1.

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
    if repairs and lost:
        raise click.UsageError("--repair and --accept-loss exclude each other")
    if repairs:
        _repair(folder_of(path))
    if lost:
        _accept_loss(path, lost)
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


def _repair(folder: Path) -> None:
    """Make the database again, with the crawler's reading of the captures."""
    found = entry_points(group="khobao.rebuild")
    if not found:
        raise UsageError("the crawler is not installed, which reads the captures")
    if not (folder / "archive.db").exists():
        raise NoArchive(f"there is no archive.db at {folder}; khobao reextract makes one")
    done = repair(folder, next(iter(found)).load())
    message(f"archive.db was made again from {counted(done.captures, 'capture')}")
    if done.runs is None:
        message("the old one cannot be read: the history of runs and alarms is lost")
    message(f"the old one is {done.kept.name}; delete it when all is well")


def _accept_loss(path: Path, lost: str) -> None:
    folder = folder_of(path)
    name = Path(lost).absolute()
    if name.is_relative_to(folder.absolute()):
        lost = name.relative_to(folder.absolute()).as_posix()
    with crawl_lock(folder), Archive.open(path) as archive:
        captures, articles = accept_loss(archive, lost)
    message(
        f"{lost}: {counted(captures, 'capture')} of {counted(articles, 'article')} are lost for"
        " good; the articles stay"
    )


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
