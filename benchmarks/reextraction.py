"""Reading everything again: against a bare loop over the same WARC, by one process and by two; the
rebuild of a whole archive, table by table; and the check of everything.

    python -m benchmarks.reextraction [--articles 20000]

The bare loop is FastWARC and `classify`: no rows, no comparison, no report. Ours
is the command, from the start of Python to its end. Both run in turn and are measured in CPU time;
only the gain of the second process is wall-clock time, for that is what it is for, and the best of
several tries on a machine that others use too.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path
from resource import RUSAGE_CHILDREN, RUSAGE_SELF, getrusage
from tempfile import TemporaryDirectory

from fastwarc.warc import ArchiveIterator, WarcRecordType
from rich.console import Console

from archive.archive import Archive
from archive.models import Capture
from archive.warc.exchange import Exchange, StoredResponse
from archive.warc.writer import CaptureWriter
from benchmarks.comparison import differences
from benchmarks.pages import newsroom_stream
from benchmarks.tables import Finding, Report, Table, number
from crawler.ingest.apply import apply
from crawler.ingest.classify import classify
from crawler.ingest.crash_recovery import BATCH, ingest_pending

_BEGIN = datetime(2026, 11, 24, tzinfo=UTC)


def report(quick: bool = True) -> Report:
    """Speed and rebuild, of a small archive or of 20,000 pages."""
    return measure(4000 if quick else 20_000)


def measure(articles: int) -> Report:
    """Fill an archive with *articles* pages, read it again, check it, make it again."""
    with TemporaryDirectory() as room:
        folder = Path(room) / "archive"
        count = fill(folder, articles)
        bare, one, two = [], [], []
        for _ in range(2):
            bare.append(spent(lambda: _bare(folder)))
            one.append(spent(lambda: _khobao("reextract", folder, "--jobs", "1")))
            two.append(spent(lambda: _khobao("reextract", folder, "--jobs", "2")))
        digests = spent(lambda: _digests(folder))
        check = spent(lambda: _khobao("verify", folder, "--full"))
        again = Path(room) / "again"
        again.mkdir()
        shutil.copytree(folder / "captures", again / "captures")
        rebuild = spent(lambda: _khobao("reextract", again, "--jobs", "2"))
        with Archive.open(folder, read_only=True) as first, Archive.open(again) as second:
            unlike = differences(first.connection, second.connection)
    cpu = {name: min(s.cpu for s in runs) for name, runs in (("bare", bare), ("ours", one))}
    wall = {jobs: min(s.wall for s in runs) for jobs, runs in ((1, one), (2, two))}
    rows = [
        ("pages", f"{count:,}"),
        ("bare loop, pages per second and core", number(count / cpu["bare"])),
        ("khobao reextract, pages per second and core", number(count / cpu["ours"])),
        ("khobao reextract --jobs 1, seconds", number(wall[1])),
        ("khobao reextract --jobs 2, seconds", number(wall[2])),
        ("rebuild without archive.db, --jobs 2, seconds", number(rebuild.wall)),
        ("tables that differ after the rebuild", ", ".join(unlike) or "none"),
        ("FastWARC, digests alone, pages per second and core", number(count / digests.cpu)),
        ("khobao verify --full, pages per second and core", number(count / check.cpu)),
        ("time of verify --full against the digests alone", number(check.cpu / digests.cpu)),
    ]
    return Report(
        "reextraction",
        f"python -m benchmarks.reextraction --articles {articles}",
        [Table("Reading everything again", ("", "result"), rows)],
        [
            Finding(
                "reextract: share of a bare loop's speed", cpu["bare"] / cpu["ours"], 0.75, ">="
            ),
            Finding("reextract: two processes against one", wall[1] / wall[2], 1.8, ">="),
            Finding("rebuild: tables that differ", len(unlike), 0, "<="),
        ],
    )


def fill(folder: Path, articles: int) -> int:
    """An archive of *articles* pages, each captured once; returns how many there are."""
    count = 0
    at = _BEGIN.isoformat(timespec="milliseconds").replace("+00:00", "Z")
    with Archive.open(folder, create=True) as archive:
        archive.batch_size = BATCH
        crawl_id = archive.begin_crawl("benchmark", {}, at)
        writer = CaptureWriter(folder, crawl_id=crawl_id, info={}, started_at=at)
        for count, (url, body) in enumerate(islice(newsroom_stream(articles + 200), articles), 1):
            moment = _BEGIN + timedelta(seconds=count)
            exchange = Exchange(
                url=url,
                fetched_at=moment.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
                method="GET",
                request_headers=[],
                status=200,
                reason="OK",
                protocol="HTTP/1.1",
                response_headers=[(b"Content-Type", b"text/html; charset=utf-8")],
                body=body,
            )
            capture = writer.write(exchange)
            stored = StoredResponse(
                url, exchange.fetched_at, 200, exchange.response_headers, body, body
            )
            apply(archive, capture, classify(capture, stored), crawl_id=crawl_id)
        archive.commit()
        summary = {"crawl": crawl_id, "started_at": at, "finished_at": at, "exit_code": 0}
        writer.write_metadata(summary | {"command": "benchmark"})
        writer.close()
        archive.finish_crawl(crawl_id, exit_code=0, reason="done", counts={}, at=at)
        ingest_pending(archive)
    return count


def _bare(folder: Path) -> None:
    for path in sorted(folder.glob("captures/*/*.warc.gz")):
        with path.open("rb") as stream:
            for record in ArchiveIterator(
                stream, record_types=WarcRecordType.response, parse_http=True
            ):
                url = record.headers["WARC-Target-URI"]
                at = record.headers["WARC-Date"]
                body = record.reader.read()
                headers = [(k.encode(), v.encode()) for k, v in record.http_headers]
                status = record.http_headers.status_code or 0
                stored = StoredResponse(url, at, status, headers, body, body)
                classify(Capture(url, at, stored.status, "", 0, 0, ""), stored)


def _digests(folder: Path) -> None:
    for path in sorted(folder.glob("captures/*/*.warc.gz")):
        with path.open("rb") as stream:
            for record in ArchiveIterator(stream, parse_http=False):
                assert record.verify_block_digest(), record.record_id


def _khobao(command: str, folder: Path, *options: str) -> None:
    subprocess.run(
        [sys.executable, "-m", "archive", command, "-a", str(folder), *options],
        check=True,
        capture_output=True,
    )


@dataclass(frozen=True)
class Spent:
    """Seconds."""

    wall: float
    cpu: float
    """Of this process and of those it started."""


def spent(work: Callable[[], None]) -> Spent:
    """What *work* takes."""
    started, before = time.perf_counter(), _cpu()
    work()
    return Spent(time.perf_counter() - started, _cpu() - before)


def _cpu() -> float:
    return sum(sum(getrusage(who)[:2]) for who in (RUSAGE_SELF, RUSAGE_CHILDREN))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=20_000)
    measure(parser.parse_args().articles).show(Console())
