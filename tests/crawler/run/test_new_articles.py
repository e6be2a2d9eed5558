"""New articles against the archive's past: what rings, on which night, and what never does."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, timedelta

import pytest

from crawler.run.new_articles import (
    NewArticle,
    changes,
    fisher,
    is_holiday,
    new_articles,
    too_few,
)
from tests.archive.conftest import Shelf

FIELDS = {"byline": 0.9, "updated_at": 1.0, "lead": 0.95, "section": 1.0, "images": 0.8}


def night(number, count, chance, *, without=(), words=400, layout="flat", shares=FIELDS):
    """The new articles of one night of an ordinary paper."""
    started = (datetime(2026, 1, 1, 20, 17, tzinfo=UTC) + timedelta(days=number)).isoformat()
    return [
        NewArticle(
            number, started, layout, f"https://baodongthap.vn/x/bai-{number}-{n}.html",
            max(20, int(chance.lognormvariate(0, 0.5) * words)),
            frozenset(
                name for name, share in shares.items()
                if name not in without and chance.random() < share
            ),
        )
        for n in range(count)
    ]  # fmt: skip


def paper(nights, chance):
    return [a for number in range(nights) for a in night(number, chance.randint(0, 12), chance)]


def kinds(found):
    return {finding.kind for finding in found}


def test_three_years_of_an_ordinary_paper_ring_nothing():
    chance = random.Random(7)
    articles = []
    for number in range(1_000):
        # A weekend has fewer articles, and a desk that signs none of its photo stories.
        shares = FIELDS | ({"byline": 0.7, "lead": 0.8} if number % 7 == 6 else {})
        articles += night(number, chance.randint(0, 12), chance, shares=shares)
        del articles[:-600]
        assert changes(articles, number) == [], number


@pytest.mark.parametrize("name", sorted(FIELDS))
def test_a_field_that_a_redesign_loses_rings_on_its_first_night(name):
    chance = random.Random(8)
    past = paper(40, chance)
    found = changes([*past, *night(40, 12, chance, without=[name])], 40)
    assert kinds(found) == {f"new/flat/{name}"}
    [finding] = found
    assert f"{name} is missing in 12 of 12 new articles since 2026-02-10" in finding.text
    assert finding.text.count("https://") == 3
    assert "by chance" in finding.text


def test_two_articles_a_night_need_some_nights_and_ring_once_they_are_proof():
    chance = random.Random(9)
    articles = paper(40, chance)
    rung = []
    for number in range(40, 50):
        articles += night(number, 2, chance, without=["byline"])
        rung.append(bool(changes(articles, number)))
    assert rung.index(True) in (1, 2, 3)
    assert all(rung[rung.index(True) : 6])


def test_bodies_of_new_articles_that_shrink():
    chance = random.Random(10)
    found = changes([*paper(40, chance), *night(40, 9, chance, words=60)], 40)
    assert kinds(found) == {"new/flat/length"}


def test_an_open_alarm_lasts_as_long_as_the_fault_and_ends_with_it():
    chance = random.Random(11)
    articles = paper(40, chance)
    articles += night(40, 9, chance, without=["byline"])
    since = {"new/flat/byline": articles[-1].started_at}
    for number in range(41, 120):
        articles += night(number, 9, chance, without=["byline"])
    # By now the month before has none either: only the alarm remembers.
    assert changes(articles[-400:], 119) == []
    assert kinds(changes(articles, 119, since)) == {"new/flat/byline"}
    # A night without news ends no alarm.
    assert kinds(changes(articles, 120, since)) == {"new/flat/byline"}
    for number in range(121, 129):
        articles += night(number, 9, chance)
    assert changes(articles, 128, since) == []


def test_a_layout_without_a_past_has_no_norm():
    chance = random.Random(12)
    new = night(40, 12, chance, without=["byline"], layout="other")
    assert changes([*paper(40, chance), *new], 40) == []
    assert changes([], 1) == []


def test_the_exact_test():
    assert fisher(6, 6, 5, 100) < 1e-6
    assert fisher(1, 1, 50, 100) == pytest.approx(51 / 101)
    assert 0.999 < fisher(0, 10, 10, 10) <= 1


def runs(weeks, chance, *, hour=20):
    """A run each night before 1 June 2026, a Monday; quiet Sundays."""
    end = datetime(2026, 6, 1, hour, 17, tzinfo=UTC)
    starts = [end - timedelta(days=n) for n in range(weeks * 7, 0, -1)]
    return end, [
        (s.isoformat(), chance.randint(3, 9) if s.weekday() == 6 else chance.randint(30, 60))
        for s in starts
    ]


HANOI = timedelta(hours=7)


def test_fewer_than_any_such_weekday_is_an_alarm_and_a_quiet_sunday_is_not():
    end, past = runs(30, random.Random(1))
    assert too_few(end.isoformat(), 35, past, paper_day=HANOI) is None
    finding = too_few(end.isoformat(), 9, past, paper_day=HANOI)
    assert finding.kind == "few-new"
    assert "9 new articles on a Tuesday" in finding.text  # at 20:17 UTC it is Tuesday there
    sunday = end - timedelta(days=1)
    before = [run for run in past if run[0] < sunday.isoformat()]
    assert too_few(sunday.isoformat(), 0, before, paper_day=HANOI) is None


def test_two_runs_a_day_are_as_one():
    end, past = runs(30, random.Random(2))
    noon = [
        ((datetime.fromisoformat(at) - timedelta(hours=12)).isoformat(), count)
        for at, count in past
    ]
    both = sorted([*noon, *past])
    both += [((end - timedelta(hours=12)).isoformat(), 45)]
    assert too_few(end.isoformat(), 0, both, paper_day=HANOI) is None


def test_a_young_archive_a_holiday_and_a_run_after_a_pause_are_no_alarm():
    end, past = runs(30, random.Random(3))
    assert too_few(end.isoformat(), 0, past[-40:], paper_day=HANOI) is None
    moved = [((datetime.fromisoformat(at) - timedelta(days=32)).isoformat(), n) for at, n in past]
    may_day = end - timedelta(days=32)
    assert too_few(may_day.isoformat(), 0, moved, paper_day=HANOI) is None
    assert too_few((end + timedelta(hours=9)).isoformat(), 0, past, paper_day=HANOI) is None


def test_holidays():
    for year in range(2010, 2040):
        assert is_holiday(date(year, 2, 10))
    assert is_holiday(date(2026, 9, 3))
    assert not is_holiday(date(2026, 10, 20))


def test_only_articles_that_a_crawl_saw_first_are_new(tmp_path):
    shelf = Shelf(tmp_path)
    for command, start in (("crawl", "01"), ("import", "03"), ("crawl", "05")):
        shelf.connection.execute(
            "INSERT INTO crawls(command, started_at, finished_at) VALUES (?, ?, ?)",
            (command, f"2026-11-{start}T00:00:00Z", f"2026-11-{start}T09:00:00Z"),
        )
    for day in ("01", "03", "05"):
        shelf.add("Tin", seen=f"2026-11-{day}T01:00:00.000Z", byline="Mỹ Lý", body="một hai")
    shelf.connection.execute("UPDATE articles SET paper = 'dto'")
    found = new_articles(shelf.connection, "dto")
    assert [article.crawl_id for article in found] == [1, 3]
    assert found[0].fields == {"byline", "updated_at"}
    assert found[0].words == 2
    assert new_articles(shelf.connection, "bag") == []
    shelf.connection.close()


def test_a_killed_run_is_over_when_the_next_one_begins(tmp_path):
    shelf = Shelf(tmp_path)
    for day, finished in (("01", None), ("03", None), ("05", "2026-11-05T09:00:00Z")):
        shelf.connection.execute(
            "INSERT INTO crawls(command, started_at, finished_at) VALUES ('crawl', ?, ?)",
            (f"2026-11-{day}T00:00:00Z", finished),
        )
        shelf.add(f"Tin {day}", seen=f"2026-11-{day}T01:00:00.000Z", body=f"một hai {day}")
    shelf.connection.execute("UPDATE articles SET paper = 'dto'")
    assert [article.crawl_id for article in new_articles(shelf.connection, "dto")] == [1, 2, 3]
    shelf.connection.close()
