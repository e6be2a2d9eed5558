"""When to fetch again: each rung of the ladder at its boundary, each failure with its patience."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from archive.archive import Archive
from archive.frontier import (
    BLOCKED,
    FAILED,
    GONE,
    LADDER,
    Frontier,
    Link,
    State,
    age,
    later,
    pause,
)
from archive.models import Article, Capture
from tests.archive.empty import new_archive

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
MOMENT = timedelta(seconds=1)
NOON = "2026-11-24T05:00:00.000Z"
URL = "https://baodongthap.vn/xa-hoi/trong-cay-84085.aspx"


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with new_archive(tmp_path) as opened:
        yield opened


@pytest.fixture
def frontier(archive: Archive) -> Frontier:
    return Frontier(archive)


def found(url: str = URL, **facts: str) -> Link:
    return Link(url, "article", **facts)


def urls(frontier: Frontier, at: str) -> list[str]:
    return [due.url for due in frontier.due(at)]


@pytest.mark.parametrize(
    ("old", "wait"),
    [
        (timedelta(0), HOUR / 2),
        (3 * HOUR - MOMENT, HOUR / 2),
        (3 * HOUR, 3 * HOUR),
        (DAY - MOMENT, 3 * HOUR),
        (DAY, 20 * HOUR),
        (DAY + HOUR, 20 * HOUR),  # 25 hours are not one hour
        (7 * DAY - MOMENT, 20 * HOUR),
        (7 * DAY, 7 * DAY),
        (30 * DAY - MOMENT, 7 * DAY),
        (30 * DAY, 60 * DAY),
        (365 * DAY - MOMENT, 60 * DAY),
        (365 * DAY, 365 * DAY),
        (14 * 365 * DAY, 365 * DAY),
    ],
)
def test_the_ladder_at_each_boundary(old: timedelta, wait: timedelta) -> None:
    assert pause("done", "article", 0, old) == wait


def test_the_ladder_only_rises() -> None:
    assert list(LADDER) == sorted(LADDER)
    for ladder in (FAILED, BLOCKED, GONE):
        assert list(ladder) == sorted(ladder)


@pytest.mark.parametrize(
    ("state", "ladder"), [("failed", FAILED), ("blocked", BLOCKED), ("gone", GONE)]
)
def test_patience_grows_to_its_last_rung(state: str, ladder: tuple[timedelta, ...]) -> None:
    waits = [pause(state, "article", n, DAY) for n in range(1, len(ladder) + 3)]  # type: ignore[arg-type]
    assert waits == [*ladder, ladder[-1], ladder[-1]]


def test_age_is_whole_and_knows_zones() -> None:
    assert age("2026-11-23T11:00:00+07:00", NOON) == 25 * HOUR
    assert age("2026-11-25T11:00:00+07:00", NOON) == timedelta(0)


class TestAdd:
    def test_each_new_address_once(self, frontier: Frontier) -> None:
        other = found("https://baodongthap.vn/b-2.aspx")
        assert frontier.add([found(), other, found()], found_on="/", at=NOON) == [URL, other.url]

    def test_an_address_is_new_until_it_was_fetched(self, frontier: Frontier) -> None:
        frontier.add([found()], found_on="/", at=NOON)
        assert frontier.add([found()], found_on="/xa-hoi", at=later(NOON, HOUR)) == [URL]
        frontier.fetched(URL, at=NOON, status=200, state="done")
        assert frontier.add([found()], found_on="/", at=later(NOON, 2 * HOUR)) == []

    def test_what_failed_is_not_new_again(self, frontier: Frontier) -> None:
        frontier.add([found()], found_on="/", at=NOON)
        frontier.fetched(URL, at=NOON, status=0, state="failed", error="timeout")
        assert frontier.add([found()], found_on="/", at=later(NOON, MOMENT)) == []

    def test_later_lists_fill_in_and_take_nothing_away(
        self, archive: Archive, frontier: Frontier
    ) -> None:
        frontier.add([found(section_slug="xa-hoi")], found_on="/", at=NOON)
        frontier.add(
            [found(key="dto:84085", section_slug="kinh-te", listed_on="2026-11-24")],
            found_on="/kinh-te",
            at=later(NOON, HOUR),
        )
        row = archive.connection.execute(
            "SELECT key, section_slug, found_on, found_at, listed_on, last_listed_at FROM frontier"
        ).fetchone()
        assert row == ("dto:84085", "xa-hoi", "/", NOON, "2026-11-24", later(NOON, HOUR))

    def test_what_was_gone_and_is_listed_again_is_due(self, frontier: Frontier) -> None:
        frontier.add([found()], found_on="/", at=NOON)
        frontier.fetched(URL, at=later(NOON, HOUR), status=404, state="gone", error="404")
        evening = later(NOON, 8 * HOUR)
        assert urls(frontier, evening) == []
        frontier.add([found()], found_on="/", at=evening)
        assert urls(frontier, evening) == [URL]


class TestDue:
    def test_never_fetched_first_then_longest_overdue(self, frontier: Frontier) -> None:
        names = [f"https://baodongthap.vn/b-{n}.aspx" for n in range(4)]
        frontier.add(map(found, names), found_on="/", at=NOON)
        frontier.fetched(names[0], at=later(NOON, HOUR), status=200, state="done")
        frontier.fetched(names[1], at=NOON, status=200, state="done")
        assert urls(frontier, later(NOON, DAY)) == [names[2], names[3], names[1], names[0]]
        assert len(frontier.due(later(NOON, DAY), limit=3)) == 3

    def test_the_age_is_the_articles_by_its_stamp(
        self, archive: Archive, frontier: Frontier
    ) -> None:
        page = Article("Tựa", url=URL, key="dto:84085", updated_at="2026-11-20T12:00:00+07:00")
        capture = Capture(URL, NOON, 200, "captures/2026/x.warc.gz", 0, 1, "sha1:X")
        saved = archive.save(page, capture)
        frontier.add([found()], found_on="/", at=NOON)
        frontier.fetched(URL, at=NOON, status=200, state="done", article_id=saved.article_id)
        assert urls(frontier, later(NOON, 20 * HOUR - MOMENT)) == []
        assert urls(frontier, later(NOON, 20 * HOUR)) == [URL]

    def test_lists_are_looked_at_by_every_crawl(self, frontier: Frontier) -> None:
        frontier.add([Link("https://baodongthap.vn/xa-hoi", "list")], found_on="/", at=NOON)
        frontier.fetched("https://baodongthap.vn/xa-hoi", at=NOON, status=200, state="done")
        assert len(frontier.due(NOON, kind="list")) == 1
        assert frontier.due(NOON, kind="article") == []

    def test_a_failure_forgets_nothing(self, frontier: Frontier) -> None:
        frontier.add([found()], found_on="/", at=NOON)
        frontier.fetched(URL, at=NOON, status=200, state="done", etag='"a"', last_modified="Tue")
        frontier.fetched(URL, at=later(NOON, HOUR), status=503, state="failed", error="503")
        frontier.fetched(URL, at=later(NOON, 2 * HOUR), status=503, state="failed", error="503")
        [due] = frontier.due(later(NOON, 3 * HOUR))
        assert (due.etag, due.last_modified, due.attempts) == ('"a"', "Tue", 2)
        frontier.fetched(URL, at=later(NOON, 4 * HOUR), status=304, state="done")
        [due] = frontier.due(later(NOON, 2 * DAY))
        assert (due.etag, due.attempts) == ('"a"', 0)

    def test_a_server_that_stops_sending_validators_is_believed(self, frontier: Frontier) -> None:
        frontier.add([found()], found_on="/", at=NOON)
        frontier.fetched(URL, at=NOON, status=200, state="done", etag='"a"')
        frontier.fetched(URL, at=later(NOON, DAY), status=200, state="done")
        assert frontier.due(later(NOON, 9 * DAY))[0].etag is None

    def test_an_address_nobody_listed_can_be_fetched(self, frontier: Frontier) -> None:
        frontier.fetched("https://baodongthap.vn/", at=NOON, status=200, state="done")
        assert urls(frontier, NOON) == ["https://baodongthap.vn/"]


def test_a_page_that_was_gone_is_due_from_the_first_list_that_names_it_again(
    frontier: Frontier,
) -> None:
    frontier.add([found()], found_on="/", at=NOON)
    frontier.fetched(URL, at=later(NOON, HOUR), status=404, state="gone")
    first, second = later(NOON, 2 * HOUR), later(NOON, 3 * HOUR)
    assert urls(frontier, first) == []
    frontier.add([found()], found_on="/", at=first)
    frontier.add([found()], found_on="/xa-hoi", at=second)  # another list of the same night
    assert urls(frontier, first) == [URL]


def test_attempts_count_anew_when_a_page_fails_in_another_way(frontier: Frontier) -> None:
    """Four errors of the server, and then a block: an hour's patience, not a day's."""
    frontier.add([found()], found_on="/", at=NOON)
    for attempt in range(1, 5):
        assert frontier.fetched(URL, at=NOON, status=500, state="failed") == attempt
    assert frontier.fetched(URL, at=NOON, status=403, state="blocked") == 1
    assert urls(frontier, later(NOON, HOUR - MOMENT)) == []
    assert urls(frontier, later(NOON, HOUR)) == [URL]
    assert frontier.fetched(URL, at=NOON, status=500, state="failed") == 1


@pytest.mark.parametrize(
    ("state", "attempts", "list_waits", "article_waits"),
    [
        ("failed", 1, HOUR / 4, HOUR / 4),
        ("failed", 4, 20 * HOUR, DAY),
        ("failed", 9, 20 * HOUR, 7 * DAY),
        ("blocked", 3, 20 * HOUR, DAY),
        ("gone", 1, 20 * HOUR, 20 * HOUR),
        ("gone", 5, 20 * HOUR, 365 * DAY),
    ],
)
def test_a_list_in_trouble_is_asked_again_by_the_next_night(
    state: State, attempts: int, list_waits: timedelta, article_waits: timedelta
) -> None:
    assert pause(state, "list", attempts, DAY) == list_waits
    assert pause(state, "article", attempts, DAY) == article_waits


def test_times_are_written_in_utc() -> None:
    assert later("2026-11-23T06:00:00+07:00", HOUR) == "2026-11-23T00:00:00.000Z"
    assert later("2026-11-23T06:00:00", HOUR) == "2026-11-23T07:00:00.000Z"  # no zone: UTC


def test_what_shall_not_be_asked_again_is_never_due(frontier: Frontier) -> None:
    frontier.add([found()], found_on="/", at=NOON)
    frontier.fetched(URL, at=NOON, status=404, state="gone", again=False)
    assert urls(frontier, later(NOON, 3650 * DAY)) == []


def test_a_ladder_of_ones_own_is_used(archive: Archive) -> None:
    frontier = Frontier(archive, ((timedelta.max, 2 * HOUR),))
    frontier.add([found()], found_on="/", at=NOON)
    frontier.fetched(URL, at=NOON, status=200, state="done")
    assert urls(frontier, later(NOON, 2 * HOUR - MOMENT)) == []
    assert urls(frontier, later(NOON, 2 * HOUR)) == [URL]


def test_only_a_list_that_names_articles_is_noted_as_one(
    archive: Archive, frontier: Frontier
) -> None:
    for url, names in (("/a", True), ("/b", False)):
        frontier.fetched(url, at=NOON, status=200, state="done", names_articles=names)
    frontier.fetched("/c", at=NOON, status=200, state="done")
    named = archive.connection.execute("SELECT url, kind FROM frontier WHERE named_at NOT NULL")
    assert named.fetchall() == [("/a", "list")]


def test_the_digest_is_that_of_the_last_whole_page(archive: Archive, frontier: Frontier) -> None:
    def digest() -> object:
        return archive.connection.execute("SELECT payload_digest FROM frontier").fetchone()[0]

    frontier.fetched(URL, at=NOON, status=200, state="done", payload_digest="sha1:A")
    assert digest() == "sha1:A"
    frontier.fetched(URL, at=NOON, status=503, state="failed", payload_digest="sha1:ERROR")
    assert digest() == "sha1:A"


def test_what_was_fetched_under_a_clock_that_was_ahead_is_due_again(frontier: Frontier) -> None:
    ahead = later(NOON, 366 * DAY)
    other = "https://baodongthap.vn/xa-hoi/cau-moi-84086.aspx"
    for url, at in ((URL, ahead), (other, NOON)):
        frontier.add([found(url)], found_on="x", at=at)
        frontier.fetched(url, at=at, status=200, state="done")
    tomorrow = later(NOON, DAY)
    assert URL not in urls(frontier, tomorrow)
    assert frontier.mend(tomorrow) == 1
    assert URL in urls(frontier, tomorrow)
    assert frontier.mend(tomorrow) == 0
