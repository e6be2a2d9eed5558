"""Reading everything again: against a bare loop over the same WARC, by one process and by two; and
the rebuild of a whole archive, table by table.

    python -m benchmarks.reextraction [--articles 20000]

The bare loop is FastWARC and `crawler.intake.judge`: no rows, no comparison, no receipt. Both sides
run in turn, and are measured in CPU time; only the gain of the second process is wall-clock time,
for that is what it is for, and the better of several tries on a machine that others use too.
"""

from __future__ import annotations

import argparse
import shutil
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from resource import RUSAGE_CHILDREN, RUSAGE_SELF, getrusage
from tempfile import TemporaryDirectory

from fastwarc.warc import ArchiveIterator, WarcRecordType
from rich.console import Console

from archive.captures import CaptureWriter, Exchange, Stored
from archive.comparison import differences
from archive.models import Capture
from archive.store import Archive
from benchmarks.pages import newsroom_pages
from benchmarks.tables import Finding, Report, Table, number
from crawler import intake
from crawler.reextract import Reextraction, Selection
from crawler.taking_in import BATCH, catch_up

_BEGIN = datetime(2026, 11, 24, tzinfo=UTC)


def report(quick: bool = True) -> Report:
    """Speed and rebuild, of a small archive or of 20,000 pages."""
    return measure(1200 if quick else 20_000)


def measure(articles: int) -> Report:
    """Fill an archive with *articles* pages, read it again, make it again."""
    with TemporaryDirectory() as room:
        folder = Path(room) / "archive"
        count = fill(folder, articles)
        bare, ours = [], []
        one, two = [], []
        for _ in range(3 if articles <= 5000 else 2):
            bare.append(cpu(lambda: _bare(folder)))
            ours.append(cpu(lambda: _reread(folder, 1)))
            one.append(wall(lambda: _reread(folder, 1)))
            two.append(wall(lambda: _reread(folder, 2)))
        again = Path(room) / "again"
        again.mkdir()
        shutil.copytree(folder / "captures", again / "captures")
        rebuild = wall(lambda: _rebuild(again))
        with Archive.open(folder, read_only=True) as first, Archive.open(again) as second:
            unlike = differences(first.connection, second.connection)
        share = min(bare) / min(ours)
        gain = min(one) / min(two)
    rows = [
        ("pages", number(count)),
        ("bare loop, pages per second and core", number(count / min(bare))),
        ("reextract, pages per second and core", number(count / min(ours))),
        ("rebuild from captures alone, pages per second", number(count / rebuild)),
        ("tables that differ after the rebuild", ", ".join(unlike) or "none"),
    ]
    return Report(
        "reextraction",
        "python -m benchmarks reextraction --full",
        [Table("Reading everything again", ("", "result"), rows)],
        [
            Finding("reextract: share of a bare loop's speed", share, 0.7, ">="),
            Finding("reextract: two processes against one", gain, 1.7, ">="),
            Finding("rebuild: tables that differ", len(unlike), 0, "<="),
        ],
    )


def fill(folder: Path, articles: int) -> int:
    """An archive of *articles* pages, each captured once; returns how many there are."""
    pages = newsroom_pages(articles)
    at = _BEGIN.isoformat(timespec="milliseconds").replace("+00:00", "Z")
    with Archive.open(folder, create=True) as archive:
        archive.batch_size = BATCH
        crawl_id = archive.begin_crawl("benchmark", {}, at)
        writer = CaptureWriter(folder, crawl_id=crawl_id, info={}, started_at=at)
        for number_of_page, (url, body) in enumerate(pages):
            moment = _BEGIN + timedelta(seconds=number_of_page)
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
            stored = Stored(url, exchange.fetched_at, 200, exchange.response_headers, body, body)
            intake.take(archive, capture, intake.judge(capture, stored), crawl_id=crawl_id)
        archive.commit()
        summary = {"crawl": crawl_id, "started_at": at, "finished_at": at, "exit_code": 0}
        writer.write_metadata(summary | {"command": "benchmark"})
        writer.close()
        archive.finish_crawl(crawl_id, exit_code=0, reason="done", counts={}, at=at)
        catch_up(archive)
    return len(pages)


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
                stored = Stored(url, at, record.http_headers.status_code, headers, body, body)
                intake.judge(Capture(url, at, stored.status, "", 0, 0, ""), stored)


def _reread(folder: Path, jobs: int) -> None:
    with Archive.open(folder) as archive:
        (folder / "reextract.jsonl").unlink(missing_ok=True)
        receipt = Reextraction(archive, Selection()).read(jobs)
        assert receipt.changed == 0
        (folder / "reextract.jsonl").unlink()


def _rebuild(folder: Path) -> None:
    with Archive.open(folder, create=True) as archive:
        catch_up(archive)


def cpu(work: Callable[[], None]) -> float:
    """Seconds of CPU that *work* takes, of this process and of those it starts."""
    before = [sum(getrusage(who)[:2]) for who in (RUSAGE_SELF, RUSAGE_CHILDREN)]
    work()
    after = [sum(getrusage(who)[:2]) for who in (RUSAGE_SELF, RUSAGE_CHILDREN)]
    return sum(after) - sum(before)


def wall(work: Callable[[], None]) -> float:
    """Seconds that *work* takes on the clock."""
    before = time.perf_counter()
    work()
    return time.perf_counter() - before


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=20_000)
    measure(parser.parse_args().articles).show(Console())
