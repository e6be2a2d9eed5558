"""The past as the live site lists it: to the end of every list, interrupted at will."""

import json
import os
import signal
import subprocess
import sys
import time

import pytest

from archive.archive import Archive
from crawler.site.paper import DONGTHAP
from crawler.site.urls import read_address
from newsroom import Reply


def command(operator, *options):
    arguments = ["backfill", "-a", operator.path, "--base-url", operator.newsroom.base_url]
    return [*map(str, arguments), "--delay", "0", "--timeout", "2", "--format", "json", *options]


def backfill(operator, *options, code=0):
    return json.loads(operator.khobao(*command(operator, *options), code=code).stdout)


def asked(newsroom):
    """What was asked for since the log was cleared, as canonical addresses; robots.txt apart."""
    urls = [f"https://{r.host}{r.target}" for r in newsroom.requests if r.target != "/robots.txt"]
    return [read_address(url).canonical for url in urls]


def keys(operator):
    return {key for (key,) in operator.rows("SELECT key FROM articles")}


def test_every_list_is_walked_to_its_end(operator, newsroom):
    told = backfill(operator)
    assert keys(operator) == set(newsroom.expected())
    assert told["new"] == len(newsroom.expected())
    lists = operator.rows("SELECT url FROM frontier WHERE kind = 'list' AND fetched_at IS NULL")
    assert lists == []


def test_it_fills_what_a_crawl_since_yesterday_left_out(operator, newsroom):
    """The crawl looked at the first pages only, and passed over old listings there."""
    operator.crawl("--since", newsroom.paper.edition(0).clock.date().isoformat())
    few = keys(operator)
    assert len(few) < len(newsroom.expected()) - 20
    backfill(operator)
    assert keys(operator) == set(newsroom.expected())


def test_a_killed_backfill_goes_on_and_reads_no_list_twice(operators, newsroom):
    operator = operators("killed")
    process = subprocess.Popen(
        [sys.executable, "-m", "archive", *command(operator, "--delay", "0.02")],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    known = []
    while len(newsroom.requests) < 90 or not known:  # what is not committed is read again
        assert process.poll() is None
        time.sleep(0.005)
        if len(newsroom.requests) >= 90:
            known = operator.rows("SELECT url FROM captures WHERE outcome = 'list'")
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    known = {
        read_address(url).canonical
        for (url,) in operator.rows("SELECT url FROM captures WHERE outcome = 'list'")
    }
    fetched = {url for (url,) in operator.rows("SELECT url FROM article_urls")}
    assert known
    assert fetched
    newsroom.requests.clear()
    backfill(operator)
    again = asked(newsroom)
    assert not known & set(again)
    # A forwarded address stays due, with where it leads; one page may have been under way.
    assert len(fetched & set(again)) <= 2, sorted(fetched & set(again))
    assert keys(operator) == set(newsroom.expected())


@pytest.mark.parametrize("pages", [1, 3, 12])
def test_killed_before_the_links_of_a_list_were_stored(operators, newsroom, pages):
    """Its capture is taken in, and is no proof that it was read (O8)."""
    operator = operators("killed")
    process = subprocess.Popen(
        [sys.executable, "-m", "archive", *command(operator, "--delay", "0.02")],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )

    def captured():
        return sum(path.stat().st_size for path in operator.path.glob("captures/*/*.open"))

    while len([r for r in newsroom.requests if r.target != "/robots.txt"]) < pages:
        assert process.poll() is None
        time.sleep(0.002)
    while captured() < 6_000:
        assert process.poll() is None
        time.sleep(0.002)
    time.sleep(0.1)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    backfill(operator)
    assert keys(operator) == set(newsroom.expected())


def test_after_it_came_to_its_end_it_begins_anew(operator, newsroom):
    backfill(operator)
    newsroom.requests.clear()
    told = backfill(operator)
    again = asked(newsroom)
    lists = [url for url in again if read_address(url).kind in ("list", "home")]
    assert len(lists) > 20
    assert told["new"] == 0
    # An address that the site forwards is looked at again soon, with where it leads.
    assert len(set(again) - set(lists)) <= 2


def test_articles_lead_to_articles_that_no_list_names(operator, newsroom):
    """One article is known, and no list can be read any more: its page still names others."""
    operator.crawl("--max-articles", "1")
    (known,) = operator.rows("SELECT url FROM articles")[0]
    with Archive.open(operator.path) as archive:  # its page is looked at again, and nothing else
        execute = archive.connection.execute
        execute("DELETE FROM frontier WHERE url != ?", (known,))
        execute("UPDATE frontier SET due_at = '2000-01-01', etag = NULL, last_modified = NULL")
    newsroom.responder.overrides = Lists()
    backfill(operator, code=None)
    assert len(keys(operator)) > 3


class Lists(dict):
    """Answers every list and the front page with 404."""

    def __contains__(self, path):
        return read_address(f"https://{DONGTHAP.host}{path}").kind in ("list", "home")

    def __getitem__(self, path):
        return Reply(404)


def test_a_number_is_kept_to_and_gone_on_from(operator, newsroom):
    first = backfill(operator, "--limit", "20")
    assert first["new"] + first["failed"] <= 20
    assert len(keys(operator)) <= 20
    total = 0
    for _ in range(3):
        before = len(keys(operator))
        backfill(operator, "--limit", "20", code=None)
        total += len(keys(operator)) - before
    assert total > 40


def test_one_section(operator, newsroom):
    backfill(operator, "--section", "xa-hoi")
    lists = [url for url in asked(newsroom) if read_address(url).kind == "list"]
    assert lists
    assert {read_address(url).section_slug for url in lists} == {"xa-hoi"}
