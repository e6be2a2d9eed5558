"""The table ``alarms``: what a run found wrong, from the run that found it to the run that did not.

An alarm is known by its kind (``blocked``, ``floor/flat/byline``), so that one that lasts is one
row, seen again, and is told once when it opens and once when it closes.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple


class Finding(NamedTuple):
    """Something that a run found wrong."""

    kind: str
    """Which rule found it; the same kind on the next night is the same alarm."""
    text: str
    """A sentence for people."""


@dataclass(frozen=True, slots=True)
class Alarm:
    """One row of the table."""

    id: int
    paper: str
    kind: str
    text: str
    exit_code: int
    opened_at: str
    seen_at: str
    closed_at: str | None
    runs: int
    """How many runs found it."""


@dataclass(frozen=True, slots=True)
class Changes:
    """What one run changed."""

    opened: tuple[Alarm, ...] = ()
    closed: tuple[Alarm, ...] = ()


def update(
    connection: sqlite3.Connection,
    findings: Sequence[Finding],
    *,
    paper: str,
    exit_code: int,
    crawl_id: int,
    at: str,
    judged: bool,
) -> Changes:
    """Open, continue and close alarms of *paper* after the run *crawl_id*, which ended *at*.

    *judged*: the run saw enough of the site that what it did not find is over. A run that was
    refused, or that a full disk ended, says nothing of last night's redesign.
    """
    before = {alarm.kind: alarm for alarm in open_alarms(connection, paper)}
    for finding in findings:
        if finding.kind in before:
            connection.execute(
                "UPDATE alarms SET text = ?, exit_code = ?, seen_at = ?, seen_by = ?,"
                " runs = runs + 1 WHERE id = ?",
                (finding.text, exit_code, at, crawl_id, before[finding.kind].id),
            )
        else:
            connection.execute(
                "INSERT INTO alarms"
                " (paper, kind, text, exit_code, opened_at, opened_by, seen_at, seen_by, runs)"
                " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?5, ?6, 1) ON CONFLICT DO NOTHING",
                (paper, finding.kind, finding.text, exit_code, at, crawl_id),
            )
    found = {finding.kind for finding in findings}
    over = [alarm for kind, alarm in before.items() if judged and kind not in found]
    connection.executemany(
        "UPDATE alarms SET closed_at = ?, closed_by = ? WHERE id = ?",
        [(at, crawl_id, alarm.id) for alarm in over],
    )
    opened = [alarm for alarm in open_alarms(connection, paper) if alarm.kind not in before]
    return Changes(tuple(opened), tuple(over))


def open_alarms(connection: sqlite3.Connection, paper: str | None = None) -> list[Alarm]:
    """The alarms that no run has closed, the oldest first; of *paper*, or of all."""
    names = tuple(Alarm.__dataclass_fields__)
    rows = connection.execute(
        f"SELECT {', '.join(names)} FROM alarms"
        " WHERE closed_at IS NULL AND paper = coalesce(?, paper) ORDER BY id",
        (paper,),
    )
    return [Alarm(*row) for row in rows]
