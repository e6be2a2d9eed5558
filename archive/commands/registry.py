"""Which commands archive brings."""

from __future__ import annotations

import click

from archive.commands.diff import diff
from archive.commands.export import export
from archive.commands.search import search
from archive.commands.show import show


def register(group: click.Group) -> None:
    """Add every command of this package to *group*."""
    for command in (search, show, diff, export):
        group.add_command(command)
