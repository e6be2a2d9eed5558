"""``khobao serve``: the reading room, in the browser."""

from __future__ import annotations

from pathlib import Path

import click

from archive.commands.options import archive_option
from archive.errors import UsageError


@click.command()
@archive_option
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen at.")
@click.option("--port", default=8001, show_default=True, type=click.IntRange(0, 65535))
def serve(path: Path, host: str, port: int) -> None:
    """Open the reading room: search, read, compare and count in a browser.

    It reads a snapshot of the archive, so a crawl may go on meanwhile.
    """
    try:
        from archive import web
    except ImportError as error:
        raise UsageError(
            "the reading room needs Datasette; install it with: pip install 'khobao[web]'"
        ) from error
    web.serve(path, host=host, port=port)
