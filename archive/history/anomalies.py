"""Anomalies of a night: lists that name no article, and one text at many new addresses.

`archive.history.nights` says what they prove; this module finds them in the captures of a run.

The number of new articles proves nothing. A first crawl, a backfill, a month without crawls and a
section that the paper restores all bring more than any night before, and all of it is right. A
mistake shows in the text: a server that answers for every unknown address gives the
same text again and again, and a site that renumbers its articles gives texts that are known.
"""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from archive.duplicates.exact import PROVES_COPY
from archive.history.nights import APART, HANDFUL, PERSISTS, SET_ASIDE, UNPROVED
from archive.text import loose, text_digest

#: The captures of a run: those in its WARC files, whose names begin and end so (two parameters).
OF_RUN = "warc_file >= ?1 AND warc_file < ?1 || '~' AND warc_file LIKE ?2 AND origin = 'live'"

_LISTS = (
    "SELECT url, min(fetched_at), max(coalesce(named, 0)) > 0 FROM captures"
    f" WHERE {OF_RUN} AND outcome IN ('list', 'gone', 'blocked', 'failed', 'error')"
    " AND (address IS NULL OR outcome = 'gone')"
    " GROUP BY url"
)
_NAMED_BEFORE = (
    "SELECT max(fetched_at) FROM captures"
    " WHERE url = ? AND fetched_at < ? AND origin = 'live' AND named > 0"
)
_SILENT_SINCE = (
    "SELECT min(fetched_at) FROM captures WHERE url = ? AND fetched_at > ? AND origin = 'live'"
)


def lists_asked(connection: sqlite3.Connection, names: tuple[str, str]) -> tuple[int, int]:
    """How many lists a run asked for that named articles before, and how many named none now.

    *names* are the parameters of `OF_RUN`. A list that was silent for longer than `PERSISTS` is
    believed: it is not counted. Neither is one that leads to another address.
    """
    naming = silent = 0
    for url, at, names_articles in connection.execute(_LISTS, names).fetchall():
        (before,) = connection.execute(_NAMED_BEFORE, (url, at)).fetchone()
        if before is None:
            continue
        (since,) = connection.execute(_SILENT_SINCE, (url, before)).fetchone()
        if names_articles:
            naming += 1
        elif _moment(at) - _moment(since) <= PERSISTS:
            silent += 1
    return naming + silent, silent


class NewPage(NamedTuple):
    """The page of an article that was seen for the first time."""

    capture_id: int
    fetched_at: str
    address: str
    statement_id: int


class _Said(NamedTuple):
    key: str
    letters: str | None
    """A digest of its text; None if that is too short to prove anything."""
    proven: bool
    """Whether the page says whose it is."""
    known: bool
    """Whether the text stood at another number of the same paper and generation before the run."""


_SAID = (
    "SELECT statements.id, key, json_extract(article, '$.body'), json_extract(article, '$.flags'),"
    " EXISTS (SELECT 1 FROM statements AS other JOIN captures ON statement_id = other.id"
    "  WHERE other.text_digest = statements.text_digest AND other.key <> statements.key"
    "  AND substr(other.key, 1, instr(other.key, ':'))"
    "   = substr(statements.key, 1, instr(statements.key, ':'))"
    "  AND other.generation IS statements.generation AND origin = 'live' AND fetched_at < ?2"
    f"  AND coalesce(doubt, '') NOT IN {SET_ASIDE})"
    " FROM statements WHERE id IN (SELECT value FROM json_each(?1))"
)
_FIRST_LOOK = (
    "SELECT min(fetched_at) FROM captures WHERE address = ? AND statement_id = ?"
    " AND doubt = 'repeated' AND fetched_at < ?"
)


def repeated(connection: sqlite3.Connection, pages: Iterable[NewPage], at: str) -> set[int]:
    """The captures of *pages* whose text is no article's own, of a run that began *at*.

    The text stands at more than a handful of their numbers, or at another number that was known
    before. A page that says whose it is and said the same on an earlier night is not among them.
    """
    pages = list(pages)
    if len(pages) <= HANDFUL:
        return set()
    said = {
        statement_id: _Said(key, _letters(body), UNPROVED not in json.loads(flags or "[]"), known)
        for statement_id, key, body, flags, known in connection.execute(
            _SAID, (json.dumps([page.statement_id for page in pages]), at)
        )
    }
    fresh = [page for page in pages if not _is_second_look(connection, page, said)]
    numbers: defaultdict[str, set[str]] = defaultdict(set)
    for page in fresh:
        one = said[page.statement_id]
        if one.letters:
            numbers[one.letters].add(one.key)
    return {
        page.capture_id
        for page in fresh
        if (letters := said[page.statement_id].letters)
        and (said[page.statement_id].known or len(numbers[letters]) > HANDFUL)
    }


def _letters(body: str | None) -> str | None:
    long_enough = len(loose(body) or "") >= PROVES_COPY
    return text_digest("", body) if long_enough else None


def _is_second_look(connection: sqlite3.Connection, page: NewPage, said: dict[int, _Said]) -> bool:
    """Whether a page that says whose it is said the same `APART` or more before."""
    if not said[page.statement_id].proven:
        return False
    (first,) = connection.execute(
        _FIRST_LOOK, (page.address, page.statement_id, page.fetched_at)
    ).fetchone()
    return first is not None and _moment(page.fetched_at) - _moment(first) >= APART


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)
