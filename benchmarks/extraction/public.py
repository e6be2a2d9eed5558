"""Text recall and precision on the public evaluation sets that somebody has on disk.

    python -m benchmarks.extraction.public FOLDER [--systems khobao,trafilatura]

Two formats are known, and nothing is fetched:

- **article-extraction-benchmark**: ``ground-truth.json`` (``{id: {"articleBody", "url"}}``) beside
  ``html/ID.html.gz``. Words are compared in runs of four, as that benchmark does.
- **trafilatura**: ``evaldata.py`` with a dictionary of pages (``{url: {"file", "with",
  "without"}}``), and the files below the folder. Recall is the share of the ``with`` passages that
  are in the text; precision, the share of them among all stated passages that are.

These pages are of other papers in other languages. A page that khobao refuses counts as read with
no text: the count of refusals stands beside the scores.
"""

from __future__ import annotations

import argparse
import ast
import gzip
import json
import re
import tempfile
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rich.console import Console

from archive.models import Article
from benchmarks.extraction.pages import Case
from benchmarks.extraction.systems import SYSTEMS, Unavailable, run_pass
from benchmarks.tables import Table, percent

_WORD = re.compile(r"\w+")
_RUN = 4


@dataclass(frozen=True)
class PublicPage:
    """One page of a set, and how a text that was read from it is judged."""

    url: str
    html: bytes
    judge: Callable[[str], tuple[float, float, float]]
    """Text → (right, stated, read): recall is right/stated, precision right/read."""


def find_pages(folder: Path) -> Iterator[PublicPage]:
    """The pages of the set in *folder*; FileNotFoundError if it is in neither format."""
    if (truth := folder / "ground-truth.json").is_file():
        yield from _benchmark_pages(folder, truth)
    elif (data := folder / "evaldata.py").is_file():
        yield from _trafilatura_pages(folder, data)
    else:
        raise FileNotFoundError(f"{folder} holds neither ground-truth.json nor evaldata.py")


def _benchmark_pages(folder: Path, truth: Path) -> Iterator[PublicPage]:
    for name, entry in json.loads(truth.read_text("utf-8")).items():
        expected = _runs(entry["articleBody"])

        def judge(text: str, expected: Counter[str] = expected) -> tuple[float, float, float]:
            read = _runs(text)
            return (read & expected).total(), expected.total(), read.total()

        page = folder / "html" / f"{name}.html.gz"
        yield PublicPage(entry.get("url") or "", gzip.decompress(page.read_bytes()), judge)


def _trafilatura_pages(folder: Path, data: Path) -> Iterator[PublicPage]:
    files = {path.name: path for path in folder.rglob("*.html")}
    for url, entry in _dictionary_in(data).items():
        if (path := files.get(entry.get("file", ""))) is None:
            continue
        stated = [_plain(passage) for passage in entry.get("with", [])]
        noise = [_plain(passage) for passage in entry.get("without", [])]

        def judge(
            text: str, right: list[str] = stated, wrong: list[str] = noise
        ) -> tuple[float, float, float]:
            plain = _plain(text)
            hits = sum(passage in plain for passage in right)
            return hits, len(right), hits + sum(passage in plain for passage in wrong)

        yield PublicPage(url, path.read_bytes(), judge)


def _dictionary_in(module: Path) -> dict[str, dict[str, Any]]:
    """The first dictionary of pages that *module* assigns; the module is parsed, never run."""
    for node in ast.parse(module.read_text("utf-8")).body:
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Dict):
            found = ast.literal_eval(node.value)
            if any(isinstance(entry, dict) and "with" in entry for entry in found.values()):
                return dict(found)
    raise ValueError(f"{module} assigns no dictionary of pages with passages")


def _runs(text: str) -> Counter[str]:
    """How often each run of four words stands in *text*; a shorter text is one run."""
    words = _WORD.findall(unicodedata.normalize("NFC", text))
    if not words:
        return Counter()
    count = max(len(words) - _RUN + 1, 1)
    return Counter(" ".join(words[at : at + _RUN]) for at in range(count))


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())


def score(folder: Path, systems: list[str]) -> tuple[Table, list[str]]:
    """One row for each system, and why others are missing."""
    pages = list(find_pages(folder))
    rows, missing = [], []
    with tempfile.TemporaryDirectory() as scratch:
        cases = []
        for number, page in enumerate(pages):
            file = Path(scratch) / f"{number}.html"
            file.write_bytes(page.html)
            cases.append(Case(f"public/{number}", file, page.url, Article(""), frozenset()))
        for system in systems:
            try:
                _, readings = run_pass(system, cases)
            except Unavailable as error:
                missing.append(str(error))
                continue
            recalls, precisions, refused = [], [], 0
            for page, reading in zip(pages, readings, strict=True):
                text = "\n".join(reading.get("body") or ())
                refused += bool(reading.get("error"))
                right, stated, read = page.judge(text)
                recalls.append(right / stated if stated else 1.0)
                if read:
                    precisions.append(right / read)
            rows.append(
                [
                    system,
                    percent(sum(precisions) / len(precisions) if precisions else None),
                    percent(sum(recalls) / len(recalls)),
                    str(refused),
                ]
            )
    columns = ("system", "precision", "recall", "refused")
    return Table(f"Text of {len(pages)} public pages", columns, rows, strong="khobao"), missing


def main() -> None:
    """Print the scores."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.extraction.public")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--systems", default="khobao,trafilatura", help=", ".join(SYSTEMS))
    given = parser.parse_args()
    table, missing = score(given.folder, given.systems.split(","))
    console = Console()
    for reason in missing:
        console.print(f"[yellow]{reason}[/yellow]")
    console.print(table.rich())


if __name__ == "__main__":
    main()
