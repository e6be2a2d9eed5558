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

from archive import query, search
from archive.matching import WEIGHTS, Compiled
from archive.migrations import SEARCH_COLUMNS
from benchmarks.corpus import build

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
    compiled = Compiled(connection, query.parse(typed))
    weights = ", ".join(str(WEIGHTS[column]) for column in SEARCH_COLUMNS)
    statements = []
    for level in compiled.levels:
        if not (wanted := levels.get(level, 0)):
            continue
        for branch in compiled._branches(level):
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


def measure(folder: Path) -> bool:
    """Print the table; whether every limit was kept."""
    connection = sqlite3.connect(f"file:{folder / 'archive.db'}?mode=ro", uri=True)
    (articles,) = connection.execute("SELECT count(*) FROM articles").fetchone()
    print(f"{articles:,} articles, SQLite {sqlite3.sqlite_version}")
    print(f"{'query':<28}{'hits':>9}{'khobao':>10}{'bare FTS5':>11}{'ratio':>7}{'by date':>10}")
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
        yield Timing(typed, page.total, ours, theirs if typed in COMPARED else None, dated)


def measure(folder: Path) -> bool:
    """Print the table; whether every limit was kept."""
    connection = sqlite3.connect(f"file:{folder / 'archive.db'}?mode=ro", uri=True)
    (articles,) = connection.execute("SELECT count(*) FROM articles").fetchone()
    print(f"{articles:,} articles, SQLite {sqlite3.sqlite_version}")
    print(f"{'query':<28}{'hits':>9}{'khobao':>10}{'bare FTS5':>11}{'ratio':>7}{'by date':>10}")
    kept, ratios = True, []
    for one in timings(connection):
        line = f"{one.typed or '(all)':<28}{one.total:>9,}{one.ours * 1000:>7.1f} ms"
        if one.bare is not None:
            ratios.append(one.ratio)
            line += f"{one.bare * 1000:>8.1f} ms{one.ratio:>7.2f}"
        else:
            line += f"{'':>18}"
        print(f"{line}{one.dated * 1000:>7.1f} ms")
        kept = kept and max(one.ours, one.dated) < LIMIT_SECONDS
    middle = sorted(ratios)[len(ratios) // 2]
    print(f"median ratio {middle:.2f}, highest {max(ratios):.2f} (limit {LIMIT_RATIO})")
    print(f"slowest answer {slowest * 1000:.0f} ms (limit {LIMIT_SECONDS * 1000:.0f})")
    return slowest < LIMIT_SECONDS and max(ratios) <= LIMIT_RATIO


def main() -> int:
    """Measure a given archive, or one made for the purpose."""
    if len(sys.argv) > 1:
        return 0 if measure(Path(sys.argv[1])) else 1
    with tempfile.TemporaryDirectory() as folder:
        build(folder)
        return 0 if measure(Path(folder)) else 1


if __name__ == "__main__":
    sys.exit(main())
