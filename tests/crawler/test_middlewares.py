"""Capture and patience, observed from the newsroom's side of the wire."""

from itertools import pairwise

import pytest

from archive.capture_rows import find_captures
from archive.captures import read
from crawler.middlewares import retry_after


def test_gzip_and_redirect_are_captured_as_received(operator, newsroom):
    """The body still compressed, each hop of a redirect, header order and repeats."""
    operator.crawl()
    with operator.open() as archive:
        captures = find_captures(archive.connection, "status IN (200, 301)")
    stored = [read(operator.path, capture) for capture in captures]
    packed = [one for one in stored if one.header("Content-Encoding") == "gzip"]
    assert packed
    for one in packed[:20]:
        assert one.raw_body[:2] == b"\x1f\x8b"
        assert b"<" in one.body
    assert any(one.status == 301 and one.header("Location") for one in stored)
    repeated = [[k for k, _ in one.headers if k.lower() == b"set-cookie"] for one in stored]
    assert any(len(names) > 1 for names in repeated)


def test_what_failed_for_now_is_asked_again_and_kept(operator, newsroom):
    """A 503 and a body cut short: both answers are in the archive, the article too."""
    operator.crawl()
    errors = dict(
        operator.rows("SELECT error, url FROM captures WHERE outcome IN ('error', 'blocked')")
    )
    assert any("503" in error for error in errors)
    assert any("shorter" in error for error in errors)
    for url in errors.values():
        [(outcomes,)] = operator.rows(
            "SELECT group_concat(outcome) FROM (SELECT outcome FROM captures WHERE url = ?"
            " ORDER BY fetched_at)",
            url,
        )
        assert outcomes.endswith("article")


def test_crawl_delay_is_obeyed(operator, newsroom):
    newsroom._crawl_delay = 0.2
    newsroom.set_day(0)
    operator.crawl("--max-articles", "6")
    pages = [one.at for one in newsroom.requests if one.target != "/robots.txt"]
    gaps = [later - earlier for earlier, later in pairwise(pages[1:])]
    assert len(gaps) >= 5
    # Scrapy scatters its pauses by half.
    assert min(gaps) >= 0.08
    assert sum(gaps) / len(gaps) >= 0.15


class Answer:
    def __init__(self, value):
        self.headers = {"Retry-After": value} if value is not None else {}


@pytest.mark.parametrize(("value", "seconds"), [(b"7", 7.0), (None, None), (b"soon", None)])
def test_retry_after_in_seconds(value, seconds):
    assert retry_after(Answer(value)) == seconds


def test_retry_after_as_a_date():
    assert retry_after(Answer(b"Fri, 31 Dec 2100 23:59:59 GMT")) > 1e9
    assert retry_after(Answer(b"Fri, 31 Dec 2000 23:59:59 GMT")) == 0.0
