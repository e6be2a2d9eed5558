"""Captures read again, by as many processes as there are cores, in the order they were asked for.

A reading is a function of bytes on disk, so processes share nothing but the archive's files; what
they send back is small: nothing at all where a page says what it said before.
"""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass, fields
from itertools import islice
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from archive import captures
from archive.errors import CorruptCapture
from archive.models import Article, Capture
from archive.revisions import statement_digest
from crawler.intake import Outcome, judge

#: Captures handed to a process at a time: some 50 ms of work, against 1 ms of handing over.
CHUNK = 32


@dataclass(frozen=True, slots=True)
class Known:
    """A capture with its row, and what the archive holds of it."""

    capture: Capture
    original: Capture | None
    """The capture with the payload, if this one is a revisit."""
    outcome: str | None
    why: str | None
    digest: str | None
    """The statement's."""


@dataclass(frozen=True, slots=True)
class Reread:
    """What a capture turned out to be this time."""

    capture_id: int
    outcome: Outcome | None = None
    """None: what it was before."""
    unreadable: str | None = None

    def to_json(self) -> str:
        """One line, which `from_json` reads."""
        outcome = None
        if self.outcome is not None:
            outcome = {f.name: getattr(self.outcome, f.name) for f in fields(self.outcome)}
            article = self.outcome.article
            outcome["article"] = article.to_dict() if article else None
        line = {"id": self.capture_id, "outcome": outcome, "unreadable": self.unreadable}
        return json.dumps(line, ensure_ascii=False)

    @classmethod
    def from_json(cls, line: str) -> Reread:
        """What `to_json` wrote."""
        said: dict[str, Any] = json.loads(line)
        outcome = said["outcome"]
        if outcome is not None:
            article = outcome.pop("article")
            outcome = Outcome(**outcome, article=Article.from_dict(article) if article else None)
        return cls(said["id"], outcome, said["unreadable"])


def read_again(folder: Path, known: Iterable[Known], jobs: int) -> Iterator[list[Reread]]:
    """Read *known* captures of the archive in *folder* in *jobs* processes; chunk by chunk."""
    waiting = iter(known)
    chunks = iter(lambda: list(islice(waiting, CHUNK)), [])
    if jobs <= 1:
        for chunk in chunks:
            yield _read(folder, chunk)
        return
    # Not forked: this process holds an open database, and SQLite forbids to carry one over.
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as pool:
        running: deque[Future[list[Reread]]] = deque()
        try:
            for chunk in chunks:
                running.append(pool.submit(_read, folder, chunk))
                if len(running) >= 4 * jobs:
                    yield running.popleft().result()
            while running:
                yield running.popleft().result()
        finally:
            for future in running:
                future.cancel()


def _read(folder: Path, chunk: list[Known]) -> list[Reread]:
    return [_read_one(folder, one) for one in chunk]


def _read_one(folder: Path, known: Known) -> Reread:
    capture = known.capture
    assert capture.id is not None
    try:
        stored = captures.read(folder, capture, original=lambda _: known.original)
    except CorruptCapture as error:
        return Reread(capture.id, unreadable=str(error))
    outcome = judge(capture, stored)
    if outcome.article is not None:
        same = known.digest is not None and statement_digest(outcome.article) == known.digest
    else:
        same = known.digest is None and (known.outcome, known.why) == (outcome.kind, outcome.why)
    return Reread(capture.id, None if same else outcome)
