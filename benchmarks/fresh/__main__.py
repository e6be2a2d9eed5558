"""Make the fresh pages, read them, and print what is right and what is missed.

    python -m benchmarks.fresh [--write FOLDER] [--shell NAME] [--misses N]

`--write` keeps each page (.html) with its address and expected fields (.json) in a folder.
"""

# ruff: noqa: E501 - markup and sentences on one line each

from __future__ import annotations

import argparse
import difflib
import json
from collections import defaultdict
from pathlib import Path

from rich.console import Console

from benchmarks.fresh.bench import report_of
from benchmarks.fresh.pages import SHELLS, FreshPage, generate
from benchmarks.fresh.scores import Reading, read
from benchmarks.tables import findings_table


def main() -> None:
    """Run as the docstring says."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.fresh", description=__doc__)
    parser.add_argument("--write", type=Path, metavar="FOLDER", help="keep the pages here")
    parser.add_argument(
        "--shell", choices=[*(s.name for s in SHELLS), "refused"], help="only these pages"
    )
    parser.add_argument("--misses", type=int, default=0, metavar="N", help="show N kinds of misses")
    given = parser.parse_args()
    pages = [page for page in generate() if given.shell in (None, page.shell)]
    if given.write:
        write(pages, given.write)
    readings = [read(page) for page in pages]
    report, console = report_of(readings), Console()
    report.show(console)
    console.print(findings_table(report.findings).rich())
    for kind, cases in list(misses(readings).items())[: given.misses]:
        console.print(
            f"{len(cases):4} × {kind}: {', '.join(case.page.name for case in cases[:4])}",
            markup=False,
        )
        console.print(described(cases[0], kind.split()[0]), markup=False)


def write(pages: list[FreshPage], folder: Path) -> None:
    """Put *pages* into *folder*: NAME.html and NAME.json."""
    folder.mkdir(parents=True, exist_ok=True)
    for page in pages:
        (folder / f"{page.name}.html").write_bytes(page.html)
        record = {
            "url": page.url,
            "faults": page.faults,
            "expected": page.expected,
            "foreign": page.foreign,
        }
        text = json.dumps(record, ensure_ascii=False, indent=1)
        (folder / f"{page.name}.json").write_text(text, "utf-8")


def misses(readings: list[Reading]) -> dict[str, list[Reading]]:
    """Misses by score, shell and faults, the commonest first."""
    found: dict[str, list[Reading]] = defaultdict(list)
    for one in readings:
        if not one.page.expected:
            if one.article is not None:
                found["accepted that is not an article"].append(one)
        elif one.error:
            found[f"refused in {one.page.shell} ({one.error.split(':')[0]})"].append(one)
        else:
            for name in one.misses:
                found[f"{name} in {one.page.shell}"].append(one)
    return dict(sorted(found.items(), key=lambda item: -len(item[1])))


def described(one: Reading, score: str) -> str:
    """What was expected and what was found, for one score of one page."""
    want, have = one.page.expected, one.article
    if have is None:
        return f"       {one.error}"
    if score == "body":
        lines = difflib.unified_diff(
            want["body"].split("\n\n"), (have["body"] or "").split("\n\n"), lineterm="", n=0
        )
        return "\n".join(f"       {line[:160]}" for line in list(lines)[2:10])
    if score == "captions":
        return f"       {[i['caption'] for i in want['images']]}\n       {[i['caption'] for i in have['images']]}"
    if score == "clean":
        return f"       {one.leaks}"
    field = {"stamp": "updated_at", "section": "section_slug", "published": "published_at"}.get(
        score, score
    )
    return f"       {want.get(field)!r}\n       {have.get(field)!r}"


if __name__ == "__main__":
    main()
