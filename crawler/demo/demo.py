"""All of it in less than a minute: a newspaper on loopback, crawled for three days, then asked.

Every step is the real command, run as a user would run it; the demo only lets the days pass, and
says in a sentence what a crawl counted. The days pass in the newsroom and on khobao's clock alike,
so the second day's crawl finds the re-check ladder as it will stand tomorrow.
"""

from __future__ import annotations

import json
import os
import shlex
import shutil
import subprocess
import sys
from collections import Counter
from datetime import datetime, timedelta, timezone
from itertools import pairwise
from pathlib import Path

from rich.rule import Rule
from rich.text import Text

from archive.archive import Archive
from archive.articles.diff import compare
from archive.clock import SHIFT, now
from archive.commands.terminal import console
from archive.errors import KhobaoError
from crawler.demo import folder as demo_folder
from newsroom import Newsroom

_VIETNAM = timezone(timedelta(hours=7))

#: Days of the script that the demo lives through.
_DAYS = 2

#: Letters of a change that can be read at a glance.
_AT_A_GLANCE = 400


def run_demo(folder: Path) -> None:
    """Fill *folder* with the demo's archive, and show what can be done with it."""
    demo_folder.clear(folder)
    demo_folder.mark(folder, finished=False)
    stage = Stage(folder)
    # The last day ends last night, so that nothing in the archive is of the future.
    first = datetime.fromisoformat(now()).astimezone(_VIETNAM).date() - timedelta(days=_DAYS + 1)
    with Newsroom(today=first, crawl_delay=0) as newsroom:
        stage.scene("Night 1: all of a small newspaper; then again, and nothing is new")
        stage.crawl(newsroom)
        stage.crawl(newsroom, minutes=5)
        for day in range(1, _DAYS + 1):
            newsroom.set_day(day)
            stage.scene(f"Night {day + 1}: the newspaper has worked meanwhile")
            stage.crawl(newsroom)
    stage.scene("Search without marks finds every marked form")
    stage.run("search", "han man", "--limit", "2")
    if edited := stage.telling_edit():
        stage.scene("Every version is kept: what the newspaper changed afterwards")
        stage.run("diff", *edited)
    stage.scene("For Excel, R and pandas: every row, every column explained")
    stage.run("export", str(folder / "articles.csv"))
    demo_folder.mark(folder, finished=True)
    stage.invitation(edited[0] if edited else "1")


class Stage:
    """Runs commands before an audience."""

    def __init__(self, folder: Path):
        self.folder = folder
        self.console = console()
        self.khobao, self.hint = _how_to_call()

    def scene(self, title: str) -> None:
        """Begin a new part."""
        self.console.print()
        self.console.print(Rule(Text(title, "bold"), align="left", characters="─"))

    def crawl(self, newsroom: Newsroom, minutes: int = 0) -> None:
        """A crawl at the newsroom's own time of day, told in a sentence."""
        visit = newsroom.paper.edition(newsroom.day).clock.replace(tzinfo=_VIETNAM)
        ahead = visit + timedelta(minutes=10 + minutes) - datetime.fromisoformat(now())
        # Added to the shift this process has itself, if it is rehearsed at another date.
        shift = {SHIFT: str(ahead.total_seconds() + float(os.environ.get(SHIFT) or 0))}
        options = ["--base-url", newsroom.base_url, "--delay", "0"]
        typed = ["crawl", "-a", str(self.folder), *options]
        self._prompt(typed)
        done = _khobao([*typed, "--timeout", "3", "--format", "json"], stdout=True, **shift)
        counted = Counter({k: v for k, v in json.loads(done).items() if isinstance(v, int)})
        for number, line in enumerate(told(counted)):
            self.console.print(Text.assemble(("  " if number else "✓ ", "green"), line))

    def run(self, command: str, *arguments: str) -> None:
        """Show a command as one would type it, and run it."""
        typed = [command, "-a", str(self.folder), *arguments]
        self._prompt(typed)
        _khobao(typed)

    def _prompt(self, words: list[str]) -> None:
        """A command line, never broken: it can be copied."""
        typed = Text(f"{self.khobao} {shlex.join(words)}", "bold")
        self.console.print(Text.assemble(("$ ", "green"), typed), soft_wrap=True)

    def telling_edit(self) -> tuple[str, str, str] | None:
        """The edit that says most in fewest words: an article's key and two version numbers.

        Without a new stamp before those with one; numbers before words; short before long.
        """
        found: list[tuple[tuple[bool, bool, bool, int], tuple[str, str, str]]] = []
        with Archive.open(self.folder, read_only=True) as archive:
            keys = archive.connection.execute("SELECT key FROM articles WHERE revision > 1")
            for (key,) in keys.fetchall():
                versions = archive.article(key).revisions
                for before, after in pairwise(versions):
                    made = compare(before.article, after.article)
                    letters = sum(
                        len(change.text)
                        for field in made.fields
                        for change in field.changes
                        if change.operation != "same"
                    )
                    if not made.text_changed:
                        continue
                    worth = (
                        letters > _AT_A_GLANCE,
                        after.edit != "silent",
                        not (made.numbers_added and made.numbers_removed),
                        letters,
                    )
                    found.append((worth, (key, str(before.number), str(after.number))))
        return min(found)[1] if found else None

    def invitation(self, example: str) -> None:
        """Where everything is, what to try next, and the reading room."""
        folder = shlex.quote(str(self.folder))
        self.scene(f"Yours to play with: {self.folder}")
        if self.hint:
            self.console.print(Text(self.hint, "yellow"), soft_wrap=True)
        self._offer(f"show -a {folder} {example}", "one article and its versions")
        self._offer(f"trends -a {folder} lúa --by year", "how often it is written about")
        self._offer(f"coverage -a {folder}", "what is there, and what is not")
        self.console.print()
        next_room = "The reading room is next: search, read, compare and count in the browser."
        self.console.print(Text(next_room, "bold"))
        self._offer(f"serve -a {folder} --open")

    def _offer(self, command: str, what: str = "") -> None:
        line = Text(f"  {self.khobao} {command}", "cyan")
        if what:
            line.append(f"  # {what}", "dim")
        self.console.print(line, soft_wrap=True)


def told(counted: Counter[str]) -> list[str]:
    """What a crawl counted, in sentences.

    >>> told(Counter(fetched=33, listed=80))
    ['nothing new; 33 pages read, most of them lists']
    >>> told(Counter(fetched=50, new=4, revised=3, missing=1))
    ['4 new articles, 3 edited since; 50 pages read', \
'1 article was missing: gone if the next night misses it too']
    >>> told(Counter(fetched=53, new=1, revised=3, gone=2, blocked=1))
    ['1 new article, 3 edited since, 2 gone, kept here; 53 pages read', \
'1 page was refused or broken: kept as evidence, and asked for again']
    """
    found = [
        _number(counted["new"], "new article", "new articles"),
        _number(counted["revised"], "edited since"),
        _number(counted["gone"], "gone, kept here"),
    ]
    pages = f"{counted['fetched']:,} pages read"
    news = ", ".join(part for part in found if part)
    said = [f"{news}; {pages}" if news else f"nothing new; {pages}, most of them lists"]
    if missing := _number(counted["missing"], "article was missing", "articles were missing"):
        said.append(f"{missing}: gone if the next night misses it too")
    lost = counted["blocked"] + counted["failed"]
    if broken := _number(lost, "page was refused or broken", "pages were refused or broken"):
        said.append(f"{broken}: kept as evidence, and asked for again")
    return said


def _number(count: int, one: str, many: str | None = None) -> str:
    return f"{count:,} {one if count == 1 else many or one}" if count else ""


def _khobao(arguments: list[str], *, stdout: bool = False, **environment: str) -> str:
    """Run a command in a process of its own; returns what it printed, if *stdout* is to be kept."""
    sys.stdout.flush()
    done = subprocess.run(
        [sys.executable, "-P", "-m", "archive", *arguments],
        env=os.environ | environment,
        stdout=subprocess.PIPE if stdout else None,
        encoding="utf-8",
        check=False,
    )
    if done.returncode:
        raise KhobaoError(f"khobao {arguments[0]} ended with exit code {done.returncode}")
    return done.stdout or ""


def _how_to_call() -> tuple[str, str]:
    """How khobao is called here, and a hint if the shell does not find it by its name."""
    here = Path(sys.executable).parent / "khobao"
    found = shutil.which("khobao")
    if found or not here.exists():
        return "khobao", ""
    shown = os.path.relpath(here)
    shown = str(here) if shown.startswith("..") else shown
    activate = shlex.quote(str(Path(shown).with_name("activate")))
    return shlex.quote(shown), f"khobao is not on your PATH; this puts it there: . {activate}"
