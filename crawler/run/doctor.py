"""Is everything ready for a night? Each finding says what was looked at, and what to do.

One request is sent: for the site's robots.txt, which proves the way there, its certificate, what it
allows, and whether this machine's clock agrees with the server's.
"""

from __future__ import annotations

import os
import sqlite3
import ssl
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Literal

from protego import Protego

from archive.alarms import open_alarms
from archive.clock import now
from archive.database.connection import open_database
from archive.database.lock import free_space, is_locked
from archive.errors import KhobaoError, UsageError
from archive.verify.database import SAFE_SQLITE
from crawler import config as configuration
from crawler.config import Config
from crawler.ingest.papers import papers_of
from crawler.settings import BOT_NAME

Level = Literal["ok", "warn", "fail"]

#: Seconds by which this machine's clock may differ from the server's.
CLOCK = 120
#: Days for which the disk should last.
ENOUGH_DAYS = 90
#: What can be installed beside khobao, and what for.
_EXTRAS = {
    "datasette": ("web", "the reading room"),
    "pyarrow": ("parquet", "export to Parquet"),
    "resvg-py": ("plot", "figures as PNG"),
    "apprise": ("notify", "messages to mail and chat"),
}


@dataclass(frozen=True, slots=True)
class Check:
    """One line of the report."""

    name: str
    level: Level
    found: str
    next_step: str = ""


def examine(archive: Path, file: Path | None, *, offline: bool = False) -> Iterator[Check]:
    """Look at the machine, the archive in the folder *archive*, its configuration and the site."""
    yield from _versions()
    try:
        config = configuration.load(archive, file)
    except UsageError as error:
        yield Check("configuration", "fail", str(error), "khobao config shows what holds")
        config = Config()
    else:
        yield _contact(config)
    yield from _archive(archive)
    if not offline:
        for paper in papers_of(archive):
            yield from _site(paper.home, config)


def _versions() -> Iterator[Check]:
    names = ("khobao", "scrapy", "lxml")
    found = ", ".join(f"{name} {version(name)}" for name in names)
    yield Check("versions", "ok", f"{found}, Python {sys.version.split()[0]}")
    if sqlite3.sqlite_version_info < SAFE_SQLITE:
        safe = ".".join(map(str, SAFE_SQLITE))
        yield Check(
            "SQLite",
            "warn",
            f"{sqlite3.sqlite_version}; before {safe} two writers at once can damage a database",
            "let no other program write to archive.db; khobao itself has one writer",
        )
    else:
        yield Check("SQLite", "ok", sqlite3.sqlite_version)
    for package, (extra, purpose) in _EXTRAS.items():
        try:
            yield Check(package, "ok", version(package))
        except PackageNotFoundError:
            yield Check(
                package, "ok", f"not installed: {purpose}", f"pip install 'khobao[{extra}]'"
            )


def _contact(config: Config) -> Check:
    if config.crawl.contact:
        return Check("contact", "ok", config.crawl.contact)
    return Check(
        "contact",
        "warn",
        "nobody is named, so that the newspaper cannot reach you",
        f"set contact in {configuration.FILE}",
    )


def _archive(folder: Path) -> Iterator[Check]:
    database = folder / "archive.db"
    if not database.is_file():
        yield Check(
            "archive", "fail", f"none at {folder}; is its disk mounted?", f"khobao init {folder}"
        )
        return
    places = [folder, folder / "captures", database]
    closed = [str(p) for p in places if p.exists() and not os.access(p, os.W_OK)]
    if closed:
        yield Check(
            "permissions", "fail", f"not writable: {', '.join(closed)}", "run as their owner"
        )
    else:
        yield Check("permissions", "ok", f"{folder} can be written to")
    try:
        with closing(open_database(database, create=False, read_only=True)) as connection:
            yield from _disk(connection, folder)
            yield from _runs(connection, folder)
    except KhobaoError as error:
        yield Check("archive", "fail", str(error), "khobao verify looks for what is wrong")


def _disk(connection: sqlite3.Connection, folder: Path) -> Iterator[Check]:
    free = free_space(folder)
    since = _ago(timedelta(days=30))
    (written, days) = connection.execute(
        "SELECT coalesce(sum(warc_length), 0), count(DISTINCT substr(fetched_at, 1, 10))"
        " FROM captures WHERE fetched_at > ? AND origin = 'live'",
        (since,),
    ).fetchone()
    size = f"{free / 1e9:,.1f} GB free"
    if not days:
        yield Check("disk", "ok" if free > 1e9 else "warn", size)
        return
    # The database grows by about as much as the captures of its articles.
    daily = 2 * written / days
    left = int(free / daily) if daily else 10_000
    found = f"{size}, {daily / 1e6:,.1f} MB a day of late: enough for {min(left, 10_000):,} days"
    if left < ENOUGH_DAYS:
        yield Check(
            "disk", "fail" if left < 7 else "warn", found, "free space, or move the archive"
        )
    else:
        yield Check("disk", "ok", found)


def _runs(connection: sqlite3.Connection, folder: Path) -> Iterator[Check]:
    last, good = connection.execute(
        "SELECT max(started_at), max(iif(exit_code = 0, started_at, NULL)) FROM crawls"
        " WHERE command = 'crawl'"
    ).fetchone()
    if last is not None and last > now():
        yield Check(
            "clock", "fail", f"a run of {last} lies in the future", "set this machine's clock"
        )
    if good is None:
        yield Check("last crawl", "warn", "none has ended well yet", f"khobao crawl -a {folder}")
    elif good < _ago(timedelta(hours=50)):
        yield Check(
            "last crawl", "warn", f"the last good one began {good}", "khobao schedule; khobao run"
        )
    else:
        yield Check("last crawl", "ok", f"began {good}, ended well")
    alarms = open_alarms(connection)
    for alarm in alarms:
        yield Check("alarm", "fail", f"{alarm.text} (since {alarm.opened_at[:10]})", "khobao run")
    if not alarms:
        yield Check("alarms", "ok", "none is open")
    if is_locked(folder):
        yield Check("lock", "ok", "a crawl is running now")
    elif next(folder.glob("captures/**/*.open"), None):
        yield Check(
            "captures", "ok", "a file was left open by a killed run; the next one closes it"
        )


def _site(home: str, config: Config) -> Iterator[Check]:
    crawl = config.crawl
    address = f"{(crawl.base_url or home).rstrip('/')}/robots.txt"
    request = urllib.request.Request(address, headers={"User-Agent": f"{BOT_NAME}/doctor"})
    context = ssl.create_default_context()
    if not crawl.verify_certificates:
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    try:
        with urllib.request.urlopen(request, timeout=crawl.timeout, context=context) as answer:
            status, headers, text = answer.status, answer.headers, answer.read(500_000)
    except urllib.error.HTTPError as error:
        status, headers, text = error.code, error.headers, b""
    except (OSError, ValueError) as error:
        yield _unreachable(address, error)
        return
    yield Check("site", "ok", f"{address} answers with status {status}")
    yield _robots(status, text.decode("utf-8", "replace"), home, crawl.delay)
    if stated := headers.get("Date"):
        yield _clock(stated)


def _unreachable(address: str, error: Exception) -> Check:
    if isinstance(getattr(error, "reason", error), ssl.SSLCertVerificationError):
        return Check(
            "certificate",
            "fail",
            f"of {address} is not valid: {getattr(error, 'reason', error)}",
            "look at the site in a browser; verify_certificates = false fetches all the same",
        )
    return Check("site", "fail", f"{address}: {error}", "is this machine on the network?")


def _robots(status: int, text: str, home: str, delay: float) -> Check:
    if status >= 500 or status == 429:
        return Check("robots.txt", "fail", f"status {status}: nothing may be fetched", "wait")
    if status >= 400:
        return Check("robots.txt", "ok", f"status {status}: everything may be fetched")
    rules = Protego.parse(text)
    if not rules.can_fetch(home, BOT_NAME):
        return Check("robots.txt", "fail", "forbids the front page", "ask the newspaper")
    asked = rules.crawl_delay(BOT_NAME)
    slower = f"; it asks for {asked} s between requests" if asked and float(asked) > delay else ""
    return Check("robots.txt", "ok", f"allows the front page{slower}")


def _clock(stated: str) -> Check:
    try:
        apart = abs((parsedate_to_datetime(stated) - datetime.fromisoformat(now())).total_seconds())
    except (TypeError, ValueError):
        return Check("clock", "ok", "the server states no readable time")
    if apart > CLOCK:
        return Check(
            "clock",
            "fail",
            f"{apart:,.0f} s apart from the server's: times of observation would be wrong",
            "set this machine's clock (NTP)",
        )
    return Check("clock", "ok", "agrees with the server's")


def _ago(span: timedelta) -> str:
    moment = datetime.fromisoformat(now()) - span
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")
