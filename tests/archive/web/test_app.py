"""Datasette's own pages in the room: every table downloads whole and is explained."""

from __future__ import annotations

import csv
import html
import io
import re
from typing import Any

import pytest

from archive.web.translations import TRANSLATIONS

csv.field_size_limit(10_000_000)


@pytest.mark.parametrize(
    "table", ["articles", "articles_flat", "captures", "images", "revisions", "coverage", "authors"]
)
def test_every_table_downloads_whole(client: Any, table: str) -> None:
    page = client.get(f"/archive/{table}").text
    total = int(re.search(r'data-total="(\d+)"', page)[1])  # type: ignore[index]
    link = html.unescape(re.search(r'id="csv" href="([^"]+)"', page)[1])  # type: ignore[index]
    answer = client.get(link)
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    assert len(rows) == total > 0
    assert "attachment" in answer.headers["content-disposition"]


def test_every_listed_table_is_explained(client: Any) -> None:
    page = client.get("/archive").text.partition("<tbody>")[2].partition("</tbody>")[0]
    listed = re.findall(r'<th scope="row"><a href="/archive/(\w+)">', page)
    assert {"articles", "nights", "revisions"} <= set(listed)
    assert [name for name in listed if f"table.{name}" not in TRANSLATIONS] == []
