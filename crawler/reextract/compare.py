"""Captures read again, and compared with what the archive holds of them.

Every process does all of it for its share of the captures: finds the rows, reads the record,
extracts, compares. What it tells is small, nothing at all where a page says what it said before.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, fields
from itertools import islice
from pathlib import Path
from typing import Any

from archive.errors import CorruptCapture
from archive.history.capture_rows import CAPTURE_COLUMNS, capture_of, original_of
from archive.history.records import extraction_digest
from archive.models import Article, Capture
from archive.warc import reader as captures
from crawler.ingest.classify import Outcome, classify
from crawler.ingest.pool import map_in_processes
from crawler.reextract.report import ChangeReport

#: Captures that are read in one go: 60 ms of work at most, and less towards the end of the work, so
#: that no process has much left to do when the others are done.
MOST, LEAST = 32, 4
#: Captures for which another process is worth starting: it takes the time of so many.
WORTH_A_PROCESS = 200


@dataclass(frozen=True, slots=True)
class CaptureDiff:
    """What a capture turned out to be this time, if that is not what it was before."""

    capture_id: int
    outcome: Outcome | None = None
    """None: it cannot be read."""
    unreadable: str | None = None

    def to_json(self) -> str:
        """The difference as JSON, which `from_json` reads."""
        outcome = None
        if self.outcome is not None:
            outcome = {f.name: getattr(self.outcome, f.name) for f in fields(self.outcome)}
            article = self.outcome.article
            outcome["article"] = article.to_dict() if article else None
        line = {"id": self.capture_id, "outcome": outcome, "unreadable": self.unreadable}
        return json.dumps(line, ensure_ascii=False)

    @classmethod
    def from_json(cls, line: str) -> CaptureDiff:
        """What `to_json` wrote."""
        said: dict[str, Any] = json.loads(line)
        outcome = said["outcome"]
        if outcome is not None:
            article = outcome.pop("article")
            outcome = Outcome(**outcome, article=Article.from_dict(article) if article else None)
        return cls(said["id"], outcome, said["unreadable"])


@dataclass(slots=True)
class Chunk:
    """Some captures that were read again."""

    count: int
    diffs: list[CaptureDiff] = field(default_factory=list)
    report: ChangeReport = field(default_factory=ChangeReport)


class Reader:
    """Reads captures of one archive again."""

    def __init__(self, folder: Path, connection: sqlite3.Connection):
        self._folder = folder
        self._connection = connection

    def read(self, ids: list[int]) -> Chunk:
        """Read the captures of these rows."""
        chunk = Chunk(len(ids))
        rows = self._connection.execute(
            f"SELECT {CAPTURE_COLUMNS}, captures.outcome, captures.error, captures.named,"
            " statements.digest, statements.article"
            " FROM captures LEFT JOIN statements ON statements.id = captures.statement_id"
            " WHERE captures.id IN (SELECT value FROM json_each(?)) ORDER BY captures.id",
            (json.dumps(ids),),
        ).fetchall()
        for row in rows:
            found = self._read(capture_of(row[:-5]), *row[-5:])
            if found is not None:
                chunk.diffs.append(found)
                self._count(chunk.report, found)
        return chunk

    def _count(self, report: ChangeReport, found: CaptureDiff) -> None:
        """Count *found* in *report*."""
        if found.unreadable:
            report.unreadable.append(found.unreadable)
        elif found.outcome is not None:
            before, said, article = self._before(found.capture_id)
            report.add(found.outcome, before=before, said=said, article=article)

    def _read(
        self,
        capture: Capture,
        before: str | None,
        why: str | None,
        named: int | None,
        digest: str | None,
        record: str | None,
    ) -> CaptureDiff | None:
        """What *capture* is now; None if it is what it was *before*."""
        assert capture.id is not None
        try:
            stored = captures.read(self._folder, capture, original=self._original)
            outcome = classify(capture, stored)
        except CorruptCapture as error:
            return CaptureDiff(capture.id, unreadable=str(error))
        except Exception as error:  # noqa: BLE001 - one capture must not keep the others from being read
            place = f"{capture.warc_file} at {capture.warc_offset}"
            return CaptureDiff(capture.id, unreadable=f"{place}: khobao's own mistake: {error!r}")
        if outcome.article is not None:
            # Both, so that a row that was changed by hand is put right.
            same = record is not None and (
                extraction_digest(outcome.article) == digest
                and Article.from_dict(json.loads(record)) == outcome.article
            )
        else:
            now = (outcome.kind, outcome.why, outcome.named)
            same = digest is None and (before, why, named) == now
        return None if same else CaptureDiff(capture.id, outcome)

    def _original(self, revisit: Capture) -> Capture | None:
        return original_of(self._connection, revisit)

    def _before(self, capture_id: int) -> tuple[str | None, Article | None, str | None]:
        """What the archive holds of a capture: outcome, article, and the key of that article."""
        row: tuple[Any, ...] = self._connection.execute(
            "SELECT captures.outcome, statements.article, articles.key"
            " FROM captures LEFT JOIN statements ON statements.id = statement_id"
            " LEFT JOIN articles ON articles.id = captures.article_id WHERE captures.id = ?",
            (capture_id,),
        ).fetchone()
        said = Article.from_dict(json.loads(row[1])) if row[1] and row[0] == "article" else None
        return row[0], said, row[2]


def reading(folder: Path) -> Callable[[list[int]], Chunk]:
    """What a process beside the first does: it reads, with a connection of its own."""
    database = (folder / "archive.db").absolute()
    return Reader(folder, sqlite3.connect(f"{database.as_uri()}?mode=ro", uri=True)).read


def read_again(folder: Path, ids: Iterable[int], count: int, jobs: int) -> Iterator[Chunk]:
    """Read the captures *ids*, of which there are *count*, in *jobs* processes; in their order."""
    processes = max(1, min(jobs, count // WORTH_A_PROCESS))
    yield from map_in_processes(processes, reading, (folder,), _shares(ids, count, processes))


def _shares(ids: Iterable[int], count: int, processes: int) -> Iterator[list[int]]:
    left = iter(ids)
    while share := list(islice(left, max(LEAST, min(MOST, count // (8 * processes))))):
        yield share
        count -= len(share)
