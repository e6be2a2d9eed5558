"""CSV export against the csv module copying the same rows; and that memory stays flat.

    python -m benchmarks.export [FOLDER]     (FOLDER: an archive made by benchmarks.corpus)

The yardstick reads the file we wrote with ``csv.reader`` and writes it with ``csv.writer``: the
least that any Python program does to these rows. Ours takes them out of SQLite besides.
"""

from __future__ import annotations

import csv
import filecmp
import resource
import sqlite3
import sys
import tempfile
import time
from pathlib import Path

from rich.console import Console

from archive.export import export
from benchmarks.corpus import build
from benchmarks.tables import Finding, Report, Table, findings_table

LIMIT_RATIO = 1.0


def copy(source: Path, target: Path) -> None:
    """Copy a CSV file with the csv module."""
    csv.field_size_limit(sys.maxsize)
    with (
        source.open(encoding="utf-8", newline="") as reader,
        target.open("w", encoding="utf-8", newline="") as writer,
    ):
        csv.writer(writer).writerows(csv.reader(reader))


def report(quick: bool = True) -> Report:
    """The comparison on 10,000 articles or on 100,000."""
    with tempfile.TemporaryDirectory() as folder:
        build(folder, 10_000 if quick else 100_000)
        return measure(Path(folder))


def measure(folder: Path) -> Report:
    """Export the archive in *folder* and copy the file, in turns."""
    connection = sqlite3.connect(f"file:{folder / 'archive.db'}?mode=ro", uri=True)
    ours = theirs = float("inf")
    grown = 0
    with tempfile.TemporaryDirectory() as place:
        out, again = Path(place) / "ours.csv", Path(place) / "copy.csv"
        for _ in range(3):
            before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
            began = time.process_time()
            made = export(connection, out, force=True)
            ours = min(ours, time.process_time() - began)
            grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
            began = time.process_time()
            copy(out, again)
            theirs = min(theirs, time.process_time() - began)
            if not filecmp.cmp(out, again, shallow=False):
                raise AssertionError("the csv module reads or writes another file")
    connection.close()
    rates = [
        ["khobao export", f"{made.rows / ours:,.0f}", f"{made.bytes / ours / 1e6:.0f}"],
        ["csv module", f"{made.rows / theirs:,.0f}", f"{made.bytes / theirs / 1e6:.0f}"],
    ]
    return Report(
        "export",
        "python -m benchmarks.export",
        [
            Table(
                f"CSV of {made.rows:,} articles, {made.bytes / 1e6:,.0f} MB",
                ("", "rows/s", "MB/s"),
                rates,
                "Processor time. The csv module copies the file that khobao made of the database.",
                strong="khobao export",
            )
        ],
        [
            Finding("export: CSV rows/s against csv module", theirs / ours, LIMIT_RATIO, ">=", "×"),
            Finding("export: memory grown by a later export", grown / 1024, 16, "<=", " MB"),
        ],
    )


def main() -> None:
    """Measure a given archive, or one of 100,000 articles made for the purpose."""
    made = measure(Path(sys.argv[1])) if len(sys.argv) > 1 else report(quick=False)
    console = Console()
    made.show(console)
    console.print(findings_table(made.findings).rich())


if __name__ == "__main__":
    main()
