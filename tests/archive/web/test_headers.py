"""Every answer carries headers under which nothing of an archived page can run."""

from __future__ import annotations

from typing import Any

import pytest

from archive.web import headers


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/search?q=x",
        "/article/dto:666",
        "/archive",
        "/archive/articles.csv",
        "/archive/articles.json",
        "/nowhere",
        "/robots.txt",
        "/static/room.css",
        "/-/static/app.css",
        "/archive.db",
        "/archive?sql=bad",
    ],
)
def test_every_answer_carries_the_headers(client: Any, path: str) -> None:
    answer = client.get(path)
    for name, value in headers.HEADERS:
        assert answer.headers.get_list(name.decode()) == [value.decode()]
    policy = answer.headers["content-security-policy"]
    assert "unsafe" not in policy
    assert "http" not in policy


def test_no_page_has_anything_inline_for_the_policy_to_forbid(client: Any) -> None:
    import re

    for path in (
        "/",
        "/search?q=dan",
        "/article/dto:80111",
        "/article/dto:80111/diff",
        "/trends?q=dan",
        "/coverage",
        "/questions",
        "/guide",
        "/archive",
        "/archive/articles",
        "/archive/articles/1",
        "/archive?sql=select+1",
        "/archive/silent_edits",
        "/nowhere",
    ):
        text = client.get(path).text
        assert not re.search(r"<style|\sstyle=|\son[a-z]+=\"", text), path
        for script in re.findall(r"<script[^>]*>", text):
            assert "src=" in script or 'type="application/json"' in script, (path, script)


def test_robots_are_sent_away(client: Any) -> None:
    answer = client.get("/robots.txt")
    assert answer.text == "User-agent: *\nDisallow: /\n"
    assert answer.headers["content-type"].startswith("text/plain")


def test_the_internal_database_is_closed(client: Any) -> None:
    assert client.get("/_internal").status_code in (403, 404)
    assert client.get("/_memory").status_code == 404
