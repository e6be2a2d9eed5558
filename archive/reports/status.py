"""Status: the archive at a glance, with warnings. Read only."""

from __future__ import annotations

import sqlite3
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from archive.alarms import Alarm, open_alarms
from archive.history.observations import OBSERVED
from archive.numbers import counted

#: A nightly crawl that missed two nights is worth a word.
CRAWL_TOO_OLD = timedelta(hours=50)


@dataclass(frozen=True, slots=True)
class Run:
    """One run of a command that writes."""

    id: int
    command: str
    started_at: str
    finished_at: str | None
    exit_code: int | None
    reason: str | None
    listed: int
    fetched: int
    new: int
    revised: int
    gone: int
    failed: int
    blocked: int


@dataclass(frozen=True, slots=True)
class Status:
    """The numbers of the archive, its last runs, and warnings."""

    path: str
    articles: int
    revisions: int
    edited: int
    silent_edits: int
    gone: int
    duplicates: int
    images: int
    captures: int
    first_stamp: str | None
    last_stamp: str | None
    observed_until: str | None
    database_bytes: int
    capture_bytes: int
    frontier: dict[str, int]
    unread: int
    """Captures of pages that no layout could read."""
    doubtful_gone: int
    doubtful_revised: int
    """Articles that seemed gone, or revised, on a doubtful night, and were not seen well since."""
    doubtful_new: int
    """New addresses that are not articles yet, since others had the same text that night."""
    conflicting: int
    """Articles whose imported capture differs from the live site."""
    last_good_crawl: str | None
    """When the last crawl began that ended with exit code 0."""
    alarms: tuple[Alarm, ...]
    """What runs found wrong, and no run found well since; the oldest first."""
    runs: tuple[Run, ...]
    """The last ones, newest first."""
    sqlite: str
    warnings: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        """A JSON-ready mapping."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Health:
    """The archive in one line, as monitors read it."""

    level: int
    """0: well; 1: a warning; 2: critical."""
    line: str


def health(found: Status, *, now: str, max_age: timedelta) -> Health:
    """Whether somebody must look at the archive; critical if no crawl ended well for *max_age*."""
    last_good = found.last_good_crawl
    facts = (
        f"articles={found.articles} captures={found.captures} database={found.database_bytes}B"
        f" warc={found.capture_bytes}B"
    )
    critical = []
    if last_good is None:
        critical.append("no crawl has ended well yet")
    elif (age := datetime.fromisoformat(now) - datetime.fromisoformat(last_good)) > max_age:
        critical.append(f"no crawl has ended well for {age.total_seconds() / 3600:.0f} hours")
    critical += [f"{alarm.text} (since {alarm.opened_at[:10]})" for alarm in found.alarms]
    if critical:
        return Health(2, f"CRITICAL - {'; '.join(critical)} | {facts}")
    if found.unread or found.doubtful_gone or found.doubtful_revised:
        doubtful = found.doubtful_gone + found.doubtful_revised
        said = f"{found.unread} pages could not be read, {doubtful} articles are doubtful"
        return Health(1, f"WARNING - {said} | {facts}")
    return Health(0, f"OK - last good crawl {last_good} | {facts}")


def status(connection: sqlite3.Connection, folder: Path, *, now: str, runs: int = 5) -> Status:
    """Make the status of the archive; *now* is the time in UTC."""

    def one(sql: str) -> Any:
        return connection.execute(sql).fetchone()[0]

    latest, alarms = _runs(connection, runs), tuple(open_alarms(connection))
    frontier = dict(
        connection.execute(
            "SELECT state, count(*) FROM frontier WHERE kind = 'article' GROUP BY state ORDER BY 1"
        ).fetchall()
    )
    unread = one("SELECT count(*) FROM captures WHERE outcome = 'failed'")
    last_good = one(
        "SELECT (SELECT started_at FROM crawls WHERE command = 'crawl' AND exit_code = 0"
        " ORDER BY id DESC LIMIT 1)"
    )
    doubtful = {doubt: (number, day) for doubt, number, day in connection.execute(_DOUBTFUL)}
    gone, revised, repeated = (doubtful[doubt][0] for doubt in ("gone", "revised", "repeated"))
    return Status(
        path=str(folder),
        articles=one("SELECT count(*) FROM articles"),
        revisions=one("SELECT count(*) FROM revisions"),
        edited=one("SELECT count(DISTINCT article_id) FROM revisions WHERE number > 1"),
        silent_edits=one("SELECT count(*) FROM revisions WHERE edit = 'silent'"),
        gone=one("SELECT count(*) FROM articles WHERE gone_at IS NOT NULL"),
        duplicates=one("SELECT count(*) FROM duplicates"),
        images=one("SELECT count(*) FROM images"),
        captures=one("SELECT count(*) FROM captures"),
        first_stamp=one("SELECT min(updated_at) FROM articles"),
        last_stamp=one("SELECT max(updated_at) FROM articles"),
        observed_until=one(
            "SELECT max(fetched_at) FROM captures WHERE coalesce(doubt, '') <> 'date'"
        ),
        database_bytes=_bytes(folder.glob("archive.db*")),
        capture_bytes=_bytes(folder.glob("captures/**/*")),
        frontier=frontier,
        unread=unread,
        doubtful_gone=gone,
        doubtful_revised=revised,
        doubtful_new=repeated,
        conflicting=one("SELECT count(DISTINCT article_id) FROM captures WHERE doubt = 'conflict'"),
        last_good_crawl=last_good,
        alarms=alarms,
        runs=latest,
        sqlite=sqlite3.sqlite_version,
        warnings=(
            *map(_about_alarm, alarms),
            *_warnings(folder, latest, last_good, unread, now),
            *(_DOUBTS[doubt].format(*found) for doubt, found in doubtful.items() if found[0]),
        ),
    )


def _runs(connection: sqlite3.Connection, number: int) -> tuple[Run, ...]:
    names = tuple(Run.__dataclass_fields__)
    rows = connection.execute(
        f"SELECT {', '.join(names)} FROM crawls ORDER BY id DESC LIMIT ?",
        (number,),
    )
    return tuple(Run(*row) for row in rows)


def _bytes(files: Any) -> int:
    return sum(file.stat().st_size for file in files if file.is_file())


def _about_alarm(alarm: Alarm) -> str:
    times = f", in {counted(alarm.runs, 'run')}" if alarm.runs > 1 else ""
    return f"alarm since {alarm.opened_at[:10]}{times}: {alarm.text}; see khobao run"


def _warnings(
    folder: Path, runs: tuple[Run, ...], last_good: str | None, unread: int, now: str
) -> list[str]:
    said = []
    if last_good is None:
        said.append("no crawl has ended well yet")
    else:
        age = datetime.fromisoformat(now) - datetime.fromisoformat(last_good)
        if age > CRAWL_TOO_OLD:
            said.append(f"the last good crawl was {age.days} days ago, on {last_good[:10]}")
    crawls = [run for run in runs if run.command == "crawl"]
    if crawls and crawls[0].exit_code not in (0, None):
        why = f": {crawls[0].reason}" if crawls[0].reason else ""
        said.append(f"the last crawl ended with code {crawls[0].exit_code}{why}")
    if crawls and crawls[0].finished_at is None:
        said.append("the last crawl is still running, or was cut off")
    if unread:
        said.append(f"{counted(unread, 'captured page')} could not be read; see khobao reextract")
    if list(folder.glob("captures/**/*.open")):
        said.append("a capture file was left open; the next crawl closes it")
    return said


#: For each doubt: how many articles or addresses wait since a doubtful night, and its day. They
#: wait while no later capture saw their address well.
_DOUBTFUL = f"""
WITH waiting AS (
  SELECT doubt, address, substr(fetched_at, 1, 10) AS day FROM captures AS told
  WHERE doubt IN ('gone', 'revised', 'repeated') AND revision_id IS NULL AND NOT EXISTS (
    SELECT 1 FROM captures AS later WHERE later.address = told.address AND origin = 'live'
      AND outcome IN {OBSERVED} AND doubt IS NULL AND later.fetched_at > told.fetched_at)),
known AS (
  SELECT waiting.doubt, articles.id, day FROM waiting
  JOIN article_urls ON article_urls.url = address
  JOIN articles ON articles.id = article_urls.article_id AND gone_at IS NULL)
SELECT 'gone', count(DISTINCT id), max(day) FROM known WHERE doubt = 'gone' UNION ALL
SELECT 'revised', count(DISTINCT id), max(day) FROM known WHERE doubt = 'revised' UNION ALL
SELECT 'repeated', count(DISTINCT address), max(day) FROM waiting WHERE doubt = 'repeated'"""

_DOUBTS = {
    "gone": "{0:,} articles seemed gone on a doubtful night, {1}; none was changed, the next crawl"
    " asks again; if it stays so, look at the site in a browser",
    "revised": "{0:,} articles seemed revised on a doubtful night, {1}; none was changed, the next"
    " crawl asks again; if it stays so, compare a page with khobao show; if the site was"
    " redesigned, the layouts need a change",
    "repeated": "{0:,} new addresses had the text of other addresses on a doubtful night, {1}; they"
    " are not kept as articles yet, the next crawl asks again; if it stays so, look at the site in"
    " a browser",
}
