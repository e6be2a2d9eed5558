"""``khobao crawl``: fetch what is new or changed since last time."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from archive.commands.options import Day, archive_option, format_option
from crawler.commands.options import note_unknown_section, polite_options, polite_settings


@click.command()
@archive_option
@click.option(
    "--since", type=Day(), metavar="DATE", help="Ignore list entries before this day: 2018-05."
)
@click.option("--section", metavar="SLUG", help="Only this section, as in the address: xa-hoi.")
@click.option("--max-articles", type=click.IntRange(1), metavar="N", help="Stop after N articles.")
@click.option(
    "--full", is_flag=True, help="Read every list to its end, not only to the first known page."
)
@format_option("table", "json")
@polite_options
@click.pass_context
def crawl(
    ctx: click.Context,
    /,
    path: Path,
    since: str | None,
    section: str | None,
    max_articles: int | None,
    full: bool,
    form: str,
    **polite: Any,
) -> None:
    """Fetch what is new or changed since last time.

    The first run reads everything the lists lead to; later ones the lists' first pages, what is new
    on them, and the known articles that are due for a re-check. Made for cron: the exit
    code says how it went (docs/operating.md).

    \b
    Example:
      khobao crawl -a dongthap --since 2026-11-01
    """
    from crawler.run.run import run_spider  # Scrapy and Twisted, only now
    from crawler.run.summary import print_summary

    note_unknown_section(section)
    run = run_spider(
        "recent",
        path,
        command="crawl",
        settings=polite_settings(**polite),
        arguments={
            "since": since,
            "section": section,
            "max_articles": max_articles,
            "full": full,
        },
    )
    print_summary(run, path, form)
    ctx.exit(run.exit_code)
