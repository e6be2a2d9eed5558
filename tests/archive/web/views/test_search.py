"""The search page: its results, how a query was understood, its facets, and its download."""

from __future__ import annotations

import csv
import html
import io
import re
from dataclasses import replace
from typing import Any
from urllib.parse import quote

import pytest

from archive.search.parser import parse
from archive.search.query import Query
from tests.archive.web.conftest import text_of

csv.field_size_limit(10_000_000)


@pytest.mark.parametrize("q", ["dan van", "dân vận", "DÂN VẬN", "da\u0302n va\u0323\u0302n"])
def test_search_finds_and_marks_in_the_papers_own_spelling(client: Any, q: str) -> None:
    page = client.get(f"/search?q={quote(q)}").text
    assert page.count("<mark>dân vận</mark>") == 8


def test_search_with_marks_does_not_find_other_words(client: Any) -> None:
    assert 'data-total="0"' in client.get(f"/search?q={quote('dần vẩn')}").text


@pytest.mark.parametrize(
    "q",
    [
        "",
        '"',
        "*",
        "COVID-19",
        "19/5",
        "TP.HCM",
        "(",
        "a AND",
        "NEAR(",
        "đ",
        "title:",
        "-",
        "%",
        "\x00",
        "a" * 5000,
    ],
)
def test_any_text_is_a_query(client: Any, q: str) -> None:
    assert client.get(f"/search?q={quote(q)}").status_code == 200


def understood(page: str) -> str:
    return text_of(re.search(r"<summary>(?!Lọc).*?</summary>", page, re.S)[0])  # type: ignore[index]


@pytest.mark.parametrize(
    ("q", "said", "quoted"),
    [
        ("dân vận", "Hiểu là: đủ các từ dân vận", False),
        ('"dân vận"', "Hiểu là: nguyên cụm dân vận", True),
        ("dân -lúa", "Hiểu là: dân , không có lúa", False),
        ("lũ OR title:lúa", "Hiểu là: lũ hoặc lúa trong tiêu đề", False),
    ],
)
def test_only_a_phrase_is_understood_as_one(client: Any, q: str, said: str, quoted: bool) -> None:
    page = client.get(f"/search?q={quote(q)}").text
    assert understood(page) == said
    assert ("<q>" in page) == quoted


def test_what_the_guide_lets_type_means_the_same_in_both_languages(client: Any) -> None:
    def meant(language: str) -> list[Query]:
        page = client.get(f"/guide?lang={language}").text
        typed = re.findall(r"<code>([^<]+)</code></a>", page)
        return [replace(parse(html.unescape(text)), text="") for text in typed]

    assert meant("vi") == meant("en")
    assert len(meant("vi")) == 9
    assert any(query.filters for query in meant("vi"))
    assert any(query.since for query in meant("vi"))
    assert any(term.field for query in meant("vi") for term in query.terms)


def test_what_stands_together_is_one_click_away(client: Any) -> None:
    page = client.get(f"/search?q={quote('nước đầu nguồn')}&sort=recent").text
    assert "<a href" not in page.split('id="total"')[1].split("</p>")[0]  # all of them have it
    page = client.get(f"/search?q={quote('nam moi')}&year=2018").text
    link = re.search(r'class="meta"><a href="([^"]+)"', page)
    assert link
    asked = html.unescape(link[1])
    assert asked == "?year=2018&q=%22nam+moi%22"
    assert "nguyên cụm" in understood(client.get(f"/search{asked}").text)


def test_words_typed_half_with_marks_have_a_reading_of_their_own(client: Any) -> None:
    assert "như đã gõ" in client.get(f"/search?q={quote('văn dan')}").text
    assert "như đã gõ" not in client.get(f"/search?q={quote('văn dân')}").text


def test_pages_of_results_hold_every_article_once(client: Any) -> None:
    found: list[str] = []
    for number in (1, 2, 3):
        found += re.findall(
            r'<h2><a href="/article/([^"?]+)', client.get(f"/search?page={number}").text
        )
    assert len(found) == len(set(found)) == 42


def test_the_results_download_whole(client: Any) -> None:
    page = client.get("/search?q=dan&section=xa-hoi").text
    total = int(re.search(r'data-total="(\d+)"', page)[1])  # type: ignore[index]
    link = html.unescape(re.search(r'id="csv" href="([^"]+)"', page)[1])  # type: ignore[index]
    answer = client.get(link)
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    assert len(rows) == total == 8
    assert {row["section_slug"] for row in rows} == {"xa-hoi"}
    excel = client.get(link.replace("/search.csv", "/search-excel.csv"))
    assert excel.content.startswith(b"\xef\xbb\xbf")
    assert "Xã hội".encode() in excel.content


def test_dates_are_chosen_in_a_form_that_keeps_the_rest(client: Any) -> None:
    page = client.get("/search?q=dan&section=kinh-te&since=2018").text
    form = page.partition('<form class="dates"')[2].partition("</form>")[0]
    assert 'name="since" size="10" value="2018"' in form
    assert 'name="q" value="dan"' in form
    assert 'name="section" value="kinh-te"' in form
    assert form.count('name="since"') == 1


def test_months_of_the_results_are_a_chart_that_narrows(client: Any) -> None:
    page = client.get("/search?q=dan&lang=en").text
    chart = page.partition('<details class="by-month">')[2].partition("</details>")[0]
    titles = re.findall(r"<title>[^<]*: (\d+) articles?</title>", chart)
    undated = client.get("/search?q=dan+-has:date").text
    total = int(re.search(r'data-total="(\d+)"', page)[1])
    without = int(re.search(r'data-total="(\d+)"', undated)[1])
    assert sum(map(int, titles)) == total - without > 0
    first = html.unescape(re.search(r'<a href="([^"]+)"', chart)[1])
    narrowed = client.get(f"/search{first}").text
    assert int(re.search(r'data-total="(\d+)"', narrowed)[1]) == int(titles[0])
