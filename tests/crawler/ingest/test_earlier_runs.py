"""What a run has to know of the runs before it: lists read already, and a pause to be kept."""

from datetime import datetime, timedelta

import pytest

from archive.archive import Archive
from archive.clock import now
from archive.frontier import later
from crawler.ingest.earlier_runs import asked_to_wait_until, lists_read
from tests.crawler.exchanges import exchange, run
from tests.crawler.trouble_pages import ARTICLE

LIST = "https://baodongthap.vn/xa-hoi"
SECOND = "https://baodongthap.vn/kinh-te"
PAGE = f'<h1>Xã hội</h1><a href="{ARTICLE}">Bến phà mới trên sông Tiền</a>'


@pytest.fixture
def path(tmp_path):
    return tmp_path / "archive"


def read(path, url, command="backfill", exit_code=None, links=True):
    """A run that reads one list, and dies before its links are stored without *links*."""
    with run(path, command, exit_code=exit_code) as writer:
        pending = writer.record(exchange(url, PAGE))
        if links:
            _, found = writer.read_list(pending)
            writer.save_list(pending, url, found)
        else:
            writer.record_only(pending)


def known(path):
    with Archive.open(path, read_only=True) as archive:
        return lists_read(archive.connection)


def test_an_interrupted_backfill_has_read_its_lists(path):
    read(path, LIST)
    read(path, SECOND, exit_code=130)
    assert known(path) == {LIST, SECOND}


@pytest.mark.parametrize("code", [0, 4, 5])
def test_after_a_backfill_that_came_to_its_end_all_are_unread(path, code):
    read(path, LIST)
    read(path, SECOND, exit_code=code)
    assert known(path) == set()


def test_a_list_whose_links_were_not_stored_is_not_read(path):
    read(path, LIST, links=False)
    assert known(path) == set()


def test_what_a_crawl_read_says_nothing(path):
    read(path, LIST, command="crawl")
    assert known(path) == set()


def answered(path, value, status=429, origin="live", at=None):
    with run(path) as writer:
        headers = [(b"Retry-After", value.encode())] if value else []
        answer = exchange(LIST, "", status=status, headers=headers, at=at, origin=origin)
        writer.record_only(writer.record(answer))


def waits_until(path):
    with Archive.open(path, read_only=True) as archive:
        return asked_to_wait_until(archive)


@pytest.mark.parametrize("status", [429, 503])
def test_a_pause_that_is_not_over(path, status):
    answered(path, "7200", status)
    until = waits_until(path)
    assert until is not None
    left = datetime.strptime(f"{until}+0000", "%Y-%m-%d %H:%M UTC%z") - datetime.fromisoformat(
        now()
    )
    assert timedelta(minutes=118) < left <= timedelta(minutes=120)


def test_a_pause_of_years_is_over_on_the_next_night(path):
    answered(path, "99999999", at=later(now(), timedelta(hours=-20, minutes=-1)))
    assert waits_until(path) is None


def test_a_pause_that_is_over(path):
    answered(path, "3600", at=later(now(), timedelta(hours=-2)))
    assert waits_until(path) is None


def test_a_later_answer_ends_the_pause(path):
    answered(path, "7200")
    with run(path) as writer:
        writer.save_article(writer.record(exchange()), ARTICLE)
    assert waits_until(path) is None


@pytest.mark.parametrize(
    ("value", "status", "origin"),
    [(None, 429, "live"), ("soon", 503, "live"), ("7200", 500, "live"), ("7200", 503, "wayback")],
)
def test_nothing_asks_for_a_pause(path, value, status, origin):
    """No header or one without meaning, another status, and what a web archive kept."""
    answered(path, value, status, origin)
    assert waits_until(path) is None


def test_an_archive_without_captures(path):
    with run(path):
        pass
    assert waits_until(path) is None
    assert known(path) == set()
