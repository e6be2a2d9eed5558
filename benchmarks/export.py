"""CSV export against the csv module copying the same rows; and that memory stays flat.

    python -m benchmarks.export [FOLDER]     (FOLDER: an archive made by benchmarks.corpus)

The yardstick reads the file we wrote with ``csv.reader`` and writes it with ``csv.writer``: the
least that any Python program does to these rows. Ours takes them out of SQLite besides.
"""

from __future__ import annotations

import csv
import resource
import sqlite3
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from archive.export import export
from benchmarks.corpus import build
from benchmarks.tables import Finding, Report, Table

LIMIT_RATIO = 0.8


def copy(source: Path, target: Path) -> None:
    """Copy a CSV file with the csv module."""
    csv.field_size_limit(sys.maxsize)
    with (
        source.open(encoding="utf-8", newline="") as reader,
        target.open("w", encoding="utf-8", newline="") as writer,
    ):
        csv.writer(writer).writerows(csv.reader(reader))


@dataclass(frozen=True)
class Rates:
    """Rows per CPU second of both sides, the better of three turns."""

    rows: int
    bytes: int
    ours: float
    copied: float
    grown: int
    """Kilobytes by which the process grew in the last turn."""

    @property
    def ratio(self) -> float:
        """Ours by the copy."""
        return self.ours / self.copied


def compare(folder: Path) -> Rates:
    """Export and copy, in turns."""
    connection = sqlite3.connect(f"file:{folder / 'archive.db'}?mode=ro", uri=True)
    ours = copied = 0.0
    with tempfile.TemporaryDirectory() as place:
        out, again = Path(place) / "ours.csv", Path(place) / "copy.csv"
        for _ in range(3):
            before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
            began = time.process_time()
            made = export(connection, out)
            ours = max(ours, made.rows / (time.process_time() - began))
            grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
            began = time.process_time()
            copy(out, again)
            copied = max(copied, made.rows / (time.process_time() - began))
            assert again.read_bytes() == out.read_bytes()
    connection.close()
    return Rates(made.rows, made.bytes, ours, copied, grown)


def measure(folder: Path) -> bool:
    """Print the comparison; whether the limit was kept."""
    made = compare(folder)
    size = made.bytes / 1e6
    print(f"{made.rows:,} rows, {size:,.0f} MB, memory of the last run +{made.grown} KB")
    for name, rate in (("khobao", made.ours), ("csv module", made.copied)):
        print(f"{name:<12}{rate:>10,.0f} rows/s")
    print(f"ratio {made.ratio:.2f} (limit {LIMIT_RATIO})")
    return made.ratio >= LIMIT_RATIO


def report(quick: bool = True) -> Report:
    """For `python -m benchmarks`: an archive of 10,000 articles, or of 100,000."""
    articles = 10_000 if quick else 100_000
    with tempfile.TemporaryDirectory() as folder:
        build(folder, articles)
        made = compare(Path(folder))
    rows = [
        ["khobao export", f"{made.ours:,.0f}"],
        ["csv.reader to csv.writer", f"{made.copied:,.0f}"],
    ]
    return Report(
        "export",
        "python -m benchmarks.export",
        [Table(f"CSV of {made.rows:,} articles", ("way", "rows/CPU s"), rows)],
        [Finding("export by copying with csv", made.ratio, LIMIT_RATIO, ">=", "×")],
    )


def main() -> int:
    """Measure a given archive, or one made for the purpose."""
    if len(sys.argv) > 1:
        return 0 if measure(Path(sys.argv[1])) else 1
    with tempfile.TemporaryDirectory() as folder:
        build(folder)
        return 0 if measure(Path(folder)) else 1


if __name__ == "__main__":
    sys.exit(main())
