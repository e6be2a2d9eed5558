"""SQL is bounded, and every answer carries headers under which nothing of a page can run."""

from __future__ import annotations

import time
from typing import Any
from urllib.parse import quote

import pytest

from archive.web import headers, query_worker


def doubled(times: int) -> str:
    return (
        "with recursive t(i, s) as"
        f" (select 0, 'a' union all select i + 1, s || s from t where i < {times}) "
    )


BOMBS = {
    "zeroblob": "select hex(zeroblob(400000000))",
    "printf": "select printf('%.*c', 1000000000, 'x')",
    "format": "select format('%.*c', 1000000000, 'x')",
    "randomblob": "select hex(randomblob(400000000))",
    "instr": doubled(20)
    + "select instr(s, substr(s, 1, length(s) / 2) || 'b') from t where i = 20",
    "replace": doubled(20)
    + "select length(replace(s, substr(s, 1, length(s) / 2) || 'b', '')) from t where i = 20",
    "like": doubled(20) + "select s like '%' || substr(s, 1, 20000) || 'b%' from t where i = 20",
    "like within the limit": doubled(20)
    + "select s like '%' || substr(s, 1, 115) || 'b%' from t where i = 20",
    "glob": doubled(20)
    + "select s glob '*' || replace(substr(s, 1, 28), 'a', '[ab]') || 'c*' from t where i = 20",
    "growing replace": doubled(20) + "select length(replace(s, 'a', s)) from t where i = 20",
    "json_patch": "with recursive c(n) as (select 1 union all select n + 1 from c where n < 60000) select length(json_patch(g, g)) from (select json_group_object(hex(randomblob(9)) || n, n) g from c)",
    "endless": "with recursive c(n) as (select 1 union all select n + 1 from c)"
    " select max(n) from c",
    "endless sort": "select * from articles a, articles b, articles c, articles d, articles e"
    " order by random()",
    "large answer": "with recursive c(n, s) as"
    " (select 1, hex(hex(hex(hex(title)))) from articles union all"
    " select n + 1, s || s || s from c where n < 9) select s from c, articles",
    "nested compiling": "with t0 as (select 1 x), "
    + ", ".join(
        f"t{i} as (select (select max(x) from t{i - 1}) + (select min(x) from t{i - 1}) x)"
        for i in range(1, 26)
    )
    + " select * from t25",
    "attach": "select * from pragma_database_list; attach ':memory:' as x",
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_ends_within_two_seconds(client: Any, name: str) -> None:
    started = time.monotonic()
    answer = client.get(f"/archive.json?sql={quote(BOMBS[name])}&_shape=array")
    took = time.monotonic() - started
    assert took < 2
    assert len(answer.content) < query_worker.MAX_ANSWER * 2
    if name not in ("like within the limit", "glob", "instr", "replace"):
        assert answer.status_code == 400, answer.text[:300]
    # The room is well: the next question is answered.
    assert client.get("/archive.json?sql=select+1&_shape=array").json() == [{"1": 1}]


@pytest.mark.parametrize(
    ("sql", "expected"),
    [
        ("instr('Đồng Tháp', 'Tháp')", 6),
        ("instr('abc', 'x')", 0),
        ("instr(null, 'x')", None),
        ("instr(x'616263', x'62')", 2),
        ("instr(1234, 23)", 2),
        ("instr('abc', '')", 1),
        ("replace('đường đi', 'đ', 'd')", "dường di"),
        ("replace('abc', '', 'x')", "abc"),
        ("replace(null, 'a', 'b')", None),
        ("replace(12, 1, 3)", "32"),
        ("trim('  a ')", "a"),
        ("ltrim('xxa', 'x')", "a"),
        ("rtrim('axy', 'yx')", "a"),
        ("trim(null)", None),
        ("trim(char(9) || 'a')", "\ta"),
        ("trim('abc', '')", "abc"),
    ],
)
def test_the_linear_functions_answer_as_sqlite_does(client: Any, sql: str, expected: Any) -> None:
    import sqlite3

    plain = sqlite3.connect(":memory:")
    assert plain.execute(f"select {sql}").fetchone() == (expected,)
    plain.close()
    answer = client.get(f"/archive.json?sql={quote(f'select {sql} as x')}&_shape=array")
    assert answer.json() == [{"x": expected}]


@pytest.mark.parametrize(
    "path",
    [
        "/archive",
        "/archive/articles",
        "/archive/articles?_facet=section_slug&_sort=title",
        "/archive/articles?title__contains=d%C3%A2n+v%E1%BA%ADn",
        "/archive/articles?_search=dan",
        "/archive/articles/1",
        "/archive/articles_flat?_sort=key",
        "/archive/coverage",
        "/archive/revisions",
        "/archive/captures?_facet=outcome",
        "/archive/articles_plain",
        "/archive/images",
        "/archive?sql=select+*+from+articles+limit+3",
        "/archive/articles.json",
        "/archive/-/nothing.json",
    ],
)
def test_datasettes_own_pages_work(client: Any, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == (400 if "nothing" in path else 200), answer.text[:500]


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
