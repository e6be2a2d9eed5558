"""The commands that touch the site or its pages: crawl · extract · demo (more join as they come).

They add themselves to the click group that `archive.cli` owns (entry point ``khobao.commands``).
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from difflib import get_close_matches
from importlib.metadata import version
from pathlib import Path
from typing import Any

import click

from archive.commands.options import Day, archive_option, format_option
from archive.commands.terminal import message, print_json
from archive.errors import UsageError
from crawler import settings

#: The longest that ``extract URL`` waits for a page, in seconds.
_PATIENCE = 60.0


def register(group: click.Group) -> None:
    """Join *group*."""
    from crawler.commands.backfill import backfill
    from crawler.commands.importing import import_
    from crawler.commands.reextract import reextract

    for command in (crawl, backfill, import_, extract, reextract, demo):
        group.add_command(command)


def polite_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """Options of every command that fetches pages."""
    for option in (
        click.option(
            "--base-url",
            metavar="URL",
            help="Fetch from this mirror; records keep the site's own addresses.",
        ),
        click.option(
            "--delay",
            type=click.FloatRange(0),
            metavar="SECONDS",
            help="Pause between requests. [default: 2]",
        ),
        click.option(
            "--timeout",
            type=click.FloatRange(1),
            metavar="SECONDS",
            help="Give up on a page after this many seconds. [default: 60]",
        ),
        click.option(
            "--contact",
            envvar="KHOBAO_CONTACT",
            metavar="TEXT",
            help="Mail address or web page for the User-Agent.",
        ),
        click.option(
            "--log-level",
            type=click.Choice(["DEBUG", "INFO", "WARNING", "ERROR"]),
            default="WARNING",
            show_default=True,
            help="Level of Scrapy's log on stderr.",
        ),
    ):
        function = option(function)
    return function


def polite_settings(
    base_url: str | None,
    delay: float | None,
    timeout: float | None,
    contact: str | None,
    log_level: str,
) -> dict[str, Any]:
    """Scrapy settings for the polite options; what was not given stays as it is in `settings`."""
    chosen: dict[str, Any] = {"LOG_LEVEL": log_level}
    if base_url:
        if not base_url.startswith(("http://", "https://")):
            raise UsageError(f"--base-url must begin with http:// or https://, got {base_url!r}")
        chosen["KHOBAO_BASE_URL"] = base_url
    if delay is not None:
        # AutoThrottle never goes below the delay, but begins above it unless told otherwise.
        chosen |= {
            "DOWNLOAD_DELAY": delay,
            "AUTOTHROTTLE_START_DELAY": delay,
            "AUTOTHROTTLE_ENABLED": delay > 0,
        }
        chosen["KHOBAO_RETRY_PAUSE"] = min(settings.KHOBAO_RETRY_PAUSE, max(0.05, 2.5 * delay))
    if timeout is not None:
        chosen["DOWNLOAD_TIMEOUT"] = timeout
    if not contact and not base_url:
        message(
            "Note: the crawl names nobody to ask. Say who you are with --contact or"
            " $KHOBAO_CONTACT (a mail address or a page), so that the newspaper can reach you."
        )
    if contact:
        chosen |= {
            "KHOBAO_CONTACT": contact,
            "USER_AGENT": f"khobao/{version('khobao')} (newspaper archive; +{contact})",
        }
    return chosen


def note_unknown_section(section: str | None) -> None:
    """Say which sections have lists, if *section* is none of them: a new one may have, too."""
    from crawler.site.urls import SECTION_LISTS

    known = sorted({slug for slug, _ in SECTION_LISTS})
    if section and section not in known:
        near = get_close_matches(section, known, n=3)
        likely = f"Did you mean {' or '.join(near)}? " if near else ""
        message(
            f"Note: no list of a section “{section}” is known before the crawl. {likely}Known are"
            f" {', '.join(known)}."
        )


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


@click.command()
@click.argument("page", metavar="FILE|URL")
@click.option("--url", metavar="URL", help="The page's own address, if FILE does not name it.")
@format_option("json")
def extract(page: str, url: str | None, form: str) -> None:
    """Read one page and print its Article as JSON; touches no archive.

    FILE may be - for standard input. Exit code 4 if the page holds no article that a layout knows.

    \b
    Example:
      khobao extract page.html --url https://baodongthap.vn/giao-duc/con-chu-ve-ap-an-loi-a-52059.aspx
    """
    from crawler.extract import extract as read_article

    content_type = None
    if page.startswith(("http://", "https://")):
        body, content_type, url = _fetched(page, url)
    else:
        try:
            with sys.stdin.buffer if page == "-" else Path(page).open("rb") as stream:
                body = stream.read(settings.DOWNLOAD_MAXSIZE + 1)
        except OSError as error:
            raise UsageError(f"cannot read {page}: {error.strerror}") from error
    if len(body) > settings.DOWNLOAD_MAXSIZE:
        raise UsageError(
            f"{page} is larger than {settings.DOWNLOAD_MAXSIZE // 2**20} MB; no article page is"
        )
    article = read_article(body, url, content_type=content_type)
    print_json(article.to_dict())


def _fetched(page: str, url: str | None) -> tuple[bytes, str | None, str]:
    """The page, its Content-Type and its address; at most a byte more than a page may have."""
    import http.client  # no other command pays for them
    from urllib.request import Request, urlopen

    ends = time.monotonic() + _PATIENCE
    body = bytearray()
    try:
        request = Request(page, headers={"User-Agent": settings.USER_AGENT})
        with urlopen(request, timeout=_PATIENCE / 2) as response:
            # read1 returns with what there is: a server that sends a byte now and then is noticed.
            while chunk := response.read1(1 << 16):
                body += chunk
                if len(body) > settings.DOWNLOAD_MAXSIZE:
                    break
                if time.monotonic() > ends:
                    raise UsageError(f"{page} was not read within {_PATIENCE:.0f} s")
            return bytes(body), response.headers.get("Content-Type"), url or response.url
    except (OSError, ValueError, http.client.HTTPException) as error:
        raise UsageError(f"cannot fetch {page}: {error}") from error


@click.command()
@click.argument("folder", type=click.Path(path_type=Path), default="demo")
def demo(folder: Path) -> None:
    """Show all of it in less than a minute, on a small newspaper served on this machine.

    Crawls it, crawls again, lets days pass, and shows what a user gets. The archive stays in FOLDER
    (default: demo) to play with. An archive that an earlier demo left there is replaced; nothing
    else is ever touched.
    """
    from crawler.demo.demo import run_demo

    run_demo(folder)
