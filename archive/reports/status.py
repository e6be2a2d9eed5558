"""Status: the archive at a glance, with warnings. Read only."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from archive.history.observations import OBSERVED

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
    runs: tuple[Run, ...]
    """The last ones, newest first."""
    sqlite: str
    warnings: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        """A JSON-ready mapping."""
        return asdict(self)


def status(connection: sqlite3.Connection, folder: Path, *, now: str, runs: int = 5) -> Status:
    """Make the status of the archive; *now* is the time in UTC."""

    def one(sql: str) -> Any:
        return connection.execute(sql).fetchone()[0]

    latest = _runs(connection, runs)
    frontier = dict(
        connection.execute(
            "SELECT state, count(*) FROM frontier WHERE kind = 'article' GROUP BY state ORDER BY 1"
        ).fetchall()
    )
    unread = one("SELECT count(*) FROM captures WHERE outcome = 'failed'")
    doubtful = _doubtful(connection)
    repeated, repeated_on = connection.execute(_REPEATED).fetchone()
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
        doubtful_gone=len(doubtful["gone"]),
        doubtful_revised=len(doubtful["revised"]),
        doubtful_new=repeated,
        conflicting=one("SELECT count(DISTINCT article_id) FROM captures WHERE doubt = 'conflict'"),
        runs=latest,
        sqlite=sqlite3.sqlite_version,
        warnings=(
            *_warnings(connection, folder, latest, unread, now),
            *_about_doubtful(doubtful),
            *_about_repeated(repeated, repeated_on),
        ),
    )


def _runs(connection: sqlite3.Connection, number: int) -> tuple[Run, ...]:
    names = tuple(Run.__dataclass_fields__)
    rows = connection.execute(
        f"SELECT {', '.join(names)} FROM crawls ORDER BY started_at DESC, id DESC LIMIT ?",
        (number,),
    )
    return tuple(Run(*row) for row in rows)


def _bytes(files: Any) -> int:
    return sum(file.stat().st_size for file in files if file.is_file())


def _warnings(
    connection: sqlite3.Connection, folder: Path, runs: tuple[Run, ...], unread: int, now: str
) -> list[str]:
    said = []
    row = connection.execute(
        "SELECT max(started_at) FROM crawls WHERE command = 'crawl' AND exit_code = 0"
    ).fetchone()
    last_good = row[0]
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
        said.append(f"{unread:,} captured pages could not be read; see khobao reextract")
    if list(folder.glob("captures/**/*.open")):
        said.append("a capture file was left open; the next crawl closes it")
    return said


#: That the address of the capture `told` was not seen well since.
_NOT_SEEN_SINCE = (
    "NOT EXISTS (SELECT 1 FROM captures AS later WHERE later.address = told.address"
    f"  AND origin = 'live' AND outcome IN {OBSERVED} AND doubt IS NULL"
    "  AND later.fetched_at > told.fetched_at)"
)
#: Articles that a doubtful night told of, with its day, and that were not seen well since.
_DOUBTFUL = (
    "SELECT doubt, articles.id, max(substr(fetched_at, 1, 10)) FROM captures AS told"
    " JOIN article_urls ON article_urls.url = address"
    " JOIN articles ON articles.id = article_urls.article_id AND gone_at IS NULL"
    " WHERE doubt IN ('gone', 'revised') AND revision_id IS NULL"
    f" AND {_NOT_SEEN_SINCE} GROUP BY doubt, articles.id"
)
#: New addresses whose text stood at others too, with the day; not seen well since.
_REPEATED = (
    "SELECT count(DISTINCT address), max(substr(fetched_at, 1, 10)) FROM captures AS told"
    f" WHERE doubt = 'repeated' AND revision_id IS NULL AND {_NOT_SEEN_SINCE}"
)


def _doubtful(connection: sqlite3.Connection) -> dict[str, dict[int, str]]:
    """Articles that wait for a night that is well, with the last doubtful one's day, by doubt."""
    found: dict[str, dict[int, str]] = {"gone": {}, "revised": {}}
    for doubt, article_id, day in connection.execute(_DOUBTFUL):
        found[doubt][article_id] = day
    return found


def _about_doubtful(doubtful: dict[str, dict[int, str]]) -> list[str]:
    what = {
        "gone": "look at the site in a browser",
        "revised": "compare a page with khobao show; if the site was redesigned, the layouts need"
        " a change",
    }
    return [
        f"{len(found):,} articles seemed {doubt} on a doubtful night, {max(found.values())}; none"
        f" was changed, the next crawl asks again; if it stays so, {what[doubt]}"
        for doubt, found in doubtful.items()
        if found
    ]


def _about_repeated(count: int, day: str | None) -> list[str]:
    if not count:
        return []
    return [
        f"{count:,} new addresses had a text that stood at others too on a doubtful night, {day};"
        " they are not kept as articles yet, the next crawl asks again; if it stays so, look at"
        " the site in a browser"
    ]


def heartbeat(folder: Path) -> dict[str, Any] | None:
    """What the last crawl left for the watchdog, if anything."""
    file = folder / "heartbeat.json"
    if not file.is_file():
        return None
    found: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return found
