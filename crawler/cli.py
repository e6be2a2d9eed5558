"""The commands that touch the site or its pages.

They add themselves to the click group that `archive.cli` owns (entry point ``khobao.commands``).
"""

from __future__ import annotations

import click

from crawler.commands.backfill import backfill
from crawler.commands.config import config, init
from crawler.commands.crawl import crawl
from crawler.commands.demo import demo
from crawler.commands.doctor import doctor
from crawler.commands.extract import extract
from crawler.commands.importing import import_
from crawler.commands.paper import paper
from crawler.commands.reextract import reextract
from crawler.commands.schedule import schedule


def register(group: click.Group) -> None:
    """Join *group*."""
    for command in (
        *(crawl, backfill, import_, extract, reextract, demo),
        *(init, config, doctor, schedule, paper),
    ):
        group.add_command(command)
