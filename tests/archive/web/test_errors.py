"""Errors: odd addresses are answered, and what is missing is named as the reader typed it."""

from __future__ import annotations

from typing import Any

import pytest

from tests.archive.web.conftest import text_of


@pytest.mark.parametrize(
    "path",
    [
        "/search?year=0000",
        "/search?year=abc&page=x&sort=y&kind=",
        "/search?page=99999999999",
        "/search?q=dan&author=Nobody&author=M%E1%BB%B9+L%C3%BD",
        "/trends?q=&by=century&since=x&until=0000",
        "/trends?q=dan&since=2030&until=2010",
        "/trends?" + "&".join(f"q=t{n}" for n in range(50)),
        "/coverage?year=99999&section=none",
        "/article/dto:80111/diff?from=2&to=1",
    ],
)
def test_an_odd_address_is_answered_all_the_same(client: Any, path: str) -> None:
    assert client.get(path).status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "/article/dto:80111?version=7",
        "/article/dto:80111?version=0",
        "/article/x",
        "/article/dto:80111/diff?to=9",
    ],
)
def test_what_is_not_there_is_not_found(client: Any, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert "Không có trang này" in answer.text


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/article/dto%3Anope", "Trong kho không có bài dto:nope."),
        (
            "/article/dto:80111?version=7",
            "Bài dto:80111 không có phiên bản 7; phiên bản mới nhất là 2.",
        ),
        ("/article/dto:80111?version=7&lang=en", "The article dto:80111 has no version 7"),
        ("/nowhere/c%C3%A1%20tra", "Không có gì ở địa chỉ /nowhere/cá tra."),
        ("/archive/nothing", "Không có gì ở địa chỉ /archive/nothing."),
    ],
)
def test_what_is_missing_is_named_as_the_reader_typed_it(client: Any, path: str, said: str) -> None:
    answer = client.get(path)
    while answer.status_code == 302:
        answer = client.get(answer.headers["location"])
    assert answer.status_code == 404
    assert said in text_of(answer.text)
    assert "~" not in text_of(answer.text)
