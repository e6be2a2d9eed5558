"""The summary of a run, as a table or JSON."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.table import Table
from rich.text import Text

from archive.commands.terminal import console

if TYPE_CHECKING:
    from crawler.run.run import Run

#: The counts that are worth a line, in the order of a page's life.
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


def print_summary(run: Run, archive: Path, style: str) -> None:
    """Print *run* as a small table or as one JSON object."""
    if style == "json":
        click.echo(
            json.dumps(
                {
                    "crawl": run.crawl_id,
                    "exit_code": run.exit_code,
                    "reason": run.reason,
                    "seconds": round(run.seconds, 1),
                    **{name: run.counts.get(name, 0) for name, _ in ROWS},
                },
                ensure_ascii=False,
            )
        )
        return
    table = Table.grid(padding=(0, 2))
    table.add_column(justify="right", style="bold")
    table.add_column()
    for name, label in ROWS:
        if (count := run.counts.get(name, 0)) or name in ALWAYS:
            table.add_row(f"{count:,}", label)
    out = console()
    out.print(table)
    good = run.exit_code == 0
    nothing = not any(run.counts.get(name) for name in ("new", "revised", "gone"))
    said = "nothing new" if good and nothing else run.reason
    out.print(
        Text.assemble(
            (f"{'✓' if good else '✗'} {said}", "green" if good else "bold red"),
            f"  (crawl {run.crawl_id}, {run.seconds:.1f} s, exit code {run.exit_code})",
        )
    )
    if not good:
        out.print(f"  Next: khobao run {run.crawl_id} -a {archive}", style="dim", soft_wrap=True)
