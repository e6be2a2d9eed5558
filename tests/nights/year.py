"""Crawl a year of nights, and hold the archive against the newspaper's own history.

    python -m tests.nights.year [--short] [--keep FOLDER]

prints each night as it passes, then the tables of docs/operating.md and docs/benchmarks.md; exit
code 1 if anything is not as it should be.
"""

from __future__ import annotations

import json
import os
import sqlite3
import sys
import tempfile
import time
from collections.abc import Iterator, Set
from contextlib import closing, nullcontext
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from statistics import median
from typing import Any

from archive.models import Article
from archive.verify.verify import verify
from crawler.ingest.classify import read_article
from newsroom import Reply
from tests.nights.certificate import expired
from tests.nights.happenings import Calendar, Happening, short, whole
from tests.nights.nights import Ended, start
from tests.nights.paper import SUNDAY
from tests.nights.visits import Visit
from tests.nights.year_paper import YearRoom

#: Fields that say how a page was read, not what it says.
READING = frozenset(("layout", "extractor_version", "rules", "flags"))

AS_EVER = Happening("", (0,))


@dataclass(frozen=True)
class Night:
    """What came of one night."""

    night: int
    happening: str
    """Empty: as ever."""
    expected: str
    rung: str
    """Exit code and alarms opened."""
    published: int
    requests: int
    ended: Ended

    def says(self) -> str:
        """One line."""
        sign = "" if self.expected == self.rung else f"  EXPECTED {self.expected}"
        return (
            f"{self.night:>3} {self.happening or '-':28} {self.rung:34} {self.requests:>4} requests"
            f" {self.ended.cpu:.2f} s{sign}" + (f"\n    {self.ended.reason}" if sign else "")
        )


@dataclass
class Year:
    """One newspaper, one archive, every night of a calendar."""

    calendar: Calendar
    folder: Path
    nights: list[Night] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.archive = self.folder / "archive"
        self.room = YearRoom(self.calendar.plan())

    def __enter__(self) -> Year:
        self.room.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.room.stop()

    def play(self) -> Iterator[Night]:
        """Every night in turn, the first of which begins the archive."""
        for night in range(self.calendar.nights + 1):
            happening, turn = self.calendar.tonight(night)
            self.nights.append(self._night(night, happening or AS_EVER, turn))
            yield self.nights[-1]

    def recrawl(self) -> tuple[int, Ended]:
        """Everything again on the evening of the last night: requests, and how it ended."""
        self._answer(self.calendar.nights, AS_EVER)
        self.room.requests.clear()
        ended = start(
            self.archive, self.room, self.calendar.nights, "--full", ahead=timedelta(minutes=30)
        ).result()
        return len(self.room.requests), ended

    def _night(self, night: int, happening: Happening, turn: int) -> Night:
        self._answer(night, happening)
        before = [one.requests for one in self.nights if one.ended.code == 0]
        self.room.requests.clear()
        opened = self._alarms()
        site = expired(self.folder) if happening.expired else nullcontext((None, None))
        with site as (base_url, asked):
            crawl = start(
                self.archive,
                self.room,
                night,
                *(("--create",) if night == 0 else ()),
                base_url=base_url,
                ahead=happening.ahead,
                largest_file=happening.largest_file,
            )
            if happening.kill is not None:
                self._kill(crawl.process, int(happening.kill * before[-1]))
            ended = crawl.result()
        assert not asked, "something was sent to a site whose certificate ran out"
        rung = self._alarms() - opened
        code = happening.codes[turn]
        lasting = not happening.name and self.calendar.may_last(night) and ended.code == 4
        return Night(
            night,
            happening.name or ("an alarm lasts" if lasting else ""),
            _said(4 if lasting else code, happening.rung(turn)),
            # Whether the row of a full disk still fits is chance.
            _said(ended.code, {kind for _, kind in rung} - {"disk-full"}),
            self.room.paper.count_of(night),
            len(self.room.requests),
            ended,
        )

    def _answer(self, night: int, happening: Happening) -> None:
        self.room.set_day(night)
        room = self.room.responder

        def play(host: str, target: str, answer: Any) -> Reply:
            visit = Visit(room, host, target, answer)
            if happening.play:
                reply = happening.play(visit)
            else:
                reply = self.calendar.closes(night, visit)
            if happening.ahead:  # the site's clock is right
                date = format_datetime(datetime.now(UTC) - happening.ahead, usegmt=True)
                reply = replace(reply, headers=(*reply.headers, ("Date", date)))
            return reply

        if happening.play or happening.ahead or night >= self.calendar.closed:
            self.room.play = play

    def _kill(self, process: Any, moment: int) -> None:
        while process.is_alive() and len(self.room.requests) < max(1, moment):
            time.sleep(0.001)
        process.kill()

    def _alarms(self) -> set[tuple[int, str]]:
        if not (self.archive / "archive.db").exists():
            return set()
        with closing(sqlite3.connect(self.archive / "archive.db")) as database:
            return set(database.execute("SELECT id, kind FROM alarms"))

    # ── At the end ──────────────────────────────────────────────────────────────────────────────

    def faults(self) -> Iterator[str]:
        """Everything that is not as it should be."""
        for night in self.nights:
            if night.rung != night.expected:
                yield f"night {night.night} ({night.happening}): {night.rung}, not {night.expected}"
        yield from self._unlike_the_paper()
        with closing(sqlite3.connect(self.archive / "archive.db")) as database:
            for kind, at in database.execute(
                "SELECT kind, opened_at FROM alarms WHERE closed_at IS NULL"
            ):
                yield f"the alarm {kind} of {at} is still open"
        for fault in verify(self.archive, full=True, reader=read_article).faults:
            yield f"verify: {fault}"
        yield from self._not_flat()

    def _unlike_the_paper(self) -> Iterator[str]:
        """The archive against the newspaper's history: articles, versions, disappearances."""
        end, paper = self.calendar.nights, self.room.paper
        with closing(sqlite3.connect(self.archive / "archive.db")) as database:
            kept = dict(database.execute("SELECT key, gone_at FROM articles"))
            versions: dict[str, list[tuple[str, dict[str, Any]]]] = {key: [] for key in kept}
            for key, at, article in database.execute(
                "SELECT key, seen_at, article FROM revisions JOIN articles"
                " ON articles.id = article_id ORDER BY number"
            ):
                versions[key].append((at[:10], json.loads(article)))
            doubtful = database.execute("SELECT count(*) FROM captures WHERE doubt = 'held'")
            if held := doubtful.fetchone()[0]:
                yield f"{held} captures were never judged"
        published = {key for key, place in paper.places.items() if place.day <= end}
        if kept.keys() != published:
            yield f"missing: {sorted(published - kept.keys())}, too many: {kept.keys() - published}"
        for key in sorted(kept.keys() & published):
            day = paper.gone_on(key, end)
            gone, meant = (kept[key] or "")[:10], "" if day is None else _date(day)
            if gone != meant:
                yield f"{key} gone {gone or 'never'}, expected {meant or 'never'}"
            told, found = paper.versions(key, end), versions[key]
            if len(found) != len(told):
                yield f"{key} has {len(found)} versions, expected {len(told)}"
                continue
            for number, ((_, article), (_, record)) in enumerate(zip(told, found, strict=True), 1):
                if unlike := _unlike(article, record):
                    yield f"{key}, version {number}: {unlike}"
            for (when, _), (at, _) in list(zip(told, found, strict=True))[1:]:
                if at != _date(when):
                    yield f"{key}: edited on {_date(when)}, seen on {at}"

    def quiet(self) -> list[list[Night]]:
        """The nights without happenings and with at most three new articles, in four quarters."""
        quiet = [n for n in self.nights[8:] if not n.happening and n.published <= 3]
        size = self.calendar.nights / 4
        return [[n for n in quiet if q * size <= n.night < (q + 1) * size] for q in range(4)]

    def _not_flat(self) -> Iterator[str]:
        quarters = [each for each in self.quiet() if each]
        first, last = quarters[0], quarters[-1]
        for name, cost, most in (
            ("CPU per request", lambda n: (n.ended.cpu - 0.3) / n.requests, 1.5),
            ("memory", lambda n: n.ended.memory, 1.15),
        ):
            one, other = median(map(cost, first)), median(map(cost, last))
            if other > most * one:
                yield f"{name} of a quiet night grew from {one:.4g} to {other:.4g}"

    def table(self) -> str:
        """The nights that were not as ever, for docs/operating.md."""
        rows = ["| night | what happened | expected | rung |", "|---|---|---|---|"]
        rows += [
            f"| {n.night} | {n.happening or 'as ever'} | {n.expected} | {n.rung} |"
            for n in self.nights
            if n.happening or n.rung != n.expected
        ]
        ever = [n for n in self.nights if not n.happening]
        rows.append(
            f"| {len(ever)} others | as ever | 0 | {', '.join(sorted({n.rung for n in ever}))} |"
        )
        return "\n".join(rows)

    def costs(self, recrawl: tuple[int, Ended]) -> str:
        """The requests of nights, for docs/benchmarks.md."""
        ever = [n for n in self.nights[8:] if not n.happening]
        normal = [n for n in ever if n.published >= 8]
        worst = max(self.nights[1:], key=lambda n: n.requests)
        rows = ["| night | requests | CPU, s | memory, MB |", "|---|---:|---:|---:|"]
        for name, nights in (
            *((f"quiet, quarter {q}", each) for q, each in enumerate(self.quiet(), 1) if each),
            ("normal", normal),
            (f"worst (night {worst.night}, {worst.happening or 'as ever'})", [worst]),
        ):
            requests = median(n.requests for n in nights)
            cpu = median(n.ended.cpu for n in nights)
            memory = median(n.ended.memory for n in nights) / 1e6
            rows.append(f"| {name} | {requests:,.0f} | {cpu:.2f} | {memory:.0f} |")
        requests, ended = recrawl
        rows.append(f"| full recrawl | {requests:,} | {ended.cpu:.2f} | {ended.memory / 1e6:.0f} |")
        return "\n".join(rows)


def _date(day: int) -> str:
    return str(SUNDAY + timedelta(days=day))


def _said(code: int, kinds: Set[str]) -> str:
    named = {-9: "killed"}.get(code, str(code))
    return ", ".join([named, *sorted(kinds)])


def _unlike(article: Article, record: dict[str, Any]) -> dict[str, Any]:
    meant = json.loads(json.dumps(article.to_dict()))
    return {
        name: (record.get(name), value)
        for name, value in meant.items()
        if name not in READING and record.get(name) != value
    }


def main(words: list[str]) -> int:
    """Play it; returns the exit code."""
    calendar = short() if "--short" in words else whole()
    with tempfile.TemporaryDirectory() as folder:
        place = Path(words[words.index("--keep") + 1]) if "--keep" in words else Path(folder)
        began = time.monotonic()
        with Year(calendar, place) as year:
            for night in year.play():
                if night.happening or night.rung != night.expected or night.night % 30 == 0:
                    print(night.says(), flush=True)
            again = year.recrawl()
        faults = list(year.faults())
        print(year.table(), year.costs(again), sep="\n\n")
        print(f"\n{len(faults)} faults; {time.monotonic() - began:.0f} s", *faults[:60], sep="\n")
    return 1 if faults else 0


if __name__ == "__main__":
    os.environ.setdefault("PYTHONUNBUFFERED", "1")
    sys.exit(main(sys.argv[1:]))
