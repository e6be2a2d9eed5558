"""Search against a bare FTS5 query: a ranked page of 20 hits with snippets, for the same rows.

    python -m benchmarks.search [FOLDER]     (FOLDER: an archive made by benchmarks.corpus)

The bare query is what SQLite offers by itself: the same words in the same index, ``ORDER BY rank``,
``highlight`` and ``snippet``. Ours does more (both tone placements, phrase before words, totals,
marks in the paper's spelling), and may take at most 1.5 times as long; no query may take half a
second.
"""

from __future__ import annotations

import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console

from archive.database.respelling import SEARCH_COLUMNS
from archive.search import search
from archive.search.parser import parse
from archive.search.sql import WEIGHTS, SqlBuilder
from benchmarks.corpus import build
from benchmarks.tables import Finding, Report, Table, findings_table

LIMIT_RATIO, LIMIT_SECONDS = 1.5, 0.5

#: Words of every frequency, typed in every way. The first are compared; all are timed.
COMPARED = (
    "dan van", "dân vận", "kinh tế", "và", "của", "hòa giải", "judo", "sếu đầu đỏ", "title:lúa",
    "công tác dân vận khéo", "dong thap", '"nông thôn"', "lúa OR gạo",
)  # fmt: skip
TIMED = (
    *COMPARED, "", "-và", "dân van", "lúa year:2018", 'author:"mỹ lý" lúa', "section:xa-hoi nước",
    "của và các có được", "a b c d", "của OR và OR cac", "không có trong kho này đâu", "19/5",
)  # fmt: skip


Run = Callable[[], object]


def best(*runs: Run, times: int = 7) -> list[float]:
    """The shortest processor time of each run, in seconds, taken in turns.

    All of them work from memory in one thread, so that what else runs on the machine counts little.
    """
    shortest = [float("inf")] * len(runs)
    for _ in range(times):
        for number, run in enumerate(runs):
            began = time.process_time()
            run()
            shortest[number] = min(shortest[number], time.process_time() - began)
    return shortest


def bare(connection: sqlite3.Connection, typed: str, levels: dict[str, int]) -> Run:
    """SQLite's own way to the rows of one page: a query for each level the page draws from."""
    builder = SqlBuilder(connection, parse(typed))
    weights = ", ".join(str(WEIGHTS[column]) for column in SEARCH_COLUMNS)
    statements = []
    for level in builder.levels:
        if not (wanted := levels.get(level, 0)):
            continue
        for branch in builder._branches(level):
            index = "articles_plain" if branch.exact is None else "articles_exact"
            sql = (
                f"SELECT rowid, highlight({index}, 0, '[', ']'),"
                f" snippet({index}, -1, '[', ']', '…', 40) FROM {index} WHERE {index} MATCH ?"
                f" AND rank MATCH 'bm25({weights})' ORDER BY rank LIMIT {wanted}"
            )
            statements.append((sql, branch.exact or branch.plain))

    def run() -> None:
        for sql, words in statements:
            connection.execute(sql, (words,)).fetchall()

    return run


@dataclass(frozen=True)
class Timing:
    """One query, in seconds."""

    typed: str
    total: int
    ours: float
    bare: float | None
    """None for a query that a bare index cannot be asked."""
    dated: float
    """Ours, newest first."""

    @property
    def ratio(self) -> float:
        """Ours by the bare query; only for the compared."""
        assert self.bare is not None
        return self.ours / self.bare


def timings(connection: sqlite3.Connection) -> Iterator[Timing]:
    """Every query of the lists, ours and the bare one in turns."""
    connection.execute("PRAGMA cache_size = -65536")
    for typed in TIMED:
        page = search.search(connection, typed)
        levels: dict[str, int] = {}
        for hit in page.hits:
            levels[hit.level or "words"] = levels.get(hit.level or "words", 0) + 1
        ours, theirs, dated = best(
            lambda typed=typed: search.search(connection, typed),
            bare(connection, typed, levels),
            lambda typed=typed: search.search(connection, typed, sort="recent"),
        )
        yield Timing(typed, page.total, ours, theirs if typed in COMPARED else None, dated)


def report(quick: bool = True) -> Report:
    """Both tables, of 10,000 articles or of 100,000."""
    with tempfile.TemporaryDirectory() as folder:
        build(folder, 10_000 if quick else 100_000)
        return measure(Path(folder))


def measure(folder: Path) -> Report:
    """Measure the archive in *folder*."""
    connection = sqlite3.connect(f"file:{folder / 'archive.db'}?mode=ro", uri=True)
    connection.execute("PRAGMA cache_size = -65536")
    (articles,) = connection.execute("SELECT count(*) FROM articles").fetchone()
    rows: list[list[str]] = []
    slowest, ratios = 0.0, []
    for typed in TIMED:
        page = search.search(connection, typed)
        levels: dict[str, int] = {}
        for hit in page.hits:
            levels[hit.level or "words"] = levels.get(hit.level or "words", 0) + 1
        ours, theirs, dated = best(
            lambda typed=typed: search.search(connection, typed),
            bare(connection, typed, levels),
            lambda typed=typed: search.search(connection, typed, sort="recent"),
        )
        slowest = max(slowest, ours, dated)
        compared = ["–", "–"]
        if typed in COMPARED:
            ratios.append(ours / theirs)
            compared = [f"{theirs * 1000:.1f} ms", f"{ours / theirs:.2f}"]
        times = [f"{ours * 1000:.1f} ms", *compared, f"{dated * 1000:.1f} ms"]
        rows.append([typed or "(everything)", f"{page.total:,}", *times])
    connection.close()
    return Report(
        "search",
        "python -m benchmarks.search",
        [
            Table(
                f"A page of 20 hits with snippets, among {articles:,} articles",
                ("query", "hits", "khobao", "bare FTS5", "ratio", "by date"),
                rows,
                "Processor time. Bare FTS5 gives the same rows with its own highlight() and"
                " snippet(); queries that FTS5 alone cannot ask are timed only.",
            )
        ],
        [
            Finding("search: page against bare FTS5, worst", max(ratios), LIMIT_RATIO, "<=", "×"),
            Finding("search: slowest of all queries", slowest, LIMIT_SECONDS, "<=", " s"),
        ],
        [f"SQLite {sqlite3.sqlite_version}; median ratio {sorted(ratios)[len(ratios) // 2]:.2f}."],
    )


def main() -> None:
    """Measure a given archive, or one of 100,000 articles made for the purpose."""
    made = measure(Path(sys.argv[1])) if len(sys.argv) > 1 else report(quick=False)
    console = Console()
    made.show(console)
    console.print(findings_table(made.findings).rich())


if __name__ == "__main__":
    main()
