"""Captures → articles again, with today's layouts and without the network."""

from __future__ import annotations

from archive.store import Archive
from crawler import intake


def catch_up(archive: Archive) -> int:
    """Take in every capture that has no row; returns how many there were.

    After a kill those are the last few; after ``archive.db`` was deleted, all of them.
    """
    count = 0
    for unrecorded in archive.unrecorded():
        outcome = intake.judge(unrecorded.capture, unrecorded.stored)
        intake.take(archive, unrecorded.capture, outcome, crawl_id=unrecorded.crawl_id)
        count += 1
    return count
