"""The calendar: a cell for each day."""

from __future__ import annotations

import xml.etree.ElementTree as ET

import pytest

from archive.errors import UsageError
from archive.reports import charts
from archive.reports.coverage import Tally, coverage

SVG = "{http://www.w3.org/2000/svg}"


def test_the_calendar_shows_a_cell_a_day(ledger):
    root = ET.fromstring(draw(coverage(ledger.connection)))
    said = {title.text for title in root.iter("{http://www.w3.org/2000/svg}title")}
    assert said == {
        "2018-01-01: 1 stored", "2018-01-02: 1 stored", "2018-01-03: 0 stored",
        "2018-01-04: 0 stored", "2018-01-05: 1 stored, 2 missing", "2018-01-06: 0 stored",
        "2018-01-07: 0 stored", "2018-01-08: 0 stored", "2018-01-09: 0 stored, 1 missing",
    }  # fmt: skip


def draw(found):
    return charts.calendar(found.days, found.first, found.last)


def test_a_day_of_the_calendar_can_be_a_link(ledger):
    found = coverage(ledger.connection)
    svg = charts.calendar(
        found.days, found.first, found.last, link=lambda day: f"/search?q=date:{day}&page=2"
    )
    links = [link.get("href") for link in ET.fromstring(svg).iter(f"{SVG}a")]
    assert links == [f"/search?q=date:2018-01-0{day}&page=2" for day in (1, 2, 5)]


def test_a_fuller_day_is_darker():
    assert [charts.level(stored, [1, 2, 3, 4, 5]) for stored in (1, 2, 3, 4, 5)] == [0, 1, 2, 3, 4]


def test_an_archive_without_a_day_cannot_be_drawn():
    with pytest.raises(UsageError, match="nothing in the archive"):
        charts.calendar({}, None, None)


def test_the_last_day_of_all_ends_the_drawing():
    drawn = charts.calendar({"9999-12-31": Tally(stored=1)}, "9999-12-30", "9999-12-31")
    root = ET.fromstring(drawn)
    assert len([title.text for title in root.iter(f"{SVG}title")]) == 2


def test_days_of_a_week_stand_below_each_other_and_years_in_strips():
    """1 January 2018 was a Monday."""
    days = ("2018-01-01", "2018-01-07", "2018-01-08", "2019-01-01")
    drawn = charts.calendar({}, days[0], days[-1])
    place = {
        rect.findtext(f"{SVG}title")[:10]: (int(rect.get("x")), int(rect.get("y")))
        for rect in ET.fromstring(drawn).iter(f"{SVG}rect")
        if rect.find(f"{SVG}title") is not None
    }
    monday, sunday, next_monday, next_year = (place[day] for day in days)
    assert monday[0] == sunday[0] < next_monday[0]
    assert monday[1] == next_monday[1] < sunday[1] < next_year[1]
    assert sunday[1] - monday[1] == 6 * (next_monday[0] - monday[0])
    assert next_year[0] == monday[0]


def test_a_missing_article_is_framed_whether_or_not_others_are_stored():
    days = {
        "2018-01-01": Tally(stored=2),
        "2018-01-02": Tally(stored=2, failed=1),
        "2018-01-03": Tally(failed=1),
    }
    root = ET.fromstring(charts.calendar(days, "2018-01-01", "2018-01-03"))
    cells = [rect for rect in root.iter(f"{SVG}rect") if rect.find(f"{SVG}title") is not None]
    assert [cell.get("stroke") is not None for cell in cells] == [False, True, True]
    assert cells[0].get("fill") == cells[1].get("fill") != cells[2].get("fill")
