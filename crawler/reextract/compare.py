"""Classifies captures again and compares the outcomes with the rows of the archive.

Each process does all the work for its share of the captures: it reads rows and records, extracts
and compares. It returns the differences only, so little passes between the processes.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from archive.database.records import extraction_digest
from archive.errors import CorruptCapture
from archive.history.capture_rows import CAPTURE_COLUMNS, capture_of, original_of
from archive.models import Article, Capture
from archive.warc import reader
from crawler.ingest.classify import Outcome, classify
from crawler.ingest.papers import papers_of
from crawler.ingest.pool import map_in_processes
from crawler.reextract.report import ChangeReport, describe

#: How many captures are compared in one task: 60 ms of work at most. Tasks become smaller towards
#: the end of the work, so that all processes finish at nearly the same time.
MOST, LEAST = 32, 4
#: Starting a process takes as long as comparing this many captures.
WORTH_A_PROCESS = 200


@dataclass(frozen=True, slots=True)
class CaptureDiff:
    """A capture whose outcome is not the one in the archive."""

    capture_id: int
    outcome: Outcome | None = None
    """The outcome today; None if the capture cannot be read."""
    unreadable: str | None = None
    """Why it cannot be read."""


@dataclass(slots=True)
class Chunk:
    """The result of comparing some captures."""

    count: int
    diffs: list[CaptureDiff] = field(default_factory=list)
    report: ChangeReport = field(default_factory=ChangeReport)


class _Stored(NamedTuple):
    """What the archive holds about a capture."""

    outcome: str | None
    error: str | None
    named: int | None
    """How many articles it names, if it is a list."""
    digest: str | None
    """The digest of what its page says, if it shows an article."""
    record: str | None
    """What its page says, as JSON."""
    key: str | None
    """The key of the article it belongs to."""

    @property
    def article(self) -> Article | None:
        """What its page says, if it counts as an article."""
        if self.record is None or self.outcome != "article":
            return None
        return Article.from_dict(json.loads(self.record))

    def is_same(self, outcome: Outcome) -> bool:
        """Whether *outcome* says the same."""
        if outcome.article is None:
            now = (outcome.kind, outcome.why, outcome.named)
            return self.digest is None and now == (self.outcome, self.error, self.named)
        # Digest and record, so that a row that was changed by hand is corrected.
        return (
            self.record is not None
            and extraction_digest(outcome.article) == self.digest
            and Article.from_dict(json.loads(self.record)) == outcome.article
        )


class Comparer:
    """Compares captures of one archive."""

    def __init__(self, folder: Path, connection: sqlite3.Connection):
        self._folder = folder
        self._papers = papers_of(folder)
        self._connection = connection

    def compare(self, ids: list[int]) -> Chunk:
        """Compare the captures with these ids."""
        chunk = Chunk(len(ids))
        rows = self._connection.execute(
            f"SELECT {CAPTURE_COLUMNS}, captures.outcome, captures.error, captures.named,"
            " statements.digest, statements.article, articles.key"
            " FROM captures LEFT JOIN statements ON statements.id = captures.statement_id"
            " LEFT JOIN articles ON articles.id = captures.article_id"
            " WHERE captures.id IN (SELECT value FROM json_each(?)) ORDER BY captures.id",
            (json.dumps(ids),),
        ).fetchall()
        count = len(_Stored._fields)
        for row in rows:
            stored = _Stored(*row[-count:])
            diff = self._compare(capture_of(row[:-count]), stored)
            if diff is None:
                continue
            chunk.diffs.append(diff)
            if diff.outcome is None:
                chunk.report.unreadable.append(diff.unreadable or "")
            else:
                before = describe(stored.outcome, stored.error, stored.named)
                chunk.report.add(diff.outcome, before, stored.article, stored.key)
        return chunk

    def _compare(self, capture: Capture, stored: _Stored) -> CaptureDiff | None:
        assert capture.id is not None
        try:
            response = reader.read(self._folder, capture, original=self._original)
            outcome = classify(capture, response, self._papers)
        except CorruptCapture as error:
            return CaptureDiff(capture.id, unreadable=str(error))
        except Exception as error:  # noqa: BLE001 - one capture must not keep the others from being read
            place = f"{capture.warc_file} at {capture.warc_offset}"
            return CaptureDiff(capture.id, unreadable=f"{place}: khobao's own mistake: {error!r}")
        return None if stored.is_same(outcome) else CaptureDiff(capture.id, outcome)

    def _original(self, revisit: Capture) -> Capture | None:
        return original_of(self._connection, revisit)


def comparer(folder: Path) -> Callable[[list[int]], Chunk]:
    """The work of each process, which has a connection of its own."""
    database = (folder / "archive.db").absolute()
    return Comparer(folder, sqlite3.connect(f"{database.as_uri()}?mode=ro", uri=True)).compare


def compare_all(folder: Path, ids: Iterable[int], count: int, jobs: int) -> Iterator[Chunk]:
    """Compare the *count* captures with these *ids* in up to *jobs* processes; in their order."""
    processes = max(1, min(jobs, count // WORTH_A_PROCESS))
    yield from map_in_processes(processes, comparer, (folder,), _shares(ids, count, processes))


def _shares(ids: Iterable[int], count: int, processes: int) -> Iterator[list[int]]:
    left = iter(ids)
    while share := list(islice(left, max(LEAST, min(MOST, count // (8 * processes))))):
        yield share
        count -= len(share)
