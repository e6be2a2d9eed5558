"""The growth chart: a bar for each month that has articles, and room for those that have none."""

from __future__ import annotations

import xml.etree.ElementTree as ET

from archive.reports import charts

SVG = "{http://www.w3.org/2000/svg}"


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


def drawn(months):
    return ET.fromstring(
        charts.growth_chart(months, label="l", describe=lambda *_: "", link=lambda _: "#")
    )


def test_forty_years_are_drawn_and_a_stray_date_before_them_is_not():
    bars = len(list(drawn({"1900-01": 5, "1987-02": 1, "2026-11": 5}).iter(f"{SVG}rect")))
    assert bars == 2


def test_at_most_eight_years_are_named_and_the_last_label_stays_inside():
    labels = list(drawn({"2000-01": 1, "2026-01": 1}).iter(f"{SVG}text"))
    assert [label.text for label in labels] == [
        "2000",
        "2004",
        "2008",
        "2012",
        "2016",
        "2020",
        "2024",
    ]
    assert labels[-1].get("text-anchor") == "end"
    assert labels[0].get("text-anchor") is None


def test_one_article_beside_thousands_can_still_be_seen():
    small, _ = drawn({"2018-01": 1, "2018-02": 9_000}).iter(f"{SVG}rect")
    assert float(small.get("height")) >= 1
