"""Captures → articles again, with today's layouts and without the network.

`Reextraction` reads what has its row again (`crawler.ingest.pending` what has none), in two steps.
`read` finds what today's layouts make of each capture and keeps that beside the archive, so that it
can be shown before anything changes, and so that a run which is interrupted is gone on with;
`write` lets the archive follow, one article at a time. It is no edit by the newspaper, and makes no
revision.
"""

from __future__ import annotations

import hashlib
import logging
import sqlite3
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import crawler
from archive.archive import Archive
from archive.errors import UsageError
from archive.history.capture_rows import CAPTURE_COLUMNS, capture_of
from archive.models import Capture
from crawler.ingest.apply import apply
from crawler.reextract.compare import Reader, Reread, read_again
from crawler.reextract.notes import Notes
from crawler.reextract.report import Receipt

_NOTES = "reextract.jsonl"

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Selection:
    """Which captures are read again."""

    layout: str | None = None
    since: str | None = None
    where: str | None = None
    last: int | None = None
    """The last row to read: those beyond it were read just now."""

    def rows(self, archive: Archive, columns: str, after: int = 0) -> sqlite3.Cursor:
        """*columns* of the chosen captures beyond row *after*, in the order they were taken in."""
        conditions = ["captures.id > ?"]
        values: list[int | str] = [after]
        if self.last is not None:
            conditions.append("captures.id <= ?")
            values.append(self.last)
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
                f"--where {self.where!r} is not a condition on captures (joined with articles and"
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
        reader = Reader(self.archive.path, self.archive.connection)
        receipt = Receipt()
        for found in self._notes.changes():
            reader.count(receipt, found)
        after = self._notes.resume()
        left = self._left(after)
        receipt.read = self.count() - left
        ids = (row[0] for row in self.selection.rows(self.archive, "captures.id", after))
        for chunk in read_again(self.archive.path, reader, ids, left, jobs):
            self._notes.add(chunk.last, chunk.changes)
            receipt.merge(chunk.receipt)
            receipt.read += chunk.count
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
                self._write_group(group)
                count += len(group)
                if progress:
                    progress(count)
        finally:
            self.archive.batch_size = before
            self.archive.commit()
        self._notes.done()
        return count

    def _write_group(self, group: list[int]) -> None:
        """Write what the captures of one article turned out to be.

        A capture that the archive cannot take in is recorded as failed; it must not keep the
        others, nor every later run, from being written.
        """
        try:
            # In one transaction: half an article would look as if the newspaper had edited it.
            with self.archive.transaction():
                for position in group:
                    self._write(self._notes.at(position))
            return
        except (OSError, sqlite3.OperationalError):  # the disk, the lock: not the capture
            raise
        except Exception:
            logger.exception("captures of one article are written one by one")
        for position in group:
            reread = self._notes.at(position)
            try:
                self._write(reread)
            except (OSError, sqlite3.OperationalError):
                raise
            except Exception as error:
                capture = self._capture(reread.capture_id)
                logger.exception("%s cannot be taken in", capture.url)
                mistake = f"khobao's own mistake: {error!r}"
                self.archive.record(capture, crawl_id=None, outcome="failed", error=mistake)

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
        apply(self.archive, capture, outcome, crawl_id=None)

    def _left(self, after: int) -> int:
        row: tuple[int] = self.selection.rows(self.archive, "count(*)", after).fetchone()
        return row[0]

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
    """A digest of everything that decides what a page means: the sources of the extraction."""
    digest = hashlib.sha256()
    folder = Path(crawler.__file__).parent
    sources = [*folder.glob("extract/**/*.py"), *folder.glob("site/*.py")]
    for path in sorted([*sources, folder / "ingest" / "classify.py"]):
        digest.update(path.read_bytes())
    return digest.hexdigest()
