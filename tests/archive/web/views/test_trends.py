"""The trends page: what its chart counts."""

from __future__ import annotations

import html
import re
from typing import Any
from urllib.parse import quote


def test_the_chart_says_which_words_need_not_stand_together(client: Any) -> None:
    page = client.get(f"/trends?q={quote('vận dân')}&q={quote('quýt hồng')}&by=year").text
    note = re.search(r'<p class="note">(.*?)</p>', page)
    assert note
    assert page.count('class="note"') == 1
    assert "8 bài có đủ các từ, dù đứng cách nhau; trong đó 0 bài có nguyên cụm" in note[1]
    link = html.unescape(re.search(r'href="([^"]+)"', note[1])[1])  # type: ignore[index]
    page = client.get(f"/trends{link}").text
    assert 'class="note"' not in page
    assert '<option value="year" selected>' in page
    assert "&#34;vận dân&#34;\nquýt hồng</textarea>" in page


def test_braces_in_a_filter_stay_braces(client: Any) -> None:
    answer = client.get("/trends?q=dan&author=%7B%22table%22%3A%7Bx%7D%7D")
    assert answer.status_code == 200
    assert "{&#34;table&#34;:{x}}" in answer.text or "{&quot;table&quot;:{x}}" in answer.text
