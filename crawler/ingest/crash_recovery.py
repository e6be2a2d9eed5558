"""Crash recovery: writes the rows of captures that have none.

These are the last captures of a killed crawl or, after ``archive.db`` was deleted, all of them. Of
so many, other processes read and classify the records, while this one writes the rows.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path

from archive.archive import Archive
from archive.clock import now
from archive.errors import CorruptCapture
from archive.frontier import Frontier
from archive.history.judge import Judged
from archive.models import Capture
from archive.recovery.pending import PendingRecord, pending_files
from archive.recovery.repair import repair
from archive.warc import reader
from crawler.ingest.apply import apply
from crawler.ingest.classify import Outcome, classify
from crawler.ingest.papers import papers_of
from crawler.ingest.pool import map_in_processes
from crawler.site.paper import Paper
from crawler.site.urls import paper_of, read_address

#: Captures that share a transaction.
BATCH = 200
#: Captures that a process classifies in one go.
_SHARE = 16
#: Bytes of WARC for which another process is worth starting: some 200 pages.
_WORTH_A_PROCESS = 3_000_000

logger = logging.getLogger(__name__)


def _log(error: CorruptCapture) -> None:
    logger.error("%s; khobao verify says more", error)


def ingest_pending(
    archive: Archive,
    progress: Callable[[int], None] | None = None,
    damaged: Callable[[CorruptCapture], None] = _log,
    jobs: int = 1,
) -> int:
    """Write the rows of every capture that has none; returns how many there were.

    A run is judged after its last capture. *damaged* is called for each damaged place in a WARC
    file; the captures after it are still found. *jobs* processes share the reading.
    """
    count = 0
    frontier = Frontier(archive)
    papers = papers_of(archive.path)
    # The links on their articles are not saved here: the next backfill fetches them again.
    killed_backfills = {
        row[0]
        for row in archive.connection.execute(
            "SELECT id FROM crawls WHERE command = 'backfill' AND exit_code IS NULL"
        )
    }
    size = sum(path.stat().st_size for path in pending_files(archive.connection, archive.path))
    before, archive.batch_size = archive.batch_size, BATCH
    holding, archive.holding = archive.holding, True

    def ask_again(judged: Judged) -> None:
        frontier.doubt(judged.doubtful, judged.ended_at)

    try:
        ahead = _Classifying(archive.path, papers, min(jobs - 1, size // _WORTH_A_PROCESS))
        for record in archive.pending_records(damaged, ahead.ahead, ask_again):
            outcome = ahead.outcome(record)
            applied = apply(archive, record.capture, outcome, papers, crawl_id=record.crawl_id)
            if applied.article_id is not None and record.crawl_id not in killed_backfills:
                _note_fetched(frontier, papers, record, applied.article_id)
            count += 1
            if progress:
                progress(count)
    finally:
        archive.batch_size, archive.holding = before, holding
        archive.commit()
    return count


def rebuild(archive: Archive) -> int:
    """Write the rows of every capture of an archive with an empty database; returns how many.

    `khobao verify --repair` finds it as the entry point ``khobao.rebuild``. Call it under the lock.
    """
    for loss in repair(archive, now()):
        logger.warning("%s", loss)
    count = ingest_pending(archive, jobs=os.cpu_count() or 1)
    archive.rejudge_nights()
    Frontier(archive).look_again_for_missing(now())
    return count


def _note_fetched(
    frontier: Frontier, papers: tuple[Paper, ...], record: PendingRecord, article_id: int
) -> None:
    """Tell the frontier of an article, or the next crawl would ask the site for it once more.

    Lists are fetched again: the links on them are not saved here.
    """
    capture, stored = record.capture, record.stored
    if capture.origin == "live":
        frontier.fetched(
            read_address(capture.url, paper_of(capture.url, papers) or papers[0]).canonical,
            at=capture.fetched_at,
            status=capture.status,
            state="done",
            article_id=article_id,
            etag=stored.header("ETag"),
            last_modified=stored.header("Last-Modified"),
            payload_digest=capture.payload_digest,
        )


class _Classifying:
    """Classifies captures ahead of the writer, in processes of their own."""

    def __init__(self, folder: Path, papers: tuple[Paper, ...], workers: int):
        """*workers* processes beside this one, which writes the rows; none if it is below 1."""
        self._folder = folder
        self._papers = papers
        self._workers = workers
        self._waiting: dict[Capture, PendingRecord] = {}
        self._outcomes: dict[Capture, Outcome | None] = {}

    def ahead(self, found: Iterator[PendingRecord]) -> Iterator[PendingRecord]:
        """Yield the captures once they are classified."""
        if self._workers < 1:
            yield from found
            return
        count = max(2, self._workers)  # this process is busy with the rows
        shares = self._shares(found)
        for outcomes in map_in_processes(count, classifier, (self._folder,), shares):
            for capture, outcome in zip(list(self._waiting), outcomes, strict=False):
                self._outcomes[capture] = outcome
                yield self._waiting.pop(capture)

    def outcome(self, record: PendingRecord) -> Outcome:
        """The outcome of the capture that is written next."""
        known = self._outcomes.pop(record.capture, None)
        return known or classify(record.capture, record.stored, self._papers)

    def _shares(self, found: Iterator[PendingRecord]) -> Iterator[list[Capture]]:
        while share := list(islice(found, _SHARE)):
            self._waiting |= {one.capture: one for one in share}
            yield [one.capture for one in share]


def classifier(folder: Path) -> Callable[[list[Capture]], list[Outcome | None]]:
    """The work of each additional process."""
    papers = papers_of(folder)

    def classify_all(share: list[Capture]) -> list[Outcome | None]:
        return [_read_and_classify(folder, papers, capture) for capture in share]

    return classify_all


def _read_and_classify(folder: Path, papers: tuple[Paper, ...], capture: Capture) -> Outcome | None:
    """Classify *capture*; None for revisits (they need earlier rows)."""
    if capture.record_type == "revisit":
        return None
    try:
        return classify(capture, reader.read(folder, capture), papers)
    except CorruptCapture:
        return None
