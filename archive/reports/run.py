"""One run: what it did, and the pages behind its exit code. Read only."""

from __future__ import annotations

import sqlite3
from dataclasses import asdict, dataclass
from typing import Any

from archive.errors import NotFound

#: What a person looks at after a run, by name: the condition on the captures of that run.
GROUPS = {
    "could not be read": "outcome = 'failed'",
    "blocked": "outcome = 'blocked'",
    "errors of the server": "outcome = 'error'",
    "gone": "outcome = 'gone' AND doubt IS NULL",
    "doubtful": "doubt IS NOT NULL",
    "revised": "outcome = 'article' AND doubt IS NULL AND revision_id IN"
    " (SELECT id FROM revisions WHERE number > 1 AND capture_id = captures.id)",
    "new": "outcome = 'article' AND doubt IS NULL AND revision_id IN"
    " (SELECT id FROM revisions WHERE number = 1 AND capture_id = captures.id)",
}


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a run."""

    capture: int | None
    """Its capture; None if no answer came."""
    url: str
    status: int
    said: str
    """What was wrong, or the article's headline."""


@dataclass(frozen=True, slots=True)
class RunReport:
    """One run and its pages."""

    id: int
    command: str
    arguments: str | None
    started_at: str
    finished_at: str | None
    exit_code: int | None
    reason: str | None
    counts: str | None
    """Everything the run counted, as JSON."""
    pages: dict[str, tuple[Page, ...]]
    """By group, in the order of `GROUPS`; ``no answer`` last."""
    totals: dict[str, int]
    """How many there are of each group; `pages` has the first ones."""

    def to_dict(self) -> dict[str, Any]:
        """A JSON-ready mapping."""
        return asdict(self)


def report(connection: sqlite3.Connection, number: int | None, *, limit: int) -> RunReport:
    """The run *number*, or the last one; at most *limit* pages of each group.

    Raises NotFound if there is no such run.
    """
    row = connection.execute(
        "SELECT id, command, arguments, started_at, finished_at, exit_code, reason, counts"
        " FROM crawls WHERE id = coalesce(?1, (SELECT max(id) FROM crawls))",
        (number,),
    ).fetchone()
    if row is None:
        (last,) = connection.execute("SELECT max(id) FROM crawls").fetchone()
        has = f"the last is {last}" if last else "nothing has been run yet"
        raise NotFound(f"there is no run {number or 1}; {has}")
    pages, totals = {}, {}
    for name, condition in GROUPS.items():
        where = f"FROM captures WHERE crawl_id = ?1 AND {condition}"
        totals[name] = connection.execute(f"SELECT count(*) {where}", (row[0],)).fetchone()[0]
        found = connection.execute(
            "SELECT id, url, status, coalesce(error, doubt, (SELECT title FROM articles"
            f" WHERE articles.id = article_id), '') {where} ORDER BY id LIMIT ?2",
            (row[0], limit),
        )
        pages[name] = tuple(Page(*page) for page in found)
    silent = "FROM frontier WHERE last_status = 0 AND fetched_at BETWEEN ?1 AND coalesce(?2, '9')"
    totals["no answer"] = connection.execute(f"SELECT count(*) {silent}", row[3:5]).fetchone()[0]
    found = connection.execute(
        f"SELECT NULL, url, 0, coalesce(error, '') {silent} ORDER BY url LIMIT ?3",
        (*row[3:5], limit),
    )
    pages["no answer"] = tuple(Page(*page) for page in found)
    return RunReport(*(*row, pages, totals))
