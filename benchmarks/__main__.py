"""All benchmarks in one go: ``make bench``.

    python -m benchmarks [NAME…] [--full] [--write]

Quick by default (below five minutes); ``--full`` takes as long as it takes. ``--write`` puts the
tables into docs/benchmarks.md, with the command and the machine that made them.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

from rich.console import Console

from benchmarks.registry import MODULES, find
from benchmarks.tables import Finding, findings_table, machine, replace_between

DOCUMENT = Path(__file__).parents[1] / "docs" / "benchmarks.md"


def main() -> int:
    """Run them; 1 if a target is missed."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(MODULES))
    parser.add_argument("--full", action="store_true", help="more pages, more rounds")
    parser.add_argument("--write", action="store_true", help=f"update {DOCUMENT.name}")
    given = parser.parse_args()
    if unknown := set(given.names) - set(MODULES):
        parser.error(f"no benchmark {', '.join(sorted(unknown))}; known: {', '.join(MODULES)}")
    console, messages = Console(), Console(stderr=True)
    findings: list[Finding] = []
    for name in given.names or MODULES:
        make = find(name)
        if make is None:
            messages.print(f"[dim]{name}: no report yet (python -m benchmarks.{name})[/dim]")
            continue
        started = time.monotonic()
        report = make(not given.full)
        console.rule(f"{name} ({time.monotonic() - started:.0f} s)")
        report.show(console)
        findings += report.findings
        if given.write:
            replace_between(DOCUMENT, report.name, report.markdown())
    console.print(findings_table(findings).rich())
    console.print(f"[dim]{machine()}[/dim]")
    return 0 if all(finding.met for finding in findings) else 1


if __name__ == "__main__":
    sys.exit(main())
