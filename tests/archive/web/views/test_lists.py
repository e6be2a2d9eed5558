"""The lists in the room, and the pages of authors and sources."""

from __future__ import annotations

import csv
import html
import io
from typing import Any

import pytest

from archive.reports.lists import NAMES
from tests.archive.web.conftest import text_of


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_list_opens_in_both_languages(client: Any, name: str, language: str) -> None:
    answer = client.get(f"/list/{name}?lang={language}")
    assert answer.status_code == 200
    assert text_of(answer.text)


def test_page_csv_and_json_have_the_same_rows(client: Any) -> None:
    rows = client.get("/list/authors.json").json()["rows"]
    lines = list(csv.DictReader(io.StringIO(client.get("/list/authors.csv").text)))
    assert [line["author"] for line in lines] == [row["author"] for row in rows]
    page = html.unescape(client.get("/list/authors").text)
    assert all(row["author"] in page for row in rows)


def test_a_list_is_narrowed_as_a_search_is(client: Any) -> None:
    rows = client.get("/list/authors.json?q=t%C3%A1t+b%E1%BA%ADt").json()["rows"]
    assert {row["author"] for row in rows} < {
        row["author"] for row in client.get("/list/authors.json").json()["rows"]
    }
    assert "xyzzy" in client.get("/list/authors?section=xyzzy").text


def test_the_page_of_an_author(client: Any) -> None:
    page = client.get("/author/M%E1%BB%B9%20L%C3%BD").text
    text = text_of(page)
    assert "Kinh tế" in text
    assert "Dương Út" in text  # a co-author
    assert "/search?author=M%E1%BB%B9+L%C3%BD" in page
    assert "<svg" in page


def test_another_spelling_leads_to_the_author(client: Any) -> None:
    article = client.get("/article/dto:80111").text
    assert 'href="/author/M%E1%BB%B9%20L%C3%BD"' in article
    assert client.get("/author/nobody").status_code == 404
    assert client.get("/source/nobody").status_code == 404
