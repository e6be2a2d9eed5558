"""``khobao import``: captures that others made."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path

import click

from archive.clock import now
from archive.commands.options import archive_option, format_option, print_json
from archive.recovery import recover
from archive.store import Archive, check_free_space, crawl_lock
from crawler.commands.reextract import watched
from crawler.importing import Importer
from crawler.taking_in import BATCH, catch_up


@click.command("import")
@click.argument(
    "files",
    metavar="FILE…",
    nargs=-1,
    required=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
)
@archive_option
@format_option("table", "json")
@click.pass_context
def import_(ctx: click.Context, files: tuple[Path, ...], path: Path, form: str) -> None:
    """Take in captures of the paper from WARC files and WACZ packages made by other tools.

    They keep their dates, and take their place among the versions of an article wherever they fall
    in time; their origin is named. What is known already is passed over, so a file may be given
    twice. FILE is copied, not needed afterwards, and not changed.

    \b
    Example:
      khobao import crawl-2019.warc.gz browsing.wacz
    """
    with ExitStack() as held:
        held.enter_context(crawl_lock(path))
        archive = held.enter_context(Archive.open(path, create=True))
        check_free_space(path, sum(file.stat().st_size for file in files))
        for loss in recover(archive, now()):
            click.echo(loss, err=True)
        catch_up(archive)
        importer = Importer(archive, list(files))
        archive.batch_size = BATCH
        for file in files:
            with watched(file.name, file.stat().st_size) as step:
                importer.add(file, step)
        importer.finish()
    counts = importer.counts
    if form == "json":
        print_json({"crawl": importer.crawl_id, "broken": importer.broken} | dict(counts))
    else:
        click.echo(
            f"{counts['records']:,} responses read, {counts['fetched']:,} captures taken in,"
            f" {counts['known']:,} known already, {counts['of_other_sites']:,} of other sites\n"
            f"articles: {counts['new']:,} new, {counts['revised']:,} revised,"
            f" {counts['unchanged']:,} unchanged"
        )
        if counts["without_payload"]:
            click.echo(
                f"{counts['without_payload']:,} revisit records refer to payloads in files that"
                " were not given; give those files as well"
            )
    if counts["damaged"]:
        click.echo(f"{counts['damaged']:,} records do not have the digest they state: left out")
    for line in importer.broken:
        click.echo(f"Error: {line}; what stands before it was taken in", err=True)
    ctx.exit(1 if importer.broken else 0)
