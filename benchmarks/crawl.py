"""A full crawl against a bare one: what capturing, extracting and storing cost per page.

    python -m benchmarks.crawl [--articles 2000] [--rounds 3] [--memory 20000] [--profile OUT]

On one loopback newsroom in its own process: `khobao crawl` as it is (WARC, extraction, SQLite, both
indexes), then a Scrapy spider with the same settings that fetches the same addresses in the same
order and whose callback does nothing; again, in turns. Both clocks run from the opening of the
spider to the end of the process, so closing the archive counts and importing does not. The least of
each counts. A crawl pauses between pages, so CPU time and memory are what it costs.
"""

from __future__ import annotations

import argparse
import json
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from rich.console import Console

from benchmarks.tables import Finding, Report, Table, number

#: CPU time of a page by that of a bare spider.
MAX_CPU = 2.6

#: Megabytes that a crawl may hold, however many pages it fetches.
MAX_MEMORY = 140

#: Megabytes of pages that the newsroom keeps ready: so many that in the second round it makes none.
CACHE = 400


@dataclass(frozen=True)
class Run:
    """One process that fetched pages."""

    pages: int
    seconds: float
    cpu: float
    memory: list[tuple[int, int]]
    """Pages fetched so far and bytes resident, every 250 pages."""


def report(quick: bool = True) -> Report:
    """The ratios; in full also the memory over 20,000 pages."""
    full, bare = compare(2000 if quick else 3000, rounds=2 if quick else 3)
    rows, findings = rows_of(full, bare), findings_of(full, bare)
    remarks = []
    if quick:
        remarks.append("Memory over 20,000 pages: python -m benchmarks.crawl --memory 20000")
    else:
        findings.append(memory_finding(crawl_once(20_000)))
    table = Table(
        f"Crawling {full.pages:,} pages from loopback",
        ("spider", "pages/s", "pages/CPU s", "CPU ms/page", "memory"),
        rows,
    )
    return Report("crawl", "python -m benchmarks.crawl", [table], findings, remarks)


def compare(articles: int, *, rounds: int) -> tuple[Run, Run]:
    """The best full and the best bare run, in turns."""
    full: list[Run] = []
    bare: list[Run] = []
    with TemporaryDirectory() as folder, newsroom(articles) as base_url:
        urls = Path(folder) / "urls.txt"
        for number_of_round in range(rounds):
            archive = Path(folder) / f"archive-{number_of_round}"
            full.append(_spawn("full", base_url, str(archive)))
            if not urls.exists():
                urls.write_text("\n".join(addresses(archive)) + "\n", "utf-8")
            bare.append(_spawn("bare", base_url, str(urls)))
    return best(full), best(bare)


def crawl_once(articles: int) -> Run:
    """One full crawl of a newsroom with so many articles."""
    with TemporaryDirectory() as folder, newsroom(articles) as base_url:
        return _spawn("full", base_url, str(Path(folder) / "archive"))


def best(runs: list[Run]) -> Run:
    """The least of each clock."""
    return Run(
        runs[0].pages,
        min(run.seconds for run in runs),
        min(run.cpu for run in runs),
        runs[-1].memory,
    )


def addresses(archive: Path) -> list[str]:
    """Every address that a crawl fetched, in its order, repeats and all."""
    database = sqlite3.connect(f"file:{archive / 'archive.db'}?mode=ro", uri=True)
    try:
        return [url for (url,) in database.execute("SELECT url FROM captures ORDER BY id")]
    finally:
        database.close()


@contextmanager
def newsroom(articles: int) -> Iterator[str]:
    """The base URL of a newsroom in a process of its own."""
    server = subprocess.Popen(
        [
            *(sys.executable, "-m", "newsroom"),
            *("--articles", str(articles), "--crawl-delay", "0", "--cache", str(CACHE)),
        ],
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert server.stdout is not None
        yield server.stdout.readline().strip()
    finally:
        server.terminate()
        server.wait()


def _spawn(kind: str, base_url: str, argument: str) -> Run:
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.crawl_run", kind, base_url, argument],
        stdout=subprocess.PIPE,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"the {kind} run failed with {done.returncode}")
    record = json.loads(done.stdout.splitlines()[-1])
    return Run(record["pages"], record["seconds"], record["cpu"], record["memory"])


def rows_of(full: Run, bare: Run) -> list[list[str]]:
    """The table's rows."""
    return [
        [
            name,
            number(run.pages / run.seconds),
            number(run.pages / run.cpu),
            f"{1000 * run.cpu / run.pages:.2f}",
            f"{run.memory[-1][1] / 1e6:.0f} MB",
        ]
        for name, run in (("khobao crawl", full), ("bare Scrapy", bare))
    ]


def findings_of(full: Run, bare: Run) -> list[Finding]:
    """CPU time of full by bare, and the memory of the full crawl."""
    ratio = (full.cpu / full.pages) / (bare.cpu / bare.pages)
    return [
        Finding("crawl by bare spider, CPU time of a page", ratio, MAX_CPU, "<=", "×"),
        memory_finding(full),
    ]


def memory_finding(run: Run) -> Finding:
    """The most memory that the run held."""
    most = max(held for _, held in run.memory) / 1e6
    return Finding(f"memory of a crawl of {run.pages:,} pages, MB", most, MAX_MEMORY, "<=")


def main() -> None:
    """Measure and print, or profile one full run."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.crawl", description=__doc__)
    parser.add_argument("--articles", type=int, default=2000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--memory", type=int, metavar="N", help="crawl N articles for the memory")
    parser.add_argument("--profile", type=Path, metavar="OUT", help="cProfile of one full run")
    given = parser.parse_args()
    console = Console()
    if given.profile:
        with TemporaryDirectory() as folder, newsroom(given.articles) as base_url:
            arguments = ["full", base_url, f"{folder}/archive", "--profile", str(given.profile)]
            subprocess.run([sys.executable, "-m", "benchmarks.crawl_run", *arguments], check=True)
        return
    if given.memory:
        run = crawl_once(given.memory)
        for pages, held in run.memory:
            console.print(f"{pages:>7,} pages  {held / 1e6:7.1f} MB")
        console.print(*memory_finding(run).cells())
        return
    full, bare = compare(given.articles, rounds=given.rounds)
    columns = ("spider", "pages/s", "pages/CPU s", "CPU ms/page", "memory")
    console.print(Table(f"{full.pages:,} pages", columns, rows_of(full, bare)).rich())
    for finding in findings_of(full, bare):
        console.print(*finding.cells())


if __name__ == "__main__":
    main()
