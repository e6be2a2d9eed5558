"""The short year: every happening once, the archive against the newspaper's own history."""

from tests.nights.happenings import short, whole
from tests.nights.year import Year


def test_a_short_year(tmp_path):
    with Year(short(), tmp_path) as year:
        nights = list(year.play())
        recrawl, ended = year.recrawl()
    assert list(year.faults()) == [], year.table()
    assert ended.code == 0
    assert max(night.requests for night in nights) < recrawl


def test_the_whole_year_has_every_happening_of_the_short_one():
    names = [{each.name for each in calendar.at.values()} for calendar in (short(), whole())]
    assert names[0] == names[1]
    assert len(names[0]) >= 18
