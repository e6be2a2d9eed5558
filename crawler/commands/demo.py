"""``khobao demo``: the tour on a small newspaper served on this machine."""

from __future__ import annotations

from pathlib import Path

import click


@click.command()
@click.argument("folder", type=click.Path(path_type=Path), default="demo")
def demo(folder: Path) -> None:
    """Show all of it in less than a minute, on a small newspaper served on this machine.

    Crawls it, crawls again, lets days pass, and shows what a user gets. The archive stays in FOLDER
    (default: demo) to play with. An archive that an earlier demo left there is replaced; nothing
    else is ever touched.
    """
    from crawler.demo.demo import run_demo

    run_demo(folder)
