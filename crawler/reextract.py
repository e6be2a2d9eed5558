"""Captures → articles again, with today's layouts and without the network.

`catch_up` takes in what has no row yet: the last records of a killed crawl, or, after archive.db
was deleted, everything. `Reextraction` reads what has its row again, in two steps. `read` finds
what today's layouts make of each capture and keeps that beside the archive, so that it can be shown
before anything changes, and so that a run which is interrupted is gone on with; `write` lets the
archive follow, one article at a time. It is no edit by the newspaper, and makes no revision.
"""

from __future__ import annotations

import hashlib
import json
import logging
import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import crawler
from archive.capture_rows import CAPTURE_COLUMNS, capture_of, original_of
from archive.errors import CorruptCapture, UsageError
from archive.frontier import Frontier
from archive.models import Article, Capture
from archive.store import Archive
from archive.unrecorded import Unrecorded
from crawler import intake
from crawler.receipt import Receipt
from crawler.reread_notes import Notes
from crawler.rereading import Known, Reread, read_again
from crawler.site import read_address

#: How many captures share a transaction where nobody waits for the archive.
BATCH = 200

_NOTES = "reextract.jsonl"

logger = logging.getLogger(__name__)


def _log(error: CorruptCapture) -> None:
    logger.error("%s; khobao verify says more", error)


def catch_up(
    archive: Archive,
    progress: Callable[[int], None] | None = None,
    damaged: Callable[[CorruptCapture], None] = _log,
) -> int:
    """Take in every capture that has no row; returns how many there were.

    After a kill those are the last few; after ``archive.db`` was deleted, all of them. A damaged
    place in a WARC file is told, each time, and does not keep the rest from being taken in.
    """
    count = 0
    frontier = Frontier(archive)
    before, archive.batch_size = archive.batch_size, BATCH
    try:
        for unrecorded in archive.unrecorded(damaged):
            outcome = intake.judge(unrecorded.capture, unrecorded.stored)
            taken = intake.take(archive, unrecorded.capture, outcome, crawl_id=unrecorded.crawl_id)
            if taken.article_id is not None:
                _note_fetched(frontier, unrecorded, taken.article_id)
            count += 1
            if progress:
                progress(count)
    finally:
        archive.batch_size = before
        archive.commit()
    return count


def _note_fetched(frontier: Frontier, unrecorded: Unrecorded, article_id: int) -> None:
    """Tell the frontier of an article, or the next crawl would ask the site for it once more.

    Lists are asked for again: what they named is not among what is taken in.
    """
    capture, stored = unrecorded.capture, unrecorded.stored
    if capture.origin == "live":
        frontier.fetched(
            read_address(capture.url).canonical,
            at=capture.fetched_at,
            status=capture.status,
            state="done",
            article_id=article_id,
            etag=stored.header("ETag"),
            last_modified=stored.header("Last-Modified"),
            payload_digest=capture.payload_digest,
        )


@dataclass(frozen=True, slots=True)
class Selection:
    """Which captures are read again."""

    layout: str | None = None
    since: str | None = None
    where: str | None = None

    def rows(self, archive: Archive, columns: str, after: int = 0) -> sqlite3.Cursor:
        """*columns* of the chosen captures beyond row *after*, in the order they were taken in."""
        conditions = ["captures.id > ?"]
        values: list[int | str] = [after]
        if self.layout:
            conditions.append("captures.layout = ?")
            values.append(self.layout)
        if self.since:
            conditions.append("captures.fetched_at >= ?")
            values.append(self.since)
        if self.where:
            conditions.append(f"({self.where})")
        try:
            return archive.connection.execute(
                f"SELECT {columns} FROM captures LEFT JOIN statements ON statements.id ="
                " captures.statement_id LEFT JOIN articles ON articles.id = captures.article_id"
                f" WHERE {' AND '.join(conditions)} ORDER BY captures.id",
                values,
            )
        except sqlite3.Error as error:
            raise UsageError(
                f"--where {self.where!r} is no condition on captures (joined with articles and"
                f" statements): {error}"
            ) from error


class Reextraction:
    """One reading of the archive by today's layouts, and what comes of it."""

    def __init__(self, archive: Archive, selection: Selection):
        self.archive = archive
        self.selection = selection
        self._notes = Notes(
            archive.path / _NOTES,
            {
                "layouts": _fingerprint(),
                "selection": [selection.layout, selection.since, selection.where],
            },
        )

    def count(self) -> int:
        """How many captures there are to read."""
        return self._left(0)

    def read(self, jobs: int, progress: Callable[[int], None] | None = None) -> Receipt:
        """Read the captures, and tell what today's layouts would change."""
        receipt = Receipt()
        self._count(receipt, self._notes.changes())
        after = self._notes.resume()
        receipt.read = self.count() - self._left(after)
        for chunk in read_again(self.archive.path, self._known(after), jobs):
            changes = [one for one in chunk if one.outcome or one.unreadable]
            self._count(receipt, changes)
            receipt.read += len(chunk)
            self._notes.add(chunk[-1].capture_id, changes)
            if progress:
                progress(receipt.read)
        return receipt

    def write(self, progress: Callable[[int], None] | None = None) -> int:
        """Let the archive follow what `read` found; returns how many captures changed."""
        by_article: defaultdict[int, list[int]] = defaultdict(list)
        for capture_id, position in self._notes.by_capture():
            by_article[self._article_of(capture_id)].append(position)
        count = 0
        before, self.archive.batch_size = self.archive.batch_size, 50
        try:
            for _, group in sorted(by_article.items()):
                # In one transaction: half an article would look as if the newspaper had edited it.
                with self.archive.transaction():
                    for position in group:
                        self._write(self._notes.at(position))
                count += len(group)
                if progress:
                    progress(count)
        finally:
            self.archive.batch_size = before
            self.archive.commit()
        self._notes.done()
        return count

    def _write(self, reread: Reread) -> None:
        outcome = reread.outcome
        if outcome is None:  # it cannot be read
            return
        capture = self._capture(reread.capture_id)
        if outcome.article is not None:
            self.archive.reextracted(outcome.article, capture)
            return
        # First it says nothing, whatever it said before; then what it says now.
        self.archive.record(capture, crawl_id=None, outcome=outcome.kind, error=outcome.why)
        intake.take(self.archive, capture, outcome, crawl_id=None)

    def _known(self, after: int) -> Iterator[Known]:
        columns = f"{CAPTURE_COLUMNS}, captures.outcome, captures.error, statements.digest"
        for row in self.selection.rows(self.archive, columns, after).fetchall():
            capture = capture_of(row[:-3])
            whole = None
            if capture.record_type == "revisit":
                whole = original_of(self.archive.connection, capture)
            yield Known(capture, whole, *row[-3:])

    def _left(self, after: int) -> int:
        row: tuple[int] = self.selection.rows(self.archive, "count(*)", after).fetchone()
        return row[0]

    def _count(self, receipt: Receipt, changes: Iterable[Reread]) -> None:
        for one in changes:
            if one.unreadable:
                receipt.unreadable.append(one.unreadable)
            elif one.outcome is not None:
                before, said, article = self._before(one.capture_id)
                receipt.add(one.outcome, before=before, said=said, article=article)

    def _before(self, capture_id: int) -> tuple[str | None, Article | None, str | None]:
        """What the archive holds of a capture: outcome, article, and the key of that article."""
        row: tuple[Any, ...] = self.archive.connection.execute(
            "SELECT captures.outcome, coalesce(statements.article, revisions.article), articles.key"
            " FROM captures LEFT JOIN statements ON statements.id = statement_id"
            " LEFT JOIN revisions ON revisions.id = revision_id"
            " LEFT JOIN articles ON articles.id = captures.article_id WHERE captures.id = ?",
            (capture_id,),
        ).fetchone()
        said = Article.from_dict(json.loads(row[1])) if row[1] and row[0] == "article" else None
        return row[0], said, row[2]

    def _article_of(self, capture_id: int) -> int:
        row = self.archive.connection.execute(
            "SELECT article_id FROM captures WHERE id = ?", (capture_id,)
        ).fetchone()
        return row[0] or 0

    def _capture(self, capture_id: int) -> Capture:
        return capture_of(
            self.archive.connection.execute(
                f"SELECT {CAPTURE_COLUMNS} FROM captures WHERE id = ?", (capture_id,)
            ).fetchone()
        )


def _fingerprint() -> str:
    """A digest of everything that decides what a page means: the sources of the layouts."""
    digest = hashlib.sha256()
    folder = Path(crawler.__file__).parent
    names = ("page", "text", "stamps", "bylines", "site", "verdict", "intake")
    for path in sorted([*(folder / f"{n}.py" for n in names), *folder.glob("layouts/*.py")]):
        digest.update(path.read_bytes())
    return digest.hexdigest()
