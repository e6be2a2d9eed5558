"""``khobao crawl``: fetch what is new or changed since last time."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import Any

import click

from archive.commands.options import Day, archive_option, format_option
from archive.database.lock import folder_of
from archive.errors import NoArchive
from crawler.commands.options import (
    note_unknown_section,
    paper_option,
    polite_options,
    polite_settings,
    print_run,
)
from crawler.config import load, whom_to_tell


@click.command()
@archive_option
@paper_option
@click.option(
    "--since", type=Day(), metavar="DATE", help="Ignore list entries before this day: 2018-05."
)
@click.option(
    "--section",
    "sections",
    multiple=True,
    metavar="SLUG",
    help="Only this section, as in the address: xa-hoi.",
)
@click.option(
    "--max-articles",
    type=click.IntRange(1),
    metavar="N",
    help="Stop after N articles; new ones come first.",
)
@click.option(
    "--full", is_flag=True, help="Read every list to its end, not only to the first known page."
)
@click.option("--create", is_flag=True, help="Begin an archive if there is none (khobao init).")
@click.option("--quiet", is_flag=True, help="Print nothing after a run that went well.")
@format_option("table", "json")
@polite_options
@click.pass_context
def crawl(
    ctx: click.Context,
    /,
    path: Path,
    paper: str | None,
    since: str | None,
    sections: tuple[str, ...],
    max_articles: int | None,
    full: bool,
    create: bool,
    quiet: bool,
    form: str,
    **polite: Any,
) -> None:
    """Fetch what is new or changed since last time.

    The first run reads everything the lists lead to; later ones the lists' first pages, what is new
    on them, and the known articles that are due for a re-check. Made for cron: the exit
    code says how it went (docs/operating.md).

    \b
    Examples:
      khobao crawl -a dongthap --since 2026-11-01
      khobao crawl -a mekong --paper baoangiang
    """
    from crawler.ingest.papers import chosen
    from crawler.run.log import logged
    from crawler.run.notify import notified
    from crawler.run.run import run_spider  # Scrapy and Twisted, only now

    folder = folder_of(path)
    with notified(folder, whom_to_tell(folder, polite["config"])) as told:
        if not (create or polite["base_url"]):
            _require_archive(folder)
        config = load(folder, polite["config"])
        newspaper = chosen(paper or config.crawl.paper or None, folder)
        for section in sections or config.crawl.sections:
            note_unknown_section(section, newspaper)
        with logged(folder, config.logs, "crawl"):
            run = run_spider(
                "recent",
                path,
                newspaper,
                command="crawl",
                settings=polite_settings(folder, **polite),
                arguments={
                    "since": since,
                    "section": ",".join(sections) or None,
                    "max_articles": max_articles,
                    "full": full,
                },
            )
        told(run)
    if run.exit_code or not quiet:
        print_run(run, path, form)
    ctx.exit(run.exit_code)


def _require_archive(folder: Path) -> None:
    """Raise NoArchive if there is none; a mirror's, for a rehearsal, is begun without asking.

    A disk that is not mounted, or a slip in the path, must not begin a new archive every night.
    """
    if not (folder / "archive.db").is_file():
        raise NoArchive(
            f"there is no archive at {folder} (no archive.db in it); is its disk mounted?"
            f" To begin one: khobao init {shlex.quote(str(folder))}"
        )
