"""``khobao import``: captures that others made."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path

import click

from archive.archive import Archive, check_free_space, crawl_lock
from archive.clock import now
from archive.commands.options import archive_option, format_option, print_json
from archive.errors import UsageError
from archive.recovery.repair import repair
from crawler.commands.options import paper_option
from crawler.commands.reextract import watched
from crawler.ingest.crash_recovery import BATCH, ingest_pending
from crawler.ingest.papers import find, papers_of, remember
from crawler.ingest.warc_import import Importer


@click.command("import")
@click.argument(
    "files",
    metavar="FILE…",
    nargs=-1,
    required=True,
    type=click.Path(path_type=Path),
)
@archive_option
@paper_option
@format_option("table", "json")
@click.pass_context
def import_(
    ctx: click.Context, files: tuple[Path, ...], path: Path, paper: str | None, form: str
) -> None:
    """Import captures of the archive's papers from WARC, ARC and WACZ files made by other tools.

    They keep their dates, and take their place among the versions of an article wherever they fall
    in time; their origin is named. Known captures are skipped, so a file may be given twice. FILE
    is copied, not needed afterwards, and not changed. A damaged file or record is named on a line
    of its own, and the rest is imported: exit code 1.

    \b
    Example:
      khobao import crawl-2019.warc.gz browsing.wacz
    """
    try:
        importer = _import(files, path, paper)
    except Exception as error:
        if form == "json":
            code = getattr(error, "exit_code", 1)
            print_json({"error": str(error) or repr(error), "exit_code": code})
        raise
    counts = importer.counts
    if form == "json":
        print_json({"crawl": importer.crawl_id, "broken": importer.broken} | dict(counts))
    else:
        click.echo(
            f"{counts['records']:,} responses read, {counts['fetched']:,} captures imported,"
            f" {counts['known']:,} known already, {counts['of_other_sites']:,} of other sites\n"
            f"articles: {counts['new']:,} new, {counts['revised']:,} revised,"
            f" {counts['unchanged']:,} unchanged"
        )
        if counts["no_answers_to_get"]:
            click.echo(f"{counts['no_answers_to_get']:,} answers to other requests than GET")
        if counts["without_payload"]:
            click.echo(
                f"{counts['without_payload']:,} revisit records refer to payloads in files that"
                " were not given; give those files as well"
            )
    for line in importer.broken:
        click.echo(f"Error: {line}", err=True)
    if more := counts["not_taken_in"] - len(importer.broken):
        click.echo(f"Error: … and {more:,} more", err=True)
    if counts["not_taken_in"]:
        click.echo("The files and records above were left out; the rest was imported.", err=True)
    ctx.exit(1 if counts["not_taken_in"] else 0)


def _import(files: tuple[Path, ...], path: Path, paper: str | None) -> Importer:
    added = find(paper, path) if paper else None
    for file in files:
        if not file.is_file():
            raise UsageError(f"there is no file at {file}; nothing was imported")
    with ExitStack() as held:
        held.enter_context(crawl_lock(path))
        archive = held.enter_context(Archive.open(path, create=True))
        check_free_space(path, sum(file.stat().st_size for file in files))
        for loss in repair(archive, now()):
            click.echo(loss, err=True)
        papers = remember(archive, added or papers_of(path)[0])
        ingest_pending(archive)
        importer = Importer(archive, list(files), papers)
        archive.batch_size = BATCH
        try:
            for file in files:
                with watched(file.name, file.stat().st_size) as step:
                    importer.add(file, step)
        except Exception as error:
            importer.finish(error)
            raise
        importer.finish()
    return importer
