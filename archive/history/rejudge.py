"""Judge nights again, after an import, a late run or a change of the rules.

The result follows from the captures alone, so it is the same as if each night had been judged
right after its run.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from archive.history.capture_rows import CAPTURE_COLUMNS, capture_of, has_place_in_time
from archive.history.judge import Judged, follow, judge_run
from archive.history.nights import Run, run_of


class Totals(NamedTuple):
    """Counts of the whole archive."""

    gone: int
    """Articles that are gone."""
    revisions: int


def totals(connection: sqlite3.Connection) -> Totals:
    """How many articles are gone, and how many revisions there are."""
    row = connection.execute(
        "SELECT (SELECT count(*) FROM articles WHERE gone_at NOT NULL),"
        " (SELECT count(*) FROM revisions)"
    ).fetchone()
    return Totals(*row)


@dataclass(frozen=True, slots=True)
class Rejudged:
    """The result of judging every night again."""

    nights: int
    doubtful: int
    """Nights that prove nothing."""
    gone: int
    """How many more articles are gone than before; negative if fewer are."""
    revisions: int
    """How many more revisions there are than before."""


def rejudge(connection: sqlite3.Connection, before: Totals | None = None) -> Rejudged:
    """Judge every night again and rebuild the articles: mistakes of earlier versions are undone.

    *before* is what `totals` returned before captures were saved, if any were.
    """
    before = before or totals(connection)
    date_again(connection)
    connection.execute("DELETE FROM nights")
    nights = judge_again(connection)
    follow(connection, doubted(connection))
    now = totals(connection)
    return Rejudged(
        len(nights),
        sum(one.doubt is not None for one in nights),
        now.gone - before.gone,
        now.revisions - before.revisions,
    )


def judge_again(connection: sqlite3.Connection, since: Run | None = None) -> list[Judged]:
    """Judge all nights from *since* on again, by what their captures say today."""
    files = connection.execute("SELECT DISTINCT warc_file FROM captures WHERE origin = 'live'")
    runs = [run for run in _runs(files) if since is None or run >= since]
    return [judge_run(connection, run) for run in runs]


def date_again(connection: sqlite3.Connection) -> None:
    """Mark every capture that has no place in the order of time, and no other, with ``date``."""
    altered = []
    for *values, address, doubt in connection.execute(
        f"SELECT {CAPTURE_COLUMNS}, address, doubt FROM captures WHERE origin <> 'live'"
    ).fetchall():
        capture = capture_of(values)
        dated = has_place_in_time(capture)
        if dated == (doubt == "date"):
            connection.execute(
                "UPDATE captures SET doubt = ? WHERE id = ?",
                (None if dated else "date", capture.id),
            )
            altered.append(address)
    follow(connection, [address for address in altered if address])


def doubted(connection: sqlite3.Connection) -> set[str]:
    """The addresses of all captures to which the rules of `archive.history.nights` may apply."""
    rows = connection.execute(
        "SELECT DISTINCT address FROM captures WHERE address IS NOT NULL"
        " AND (outcome = 'gone' OR doubt IS NOT NULL OR origin LIKE 'import:%')"
    )
    return {row[0] for row in rows}


def is_late(connection: sqlite3.Connection, run: Run) -> bool:
    """Whether nights after *run* were judged already."""
    row = connection.execute(
        "SELECT 1 FROM nights WHERE started_at > ? AND run <> ?", (run.started_at, run.name)
    ).fetchone()
    return row is not None


def _runs(files: Iterable[tuple[str]]) -> list[Run]:
    return sorted({run for (name,) in files if (run := run_of(name))})
