"""What is known of an article before it is put together: its addresses and what was seen there."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from archive.history.identity import Alias
from archive.history.nights import OF_THE_ARTICLE, settle
from archive.history.revisions import Observation
from archive.models import Article

#: The outcomes of captures that tell something of an article, as SQL.
OBSERVED = "('article', 'unchanged', 'gone')"


@dataclass(slots=True)
class Evidence:
    """Everything observed about a set of keys, in the order of time."""

    set_aside: dict[int, str] = field(default_factory=dict)
    """Captures that do not count, and why: see `archive.history.nights`."""
    marked: dict[int, str] = field(default_factory=dict)
    """The marks of that kind that captures have so far, if it is one of `OF_THE_ARTICLE`."""
    aliases: dict[str, Alias] = field(default_factory=dict)
    observations: list[Observation] = field(default_factory=list)
    """Those that count."""
    statement_of: dict[int, int] = field(default_factory=dict)
    """Capture → statement."""
    statements: dict[int, Article] = field(default_factory=dict)
    redirected: dict[str, tuple[str, str]] = field(default_factory=dict)
    """When an address was first and last seen to forward."""


def stated(connection: sqlite3.Connection, statement_id: int) -> Article:
    """What the page of a statement said."""
    (record,) = connection.execute(
        "SELECT article FROM statements WHERE id = ?", (statement_id,)
    ).fetchone()
    return Article.from_dict(json.loads(record))


def drop_unread(connection: sqlite3.Connection, keys: Iterable[str]) -> None:
    """Delete what no capture of *keys* says any more."""
    connection.executemany(
        "DELETE FROM extractions WHERE key = ?"
        " AND NOT EXISTS (SELECT 1 FROM captures WHERE statement_id = extractions.id)",
        [(key,) for key in keys],
    )


def gather(
    connection: sqlite3.Connection,
    keys: Iterable[str],
    fresh: Mapping[int, Article] | None = None,
) -> Evidence:
    """Read what is known of *keys*; *fresh* are statements whose record is not kept yet."""
    evidence = Evidence()
    fresh = fresh or {}
    for key in sorted(keys):
        for url, generation in connection.execute(
            "SELECT DISTINCT address, generation FROM statements JOIN captures"
            " ON statement_id = statements.id WHERE key = ?",
            (key,),
        ):
            evidence.aliases[url] = Alias(url, key, generation)
        for url, generation, section_slug, first, last in connection.execute(
            "SELECT source, generation, section_slug, first_seen_at, last_seen_at"
            " FROM redirects WHERE key = ?",
            (key,),
        ):
            times = (first, last, *evidence.redirected.get(url, ()))
            evidence.redirected[url] = (min(times), max(times))
            evidence.aliases.setdefault(url, Alias(url, key, generation, section_slug))
    marks = ", ".join("?" * len(evidence.aliases))
    rows = connection.execute(
        "SELECT id, fetched_at, address, outcome, error, statement_id, origin, doubt FROM captures"
        f" WHERE address IN ({marks}) AND outcome IN {OBSERVED}"
        " ORDER BY fetched_at, address, payload_digest, id",
        tuple(evidence.aliases),
    ).fetchall()
    observations = []
    for capture_id, seen_at, address, outcome, how, statement_id, origin, doubt in rows:
        statement = None
        if statement_id is not None:
            evidence.statement_of[capture_id] = statement_id
            if statement_id not in evidence.statements:
                evidence.statements[statement_id] = fresh.get(statement_id) or stated(
                    connection, statement_id
                )
            statement = evidence.statements[statement_id]
        observations.append(
            Observation(seen_at, address, outcome, capture_id, statement, how, origin, doubt)
        )
        if doubt in OF_THE_ARTICLE:
            evidence.marked[capture_id] = doubt
    evidence.observations, evidence.set_aside = settle(observations)
    for seen in evidence.observations:  # an address's section is the one its latest page states
        if seen.statement and seen.statement.section_slug:
            alias = evidence.aliases[seen.address]
            evidence.aliases[seen.address] = Alias(
                alias.url, alias.key, alias.generation, seen.statement.section_slug
            )
    return evidence
