"""The front page, the ways to an article, the saved questions, and the database as a file."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from tests.archive.web.conftest import text_of


def test_the_front_page_tells_the_state_of_the_archive(client: Any) -> None:
    page = client.get("/").text
    text = text_of(page)
    assert re.search(r"bài báo 42\b", text)
    assert re.search(r"43 bản lưu trang|bản lưu trang 43", text)
    assert "Mùa nước nổi về sớm, người dân đầu nguồn phấn khởi" in text
    assert page.count("<rect") >= 40


def test_an_article_is_found_by_number_and_address_too(client: Any) -> None:
    assert client.get("/article/80111").headers["location"] == "/article/dto:80111"
    assert client.get("/article/dto:1").status_code == 404


def test_every_saved_question_answers(client: Any) -> None:
    names = re.findall(r'<h2><a href="/archive/(\w+)"', client.get("/questions").text)
    assert len(names) == 11
    for name in names:
        answer = client.get(f"/archive/{name}?author={quote('Mỹ Lý')}&words={quote('cho Dinh Ba')}")
        assert answer.status_code == 200, answer.text[:500]
        assert 'role="alert"' not in answer.text
    rows = client.get(
        "/archive/articles_by_author.json?author=M%E1%BB%B9+L%C3%BD&_shape=array"
    ).json()
    assert len(rows) == 11
    captions = client.get("/archive/captions_with.json?words=bong+dien+dien&_shape=array").json()
    assert [row["position"] for row in captions] == [2]
    edits = client.get("/archive/silent_edits.json?_shape=array").json()
    assert [row["key"] for row in edits] == ["dto:80111"]


@pytest.mark.parametrize(
    ("path", "place"),
    [
        ("/archive/silent_edits", "/questions"),
        ("/archive/articles", "/archive"),
        ("/trends?q=dan", "/trends"),
        ("/article/dto:80111", None),
    ],
)
def test_the_page_one_is_on_is_marked(client: Any, path: str, place: str | None) -> None:
    nav = client.get(path).text.split("</nav>")[0]
    marked = re.findall(r'<a href="([^"]+)" aria-current="page"', nav)
    assert marked == ([place] if place else [])


def test_the_whole_database_downloads(client: Any, tmp_path: Path) -> None:
    answer = client.get("/archive.db")
    assert "attachment" in answer.headers["content-disposition"]
    copy = tmp_path / "archive.db"
    copy.write_bytes(answer.content)
    with closing(sqlite3.connect(copy)) as connection:
        assert connection.execute("SELECT count(*) FROM articles").fetchone() == (42,)
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
