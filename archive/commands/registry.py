"""Which commands archive brings."""

from __future__ import annotations

import click


def register(group: click.Group) -> None:
    """Add every command of this package to *group*."""
