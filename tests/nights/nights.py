"""Nights as they are: khobao crawls a site in trouble, and then one that is well again."""

from __future__ import annotations

import json
import multiprocessing
import os
import resource
import shutil
import sqlite3
import sys
import time
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from multiprocessing.process import BaseProcess
from pathlib import Path

from archive.clock import SHIFT, now
from tests.nights.kinds import Kind
from tests.nights.paper import EvenRoom
from tests.nights.visits import Visit

#: A new interpreter for each of the two crawls of a night would cost more than the crawl.
_FORKS = multiprocessing.get_context("forkserver")
_FORKS.set_forkserver_preload(["archive.cli", "crawler.run.run", "crawler.spiders.recent"])

VIETNAM = timezone(timedelta(hours=7))

#: The nights of the archive's good past.
PAST = (-3, -2, -1)


@dataclass(frozen=True)
class Played:
    """What came of a kind of site."""

    code: int
    says: str
    requests: int
    new: int
    gone: int
    revised: int
    then: int
    missing: int
    stderr: str = ""


class Nights:
    """One newspaper, and an operator who crawls it every night."""

    def __init__(self, past: Path, scratch: Path):
        self.room = EvenRoom()
        self.past = past
        self.scratch = scratch

    def __enter__(self) -> Nights:
        self.room.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.room.stop()

    def prepare(self) -> None:
        """Make the archive of the good past."""
        for day in PAST:
            self.room.set_day(day)
            code, _, _ = self._crawl(self.past, day)
            assert code == 0, (self.past.parent / "output").read_text()

    def play(self, kind: Kind) -> Played:
        """The night of *kind*, and the one after."""
        archive = self.scratch / "archive"
        shutil.rmtree(archive, ignore_errors=True)
        shutil.copytree(self.past, archive)
        night = kind.day
        self.room.paper.quiet = frozenset({night, night + kind.stays} if kind.quiet else ())
        code, reason, stderr = self._night(archive, night, kind)
        requests = len(self.room.requests)
        new = len(self._keys(archive) & self._published(night))
        then, _, _ = self._night(archive, night + 1, kind if kind.stays else None)
        with closing(sqlite3.connect(archive / "archive.db")) as database:
            [(gone,)] = database.execute("SELECT count(gone_at) FROM articles")
            [(revised,)] = database.execute("SELECT count(*) FROM revisions WHERE number > 1")
        published = {place.key for place in self.room.paper.edition(night + 1).places()}
        missing = len(published - self._keys(archive))
        return Played(code, reason, requests, new, gone, revised, then, missing, stderr)

    def _night(self, archive: Path, day: int, kind: Kind | None) -> tuple[int, str, str]:
        self.room.set_day(day)
        self.room.patience = kind.patience if kind else 0.0
        self.room.requests.clear()
        if kind and kind.play:
            room = self.room.responder
            self.room.play = lambda host, target, answer: kind.play(
                Visit(room, host, target, answer)
            )
        return self._crawl(archive, day)

    def _crawl(self, archive: Path, day: int) -> tuple[int, str, str]:
        ended = start(archive, self.room, day).result()
        return ended.code, ended.reason, ended.stderr

    def _published(self, day: int) -> set[str]:
        edition = self.room.paper.edition(day)
        return {place.key for place in edition.places() if place.day == day}

    def _keys(self, archive: Path) -> set[str]:
        with closing(sqlite3.connect(archive / "archive.db")) as database:
            return {key for (key,) in database.execute("SELECT key FROM articles")}


@dataclass(frozen=True)
class Ended:
    """A crawl that is over."""

    code: int
    reason: str
    stderr: str
    cpu: float
    """Seconds; 0 if it was killed."""
    memory: int
    """The most that it held, in bytes; 0 if it was killed."""


@dataclass(frozen=True)
class Crawl:
    """A crawl in a process of its own."""

    process: BaseProcess
    output: Path

    def result(self) -> Ended:
        """Wait for its end."""
        self.process.join()
        said, stderr, cost = (
            path.read_text(encoding="utf-8") if path.exists() else ""
            for path in (self.output, *_beside(self.output))
        )
        reason = json.loads(said)["reason"] if said.startswith("{") else said
        cpu, memory = json.loads(cost or "[0, 0]")
        return Ended(self.process.exitcode or 0, reason, stderr, cpu, memory)


def start(
    archive: Path,
    room: EvenRoom,
    day: int,
    *arguments: str,
    base_url: str | None = None,
    ahead: timedelta = timedelta(0),
    largest_file: int | None = None,
) -> Crawl:
    """Begin the crawl of *day*; *ahead* is what the machine's clock is wrong by."""
    visit = room.paper.edition(day).clock.replace(tzinfo=VIETNAM)
    shift = visit + timedelta(minutes=10) - datetime.fromisoformat(now()) + ahead
    output = archive.parent / "output"
    for path in (output, *_beside(output)):
        path.unlink(missing_ok=True)
    typed = ["crawl", "-a", str(archive), "--base-url", base_url or room.base_url]
    typed += ["--format", "json", "--delay", "0", "--timeout", "1", *arguments]
    process = _FORKS.Process(
        target=_khobao, args=(typed, str(shift.total_seconds()), output, largest_file)
    )
    process.start()
    return Crawl(process, output)


def _beside(output: Path) -> tuple[Path, Path]:
    return output.with_name(output.name + ".err"), output.with_name(output.name + ".cost")


def _khobao(arguments: list[str], shift: str, output: Path, largest_file: int | None) -> None:
    """The command line, its output in *output* and ``….err``, its cost in ``….cost``."""
    from archive.cli import main

    os.environ[SHIFT] = shift
    stderr, cost = _beside(output)
    for number, path in ((1, output), (2, stderr)):
        os.dup2(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644), number)
    if largest_file is not None:  # which the kernel refuses as it does a full disk
        resource.setrlimit(resource.RLIMIT_FSIZE, (largest_file, largest_file))
    sys.argv = ["khobao", *arguments]
    before = time.process_time()
    try:
        main()
    finally:
        most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
        cost.write_text(json.dumps([time.process_time() - before, most]))
