"""Alarms are rows: opened once, seen again, closed by a run that saw the site well."""

import pytest

from archive.alarms import Finding, open_alarms
from tests.archive.empty import new_archive

BLOCKED = Finding("blocked", "the site answers with a block page (9 of 9 pages)")
SHAPE = Finding("lists-new-shape", "the lists name addresses of a new shape: /bai/1")


@pytest.fixture
def archive(tmp_path):
    with new_archive(tmp_path) as opened:
        yield opened


def night(archive, *findings, code=0, judged=True, paper="dto"):
    crawl = archive.begin_crawl("crawl", {})
    return archive.update_alarms(
        findings, paper=paper, exit_code=code, crawl_id=crawl, judged=judged
    )


def kinds(alarms):
    return [alarm.kind for alarm in alarms]


def test_an_alarm_that_lasts_opens_once_and_closes_once(archive):
    changes = [night(archive, BLOCKED, code=3), night(archive, BLOCKED, code=3), night(archive)]
    assert [kinds(change.opened) for change in changes] == [["blocked"], [], []]
    assert [kinds(change.closed) for change in changes] == [[], [], ["blocked"]]
    assert open_alarms(archive.connection) == []
    [row] = archive.connection.execute("SELECT runs, opened_by, seen_by, closed_by FROM alarms")
    assert row == (2, 1, 2, 3)


def test_an_alarm_has_the_words_of_the_last_run_that_found_it(archive):
    night(archive, BLOCKED, code=3)
    night(archive, Finding("blocked", "another number"), code=3)
    assert [alarm.text for alarm in open_alarms(archive.connection)] == ["another number"]


def test_a_run_that_saw_nothing_closes_nothing(archive):
    """A block does not say that the redesign of the night before is over."""
    night(archive, SHAPE, code=4)
    change = night(archive, BLOCKED, code=3, judged=False)
    assert (kinds(change.opened), change.closed) == (["blocked"], ())
    assert kinds(open_alarms(archive.connection)) == ["lists-new-shape", "blocked"]


def test_what_comes_back_is_a_new_alarm(archive):
    night(archive, SHAPE, code=4)
    night(archive)
    assert kinds(night(archive, SHAPE, code=4).opened) == ["lists-new-shape"]
    assert archive.connection.execute("SELECT count(*) FROM alarms").fetchone() == (2,)


def test_one_run_may_open_one_and_close_another(archive):
    night(archive, SHAPE, code=4)
    floor = Finding("floor/flat/byline", "flat: byline filled 0.10, expected ≥ 0.40")
    change = night(archive, floor, code=4)
    assert (kinds(change.opened), kinds(change.closed)) == ([floor.kind], [SHAPE.kind])


def test_each_paper_of_an_archive_has_its_own_alarms(archive):
    """A good night of one paper says nothing of another's."""
    night(archive, BLOCKED, code=3)
    assert kinds(night(archive, BLOCKED, code=3, paper="bag").opened) == ["blocked"]
    assert kinds(night(archive, paper="bag").closed) == ["blocked"]
    assert [(a.paper, a.kind) for a in open_alarms(archive.connection)] == [("dto", "blocked")]
