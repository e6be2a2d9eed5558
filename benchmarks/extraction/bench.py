"""The yardstick as one of `python -m benchmarks`."""

from __future__ import annotations

from benchmarks.extraction import report
from benchmarks.extraction.pages import GOLDEN, collect
from benchmarks.extraction.scores import Result
from benchmarks.extraction.systems import SYSTEMS
from benchmarks.extraction.systems import measure as measure_systems
from benchmarks.tables import Finding, Report

COMMAND = "python -m benchmarks.extraction"

#: Issue "Extraction that nobody beats", in per cent.
_EXACT = ("title", "date", "time", "byline", "section", "captions")
_MIN_PARAGRAPHS = 99.0


def measure(quick: bool = True) -> Report:
    """Every system over the golden pages."""
    cases = collect([GOLDEN])
    if not cases:
        return Report("extraction", COMMAND, remarks=["There are no golden pages yet."])
    results, missing = measure_systems(cases, list(SYSTEMS), rounds=1 if quick else 3)
    ours = next(result for result in results if result.system == report.OURS)
    return Report(
        "extraction",
        COMMAND,
        report.tables(results, len(cases)),
        findings(ours),
        [*missing, report.versions(results)],
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
