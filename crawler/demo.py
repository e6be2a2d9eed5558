"""All of it in one minute: a newspaper on loopback, crawled for three days, then asked.

Every step is the real command, run as a user would run it; the demo only lets the days pass. They
pass in the newsroom and on khobao's clock alike, so the second day's crawl finds the re-check
ladder as it will stand tomorrow.
"""

from __future__ import annotations

import csv
import os
import shutil
import subprocess
import sys
import textwrap
from datetime import datetime, timedelta, timezone
from pathlib import Path

from rich.console import Console
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from archive.clock import SHIFT, now
from archive.errors import UsageError
from archive.store import Archive
from crawler.newsroom import Newsroom

_VIETNAM = timezone(timedelta(hours=7))

#: Days of the script that the demo lives through.
_DAYS = 2


def run_demo(folder: Path) -> None:
    """Fill *folder* with the demo's archive, and show what can be done with it."""
    if folder.exists() and any(folder.iterdir()) and not (folder / "archive.db").exists():
        raise UsageError(f"{folder} is not empty and no archive; give the demo a folder of its own")
    shutil.rmtree(folder, ignore_errors=True)
    stage = Stage(folder)
    # The last day ends last night, so that nothing in the archive is of the future.
    first = datetime.fromisoformat(now()).astimezone(_VIETNAM).date() - timedelta(days=_DAYS + 1)
    with Newsroom(today=first, crawl_delay=0) as newsroom:
        stage.say("A small newspaper is open at", newsroom.base_url)
        stage.scene("The first night: everything")
        stage.crawl(newsroom, "the whole paper, from the front page on")
        stage.scene("Again, a few minutes later: nothing new")
        stage.crawl(newsroom, "only the lists are read", minutes=5)
        for day in range(1, _DAYS + 1):
            newsroom.set_day(day)
            stage.scene(f"Day {day}: new articles, edits, one that vanished")
            stage.crawl(newsroom, "what is new, and young articles once more")
    stage.scene("Search, typed in a hurry: without marks")
    stage.run("search", "sat lo bo song", "--limit", "3")
    stage.scene("The same with marks is exact")
    stage.run("search", "sạt lở bờ sông", "--limit", "3")
    edited = stage.edited_article()
    if edited:
        stage.scene("An article that the newspaper edited: what changed")
        stage.run("diff", edited)
    stage.scene("For Excel, R and pandas")
    stage.run("export", str(folder / "articles.csv"))
    stage.first_rows(folder / "articles.csv")
    stage.scene("The archive at a glance")
    stage.run("status")
    stage.farewell(edited)


class Stage:
    """Runs commands before an audience."""

    def __init__(self, folder: Path):
        self.folder = folder
        self.console = Console(highlight=False)

    def say(self, words: str, place: str) -> None:
        """One line of the presenter."""
        self.console.print(Text.assemble(words, " ", (place, "cyan")))

    def scene(self, title: str) -> None:
        """Begin a new part."""
        self.console.print()
        self.console.print(Rule(Text(title, "bold"), align="left", characters="─"))

    def crawl(self, newsroom: Newsroom, remark: str, minutes: int = 0) -> None:
        """A crawl at the newsroom's own time of day."""
        visit = newsroom.paper.edition(newsroom.day).clock.replace(tzinfo=_VIETNAM)
        ahead = visit + timedelta(minutes=10 + minutes) - datetime.fromisoformat(now())
        # Added to the shift this process has itself, if it is rehearsed at another date.
        shift = {SHIFT: str(ahead.total_seconds() + float(os.environ.get(SHIFT) or 0))}
        self.console.print(Text(f"# {remark}", "dim"))
        self.run(
            "crawl", "--base-url", newsroom.base_url, "--delay", "0", "--timeout", "3", **shift
        )

    def run(self, command: str, *arguments: str, **environment: str) -> None:
        """Show a command as one would type it, and run it."""
        own = [command, "-a", str(self.folder), *arguments]
        self._prompt(["khobao", *(f"'{word}'" if " " in word else word for word in own)])
        sys.stdout.flush()
        done = subprocess.run(
            [sys.executable, "-m", "archive", *own], env=os.environ | environment, check=False
        )
        if done.returncode:
            raise UsageError(f"khobao {command} ended with exit code {done.returncode}")

    def _prompt(self, words: list[str]) -> None:
        """A command line, broken as a shell would take it back."""
        lines = textwrap.wrap(" ".join(words), 74, break_long_words=False, break_on_hyphens=False)
        typed = Text(" \\\n    ".join(lines), "bold")
        self.console.print(Text.assemble(("$ ", "green"), typed))

    def first_rows(self, path: Path, count: int = 4) -> None:
        """The first rows of a CSV file, in as many columns as fit a screen."""
        with path.open(encoding="utf-8", newline="") as stream:
            rows = csv.DictReader(stream)
            names = rows.fieldnames or []
            shown = {"key": 12, "updated_day": 11, "section": 11, "byline": 13, "title": 24}
            table = Table(box=None, padding=(0, 1), header_style="bold")
            for name, width in shown.items():
                table.add_column(name, width=width, no_wrap=True, overflow="ellipsis")
            for row, _ in zip(rows, range(count), strict=False):
                table.add_row(*(Text(row[name]) for name in shown))
        self.console.print(table)
        self.console.print(Text(f"… {len(names)} columns: {', '.join(names[:9])} …", "dim"))

    def edited_article(self) -> str | None:
        """The key of the article with the most telling history."""
        with Archive.open(self.folder, read_only=True) as archive:
            row = archive.connection.execute(
                "SELECT key FROM articles JOIN revisions ON article_id = articles.id"
                " WHERE edit IS NOT NULL ORDER BY revision DESC, edit = 'stamped' DESC, key LIMIT 1"
            ).fetchone()
        return row[0] if row else None

    def farewell(self, edited: str | None) -> None:
        """Where everything is, and what to try next."""
        folder = self.folder
        khobao = "khobao"
        if shutil.which(khobao) is None:  # not on the path: an environment that make has made
            khobao = os.path.relpath(Path(sys.executable).parent / "khobao")
        self.scene("Yours to play with")
        example = edited or "1"
        for what, how in (
            (f"{folder}/archive.db", "every record; opens in sqlite3, Datasette, R, pandas"),
            (f"{folder}/captures/", "the raw bytes, WARC; open in any web-archive tool"),
            (f"{folder}/articles.csv", "one row for each article, every column explained in docs/"),
            (f"{khobao} show -a {folder} {example}", "read one article with its versions"),
            (f"{khobao} trends -a {folder} 'lúa' 'xoài' --by year", "count words over time"),
            (f"{khobao} serve -a {folder}", "the reading room, in the browser"),
            (
                f'sqlite3 {folder}/archive.db "SELECT key, title FROM articles'
                ' WHERE id IN (SELECT rowid FROM articles_plain(\'\\"dan van\\"\'))"',
                "plain SQL, no special function needed",
            ),
        ):
            self.console.print(Text.assemble((f"  {what}", "cyan"), "\n      ", (how, "dim")))
