"""Crawl runs: one row for each run of a command that writes."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from typing import Any

#: The counts that have a column of their own in ``crawls``.
COUNTED = (
    *("listed", "fetched", "new", "revised", "unchanged", "duplicates"),
    *("gone", "failed", "blocked", "bytes"),
)

#: A crawl that went through to its end: all well, drift, or some pages failed.
COMPLETE = (0, 4, 5)


def begin(
    connection: sqlite3.Connection, command: str, arguments: Mapping[str, Any], at: str
) -> int:
    """Open the row of a run; returns its id, which its WARC files carry in their names."""
    cursor = connection.execute(
        "INSERT INTO crawls (command, arguments, started_at) VALUES (?, ?, ?)",
        (command, json.dumps(arguments, ensure_ascii=False, default=str), at),
    )
    assert cursor.lastrowid is not None
    return cursor.lastrowid


def finish(
    connection: sqlite3.Connection,
    crawl_id: int,
    at: str,
    exit_code: int,
    reason: str,
    counts: Mapping[str, int],
) -> None:
    """Close the books of a run; if it went through to its end, the keys it leaves may be cited."""
    sets = ", ".join(f"{name} = ?" for name in COUNTED)
    connection.execute(
        f"UPDATE crawls SET finished_at = ?, exit_code = ?, reason = ?, counts = ?, {sets},"
        " warc_file = (SELECT max(warc_file) FROM captures WHERE crawl_id = crawls.id)"
        " WHERE id = ?",
        (
            at,
            exit_code,
            reason,
            json.dumps(counts, ensure_ascii=False),
            *(counts.get(name, 0) for name in COUNTED),
            crawl_id,
        ),
    )
    if exit_code in COMPLETE:
        freeze_keys(connection)


def restore(connection: sqlite3.Connection, warc_name: str, summary: Mapping[str, Any]) -> None:
    """Do what `begin` and `finish` did, from the *summary* that ends a crawl's last WARC file."""
    crawl_id = summary["crawl"]
    if not connection.execute("SELECT 1 FROM crawls WHERE id = ?", (crawl_id,)).fetchone():
        connection.execute(
            "INSERT INTO crawls (id, command, arguments, started_at) VALUES (?, ?, ?, ?)",
            (
                crawl_id,
                summary.get("command") or "unknown",
                json.dumps(summary.get("arguments", {}), ensure_ascii=False),
                summary["started_at"],
            ),
        )
    stamp = warc_name.split("-")[1]
    connection.execute(
        "UPDATE captures SET crawl_id = ? WHERE crawl_id IS NULL AND warc_file GLOB ?",
        (crawl_id, f"captures/*/khobao-{stamp}-*-{crawl_id}.warc.gz"),
    )
    if not connection.execute(
        "SELECT finished_at FROM crawls WHERE id = ?", (crawl_id,)
    ).fetchone()[0]:
        finish(
            connection,
            crawl_id,
            summary.get("finished_at") or summary["started_at"],
            summary.get("exit_code", 1),
            summary.get("reason") or "unknown",
            summary.get("counts", {}),
        )


def freeze_keys(connection: sqlite3.Connection) -> None:
    """From now on every article keeps the key it goes by."""
    connection.execute("UPDATE articles SET key_frozen = 1 WHERE key_frozen = 0")
