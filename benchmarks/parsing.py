"""What an Article costs beyond parsing its page; and what a peer with metadata costs.

    python -m benchmarks.parsing [--full] [--profile]

A batch of pages is parsed by `lxml.html.document_fromstring`, then extracted by khobao, in turns,
several times over; the least CPU time of each page counts for both, so that whatever else the
machine does falls out. Both build a tree and take it apart again, and the clock runs until that is
done. The peer runs in a process of its own, in turns with ours, over the same files.
"""

from __future__ import annotations

import argparse
import cProfile
import pstats
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from lxml import html
from rich.console import Console

from archive.models import Article
from benchmarks.extraction.pages import GOLDEN, Case, collect
from benchmarks.extraction.systems import Unavailable, run_pass
from benchmarks.pages import newsroom_pages
from benchmarks.tables import Finding, Report, Table, number
from crawler.extract import extract
from crawler.extract.page import Page

Pages = Sequence[tuple[str | None, bytes]]

#: DESIGN: an Article costs at most twice what lxml needs for the page, and a 25th of the peer.
MAX_RATIO = 2.0
MIN_OVER_PEER = 25.0
#: So many pages of 60 KB are 3 MB.
_BATCH = 50
PEER = "trafilatura"


def report(quick: bool = True) -> Report:
    """The costs on the newsroom's pages and on the golden ones.

    The target is for pages as heavy as the paper's (40-80 KB, a thousand elements and more): golden
    pages hold little beside the article, so that parsing them costs next to nothing and reading
    them as much as ever.
    """
    rounds, sweeps = (4, 2) if quick else (5, 8)
    sets: list[tuple[str, Pages]] = [("newsroom", newsroom_pages(150 if quick else 500))]
    if golden := [(case.url, case.page.read_bytes()) for case in collect([GOLDEN])]:
        sets.insert(0, ("golden", golden))
    rows, findings = [], []
    for name, pages in sets:
        parse, read = compare(pages, rounds, sweeps)
        size = sum(len(body) for _, body in pages) / len(pages)
        rows.append(
            [
                name,
                f"{len(pages)} × {size / 1000:.0f} KB",
                f"{sum(map(elements, pages)) / len(pages):,.0f}",
                number(len(pages) / parse),
                number(len(pages) / read),
                f"{read / parse:.2f}×",
            ]
        )
        if name == "newsroom":
            what = "extract, by parsing alone"
            findings.append(Finding(what, read / parse, MAX_RATIO, "<=", "×"))
    remarks = []
    try:
        for name, pages in sets:
            ours, peer, version = against_peer(pages[:300], rounds=2 if quick else 4)
            what = f"extract, by {PEER} {version} with metadata, {name} pages"
            findings.append(Finding(what, peer / ours, MIN_OVER_PEER, ">=", "×"))
    except Unavailable as missing:
        remarks.append(str(missing))
    columns = ("pages", "how many", "elements", "lxml parse", "extract", "cost")
    table = Table("Pages per CPU second", columns, rows)
    return Report("parsing", "python -m benchmarks.parsing", [table], findings, remarks)


def compare(pages: Pages, rounds: int, sweeps: int = 1) -> tuple[float, float]:
    """CPU seconds for all *pages*: parsed alone, and extracted; the least of *rounds*, made anew in
    several *sweeps* over all, so that a minute in which the machine is slow falls out.

    In turns by the batch, not by the page: memory that a tree gave back is put in order by whoever
    next asks for a large piece. After a whole page's tree, copying 22 KB takes 87 µs, after a
    reading 28, otherwise 1; page by page, reading would pay for what parsing left. And by batches
    that stay in the processor's cache, since a page is read where it was just received.
    """
    parse, read = [float("inf")] * len(pages), [float("inf")] * len(pages)
    numbered = list(enumerate(pages))
    batches = [numbered[start : start + _BATCH] for start in range(0, len(pages), _BATCH)]
    for batch in batches * sweeps:
        for _ in range(rounds):
            for place, (_, body) in batch:
                parse[place] = min(parse[place], _cpu(html.document_fromstring, body))
            for place, (url, body) in batch:
                read[place] = min(read[place], _cpu(extract, body, url))
    return sum(parse), sum(read)


def elements(page: tuple[str | None, bytes]) -> int:
    """How many elements *page* has."""
    return sum(1 for _ in Page.from_bytes(page[1]).tree.iter())


def _cpu(work: Callable[..., object], *arguments: object) -> float:
    started = time.process_time_ns()
    # What is made is dropped within the measure: a reader's tree is gone when it returns, so the
    # parser's must be gone too.
    work(*arguments)
    return (time.process_time_ns() - started) / 1e9


def against_peer(pages: Pages, *, rounds: int) -> tuple[float, float, str]:
    """CPU seconds of ours and of the peer over the same files, in turns, and the peer's version."""
    ours = peer = float("inf")
    version = ""
    with TemporaryDirectory() as folder:
        cases = []
        for place, (url, body) in enumerate(pages):
            file = Path(folder) / f"{place:04}.html"
            file.write_bytes(body)
            cases.append(Case(f"newsroom/{place:04}", file, url, Article(""), frozenset()))
        for _ in range(rounds):
            _, readings = run_pass("khobao", cases)
            ours = min(ours, sum(reading["cpu"] for reading in readings))
            version, readings = run_pass(PEER, cases)
            peer = min(peer, sum(reading["cpu"] for reading in readings))
    return ours, peer, version


def profile(pages: Pages) -> None:
    """Where the time goes: the functions of ours by the time spent in them."""
    profiler = cProfile.Profile()
    for url, body in pages:
        profiler.enable()
        extract(body, url)
        profiler.disable()
    pstats.Stats(profiler).sort_stats("tottime").print_stats(35)


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.parsing", description=__doc__)
    parser.add_argument("--full", action="store_true", help="more pages and rounds")
    parser.add_argument("--profile", action="store_true", help="profile extract instead")
    given = parser.parse_args()
    if given.profile:
        profile(newsroom_pages(300))
        return
    made = report(quick=not given.full)
    console = Console()
    made.show(console)
    for finding in made.findings:
        console.print(*finding.cells())


if __name__ == "__main__":
    main()
