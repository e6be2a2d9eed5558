"""The scores of the fresh pages as one of `python -m benchmarks`."""

# ruff: noqa: E501 - markup and sentences on one line each

from __future__ import annotations

from collections.abc import Sequence

from benchmarks.fresh.pages import generate
from benchmarks.fresh.scores import FIELDS, Reading, read, share
from benchmarks.tables import Finding, Report, Table, percent

COMMAND = "python -m benchmarks.fresh"
#: Per cent, over the shells of the paper's own families.
_EXACT = {
    "title": 100.0,
    "stamp": 100.0,
    "byline": 100.0,
    "captions": 100.0,
    "body": 99.0,
    "clean": 100.0,
}


def report(quick: bool = True, *, shell: str | None = None) -> Report:
    """All pages, or those of *shell*; quick and full are the same."""
    return report_of([read(page) for page in generate() if shell in (None, page.shell)])


def report_of(readings: Sequence[Reading]) -> Report:
    """The table of *readings* and what they come to."""
    articles = [one for one in readings if one.page.expected]
    rows = [_row(name, [one for one in articles if one.page.shell == name])
            for name in dict.fromkeys(one.page.shell for one in articles)]  # fmt: skip
    rows.append(_row("all", articles))
    note = (
        "Per cent of pages. body: equal paragraph by paragraph. clean: no foreign text in the body. "
        "recall: share of the words. silent: under 90 % of the text without a flag."
    )
    columns = ("shell", "pages", *FIELDS, "recall", "refused", "flagged", "silent")
    others = [one for one in readings if not one.page.expected]
    remarks = [
        f"Pages that are not articles: {sum(o.error is not None for o in others)} of {len(others)} refused."
    ]
    return Report(
        "fresh",
        COMMAND,
        [Table("Fresh pages", columns, rows, note, "all")],
        _findings(articles),
        remarks,
    )


def _row(name: str, readings: Sequence[Reading]) -> list[str]:
    def portion(count: float) -> str:
        return percent(count / max(1, len(readings)))

    return [
        name,
        str(len(readings)),
        *(percent(share(readings, score)) for score in FIELDS),
        portion(sum(one.recall for one in readings)),
        portion(sum(one.article is None for one in readings)),
        portion(sum(one.flagged for one in readings)),
        portion(sum(one.silent_loss for one in readings)),
    ]


def _findings(readings: Sequence[Reading]) -> list[Finding]:
    own = [one for one in readings if not one.page.invented]
    found = [
        Finding(f"fresh: {name}", 100 * (share(own, name) or 0.0), target, ">=", " %")
        for name, target in _EXACT.items()
        if own
    ]
    silent = sum(one.silent_loss for one in readings)
    return [*found, Finding("fresh: pages lost in silence", silent, 0, "<=")]
