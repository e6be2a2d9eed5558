"""Nights as they are: khobao crawls a site in trouble, and then one that is well again."""

from __future__ import annotations

import json
import multiprocessing
import os
import shutil
import sqlite3
import sys
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
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
        visit = self.room.paper.edition(day).clock.replace(tzinfo=VIETNAM)
        ahead = visit + timedelta(minutes=10) - datetime.fromisoformat(now())
        output = archive.parent / "output"
        typed = ["crawl", "-a", str(archive), "--base-url", self.room.base_url]
        typed += ["--format", "json", "--delay", "0", "--timeout", "1"]
        process = _FORKS.Process(target=_khobao, args=(typed, str(ahead.total_seconds()), output))
        process.start()
        process.join()
        code = process.exitcode
        said = output.read_text(encoding="utf-8")
        stderr = output.with_name("output.err").read_text(encoding="utf-8")
        reason = json.loads(said)["reason"] if said.startswith("{") else said
        return code, reason, stderr

    def _published(self, day: int) -> set[str]:
        edition = self.room.paper.edition(day)
        return {place.key for place in edition.places() if place.day == day}

    def _keys(self, archive: Path) -> set[str]:
        with closing(sqlite3.connect(archive / "archive.db")) as database:
            return {key for (key,) in database.execute("SELECT key FROM articles")}


def _khobao(arguments: list[str], shift: str, output: Path) -> None:
    """The command line, its output in *output* and ``….err``."""
    from archive.cli import main

    os.environ[SHIFT] = shift
    for number, path in ((1, output), (2, output.with_name(output.name + ".err"))):
        os.dup2(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644), number)
    sys.argv = ["khobao", *arguments]
    main()
