"""The results of the yardstick as tables of 80 columns."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from benchmarks.extraction.scores import BODY, FIELDS, SCORES, Result
from benchmarks.tables import Table, number, percent

OURS = "khobao"


def tables(results: Sequence[Result], pages: int) -> list[Table]:
    """Two tables: the fields around the text, and the text with the speed."""
    fields = [
        [result.system, *(percent(result.scores[name]) for name in FIELDS)] for result in results
    ]
    ours = next((result for result in results if result.system == OURS), None)
    body = [
        [
            result.system,
            *(percent(result.scores[name]) for name in BODY),
            number(result.speed),
            f"{ours.speed / result.speed:.1f}×" if ours and result.speed else "–",
        ]
        for result in results
    ]
    return [
        Table(
            f"Fields, exact, % of {pages} pages",
            ("system", *FIELDS[:-1], "captions F1"),
            fields,
            "A dash: the system does not offer the field.",
            OURS,
        ),
        Table(
            f"Body, % of {pages} pages, and speed",
            ("system", "P", "R", "F1", "exact", "leak", "pages/s", "khobao"),
            body,
            "P, R, F1: ROUGE-LSum. exact: paragraph by paragraph. leak: captions in the body."
            " pages/s: per CPU second; khobao: how many times as fast it is.",
            OURS,
        ),
    ]


def as_csv(results: Sequence[Result]) -> str:
    """Every score with full precision, one system a row."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(("system", "version", "pages", "errors", *SCORES, "pages_per_cpu_second"))
    for result in results:
        scores = ("" if result.scores[name] is None else result.scores[name] for name in SCORES)
        writer.writerow(
            (
                result.system,
                result.version,
                result.pages,
                result.errors,
                *scores,
                f"{result.speed:.3f}",
            )
        )
    return out.getvalue()


def versions(results: Sequence[Result]) -> str:
    """One line that names what was measured."""
    return "Measured: " + ", ".join(f"{r.system} {r.version}" for r in results) + "."


def misses(result: Result, limit: int) -> Table:
    """Where *result* differs from what is on the pages."""
    rows = [
        [page, score, _short(stated), _short(found)]
        for page, score, stated, found in result.misses[:limit]
    ]
    return Table(
        f"{result.system}: {len(result.misses)} differences",
        ("page", "field", "expected", "found"),
        rows,
    )


def _short(value: object) -> str:
    text = "–" if value is None else str(value)
    return text if len(text) <= 300 else text[:297] + "…"
