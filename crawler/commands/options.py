"""Options of every command that fetches pages, and the Scrapy settings that they stand for."""

from __future__ import annotations

from collections.abc import Callable
from difflib import get_close_matches
from importlib.metadata import version
from typing import Any

import click

from archive.commands.terminal import message
from archive.errors import UsageError
from crawler import settings


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
    """Scrapy settings for the polite options; options not given leave `settings` as they are."""
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
