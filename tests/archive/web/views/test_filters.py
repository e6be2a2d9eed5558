"""Filters in an address: they narrow, they are named, and what is not a date is said."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from tests.archive.web.conftest import text_of


def test_filters_that_leave_nothing_are_named_and_taken_off(client: Any) -> None:
    page = client.get(f"/search?q={quote('quýt hồng')}&section=xa-hoi").text
    assert "Chuyên mục: Xã hội" in text_of(page)
    assert "xa-hoi" not in text_of(page)
    assert '<a href="?q=qu%C3%BDt%20h%E1%BB%93ng">Bỏ hết bộ lọc: 8 bài</a>' in page
    assert "Bỏ hết bộ lọc" not in client.get("/search?q=zzz&section=xa-hoi").text


def test_what_is_no_date_is_said_to_be_none(client: Any) -> None:
    page = client.get(f"/trends?q=dan&since={quote('mùa lũ')}&until=2018").text
    assert "“mùa lũ” không phải là ngày nên bị bỏ qua" in page
    assert "không phải là ngày" not in client.get("/trends?q=dan&since=3/2018&until=").text
