"""Crawl runs: one row for each run of a command that writes."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from typing import Any

from sqlite_utils import Database
from sqlite_utils.db import NotFoundError, Table

#: The counts that have a column of their own in ``crawls``.
COUNTED = (
    *("listed", "fetched", "new", "revised", "unchanged", "duplicates"),
    *("gone", "failed", "blocked", "bytes"),
)

#: The exit codes of a crawl that ran to its end: all well, drift, or some pages failed.
COMPLETE = (0, 4, 5)


def begin(
    connection: sqlite3.Connection, command: str, arguments: Mapping[str, Any], at: str
) -> int:
    """Insert the row of a run; returns its id, which its WARC files carry in their names."""
    row = {"command": command, "arguments": _json(arguments), "started_at": at}
    number = _crawls(connection).insert(row).last_pk
    assert number is not None
    return int(number)


def finish(
    connection: sqlite3.Connection,
    crawl_id: int,
    at: str,
    exit_code: int,
    reason: str,
    counts: Mapping[str, int],
) -> None:
    """Finish a run; after a complete run article keys become permanent."""
    (warc_file,) = connection.execute(
        "SELECT max(warc_file) FROM captures WHERE crawl_id = ?", (crawl_id,)
    ).fetchone()
    row = {"finished_at": at, "exit_code": exit_code, "reason": reason, "warc_file": warc_file}
    row |= {"counts": _json(counts), **{name: counts.get(name, 0) for name in COUNTED}}
    _crawls(connection).update(crawl_id, row)
    if exit_code in COMPLETE:
        freeze_keys(connection)


def note_counts(connection: sqlite3.Connection, crawl_id: int, counts: Mapping[str, int]) -> None:
    """Save what a run counted so far: the night is judged by it, before the run ends."""
    _crawls(connection).update(crawl_id, {"counts": _json(counts)})


def lists_unanswered(connection: sqlite3.Connection, crawl_id: int, started_at: str) -> int:
    """How many lists of the run gave no answer, and so left no capture, that named articles before.

    *started_at* tells the run from another that had its number before archive.db was deleted.
    """
    row = connection.execute(
        "SELECT json_extract(counts, '$.lists_unanswered') FROM crawls"
        " WHERE id = ? AND substr(started_at, 1, 19) = substr(?, 1, 19)",
        (crawl_id, started_at),
    ).fetchone()
    return int(row[0] or 0) if row else 0


def reinsert(connection: sqlite3.Connection, summary: Mapping[str, Any]) -> None:
    """Insert the row of a run again, if it is missing, from the *summary* in its last WARC file.

    The run's counts are needed before it is judged, everything else (`restore`) after it.
    """
    crawls = _crawls(connection)
    try:
        row = crawls.get(summary["crawl"])
    except NotFoundError:
        row = {
            "id": summary["crawl"],
            "command": summary.get("command") or "unknown",
            "arguments": _json(summary.get("arguments", {})),
            "started_at": summary["started_at"],
        }
        crawls.insert(row)
    if not row.get("counts"):
        note_counts(connection, summary["crawl"], summary.get("counts", {}))


def restore(connection: sqlite3.Connection, warc_name: str, summary: Mapping[str, Any]) -> None:
    """Restore the row of a run from the *summary* that ends its last WARC file."""
    reinsert(connection, summary)
    crawl_id = summary["crawl"]
    row = _crawls(connection).get(crawl_id)
    stamp = warc_name.split("-")[1]
    connection.execute(
        "UPDATE captures SET crawl_id = ? WHERE crawl_id IS NULL AND warc_file GLOB ?",
        (crawl_id, f"captures/*/khobao-{stamp}-*-{crawl_id}.warc.gz"),
    )
    if not row.get("finished_at"):
        finish(
            connection,
            crawl_id,
            summary.get("finished_at") or summary["started_at"],
            summary.get("exit_code", 1),
            summary.get("reason") or "unknown",
            summary.get("counts", {}),
        )


def freeze_keys(connection: sqlite3.Connection) -> None:
    """From now on every article keeps the key that it has."""
    connection.execute("UPDATE articles SET key_frozen = 1 WHERE key_frozen = 0")


def _crawls(connection: sqlite3.Connection) -> Table:
    return Database(connection).table("crawls")


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, default=str)
