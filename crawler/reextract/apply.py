"""Captures → articles again, with today's layouts and without the network.

`Reextraction` reads captures that have a row; `crawler.ingest.crash_recovery` reads the others.
`read` finds where today's layouts give something else than the archive holds, so that it can be
shown before anything changes; `write` lets the archive follow, one article at a time. It is no edit
by the newspaper, and makes no revision.
"""

from __future__ import annotations

import logging
import sqlite3
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass

from archive.archive import Archive
from archive.errors import UsageError
from archive.history.capture_rows import CAPTURE_COLUMNS, capture_of
from archive.models import Capture
from crawler.ingest.apply import apply
from crawler.reextract.compare import CaptureDiff, read_again
from crawler.reextract.report import ChangeReport

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Selection:
    """Which captures are read again."""

    layout: str | None = None
    since: str | None = None
    where: str | None = None
    last: int | None = None
    """The last row to read: those beyond it were read just now."""

    def rows(self, archive: Archive, columns: str) -> sqlite3.Cursor:
        """*columns* of the chosen captures, in the order in which they were stored."""
        conditions = ["1"]
        values: list[int | str] = []
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
    """One reading of the archive by today's layouts, and what comes of it.

    The differences wait in a temporary table of the same connection, so that they can be shown
    before anything changes: a new version of the extractor changes every capture, which is too much
    for memory. An interrupted reading leaves nothing; an interrupted writing, whole articles.
    """

    def __init__(self, archive: Archive, selection: Selection):
        self.archive = archive
        self.selection = selection
        archive.connection.execute(
            "CREATE TEMP TABLE IF NOT EXISTS reread (capture_id INTEGER PRIMARY KEY, diff TEXT)"
        )
        archive.connection.execute("DELETE FROM temp.reread")

    def count(self) -> int:
        """How many captures there are to read."""
        row: tuple[int] = self.selection.rows(self.archive, "count(*)").fetchone()
        return row[0]

    def read(self, jobs: int, progress: Callable[[int], None] | None = None) -> ChangeReport:
        """Read the captures, and tell what today's layouts would change."""
        report = ChangeReport()
        ids = (row[0] for row in self.selection.rows(self.archive, "captures.id").fetchall())
        for chunk in read_again(self.archive.path, ids, self.count(), jobs):
            self.archive.connection.executemany(
                "INSERT INTO temp.reread VALUES (?, ?)",
                ((diff.capture_id, diff.to_json()) for diff in chunk.diffs),
            )
            report.merge(chunk.report)
            report.read += chunk.count
            if progress:
                progress(report.read)
        return report

    def write(self, progress: Callable[[int], None] | None = None) -> int:
        """Let the archive follow what `read` found; returns how many captures changed."""
        by_article: defaultdict[int, list[int]] = defaultdict(list)
        for article_id, capture_id in self.archive.connection.execute(
            "SELECT coalesce(article_id, 0), capture_id FROM temp.reread"
            " JOIN captures ON captures.id = capture_id ORDER BY capture_id"
        ):
            by_article[article_id].append(capture_id)
        count = 0
        before, self.archive.batch_size = self.archive.batch_size, 50
        try:
            for _, group in sorted(by_article.items()):
                self._write_group([self._diff_of(capture_id) for capture_id in group])
                count += len(group)
                if progress:
                    progress(count)
        finally:
            self.archive.batch_size = before
            self.archive.commit()
        return count

    def _write_group(self, diffs: list[CaptureDiff]) -> None:
        """Write what the captures of one article turned out to be.

        A capture that the archive cannot store is recorded as failed; it must not keep the others,
        nor every later run, from being written.
        """
        try:
            # In one transaction: half an article would look as if the newspaper had edited it.
            with self.archive.transaction():
                for diff in diffs:
                    self._write(diff)
            return
        except (OSError, sqlite3.OperationalError):  # the disk, the lock: not the capture
            raise
        except Exception:
            logger.exception("captures of one article are written one by one")
        for diff in diffs:
            try:
                self._write(diff)
            except (OSError, sqlite3.OperationalError):
                raise
            except Exception as error:
                capture = self._capture(diff.capture_id)
                logger.exception("%s cannot be stored", capture.url)
                mistake = f"khobao's own mistake: {error!r}"
                self.archive.record(capture, crawl_id=None, outcome="failed", error=mistake)

    def _write(self, diff: CaptureDiff) -> None:
        outcome = diff.outcome
        if outcome is None:  # it cannot be read
            return
        capture = self._capture(diff.capture_id)
        if outcome.article is not None:
            self.archive.reextracted(outcome.article, capture)
            return
        # First it says nothing, whatever it said before; then what it says now.
        self.archive.record(capture, crawl_id=None, outcome=outcome.kind, error=outcome.why)
        apply(self.archive, capture, outcome, crawl_id=None)

    def _diff_of(self, capture_id: int) -> CaptureDiff:
        row = self.archive.connection.execute(
            "SELECT diff FROM temp.reread WHERE capture_id = ?", (capture_id,)
        ).fetchone()
        return CaptureDiff.from_json(row[0])

    def _capture(self, capture_id: int) -> Capture:
        return capture_of(
            self.archive.connection.execute(
                f"SELECT {CAPTURE_COLUMNS} FROM captures WHERE id = ?", (capture_id,)
            ).fetchone()
        )
