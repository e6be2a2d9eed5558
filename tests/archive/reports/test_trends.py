"""Counts over time: the base they stand on, and holes that are no zeros."""

from __future__ import annotations

import csv
import io
import time
import xml.etree.ElementTree as ET

import pytest

from archive.articles.citation import cite
from archive.articles.details import details
from archive.errors import UsageError
from archive.export.tables import csv_text
from archive.reports import charts
from archive.reports.coverage import coverage
from archive.reports.trends import Trends, trends
from archive.search.parser import parse
from archive.search.query import Query
from archive.search.search import search


def test_counts_come_with_total_and_share(years):
    found = trends(years, ["lũ", "lu OR nuoc"], by="month", within=parse("year:2018"))
    september = found.points[8]
    assert (september.label, september.first, september.last) == (
        "2018-09", "2018-09-01", "2018-09-30",
    )  # fmt: skip
    assert (september.totals, september.counts) == ((28, 28), (28, 28))
    assert found.points[0].counts == (0, 14)
    assert found.points[0].share(1) == 0.5
    assert found.undated == (0, 0)
    assert [point.state for point in found.points] == ["collected"] * 12


def test_a_hole_is_not_a_zero(years):
    found = trends(years, ["lũ"], by="month", within=parse("since:2018-12"))
    states = {point.label: point.state for point in found.points}
    assert states == {
        "2018-12": "collected", "2019-01": "collected", "2019-02": "none", "2019-03": "partial",
    }  # fmt: skip
    rows = {row[0]: row for row in found.rows()}
    assert rows["2019-01"][4:7] == (0, 31, 0)
    assert rows["2019-02"][4:7] == (None, None, None)
    assert rows["2019-03"][9] == 9


def test_a_filter_narrows_the_base_but_does_not_make_a_hole(years):
    found = trends(years, ["hạn"], by="month", within=parse("section:kinh-te year:2018"))
    assert found.points[0].totals == (4,)
    assert found.points[0].counts == (2,)
    assert {point.state for point in found.points} == {"collected"}


def test_what_has_no_date_is_said(years):
    assert trends(years, ["lũ"], by="year").undated == (1,)


@pytest.mark.parametrize(
    ("by", "labels"),
    [
        ("day", ["2018-12-30", "2018-12-31", "2019-01-01", "2019-01-02"]),
        ("week", ["2018-W52", "2019-W01"]),
        ("month", ["2018-12", "2019-01"]),
        ("year", ["2018", "2019"]),
    ],
)
def test_periods(years, by, labels):
    found = trends(years, ["lũ"], by=by, within=parse("date:2018-12-30..2019-01-02"))
    assert [point.label for point in found.points] == labels
    assert found.points[0].first == "2018-12-30"
    assert found.points[-1].last == "2019-01-02"
    assert sum(point.days for point in found.points) == 4


def test_every_step_counts_the_same(years):
    sums = {
        by: sum(point.counts[0] for point in trends(years, ["nuoc"], by=by).points)
        for by in ("day", "week", "month", "year")
    }
    (number,) = years.execute("SELECT count(*) FROM articles WHERE body = 'nước'").fetchone()
    assert set(sums.values()) == {number}


def test_an_empty_archive_has_no_points(shelf):
    assert trends(shelf.connection, ["lũ"]).points == ()
    svg = charts.trend_chart(trends(shelf.connection, ["lũ"]))
    ET.fromstring(svg)


def test_csv_is_tidy(years):
    found = trends(years, ["lũ", 'a"b,c'], by="year")
    rows = list(csv.DictReader(io.StringIO(csv_text(Trends.COLUMNS, found.rows()))))
    assert [(row["period"], row["term"]) for row in rows] == [
        ("2018", "lũ"), ("2018", 'a"b,c'), ("2019", "lũ"), ("2019", 'a"b,c'),
    ]  # fmt: skip
    assert rows[0]["share"] == str(round(56 / 336, 6))


def test_more_periods_than_fit_are_refused_in_every_step(years):
    long = parse("since:2000-01-01 until:2050-12-31")
    with pytest.raises(UsageError, match="more than 100 periods; count by year"):
        trends(years, ["lúa"], by="month", within=long, most=100)
    with pytest.raises(UsageError, match="more than 20 periods; name a shorter time"):
        trends(years, ["lúa"], by="year", within=long, most=20)


def test_years_in_which_no_article_can_be_are_not_counted(years):
    within = Query(since="0001-01-01", until="9999-12-31")
    began = time.process_time()
    counted = trends(years, ["lúa"], by="year", within=within)
    assert time.process_time() - began < 2
    assert (counted.points[0].label, counted.points[-1].label) == ("2000", "2099")
    assert counted.points[4].days == 366
    assert counted.points[18].empty_days == 365 - 12 * 28


ODD_STAMPS = [
    "0001-01-01T00:00:00+07:00", "9999-12-31T23:59:59+07:00", "0215-10-29T05:29:00+07:00", "2018-02-31",
    "2018-13-45", "2018-1-3", "31/02/2018", "mai", "", " ", "-1", "2018", "2018-00-00", "\x00", "٢٠١٨-٠١-٠٣",
]  # fmt: skip


@pytest.mark.parametrize("stamp", ODD_STAMPS)
def test_every_count_survives_any_stamp_in_the_database(shelf, stamp):
    good = shelf.add("Lúa", updated_at="2018-01-03T05:00:00+07:00")
    odd = shelf.add("Lúa lạ", updated_at=stamp)
    shelf.connection.execute("UPDATE articles SET published_at = ? WHERE id = ?", (stamp, odd))
    for by in (None, "day", "week", "month", "year"):
        found = trends(shelf.connection, ["lúa"], by=by)
        assert sum(point.counts[0] for point in found.points) == 1
        assert found.undated == (1,)
    ledger = coverage(shelf.connection)
    assert (ledger.first, ledger.last) == ("2018-01-03", "2018-01-03")
    assert (ledger.total.stored, ledger.undated.stored) == (2, 1)
    charts.calendar(ledger.days, ledger.first, ledger.last)
    if not stamp.startswith("2018"):  # as text it sorts among the days of its year
        hits = search(shelf.connection, "lúa since:2018 until:2018").hits
        assert [hit.id for hit in hits] == [good]
    for style in ("bibtex", "ris", "csl-json"):
        cite([(found := details(shelf.connection, odd), found.latest)], style)


def test_filters_in_a_term_narrow_its_base(years):
    apart = trends(years, ["hạn section:kinh-te", "hạn", "section:kinh-te"], by="month")
    january = apart.points[0]
    assert january.totals == (4, 28, 28)
    assert january.counts == (2, 14, 4)
    assert apart.base is None
    assert apart.bases[0] == "every article, section kinh-te"
    assert apart.bases[2] == "every article"


def test_notes_of_the_terms_are_given(years):
    found = trends(years, ["titel:lũ", "author:ai"], by="year")
    assert [note.code for note in found.notes] == ["like-field", "unknown-name"]
