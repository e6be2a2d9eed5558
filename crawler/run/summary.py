"""The summary of a run, for the terminal or as JSON; the commands print it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from crawler.run.alarms import PROPOSED

if TYPE_CHECKING:
    from crawler.run.run import Run

_PROPOSAL = re.compile(re.escape(PROPOSED) + r'(\{ article = "[^"]*", key = "[^"]*" \})')

#: The counts that are worth a line, in the order of a page's life. The keys also stand in the rows
#: and WARC files of earlier runs, which never change: a label may be reworded, a key not.
ROWS = (
    ("fetched", "pages fetched"),
    ("listed", "articles listed"),
    ("new", "new"),
    ("revised", "revised"),
    ("unchanged", "unchanged"),
    ("duplicates", "duplicates linked"),
    ("gone", "gone"),
    ("missing", "missing for the first time; gone if the next night agrees"),
    ("doubtful_gone", "seemed gone on a doubtful night; nothing was changed"),
    ("doubtful_revised", "seemed revised on a doubtful night; nothing was changed"),
    ("repeated", "new addresses have one text; they are not kept as articles yet"),
    ("failed", "failed"),
    ("blocked", "blocked"),
    ("hopeless", "of them for days"),
    ("lists_failed", "lists not delivered"),
    ("lists_blocked", "lists blocked"),
    ("lists_silent", "lists that name no article any more"),
    ("passed_over", "known already, or the same as the capture before"),
    ("odd_rows", "rows of the index that cannot be understood"),
    ("not_given", "not given by the web archive"),
    ("blocked_then", "block pages of their time"),
    ("forbidden", "forbidden by robots.txt"),
    ("waited", "pauses because the server was busy"),
    ("caught_up", "saved from an interrupted run"),
)
#: Shown even when nothing was counted: their zero is news.
ALWAYS = frozenset({"fetched", "new", "revised", "failed"})


def to_dict(run: Run) -> dict[str, Any]:
    """The run as JSON tells it: every count that has a line, 0 included."""
    return {
        "crawl": run.crawl_id,
        "exit_code": run.exit_code,
        "reason": run.reason,
        "seconds": round(run.seconds, 1),
        **{name: run.counts.get(name, 0) for name, _ in ROWS},
    }


def lines(run: Run) -> list[RenderableType]:
    """The run for the terminal: its counts, and how it ended."""
    table = Table.grid(padding=(0, 2))
    table.add_column(justify="right", style="bold")
    table.add_column()
    for name, label in ROWS:
        if (count := run.counts.get(name, 0)) or name in ALWAYS:
            table.add_row(f"{count:,}", label)
    good = run.exit_code == 0
    nothing = not any(run.counts.get(name) for name in ("new", "revised", "gone"))
    said = "nothing new" if good and nothing else _PROPOSAL.sub("", run.reason)
    end = Text.assemble(
        (f"{'✓' if good else '✗'} {said}", "green" if good else "bold red"),
        f"  (crawl {run.crawl_id}, {run.seconds:.1f} s, exit code {run.exit_code})",
    )
    if proposal := _PROPOSAL.search(run.reason):
        where = "Proposed for shapes in the paper's definition file (docs/another-paper.md):"
        end.append(f"\n  {where}\n    {proposal[1]},")
    return [table, end]
