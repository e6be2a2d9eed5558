"""The plugin: what it adds to the room, and that it leaves every other Datasette alone."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import quote

import pytest

from archive.web.plugin import safe_link


def test_another_datasette_is_left_alone(client: Any, newsstand: Any, snapshot: Any) -> None:
    from datasette.app import Datasette

    async def ask() -> str:
        plain = Datasette([], immutables=[str(snapshot.path)])
        await plain.invoke_startup()
        home = await plain.client.get("/")
        assert (await plain.client.get("/search")).status_code == 404
        assert "content-security-policy" not in home.headers
        plain.get_database().close()
        plain.executor.shutdown()
        return str(home.text)

    assert client.get("/search").status_code == 200
    loop = newsstand.Loop()
    assert "Powered by" in loop.run(ask())
    loop.close()


def test_the_name_of_an_article_is_a_link_wherever_it_is_shown(client: Any) -> None:
    sql = quote("select key, title from articles where key = 'dto:80111'")
    for path in (
        f"/archive?sql={sql}",
        "/archive/articles?key=dto:80111",
        "/archive/articles_flat?key=dto:80111",
    ):
        assert '<a href="/article/dto:80111">dto:80111</a>' in client.get(path).text, path
    urls = client.get("/archive/article_urls").text
    assert '<a href="/article/' not in urls  # its keys may be other names of an article


def test_every_page_has_the_language_and_the_snapshot(client: Any, snapshot: Any) -> None:
    for path in ("/", "/archive", "/archive/articles/1", "/nowhere"):
        text = client.get(path).text
        assert re.search(r'<html lang="vi"', text), path
        assert snapshot.name in text, path


@pytest.mark.parametrize(
    "url", ["https://baodongthap.vn/a.aspx", "http://baodongthap.vn:8080/b?c=d#e", "HTTPS://a.vn/"]
)
def test_an_ordinary_web_address_is_a_link(url):
    assert safe_link(url) == url


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)", "JaVaScRiPt:alert(1)", "java\nscript:alert(1)", " https://a.vn/",
        "data:text/html,<script>", "vbscript:x", "ftp://a.vn/", "//a.vn/", "/a.aspx", "https:///a",
        "https://[::1", "https://a.vn/\x00", "file:///etc/passwd", "", None,
    ],
)  # fmt: skip
def test_nothing_else_is(url):
    assert safe_link(url) is None
