"""The observations of an article, from which it is rebuilt."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from archive.history import extraction_rows
from archive.history.identity import Alias
from archive.history.nights import OF_THE_ARTICLE, settle
from archive.history.revisions import Observation
from archive.models import Article

#: The outcomes of captures that tell something of an article, as SQL.
OBSERVED = "('article', 'unchanged', 'gone')"


@dataclass(slots=True)
class ObservationHistory:
    """Everything observed about a set of keys, in the order of time."""

    observations: list[Observation] = field(default_factory=list)
    """Those that count."""
    set_aside: dict[int, str] = field(default_factory=dict)
    """Captures that do not count, and why: see `archive.history.nights`."""
    marked: dict[int, str] = field(default_factory=dict)
    """The marks of that kind that captures have so far, if it is one of `OF_THE_ARTICLE`."""
    aliases: dict[str, Alias] = field(default_factory=dict)
    """The addresses of these keys, by their URL."""
    redirected: dict[str, tuple[str, str]] = field(default_factory=dict)
    """When an address was first and last seen to forward."""
    statement_of: dict[int, int] = field(default_factory=dict)
    """Capture → row of ``extractions``."""
    pages: dict[int, Article] = field(default_factory=dict)
    """Row of ``extractions`` → what the page says."""


def load_observations(
    connection: sqlite3.Connection,
    keys: Iterable[str],
    fresh: Mapping[int, Article] | None = None,
) -> ObservationHistory:
    """Read what was observed of *keys*; *fresh* are extractions that have no record yet."""
    history = ObservationHistory()
    _load_addresses(connection, keys, history)
    marks = ", ".join("?" * len(history.aliases))
    rows = connection.execute(
        "SELECT fetched_at, address, outcome, id, error, origin, doubt, statement_id FROM captures"
        f" WHERE address IN ({marks}) AND outcome IN {OBSERVED}"
        " ORDER BY fetched_at, address, payload_digest, id",
        tuple(history.aliases),
    ).fetchall()
    observations = []
    for seen_at, address, outcome, capture_id, how, origin, doubt, statement_id in rows:
        page = None
        if statement_id is not None:
            page = history.pages.get(statement_id) or (fresh or {}).get(statement_id)
            page = page or extraction_rows.read(connection, statement_id)
            history.pages[statement_id] = page
            history.statement_of[capture_id] = statement_id
        if doubt in OF_THE_ARTICLE:
            history.marked[capture_id] = doubt
        observations.append(
            Observation(seen_at, address, outcome, capture_id, page, how, origin, doubt)
        )
    history.observations, history.set_aside = settle(observations)
    for seen in history.observations:  # an address's section is the one its latest page states
        if seen.page and seen.page.section_slug:
            alias = history.aliases[seen.address]
            history.aliases[seen.address] = Alias(
                alias.url, alias.key, alias.generation, seen.page.section_slug
            )
    return history


def _load_addresses(
    connection: sqlite3.Connection, keys: Iterable[str], history: ObservationHistory
) -> None:
    for key in sorted(keys):
        for url, generation in connection.execute(
            "SELECT DISTINCT address, generation FROM extractions JOIN captures"
            " ON statement_id = extractions.id WHERE key = ?",
            (key,),
        ):
            history.aliases[url] = Alias(url, key, generation)
        for url, generation, section_slug, first, last in connection.execute(
            "SELECT source, generation, section_slug, first_seen_at, last_seen_at"
            " FROM redirects WHERE key = ?",
            (key,),
        ):
            times = (first, last, *history.redirected.get(url, ()))
            history.redirected[url] = (min(times), max(times))
            history.aliases.setdefault(url, Alias(url, key, generation, section_slug))
