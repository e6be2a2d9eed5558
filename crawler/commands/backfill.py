"""``khobao backfill``: the past, from the live site's own lists or from a web archive."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from archive.commands.options import Day, archive_option, format_option
from archive.database.lock import folder_of
from crawler.commands.options import (
    note_unknown_section,
    paper_option,
    polite_options,
    polite_settings,
    print_run,
)
from crawler.config import load


@click.command()
@archive_option
@paper_option
@click.option(
    "--from",
    "source",
    type=click.Choice(["wayback", "commoncrawl"]),
    help="A web archive, instead of the live site's lists.",
)
@click.option("--cdx", metavar="URL", help="The archive's index. [default: the Wayback Machine's]")
@click.option("--replay", metavar="URL", help="Where the archive shows its captures (wayback).")
@click.option(
    "--data", metavar="URL", help="Base URL of the WARC files listed in the index (commoncrawl)."
)
@click.option(
    "--shape",
    metavar="article|LETTER|list|all",
    default="article",
    show_default=True,
    help="Articles, those of one generation of addresses (A, B, C …), lists, or all.",
)
@click.option("--since", type=Day(), metavar="DATE", help="Captures made from then on.")
@click.option("--until", type=Day(last=True), metavar="DATE", help="Captures made until then.")
@click.option("--section", metavar="SLUG", help="Only this section (live site).")
@click.option("--again", is_flag=True, help="Begin at the first pages again (live site).")
@click.option("--limit", type=click.IntRange(1), metavar="N", help="Stop after N articles.")
@format_option("table", "json")
@polite_options
@click.pass_context
def backfill(
    ctx: click.Context,
    /,
    path: Path,
    paper: str | None,
    source: str | None,
    cdx: str | None,
    replay: str | None,
    data: str | None,
    shape: str,
    since: str | None,
    until: str | None,
    section: str | None,
    again: bool,
    limit: int | None,
    form: str,
    **polite: Any,
) -> None:
    """Collect older articles, from the site's lists or a web archive.

    Without --from: walks the live site's section lists page by page to the end. With --from: asks a
    web archive's index what it holds of the paper, and fetches what is not known. Both may be
    interrupted, and go on when they are run again. Captures keep the day they were made.

    \b
    Examples:
      khobao backfill --limit 2000
      khobao backfill --from wayback --until 2017-12-31
      khobao backfill --from commoncrawl --cdx https://index.commoncrawl.org/CC-MAIN-2024-10-index
    """
    from crawler.ingest.papers import chosen
    from crawler.run.log import logged
    from crawler.run.run import run_spider

    config = load(folder_of(path), polite["config"])
    newspaper = chosen(paper or config.crawl.paper or None, path)
    if shape not in (shapes := ("article", *newspaper.letters, "list", "all")):
        raise click.UsageError(f"--shape {shape}: there are {', '.join(shapes)}")
    note_unknown_section(section, newspaper)
    days = {"since": since, "until": until}
    mirror = polite["base_url"]
    _refuse(source is not None, "--from", section=section, again=again, base_url=mirror)
    _refuse(source is None, "the live site", cdx=cdx, replay=replay, data=data, **days)
    _refuse(source == "commoncrawl", "--from commoncrawl", replay=replay)
    _refuse(source == "wayback", "--from wayback", data=data)
    if source == "commoncrawl" and not cdx:
        raise click.UsageError(
            "--from commoncrawl needs --cdx: each crawl has an index of its own, listed at"
            " https://index.commoncrawl.org"
        )
    if source is None:
        arguments = {"section": section, "max_articles": limit, "again": again}
    else:
        arguments = {"server": cdx, "shape": shape, **days, "limit": limit}
        arguments |= {"replay": replay, "data": data}
        arguments = {name: value for name, value in arguments.items() if value is not None}
    with logged(folder_of(path), config.logs, "backfill"):
        run = run_spider(
            source or "backfill",
            path,
            newspaper,
            command=f"backfill --from {source}" if source else "backfill",
            settings=polite_settings(folder_of(path), **polite),
            arguments=arguments,
        )
    print_run(run, path, form)
    ctx.exit(run.exit_code)


def _refuse(condition: bool, where: str, **options: Any) -> None:
    """Say which options mean nothing here; silence would look like obedience."""
    for name, value in options.items():
        if condition and value:
            option = name.replace("_", "-")
            raise click.UsageError(f"--{option} has no meaning with {where}")
