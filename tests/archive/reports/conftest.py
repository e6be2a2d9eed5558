"""Two small archives to count: full years with a hole, and addresses in every state."""

from __future__ import annotations

import pytest


@pytest.fixture
def years(shelf):
    """2018 is full, February 2019 is not collected, a listed address of March failed."""
    for month in range(1, 13):
        for day in range(1, 29):
            shelf.add(
                "Lũ" if month in (9, 10) else "Tin",
                body="nước" if day % 2 else "hạn",
                updated_at=f"2018-{month:02}-{day:02}T05:00:00+07:00",
                section_slug="xa-hoi" if day % 7 else "kinh-te",
                section="Xã hội" if day % 7 else "Kinh tế",
            )
    for month in (1, 3):
        for day in range(1, 32):
            shelf.add("Tin", updated_at=f"2019-{month:02}-{day:02}T05:00:00+07:00")
    for number in range(9):
        shelf.connection.execute(
            "INSERT INTO frontier(url, kind, state, found_at, listed_on)"
            " VALUES (?, 'article', 'failed', '2019-03-05T00:00:00Z', '2019-03-05')",
            (f"https://baodongthap.vn/x-{number}.aspx",),
        )
    shelf.add("Lũ không ngày", updated_at=None)
    return shelf.connection


def ran(shelf, started, code=0, command="crawl", finished=True):
    shelf.connection.execute(
        "INSERT INTO crawls(command, started_at, finished_at, exit_code, reason)"
        " VALUES (?, ?, ?, ?, ?)",
        (command, started, started if finished else None, code if finished else None, "why"),
    )


def listed(shelf, url, state, *, day="2018-01-05", article_id=None, key=None, section="xa-hoi"):
    shelf.connection.execute(
        "INSERT INTO frontier(url, kind, key, state, section_slug, found_at, listed_on, article_id)"
        " VALUES (?, 'article', ?, ?, ?, '2018-01-09T00:00:00.000Z', ?, ?)",
        (url, key, state, section, day, article_id),
    )


@pytest.fixture
def ledger(shelf):
    for day in (1, 2, 5):
        shelf.add(
            "Tin", updated_at=f"2018-01-{day:02}T05:00:00+07:00",
            section="Xã hội", section_slug="xa-hoi", key=f"dto:{80_000 + 100 * day}",
        )  # fmt: skip
    listed(shelf, "https://baodongthap.vn/xa-hoi/bai-1.aspx", "done", article_id=1)
    listed(shelf, "https://baodongthap.vn/newsdetails/1/bai-1.aspx", "done", article_id=1)
    listed(shelf, "u1", "failed")
    listed(shelf, "u2", "blocked")
    listed(shelf, "u3", "gone", key="dto:80300")
    listed(shelf, "u4", "due", day=None, section=None)
    return shelf
