"""The command of the yardstick."""

from __future__ import annotations

import sys
from pathlib import Path

import click
from rich.console import Console

from benchmarks.extraction import floors, report
from benchmarks.extraction.pages import GOLDEN, collect
from benchmarks.extraction.systems import SYSTEMS, measure


@click.command()
@click.argument("folders", nargs=-1, type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--systems", metavar="A,B", help="Only these. [default: all that are installed]")
@click.option("--rounds", default=3, show_default=True, help="Passes per system; the best counts.")
@click.option("--markdown", type=click.Path(path_type=Path), help="Write the tables to this file.")
@click.option("--csv", "csv_file", type=click.Path(path_type=Path), help="Write the scores, too.")
@click.option("--misses", type=int, metavar="N", help="Show N differences of each system.")
@click.option("--check", is_flag=True, help="Fail if khobao is below a pinned floor.")
@click.option("--pin", is_flag=True, help="Pin today's scores of khobao as floors.")
@click.option("--lower-floors", is_flag=True, help="Let --pin lower a floor.")
def main(
    folders: tuple[Path, ...],
    systems: str | None,
    rounds: int,
    markdown: Path | None,
    csv_file: Path | None,
    misses: int | None,
    check: bool,
    pin: bool,
    lower_floors: bool,
) -> None:
    """Read the pages of FOLDERS (default: the golden pages) with khobao and its peers.

    Peers are installed by `make peers`; without it khobao is measured alone.

    \b
    Example:
      python -m benchmarks.extraction tests/pages ../my-pages --systems khobao,trafilatura
    """
    console, messages = Console(), Console(stderr=True)
    if (check or pin) and folders:
        raise click.UsageError("floors are pinned on the golden pages; give no folder with them")
    cases = collect(folders or (GOLDEN,))
    if not cases:
        raise click.UsageError("no page with expectations there (see pages.collect)")
    chosen = systems.split(",") if systems else list(SYSTEMS)
    if unknown := set(chosen) - set(SYSTEMS):
        raise click.UsageError(f"no system {', '.join(unknown)}; known: {', '.join(SYSTEMS)}")
    results, missing = measure(cases, chosen, rounds=rounds)
    for reason in missing:
        messages.print(f"[yellow]{reason}[/yellow]")
    tables = report.tables(results, len(cases))
    for table in tables:
        console.print(table.rich())
        console.print()
    console.print(report.versions(results), style="dim")
    for result in results if misses else ():
        console.print(report.misses(result, misses or 0).rich())
    if markdown:
        markdown.write_text("\n".join(table.markdown() for table in tables), "utf-8")
    if csv_file:
        csv_file.write_text(report.as_csv(results), "utf-8")
    ours = next((result for result in results if result.system == report.OURS), None)
    if pin and ours:
        for lowered in floors.pin(ours, cases, lower=lower_floors):
            messages.print(f"[red]not pinned, would lower {lowered}[/red] (--lower-floors)")
            sys.exit(1)
    if check:
        if ours is None:
            raise click.UsageError("--check needs khobao among the systems")
        failures, remarks = floors.check(floors.load(), ours, cases)
        for remark in remarks:
            messages.print(f"[yellow]{remark}[/yellow]")
        for failure in failures:
            messages.print(f"[red]below the floor: {failure}[/red]")
        sys.exit(bool(failures))


if __name__ == "__main__":
    main()
