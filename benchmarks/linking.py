"""Near-duplicates: how many planted copies are found, how many wrongly, and how long it takes.

python -m benchmarks.linking --articles 20000
"""

from __future__ import annotations

import argparse
import gc
import statistics
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from rich.console import Console

from archive.archive import Archive
from archive.duplicates import near
from benchmarks.reposts import Planted, articles, expected, newspaper
from benchmarks.tables import Finding, Report, Table, findings_table


def report(quick: bool = True) -> Report:
    """Precision, recall and speed, on a small newspaper or on 20,000 articles."""
    return measure(3000 if quick else 20_000)


def measure(count: int, seed: int = 7) -> Report:
    """Let an archive link *count* articles, and see which pairs it found."""
    planted = newspaper(count, seed)
    found, linking, prints = link_all(planted)
    truth = expected(planted)
    right = truth.keys() & found.keys()
    wrong = [
        f"{kind} {pair}"
        for kind, pairs in (("missed", truth.keys() - right), ("wrong", found.keys() - right))
        for pair in sorted(pairs)[:5]
    ]
    rows = [
        ("planted pairs", f"{len(truth):,}"),
        ("found pairs", f"{len(found):,}"),
        *(
            (f"{what}, {part}", f"{1000 * time:.2f} ms")
            for what, times in (("linking", linking), ("of that the fingerprint", prints))
            for part, time in spread(times)
        ),
    ]
    note = f"Processor time of each, for all {count:,} articles."
    return Report(
        "linking",
        f"python -m benchmarks.linking --articles {count}",
        [Table(f"Near-duplicates among {count:,} articles", ("", "result"), rows, note)],
        [
            Finding("near-duplicates: precision", len(right) / max(len(found), 1), 0.99, ">="),
            Finding("near-duplicates: recall", len(right) / len(truth), 0.95, ">="),
            Finding("linking an article: the slowest", 1000 * max(linking), 5.0, "<=", " ms"),
        ],
        wrong,
    )


def link_all(
    planted: list[Planted],
) -> tuple[dict[tuple[int, int], float], list[float], list[float]]:
    """The pairs that an archive finds, and the times of linking and of making fingerprints."""
    linking: list[float] = []
    prints: list[float] = []
    # What the benchmark itself holds is no part of linking: it is not walked through for garbage.
    gc.collect()
    gc.freeze()
    with (
        tempfile.TemporaryDirectory() as folder,
        Archive.open(folder, create=True) as archive,
        timed("link", linking),
        timed("fingerprint", prints),
    ):
        archive.batch_size = 64
        for article, capture in articles(planted):
            archive.save(article, capture)
        archive.commit()
        found = {
            (int(one[4:]), int(other[4:])): share
            for one, other, share in archive.connection.execute(
                "SELECT one.key, other.key, similarity FROM duplicates JOIN articles AS one"
                " ON one.id = article_id JOIN articles AS other ON other.id = other_id"
            )
        }
    gc.unfreeze()
    return found, linking, prints


@contextmanager
def timed(name: str, times: list[float]) -> Iterator[None]:
    """Note the processor time of each call of `near`'s function *name* in *times*."""
    function = getattr(near, name)

    def measured(*arguments: Any) -> Any:
        begin = time.thread_time()
        try:
            return function(*arguments)
        finally:
            times.append(time.thread_time() - begin)

    setattr(near, name, measured)
    try:
        yield
    finally:
        setattr(near, name, function)


def spread(times: list[float]) -> Iterator[tuple[str, float]]:
    """The middle, nearly the worst, and the worst of *times*."""
    ordered = sorted(times)
    yield "median", statistics.median(ordered)
    yield "99 % under", ordered[int(len(ordered) * 0.99)]
    yield "the slowest", ordered[-1]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--articles", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=7)
    given = parser.parse_args()
    found = measure(given.articles, given.seed)
    found.show(Console())
    Console().print(findings_table(found.findings).rich())


if __name__ == "__main__":
    main()
