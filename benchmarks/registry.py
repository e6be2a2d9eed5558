"""Which benchmarks there are. To add one, write a module and put its name here.

A benchmark is a module with ``report(quick: bool) -> benchmarks.tables.Report``: quick within a
minute, in full as long as it takes. Its `Report.name` is the mark in
docs/benchmarks.md between which its tables stand (``<!-- NAME -->`` … ``<!-- /NAME -->``).
Figures are ratios measured in one run, alternating, in CPU time where another process may disturb;
never a single wall-clock time.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable

from benchmarks.tables import Report

MODULES = {
    "extraction": "benchmarks.extraction.bench",
    "parsing": "benchmarks.parsing",
    "crawl": "benchmarks.crawl",
    "storage": "benchmarks.storage",
    "reextraction": "benchmarks.reextraction",
    "linking": "benchmarks.linking",
    "search": "benchmarks.search",
    "export": "benchmarks.export",
    "walks": "benchmarks.walks",
    "fresh": "benchmarks.fresh.bench",
}


def find(name: str) -> Callable[[bool], Report] | None:
    """The `report` of the benchmark *name*; None if there is none yet."""
    module = MODULES[name]
    try:
        found = importlib.import_module(module)
    except ModuleNotFoundError as error:
        if error.name == module:
            return None
        raise
    report: Callable[[bool], Report] | None = getattr(found, "report", None)
    return report
