"""The yardstick as one of `python -m benchmarks`."""

from __future__ import annotations

from benchmarks.extraction import report as tables_of
from benchmarks.extraction.pages import GOLDEN, collect
from benchmarks.extraction.scores import Result
from benchmarks.extraction.systems import SYSTEMS, measure
from benchmarks.tables import Finding, Report

COMMAND = "python -m benchmarks.extraction"

#: Issue "Extraction that nobody beats", in per cent.
_EXACT = ("title", "date", "time", "byline", "section", "captions")
_MIN_PARAGRAPHS = 99.0


def report(quick: bool = True) -> Report:
    """Every system over the golden pages."""
    cases = collect([GOLDEN])
    if not cases:
        return Report("extraction", COMMAND, remarks=["There are no golden pages yet."])
    results, missing = measure(cases, list(SYSTEMS), rounds=1 if quick else 3)
    ours = next(result for result in results if result.system == tables_of.OURS)
    return Report(
        "extraction",
        COMMAND,
        tables_of.tables(results, len(cases)),
        findings(ours),
        [*missing, tables_of.versions(results)],
    )


def findings(ours: Result) -> list[Finding]:
    """Our scores against what the issue asks for."""
    found = [
        Finding(f"{name} exact", 100 * (ours.scores[name] or 0.0), 100.0, ">=", " %")
        for name in _EXACT
    ]
    paragraphs, leak = ours.scores["paragraphs"] or 0.0, ours.scores["leak"]
    found.append(Finding("body exact", 100 * paragraphs, _MIN_PARAGRAPHS, ">=", " %"))
    found.append(Finding("caption leak", 100 * (1.0 if leak is None else leak), 0.0, "<=", " %"))
    return found
