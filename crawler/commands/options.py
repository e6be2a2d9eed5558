"""What the commands that fetch pages share: options, their Scrapy settings, and the summary."""

from __future__ import annotations

import json
from collections.abc import Callable
from difflib import get_close_matches
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from archive.commands.terminal import console, message
from archive.errors import UsageError
from crawler import settings
from crawler.config import FILE, load
from crawler.site.paper import Paper
from crawler.site.urls import section_lists

if TYPE_CHECKING:
    from crawler.run.run import Run


def paper_option(function: Callable[..., Any]) -> Callable[..., Any]:
    """The option of every command that reads a newspaper's addresses."""
    return click.option(
        "--paper",
        metavar="FILE|NAME",
        help="The newspaper: a definition file, or a name of khobao paper list. [default: the"
        " archive's, or dongthap]",
    )(function)


def polite_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """Options of every command that fetches pages."""
    for option in (
        click.option(
            "--config",
            type=click.Path(path_type=Path),
            metavar="FILE",
            help=f"Configuration file. [default: {FILE} in the archive]",
        ),
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
    archive: Path,
    config: Path | None,
    base_url: str | None,
    delay: float | None,
    timeout: float | None,
    contact: str | None,
    log_level: str,
) -> dict[str, Any]:
    """Scrapy settings of a run: the options given, else what the archive's configuration says."""
    held = load(archive, config)
    stated = held.crawl
    base_url = base_url or stated.base_url
    delay = stated.delay if delay is None else delay
    contact = contact or stated.contact
    chosen: dict[str, Any] = {
        "LOG_LEVEL": log_level,
        "DOWNLOAD_DELAY": delay,
        # AutoThrottle never goes below the delay, but begins above it unless told otherwise.
        "AUTOTHROTTLE_START_DELAY": delay,
        "AUTOTHROTTLE_ENABLED": delay > 0,
        "DOWNLOAD_TIMEOUT": stated.timeout if timeout is None else timeout,
        "DOWNLOAD_VERIFY_CERTIFICATES": stated.verify_certificates,
        "CLOSESPIDER_TIMEOUT": stated.max_hours * 3600,
        "CLOSESPIDER_PAGECOUNT": stated.max_requests,
        "KHOBAO_SECTIONS": [*stated.sections],
        "KHOBAO_FLOORS": held.floors.model_dump(),
        "KHOBAO_LADDER": held.recheck.ladder,
    }
    if delay != settings.DOWNLOAD_DELAY:
        chosen["KHOBAO_RETRY_PAUSE"] = min(settings.KHOBAO_RETRY_PAUSE, max(0.05, 2.5 * delay))
    if base_url:
        if not base_url.startswith(("http://", "https://")):
            raise UsageError(f"--base-url must begin with http:// or https://, got {base_url!r}")
        chosen["KHOBAO_BASE_URL"] = base_url
    if not contact and not base_url:
        message(
            "Note: the crawl names nobody to ask. Say who you are with --contact, $KHOBAO_CONTACT"
            f" or in {FILE} (a mail address or a page), so that the newspaper can reach you."
        )
    if contact:
        chosen |= {
            "KHOBAO_CONTACT": contact,
            "USER_AGENT": f"khobao/{version('khobao')} (newspaper archive; +{contact})",
        }
    return chosen


def note_unknown_section(section: str | None, paper: Paper) -> None:
    """Say which sections have lists, if *section* is none of them: a new one may have, too."""
    known = sorted({slug for slug, _ in section_lists(paper)})
    if section and section not in known:
        near = get_close_matches(section, known, n=3)
        likely = f"Did you mean {' or '.join(near)}? " if near else ""
        message(
            f"Note: no list of a section “{section}” is known before the crawl. {likely}Known are"
            f" {', '.join(known)}."
        )


def print_run(run: Run, archive: Path, form: str) -> None:
    """Print the summary of a run: one line of JSON, or a table and how it ended."""
    from crawler.run import summary

    if form == "json":
        click.echo(json.dumps(summary.to_dict(run), ensure_ascii=False))
        return
    out = console()
    for line in summary.lines(run):
        out.print(line)
    if run.exit_code:
        out.print(f"  Next: khobao run {run.crawl_id} -a {archive}", style="dim", soft_wrap=True)
