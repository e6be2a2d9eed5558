"""The frontier: every address known, and the only place that asks "fetch again?".

This module has no clock: every time is a parameter, so a test can let a year pass. Ages are whole
durations (``total_seconds()``); a tool that used ``timedelta.seconds`` took an article of 25 hours
for one of an hour.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal

from archive.archive import Archive
from archive.models import Link

Kind = Literal["article", "list"]
State = Literal["due", "done", "failed", "blocked", "gone"]

_HOUR = timedelta(hours=1)
_DAY = timedelta(days=1)

#: Four hours short of a day: a nightly run reaches an article earlier or later than the night
#: before.
NEXT_NIGHT = 20 * _HOUR

Ladder = tuple[tuple[timedelta, timedelta], ...]

#: (younger than, look again after): the age of an article by its own stamp. A provincial paper
#: corrects within the working day and bumps a stamp within the week; later changes are takedowns
#: and moves to a new CMS. At 50 articles a day and 130,000 in all, a nightly crawl asks for about
#: 50 of the first two rungs, 350 of the third, 170, 300 and 360 of the others: an hour's fetching.
LADDER: Ladder = (
    (3 * _HOUR, _HOUR / 2),  # typing errors, wrong captions: found by readers at once
    (1 * _DAY, 3 * _HOUR),  # the developing story
    # Corrections on request, follow-ups pasted in: every night.
    (7 * _DAY, NEXT_NIGHT),
    (30 * _DAY, 7 * _DAY),
    (365 * _DAY, 60 * _DAY),
    (timedelta.max, 365 * _DAY),  # only to learn that it is still there
)

#: Pause before a page is fetched again that does not look like a list: the site may have been in
#: trouble.
NO_LIST = 7 * _DAY

#: After the n-th failure in a row. A bad night of the server is over by the next crawl; a page that
#: is broken for a week is broken for good, and is still asked for once a week.
FAILED = (_HOUR / 4, _HOUR, 4 * _HOUR, _DAY, 3 * _DAY, 7 * _DAY)
#: A block is about us, not about the page: soon again, but not at once.
BLOCKED = (_HOUR, 6 * _HOUR, _DAY)
#: An article is gone when a second night agrees; then it comes back now and then, after a repaired
#: database or a withdrawn complaint.
GONE = (NEXT_NIGHT, 7 * _DAY, 30 * _DAY, 90 * _DAY, 365 * _DAY)


@dataclass(frozen=True, slots=True)
class FrontierEntry:
    """An address that is due."""

    url: str
    """The canonical address."""
    kind: Kind
    address: str | None = None
    """The address to request, if it is not the canonical one."""
    section_slug: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    attempts: int = 0
    """How many times in a row it failed."""
    fetched_at: str | None = None
    """When it was last asked for; None if never."""


class Frontier:
    """The table ``frontier``: every known address, and when to fetch it again."""

    def __init__(self, archive: Archive, ladder: Ladder = LADDER):
        self._archive = archive
        self._ladder = ladder
        self._connection = archive.connection

    def add(self, found: Iterable[Link], *, found_on: str, at: str) -> list[str]:
        """Add the addresses that the page *found_on* names; returns those never fetched, each once.

        An address that was gone and is listed again is due at once: somebody put it back.
        """
        fresh: dict[str, None] = {}
        with self._archive.transaction() as connection:
            for one in found:
                row = connection.execute(
                    "INSERT INTO frontier (url, kind, key, section_slug, found_on, found_at,"
                    " listed_on, last_listed_at, due_at, address)"
                    " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?6, ?6, ?8)"
                    " ON CONFLICT (url) DO UPDATE SET"
                    " key = coalesce(key, excluded.key),"
                    " section_slug = coalesce(section_slug, excluded.section_slug),"
                    " listed_on = coalesce(listed_on, excluded.listed_on),"
                    " due_at = iif(state = 'gone' AND coalesce(last_listed_at, '') <= fetched_at,"
                    "  excluded.due_at, due_at),"
                    " last_listed_at = max(coalesce(last_listed_at, ''), excluded.last_listed_at)"
                    " RETURNING state = 'due' AND fetched_at IS NULL",
                    (
                        one.url,
                        one.kind,
                        one.key,
                        one.section_slug,
                        found_on,
                        at,
                        one.listed_on,
                        one.address,
                    ),
                ).fetchone()
                if row[0]:
                    fresh[one.url] = None
        return list(fresh)

    def mend(self, at: str) -> int:
        """Make what was fetched a day after *at*, or later, due at that time; returns how many.

        The clock was ahead when they were fetched, or is behind now.
        """
        with self._archive.transaction() as connection:
            return connection.execute(
                "UPDATE frontier SET due_at = ?1, fetched_at = ?1"
                " WHERE fetched_at > ?2 AND due_at IS NOT NULL",
                (at, later(at, _DAY)),
            ).rowcount

    def due(
        self,
        at: str,
        *,
        limit: int | None = None,
        kind: Kind | None = None,
        everything: bool = False,
        site: str = "http",
    ) -> list[FrontierEntry]:
        """The addresses to fetch at time *at*: first those never fetched, then the longest overdue.

        An article with several addresses is fetched again at its canonical address only. With
        *everything*, all known addresses are returned, due or not. *site* is what the address of
        one paper begins with, if others are not wanted.
        """
        rows = self._connection.execute(
            "SELECT url, kind, address, section_slug, etag, last_modified, attempts, fetched_at"
            " FROM frontier WHERE state IN ('due', 'done', 'failed', 'blocked', 'gone')"
            " AND (due_at <= ?1 OR ?4) AND kind = coalesce(?2, kind)"
            " AND substr(url, 1, length(?5)) = ?5"
            " AND (state != 'done' OR article_id IS NULL OR ?4"
            "  OR url = (SELECT articles.url FROM articles WHERE id = article_id))"
            " ORDER BY fetched_at IS NOT NULL, due_at, url LIMIT ?3",
            (at, kind, -1 if limit is None else limit, everything, site),
        )
        return [FrontierEntry(*row) for row in rows]

    def ask_again(self, urls: Iterable[str], at: str) -> None:
        """Make known addresses due, so that an interrupted crawl still gets to them."""
        with self._archive.transaction() as connection:
            connection.executemany(
                "UPDATE frontier SET due_at = ? WHERE url = ?", [(at, url) for url in urls]
            )

    def doubt(self, urls: Iterable[str], at: str) -> None:
        """Ask the night after a doubtful one, which ended *at*, for these addresses again.

        Without the ETag, because "not modified" would refer to that night's page. Attempts start at
        0, because a site in trouble must not move an article up the ladder.
        """
        with self._archive.transaction() as connection:
            connection.executemany(
                "UPDATE frontier SET state = 'due', due_at = ?1, attempts = 0, etag = NULL,"
                " last_modified = NULL WHERE url = ?2 AND fetched_at <= ?3",
                [(later(at, NEXT_NIGHT), url, at) for url in urls],
            )

    def look_again_for_missing(self, at: str) -> None:
        """Make addresses due that are marked gone although their article is not (any more)."""
        with self._archive.transaction() as connection:
            connection.execute(
                "UPDATE frontier SET state = 'due', due_at = ?, attempts = 0 WHERE state = 'gone'"
                " AND EXISTS (SELECT 1 FROM articles WHERE id = frontier.article_id"
                " AND gone_at IS NULL AND articles.url = frontier.url)",
                (at,),
            )

    def fetched(
        self,
        url: str,
        *,
        at: str,
        status: int,
        state: State,
        article_id: int | None = None,
        error: str | None = None,
        etag: str | None = None,
        last_modified: str | None = None,
        payload_digest: str | None = None,
        again: bool = True,
        wait: timedelta | None = None,
        names_articles: bool = False,
    ) -> int:
        """Save how fetching *url* ended, and when to fetch it again: never, if *again* is False.

        Returns how many times in a row it ended in *state*. *status* is 0 if there was no answer.
        *wait* replaces the ladder's pause; *names_articles* says that the page is a list that names
        some. A failure keeps the article and the ETag of an earlier success.
        """
        with self._archive.transaction() as connection:
            row = self._known(url, article_id)
            if row is None:
                connection.execute(
                    "INSERT INTO frontier (url, kind, found_at, due_at) VALUES (?, ?, ?, ?)",
                    (url, "article" if article_id is not None else "list", at, at),
                )
                row = self._known(url, article_id)
                assert row is not None
            kind, earlier, attempts, found_at, stamp = row
            attempts = 0 if state == "done" else attempts + 1 if state == earlier else 1
            if wait is None:
                wait = pause(state, kind, attempts, age(stamp or found_at, at), self._ladder)
            done = state == "done"
            connection.execute(
                "UPDATE frontier SET state = ?, fetched_at = ?, due_at = ?, last_status = ?,"
                " attempts = ?, error = ?, article_id = coalesce(?, article_id),"
                " etag = iif(?8, ?9, etag), last_modified = iif(?8, ?10, last_modified),"
                " payload_digest = coalesce(?11, payload_digest),"
                " named_at = iif(?13, ?2, named_at) WHERE url = ?12",
                (
                    state,
                    at,
                    later(at, wait) if again else None,
                    status,
                    attempts,
                    error,
                    article_id,
                    done and status != 304,
                    etag,
                    last_modified,
                    payload_digest if done else None,
                    url,
                    names_articles,
                ),
            )
        return attempts

    def named_at(self, url: str) -> str | None:
        """When the list at *url* named articles for the last time; None if it never did."""
        row = self._connection.execute(
            "SELECT named_at FROM frontier WHERE url = ?", (url,)
        ).fetchone()
        return row[0] if row else None

    def _known(
        self, url: str, article_id: int | None
    ) -> tuple[Kind, State, int, str, str | None] | None:
        """Kind, state, attempts and time of discovery of *url*, and its article's own stamp."""
        row: tuple[Kind, State, int, str, str | None] | None = self._connection.execute(
            "SELECT kind, state, attempts, found_at, (SELECT updated_at FROM articles"
            " WHERE id = coalesce(?2, frontier.article_id))"
            " FROM frontier WHERE url = ?1",
            (url, article_id),
        ).fetchone()
        return row


def pause(
    state: State,
    kind: Kind,
    attempts: int,
    article_age: timedelta,
    ladder: Ladder = LADDER,
) -> timedelta:
    """How long to leave an address alone after a fetch that ended in *state*.

    *attempts* counts the times it ended so in a row, this one included.
    """
    if state in ("failed", "blocked", "gone"):
        waits = {"failed": FAILED, "blocked": BLOCKED, "gone": GONE}[state]
        wait = waits[min(attempts, len(waits)) - 1]
        # After a week of trouble, the next night's news must not wait for another week.
        return min(wait, NEXT_NIGHT) if kind == "list" else wait
    if kind == "list":
        return timedelta(0)  # a list is where news appears: every crawl looks at it
    return next(wait for younger_than, wait in ladder if article_age < younger_than)


def age(since: str, at: str) -> timedelta:
    """The age at *at* of an article dated *since*; 0 for a stamp in the future.

    >>> age("2026-11-23T06:00:00+07:00", "2026-11-24T00:00:00.000Z").total_seconds() / 3600
    25.0
    """
    return max(_moment(at) - _moment(since), timedelta(0))


def later(at: str, wait: timedelta) -> str:
    """The time *wait* after *at*, written as every time of observation is."""
    moment = (_moment(at) + wait).astimezone(UTC)
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
