"""A table once, in three forms: on a terminal, in Markdown, in CSV; and marks in a document."""

from __future__ import annotations

import csv
import io
import os
import platform
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from typing import Literal

from rich.console import Console
from rich.table import Table as RichTable


@dataclass(frozen=True)
class Finding:
    """One measured figure and what it should be."""

    name: str
    value: float
    target: float
    sense: Literal[">=", "<="]
    unit: str = ""

    @property
    def met(self) -> bool:
        """Whether the target is reached."""
        return self.value >= self.target if self.sense == ">=" else self.value <= self.target

    @property
    def mark(self) -> str:
        """A tick or a cross."""
        return "✓" if self.met else "✗"

    def cells(self) -> list[str]:
        """The row of this finding in a table of findings."""
        sign = "≥" if self.sense == ">=" else "≤"
        return [
            self.name,
            number(self.value) + self.unit,
            f"{sign} {number(self.target)}{self.unit}",
            self.mark,
        ]


@dataclass(frozen=True)
class Table:
    """Rows of text under a heading; the first column is left-aligned, the others right."""

    title: str
    columns: Sequence[str]
    rows: Sequence[Sequence[str]]
    note: str = ""
    strong: str | None = None
    """The first cell of the row to set in bold: ours."""

    def rich(self) -> RichTable:
        """For a terminal."""
        table = RichTable(title=self.title, title_justify="left", caption=self.note or None)
        table.caption_justify = "left"
        for place, column in enumerate(self.columns):
            table.add_column(
                column, justify="right" if place else "left", overflow="fold", no_wrap=not place
            )
        for row in self.rows:
            table.add_row(*row, style="bold" if row[0] == self.strong else None)
        return table

    def markdown(self) -> str:
        """For a document."""
        rule = ["---", *["---:"] * (len(self.columns) - 1)]
        lines = [list(self.columns), rule]
        for row in self.rows:
            lines.append([f"**{cell}**" if row[0] == self.strong else cell for cell in row])
        text = "\n".join("| " + " | ".join(cells) + " |" for cells in lines)
        return f"**{self.title}**\n\n{text}\n" + (f"\n{self.note}\n" if self.note else "")

    def csv(self) -> str:
        """For another program."""
        out = io.StringIO()
        writer = csv.writer(out)
        writer.writerow(self.columns)
        writer.writerows(self.rows)
        return out.getvalue()


@dataclass(frozen=True)
class Report:
    """What one benchmark hands to `python -m benchmarks`."""

    name: str
    """The mark in docs/benchmarks.md that its tables stand between."""
    command: str
    """What makes the same figures again, in full."""
    tables: Sequence[Table] = ()
    findings: Sequence[Finding] = ()
    remarks: Sequence[str] = field(default_factory=tuple)

    def show(self, console: Console) -> None:
        """Print everything but the findings, which stand together at the end."""
        for table in self.tables:
            console.print(table.rich())
            console.print()
        for remark in self.remarks:
            console.print(f"[dim]{remark}[/dim]")

    def markdown(self) -> str:
        """The tables, the findings and how they were made."""
        parts = [table.markdown() for table in self.tables]
        if self.findings:
            parts.append(findings_table(self.findings).markdown())
        parts += [f"{remark}\n" for remark in self.remarks]
        parts.append(f"Made by `{self.command}` on {machine()}.\n")
        return "\n".join(parts)


def findings_table(findings: Sequence[Finding], title: str = "Against the targets") -> Table:
    """All findings with their targets."""
    rows = [finding.cells() for finding in findings]
    return Table(title, ("measured", "value", "target", ""), rows)


def number(value: float) -> str:
    """A figure as short as it is telling.

    >>> number(1234.5), number(41.26), number(0.6), number(1.0)
    ('1,234', '41.3', '0.60', '1.00')
    """
    if abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if abs(value) >= 10 else f"{value:.2f}"


def percent(share: float | None) -> str:
    """A share of one in per cent; a dash if there is none. 99.96 is not 100.

    >>> percent(1.0), percent(0.9996), percent(0.5), percent(None)
    ('100', '99.9', '50.0', '–')
    """
    if share is None:
        return "–"
    if share in (0.0, 1.0):
        return f"{share * 100:.0f}"
    return f"{min(max(share * 100, 0.1), 99.9):.1f}"


def machine() -> str:
    """Where a figure was measured; figures of different machines are not to be compared."""
    libraries = ", ".join(f"{name} {version(name)}" for name in ("lxml", "Scrapy"))
    system = f"{platform.system()} on {os.cpu_count()} cores"
    return f"{system}, Python {platform.python_version()}, {libraries}"


def replace_between(document: Path, name: str, text: str) -> None:
    """Put *text* between the marks ``<!-- name -->`` and ``<!-- /name -->`` of *document*."""
    old = document.read_text("utf-8")
    pattern = re.compile(rf"(<!-- {re.escape(name)} -->\n).*?(<!-- /{re.escape(name)} -->)", re.S)
    new, count = pattern.subn(lambda found: f"{found[1]}\n{text}\n{found[2]}", old)
    if count != 1:
        raise ValueError(f"{document} has {count} places marked {name!r}, expected one")
    document.write_text(new, "utf-8")
