"""The language of a request: linear in its headers, and nothing behind it sees the cookie."""

from __future__ import annotations

import time
from typing import Any

import pytest


@pytest.mark.parametrize(
    "headers",
    [
        {"cookie": 'khobao_lang="' + '\\"' * 7_000},
        {"cookie": "khobao_lang" + ";" * 15_000},
        {"cookie": '"' * 15_000},
        {"accept-language": "en;q=" + "9" * 15_000},
        {"accept-language": "," * 15_000},
        {"accept-language": "en;q=0.1," * 1_700},
    ],
)
def test_long_headers_cost_no_time(client: Any, headers: dict[str, str]) -> None:
    client.get("/guide")
    began = time.process_time()
    assert client.get("/guide", **headers).status_code == 200
    assert time.process_time() - began < 0.3


@pytest.mark.parametrize(
    ("path", "headers", "expected"),
    [
        ("/", {}, "vi"),
        ("/", {"accept-language": "en-GB,en;q=0.9"}, "en"),
        ("/", {"accept-language": "fr"}, "vi"),
        ("/?lang=en", {}, "en"),
        ("/?lang=vi", {"accept-language": "en"}, "vi"),
        ("/?lang=xx", {}, "vi"),
        ("/", {"cookie": "khobao_lang=en"}, "en"),
        ("/", {"cookie": "khobao_lang=<b>"}, "vi"),
        ("/archive/articles?lang=en", {}, "en"),
        ("/nowhere?lang=en", {}, "en"),
    ],
)
def test_the_room_speaks_the_readers_language(
    client: Any, path: str, headers: dict[str, str], expected: str
) -> None:
    answer = client.get(path, **headers)
    assert f'<html lang="{expected}">' in answer.text
    assert ("Search" in answer.text) == (expected == "en")


def test_a_chosen_language_is_remembered(client: Any) -> None:
    assert client.get("/?lang=en").headers["set-cookie"].startswith("khobao_lang=en; Path=/")
    assert "set-cookie" not in client.get("/").headers
