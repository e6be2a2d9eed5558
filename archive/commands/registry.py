"""Which commands archive brings."""

from __future__ import annotations

import click

from archive.commands.backup import backup, restore
from archive.commands.concord import concord
from archive.commands.coverage import coverage
from archive.commands.diff import diff
from archive.commands.export import export
from archive.commands.lists import lists
from archive.commands.log import log
from archive.commands.run import run
from archive.commands.search import search
from archive.commands.serve import serve
from archive.commands.show import show
from archive.commands.status import status
from archive.commands.trends import trends
from archive.commands.verify import verify
from archive.commands.words import collocates, keyness, words


def register(group: click.Group) -> None:
    """Add every command of this package to *group*."""
    for command in (
        *(search, show, diff, lists, trends, export, coverage, status, verify, serve),
        *(concord, words, collocates, keyness),
        *(run, log, backup, restore),
    ):
        group.add_command(command)
