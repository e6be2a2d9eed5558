"""The coverage page leads to the articles it counts."""

from __future__ import annotations

import html
import re
from typing import Any

import pytest

from tests.archive.web.conftest import text_of


@pytest.mark.parametrize("language", ["vi", "en"])
def test_coverage_leads_to_the_articles_it_counts(client: Any, language: str) -> None:
    page = client.get(f"/coverage?year=2018&section=xa-hoi&lang={language}").text
    day, month = (
        html.unescape(re.search(pattern, page)[1])  # type: ignore[index]
        for pattern in (
            r'<a href="([^"]+)" tabindex="-1"><rect',
            r'<th scope="row"><a href="([^"]+)"',
        )
    )
    for link in (day, month):
        found = client.get(link).text
        assert 'data-total="1"' in found
        assert "Công tác dân vận ở Cao Lãnh" in text_of(found.replace("<mark>", ""))


def test_coverage_offers_the_sections_by_name(client: Any) -> None:
    page = client.get("/coverage?year=2018&section=xa-hoi").text
    assert '<option value="xa-hoi" selected>Xã hội</option>' in page
