"""The newsroom on loopback, and khobao run on it as an operator would: in a process of its own."""

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from archive.archive import Archive
from archive.clock import SHIFT, now
from newsroom import Newsroom

VIETNAM = timezone(timedelta(hours=7))


@dataclass
class Operator:
    """Runs khobao on one archive."""

    path: Path
    newsroom: Newsroom | None = None

    def khobao(self, *arguments, code=0, **environment):
        """Run a command; fails the test unless it exits with *code* (None: any)."""
        done = subprocess.run(
            [sys.executable, "-m", "archive", *map(str, arguments)],
            capture_output=True,
            text=True,
            timeout=120,
            env=os.environ | {key: str(value) for key, value in environment.items()},
            check=False,
        )
        assert code is None or done.returncode == code, done.stdout + done.stderr
        return done

    def crawl(self, *arguments, minutes=10, code=0):
        """Crawl the newsroom at its own time of day; returns the summary as the program sees it."""
        done = self.khobao(
            *("crawl", "-a", self.path, "--base-url", self.newsroom.base_url),
            *("--delay", 0, "--timeout", 2, "--format", "json", *arguments),
            code=code,
            **self.clock(minutes),
        )
        return json.loads(done.stdout.splitlines()[-1]) if done.stdout.startswith("{") else done

    def clock(self, minutes=10):
        """The environment in which it is the newsroom's own time of day."""
        visit = self.newsroom.paper.edition(self.newsroom.day).clock.replace(tzinfo=VIETNAM)
        ahead = visit + timedelta(minutes=minutes) - datetime.fromisoformat(now())
        return {SHIFT: str(ahead.total_seconds())}

    def open(self):
        return Archive.open(self.path, read_only=True)

    def rows(self, sql, *parameters):
        with self.open() as archive:
            return archive.connection.execute(sql, parameters).fetchall()


@pytest.fixture
def newsroom():
    with Newsroom(crawl_delay=0) as room:
        yield room


@pytest.fixture
def operators(tmp_path, newsroom):
    """Any number of operators, each with an archive of their own."""
    return lambda name: Operator(tmp_path / name, newsroom)


@pytest.fixture
def operator(operators):
    return operators("archive")


@pytest.fixture(scope="session")
def made_crawl(made_once):
    """The archive after the first crawl of the newsroom, on day 0."""

    def make(folder):
        with Newsroom(crawl_delay=0) as room:
            Operator(folder, room).crawl()

    return made_once("crawl", make)


@pytest.fixture
def crawled(operator, made_crawl):
    """An operator whose archive holds what the newsroom prints on day 0."""
    shutil.copytree(made_crawl, operator.path)
    return operator
