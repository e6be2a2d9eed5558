"""The trend chart: scale, holes, small bases."""

from __future__ import annotations

import xml.etree.ElementTree as ET

import pytest

from archive.reports import charts
from archive.reports.charts.trend import nice_top
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


def test_each_period_says_its_numbers_and_how_much_was_collected(years):
    found = trends(years, ["lũ", "tin"], by="year")
    root = ET.fromstring(charts.trend_chart(found))
    columns = [rect for rect in root.iter(f"{SVG}rect") if rect.get("class") == "period"]
    assert [column.findtext(f"{SVG}title") for column in columns] == [
        "2018\nlũ: 56 of 336 (16.67 %)\ntin: 280 of 336 (83.33 %)",
        "2019 (partly collected)\nlũ: 0 of 62 (0 %)\ntin: 62 of 62 (100 %)",
    ]
    assert [column.get("x") for column in columns] == ["62.0", "439.0"]


def test_shares_have_a_band_that_breaks_at_a_hole(years):
    found = trends(years, ["tin", "lũ"], by="month", within=parse("since:2018-11"))
    root = ET.fromstring(charts.trend_chart(found))
    bands = [p.get("points").split() for p in root.iter(f"{SVG}polygon")]
    # November to January, and March alone, of each term: an upper and a lower side.
    assert [len(points) for points in bands] == [6, 2, 6, 2]
    assert "95 % confidence" in "".join(root.itertext())
    assert "polygon" not in charts.trend_chart(found, measure="count")
