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
from pathlib import Path

from archive.export import export
from benchmarks.corpus import build

LIMIT_RATIO = 0.8


def copy(source: Path, target: Path) -> None:
    """Copy a CSV file with the csv module."""
    csv.field_size_limit(sys.maxsize)
    with (
        source.open(encoding="utf-8", newline="") as reader,
        target.open("w", encoding="utf-8", newline="") as writer,
    ):
        csv.writer(writer).writerows(csv.reader(reader))


def measure(folder: Path) -> bool:
    """Print the comparison; whether the limit was kept."""
    connection = sqlite3.connect(f"file:{folder / 'archive.db'}?mode=ro", uri=True)
    with tempfile.TemporaryDirectory() as place:
        out, again = Path(place) / "ours.csv", Path(place) / "copy.csv"
        rates: dict[str, float] = {"khobao": 0.0, "csv module": 0.0}
        for _ in range(3):
            before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
            began = time.perf_counter()
            made = export(connection, out)
            rates["khobao"] = max(rates["khobao"], made.rows / (time.perf_counter() - began))
            grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
            began = time.perf_counter()
            copy(out, again)
            rates["csv module"] = max(
                rates["csv module"], made.rows / (time.perf_counter() - began)
            )
            assert again.read_bytes() == out.read_bytes()
        print(f"{made.rows:,} rows, {made.bytes / 1e6:,.0f} MB, memory of the last run +{grown} KB")
    for name, rate in rates.items():
        print(f"{name:<12}{rate:>10,.0f} rows/s")
    ratio = rates["khobao"] / rates["csv module"]
    print(f"ratio {ratio:.2f} (limit {LIMIT_RATIO})")
    return ratio >= LIMIT_RATIO


def main() -> int:
    """Measure a given archive, or one made for the purpose."""
    if len(sys.argv) > 1:
        return 0 if measure(Path(sys.argv[1])) else 1
    with tempfile.TemporaryDirectory() as folder:
        build(folder)
        return 0 if measure(Path(folder)) else 1


if __name__ == "__main__":
    sys.exit(main())
