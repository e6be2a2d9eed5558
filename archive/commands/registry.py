"""Which commands archive brings."""

from __future__ import annotations

import click

from archive.commands.search import search


def register(group: click.Group) -> None:
    """Add every command of this package to *group*."""
    for command in (search,):
        group.add_command(command)
