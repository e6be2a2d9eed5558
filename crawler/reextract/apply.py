"""Re-extracts captures: reads them again with today's layouts, without the network.

`Reextraction` works on the captures that have a row (`crawler.ingest.crash_recovery` on those that
have none), in two steps. `read` finds the captures whose outcome is another today, so that the
changes can be shown first; `write` changes the archive, one article at a time. A re-extraction is
not an edit by the newspaper and makes no revision.
"""

from __future__ import annotations

import logging
import pickle
import sqlite3
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass

from archive.archive import Archive
from archive.errors import UsageError
from archive.history.capture_rows import CAPTURE_COLUMNS, capture_of
from archive.models import Capture
from crawler.ingest.apply import apply
from crawler.ingest.papers import papers_of
from crawler.reextract.compare import CaptureDiff, compare_all
from crawler.reextract.report import ChangeReport

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Selection:
    """Which captures are re-extracted."""

    layout: str | None = None
    since: str | None = None
    where: str | None = None
    last: int | None = None
    """The last row to read: later rows were written a moment ago by today's layouts."""

    def rows(self, archive: Archive, columns: str) -> sqlite3.Cursor:
        """*columns* of the selected captures, in the order in which they were stored."""
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
    """One re-extraction of an archive.

    `read` keeps the differences in a temporary table: a new version of the extractor changes every
    capture, which is too much for memory. If `read` is interrupted, nothing is changed; if `write`
    is, every article is either changed or not.
    """

    def __init__(self, archive: Archive, selection: Selection):
        self.archive = archive
        self.papers = papers_of(archive.path)
        self.selection = selection
        archive.connection.execute(
            "CREATE TEMP TABLE IF NOT EXISTS diffs (capture_id INTEGER PRIMARY KEY, diff BLOB)"
        )
        archive.connection.execute("DELETE FROM temp.diffs")

    def count(self) -> int:
        """How many captures there are to read."""
        row: tuple[int] = self.selection.rows(self.archive, "count(*)").fetchone()
        return row[0]

    def read(self, jobs: int, progress: Callable[[int], None] | None = None) -> ChangeReport:
        """Read the captures and report what would change."""
        report = ChangeReport()
        ids = (row[0] for row in self.selection.rows(self.archive, "captures.id").fetchall())
        for chunk in compare_all(self.archive.path, ids, self.count(), jobs):
            self.archive.connection.executemany(
                "INSERT INTO temp.diffs VALUES (?, ?)",
                ((diff.capture_id, pickle.dumps(diff)) for diff in chunk.diffs),
            )
            report.merge(chunk.report)
            report.read += chunk.count
            if progress:
                progress(report.read)
        return report

    def write(self, progress: Callable[[int], None] | None = None) -> int:
        """Write the differences that `read` found; returns how many captures changed."""
        by_article: defaultdict[int, list[int]] = defaultdict(list)
        for article_id, capture_id in self.archive.connection.execute(
            "SELECT coalesce(article_id, 0), capture_id FROM temp.diffs"
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
        """Write the differences of one article.

        A capture that the archive cannot store is recorded as failed; it must not prevent the
        others, or every later run, from being written.
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
        # The first call removes what the capture said before, the second writes what it says now.
        self.archive.record(capture, crawl_id=None, outcome=outcome.kind, error=outcome.why)
        apply(self.archive, capture, outcome, self.papers, crawl_id=None)

    def _diff_of(self, capture_id: int) -> CaptureDiff:
        row = self.archive.connection.execute(
            "SELECT diff FROM temp.diffs WHERE capture_id = ?", (capture_id,)
        ).fetchone()
        diff: CaptureDiff = pickle.loads(row[0])
        return diff

    def _capture(self, capture_id: int) -> Capture:
        return capture_of(
            self.archive.connection.execute(
                f"SELECT {CAPTURE_COLUMNS} FROM captures WHERE id = ?", (capture_id,)
            ).fetchone()
        )
