"""Five walks through the code: how many files, calls and crossings one piece of work takes.

    python -m benchmarks.walks [--files]

Each walk is real work on a small archive of the newsroom, traced by `sys.setprofile`. A *file* is a
source file of the project that runs at least one function; a *crossing* is a call from one of these
files into another. Walk 1 begins where the response of one article enters the capture middleware
and ends where the next response does, so it holds the record, the reading, the rows and the links.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stdout
from dataclasses import dataclass, field
from io import StringIO
from pathlib import Path
from types import FrameType
from typing import Any
from urllib.parse import urlsplit
from urllib.request import urlopen

from rich.console import Console

from archive.archive import Archive
from archive.cli import khobao
from benchmarks.tables import Finding, Report, Table
from crawler.extract import extract
from newsroom import Newsroom

ROOT = Path(__file__).parents[1]
_OURS = tuple(f"{ROOT / folder}/" for folder in ("archive", "crawler"))

#: A response becomes a row through at most so many files, and without a pickle.
MOST_FILES = 30


@dataclass
class Walk:
    """What one walk touched."""

    name: str
    files: Counter[str] = field(default_factory=Counter)
    crossings: int = 0
    pickles: int = 0

    @property
    def calls(self) -> int:
        """All calls of functions of ours."""
        return self.files.total()

    def see(self, frame: FrameType, event: str, argument: Any) -> None:
        """Count one event of the profiler."""
        if event == "c_call" and getattr(argument, "__module__", None) == "_pickle":
            self.pickles += argument.__name__ in ("dumps", "loads", "dump", "load")
        elif event == "call" and (here := frame.f_code.co_filename).startswith(_OURS):
            if frame.f_code.co_name.startswith("<"):
                return  # a comprehension or a lambda belongs to the function around it
            self.files[here] += 1
            caller = frame.f_back
            while caller and not caller.f_code.co_filename.startswith(_OURS):
                caller = caller.f_back
            self.crossings += caller is None or caller.f_code.co_filename != here


@contextmanager
def tracing(see: Callable[[FrameType, str, Any], None]) -> Iterator[None]:
    """Send every call of this thread, and of those it starts, to *see*."""
    threading.setprofile(see)
    sys.setprofile(see)
    try:
        yield
    finally:
        sys.setprofile(None)
        threading.setprofile(None)  # type: ignore[arg-type]  # None is documented


def command(*arguments: str) -> None:
    """Run a command of khobao in this process; its output is dropped."""
    with redirect_stdout(StringIO()):
        khobao.main(list(arguments), standalone_mode=False)


def walk_of_a_response(folder: Path, base_url: str, minimum: int) -> Walk:
    """Crawl the newsroom into *folder*; trace the article that comes after *minimum* responses."""
    walk = Walk("1 response → row")
    responses = 0

    def see(frame: FrameType, event: str, argument: Any) -> None:
        nonlocal responses
        code = frame.f_code
        if event == "call" and code.co_qualname == "Capture.process_response":
            address = frame.f_locals["request"].url
            if walk.files:
                responses = -(10**9)  # the next response: the walk is over
            elif responses >= 0:
                responses += 1 if responses < minimum else ".html" in address
        if responses > minimum:
            walk.see(frame, event, argument)

    with tracing(see):
        command("crawl", "-a", str(folder), "--base-url", base_url, "--delay", "0")
    return walk


def walks(folder: Path) -> list[Walk]:
    """All five."""
    archive = str(folder / "archive")
    with Newsroom(crawl_delay=0) as newsroom:
        first = walk_of_a_response(folder / "archive", newsroom.base_url, minimum=40)
        url = _an_article(folder / "archive")
        with urlopen(newsroom.base_url + urlsplit(url).path) as answer:
            page = answer.read()
    done = [first]
    for name, work in (
        ("2 page → Article", lambda: extract(page, url)),
        ("3 query → hits", lambda: command("search", "-a", archive, "hạn mặn", "--limit", "5")),
        ("4 export CSV", lambda: command("export", "-a", archive, str(folder / "all.csv"))),
        ("5 reextract", lambda: command("reextract", "-a", archive, "--dry-run")),
    ):
        work()  # what is imported or cached at the first call is no part of the walk
        (folder / "all.csv").unlink(missing_ok=True)
        walk = Walk(name)
        with tracing(walk.see):
            work()
        done.append(walk)
    return done


def _an_article(archive: Path) -> str:
    """The address of one article of *archive*."""
    with Archive.open(archive, read_only=True) as opened:
        found = opened.connection.execute(
            "SELECT url FROM articles WHERE url LIKE '%.html' ORDER BY id LIMIT 1"
        )
        return str(found.fetchone()[0])


def report(quick: bool = True) -> Report:
    """The table of walks, and the two bars that hold the first."""
    with tempfile.TemporaryDirectory() as folder:
        found = walks(Path(folder))
    rows = [
        [w.name, str(len(w.files)), f"{w.calls:,}", f"{w.crossings:,}", str(w.pickles)]
        for w in found
    ]
    return Report(
        "walks",
        "python -m benchmarks.walks",
        [Table("Walks through the code", ("walk", "files", "calls", "crossings", "pickles"), rows)],
        [
            Finding("files that a response passes", len(found[0].files), MOST_FILES, "<="),
            Finding("pickles that a response takes", found[0].pickles, 0, "<="),
        ],
    )


def main() -> None:
    """Print the walks; with --files also the files of each."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", action="store_true", help="list the files of each walk")
    if parser.parse_args().files:
        with tempfile.TemporaryDirectory() as folder:
            for walk in walks(Path(folder)):
                print(f"{walk.name}: {len(walk.files)} files")
                for file, calls in walk.files.most_common():
                    print(f"  {calls:6,}  {Path(file).relative_to(ROOT)}")
        return
    found = report()
    found.show(Console())


if __name__ == "__main__":
    main()
