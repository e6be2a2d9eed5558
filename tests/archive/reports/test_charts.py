"""Charts: scale, holes, small bases, and the days of the calendar."""

from __future__ import annotations

import xml.etree.ElementTree as ET

import pytest

from archive.reports import charts
from archive.reports.charts.trend import nice_top
from archive.reports.coverage import coverage
from archive.reports.trends import trends
from archive.search.parser import parse

SVG = "{http://www.w3.org/2000/svg}"


def test_the_figure_breaks_its_line_at_a_hole(years):
    found = trends(years, ["tin"], by="month", within=parse("since:2018-11"))
    root = ET.fromstring(charts.trend_chart(found, title="Tin"))
    lines = list(root.iter(f"{SVG}polyline"))
    assert [len(line.get("points").split()) for line in lines] == [3]
    fills = [rect.get("fill") for rect in root.iter(f"{SVG}rect")]
    assert fills.count("#dedede") == 2  # the hole, and its sign in the legend
    assert fills.count("url(#hatch)") == 2


def test_the_figure_says_its_base_and_its_source(years):
    found = trends(years, ["lũ"], by="year", within=parse("section:xa-hoi"))
    text = "".join(ET.fromstring(charts.trend_chart(found, source="Nguồn")).itertext())
    assert "Base: 288 articles (section xa-hoi)" in text
    assert "Nguồn" in text
    assert "share of the articles" in text


def test_hostile_terms_stay_text(years):
    found = trends(years, ["<script>alert(1)</script>", '"&'], by="year")
    svg = charts.trend_chart(found, title="<b>")
    root = ET.fromstring(svg)
    assert "<script" not in svg
    assert "<script>alert(1)</script>" in "".join(root.itertext())


def test_png_is_the_same_drawing_larger(years):
    pytest.importorskip("resvg_py")
    data = charts.png(charts.trend_chart(trends(years, ["lũ"], by="year")))
    assert data.startswith(b"\x89PNG")
    assert int.from_bytes(data[16:20], "big") == 2 * 840


@pytest.mark.parametrize("highest", [0, 0.0001, 0.043, 0.5, 1, 3, 17, 999, 12345])
def test_axes_end_above_the_highest_value(highest):
    top = nice_top(highest)
    assert top >= highest
    assert highest == 0 or top <= 2.1 * highest


def test_one_scale_for_all_terms_and_small_bases_are_seen(shelf):
    for number in range(60):
        shelf.add("Lúa" if number < 3 else "Tin", updated_at=f"2018-01-{1 + number % 28:02}")
    shelf.add("Lúa", updated_at="2019-05-05")
    found = trends(shelf.connection, ["lúa", "tin", "lúa OR lúa"], by="year")
    assert [point.small(0) for point in found.points] == [False, True]
    svg = charts.trend_chart(found)
    ticks = [text.text for text in ET.fromstring(svg).iter(f"{SVG}text")]
    assert "100 %" in ticks  # of "tin", 57 of 60
    few = charts.trend_chart(trends(shelf.connection, ["lúa"], by="year"))
    ticks = [text.text for text in ET.fromstring(few).iter(f"{SVG}text")]
    assert "100 %" not in ticks  # 1 of 1 does not stretch the scale of 3 of 60
    assert "small dot: fewer than 20 articles" in ticks
    widths = [line.get("stroke-width") for line in ET.fromstring(svg).iter(f"{SVG}polyline")]
    assert len(set(widths)) == 2  # the first of two equal lines is the wider
    assert "lúa OR lúa (= line 1)" in [text.text for text in ET.fromstring(svg).iter(f"{SVG}text")]


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


def test_each_period_says_its_numbers_and_how_much_was_collected(years):
    found = trends(years, ["lũ", "tin"], by="year")
    root = ET.fromstring(charts.trend_chart(found))
    columns = [rect for rect in root.iter(f"{SVG}rect") if rect.get("class") == "period"]
    assert [column.findtext(f"{SVG}title") for column in columns] == [
        "2018\nlũ: 56 of 336 (16.67 %)\ntin: 280 of 336 (83.33 %)",
        "2019 (partly collected)\nlũ: 0 of 62 (0 %)\ntin: 62 of 62 (100 %)",
    ]
    assert [column.get("x") for column in columns] == ["62.0", "439.0"]


def test_a_month_without_articles_keeps_its_place():
    svg = charts.growth_chart(
        {"2017-11": 1, "2018-02": 4, "0001-13": 9, "": 2},
        label='"<months>"',
        describe=lambda month, articles: f"{month}: {articles}",
        link=lambda month: f"/search?year={month[:4]}&sort=oldest",
    )
    root = ET.fromstring(svg)
    assert root.get("aria-label") == '"<months>"'
    bars = [(bar.get("x"), bar.get("height")) for bar in root.iter(f"{SVG}rect")]
    assert bars == [(f"{10 * 100 / 14:.3f}%", "35.00"), (f"{13 * 100 / 14:.3f}%", "140.00")]
    assert (
        next(link.get("href") for link in root.iter(f"{SVG}a")) == "/search?year=2017&sort=oldest"
    )
    assert [text.text for text in root.iter(f"{SVG}text")] == ["2017", "2018"]


def test_without_articles_there_is_no_growth_chart():
    assert charts.growth_chart({"2018-01": 0}, label="", describe=str, link=str) == ""


def test_a_day_of_the_calendar_can_be_a_link(ledger):
    found = coverage(ledger.connection)
    svg = charts.calendar(
        found.days, found.first, found.last, link=lambda day: f"/search?q=date:{day}&page=2"
    )
    links = [link.get("href") for link in ET.fromstring(svg).iter(f"{SVG}a")]
    assert links == [f"/search?q=date:2018-01-0{day}&page=2" for day in (1, 2, 5)]


def test_a_fuller_day_is_darker():
    assert [charts.level(stored, [1, 2, 3, 4, 5]) for stored in (1, 2, 3, 4, 5)] == [0, 1, 2, 3, 4]
