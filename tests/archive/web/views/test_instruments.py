"""The instruments in the room: the numbers of the functions, in both languages."""

from __future__ import annotations

import csv
import html
import io
from typing import Any
from urllib.parse import quote

import pytest

from archive.web.views import instruments
from tests.archive.web.conftest import text_of

ASKED = {
    "concordance": f"/concordance{{}}?q={quote('dân vận')}",
    "words": "/words{}?n=2",
    "collocates": f"/collocates{{}}?q={quote('dân')}",
    "keyness": "/keyness{}?q=section:kinh-te&against=section:xa-hoi",
}


@pytest.mark.parametrize("name", ASKED)
@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_instrument_answers_in_both_languages(client: Any, name: str, language: str) -> None:
    answer = client.get(ASKED[name].format("") + f"&lang={language}")
    assert answer.status_code == 200
    assert {"vi": "Đơn vị đếm: âm tiết", "en": "Unit: syllables"}[language] in text_of(answer.text)
    assert client.get(f"/{name}?lang={language}").status_code == 200


@pytest.mark.parametrize("name", ASKED)
def test_page_csv_and_json_have_the_same_rows(client: Any, name: str) -> None:
    rows = client.get(ASKED[name].format(".json")).json()["rows"]
    lines = list(csv.DictReader(io.StringIO(client.get(ASKED[name].format(".csv")).text)))
    first = "hit" if name == "concordance" else "text"
    assert [line[first] for line in lines] == [row[first] for row in rows] != []
    page = html.unescape(client.get(ASKED[name].format("")).text)
    assert all(row[first] in page for row in rows[:50])


def test_a_mention_leads_to_its_article(client: Any) -> None:
    page = client.get(f"/concordance?q={quote('bông điên điển')}&lang=en").text
    assert "<mark>Bông điên điển</mark>" in page
    assert 'href="/article/dto%3A80111"' in page or 'href="/article/dto:80111"' in page


def test_filters_of_a_search_narrow_it(client: Any) -> None:
    whole = client.get(f"/concordance.json?q={quote('dân')}").json()
    there = client.get(f"/concordance.json?q={quote('dân')}&section=kinh-te").json()
    assert 0 < there["mentions"] < whole["mentions"]


def test_what_cannot_be_counted_is_said(client: Any) -> None:
    for path in ("/concordance?q=section:kinh-te", "/keyness?q=year:1901&against=year:1902"):
        answer = client.get(path + "&lang=en")
        assert answer.status_code == 200
        assert "nothing to count" in answer.text
    for odd in ("n=999", "sample=x", "left=0&right=0", "by=y", "sort=%00", "seed=-1"):
        assert client.get(f"/collocates?q=a&{odd}").status_code == 200
        assert client.get(f"/concordance?q=a&{odd}").status_code == 200


def test_a_large_set_is_sampled_and_said(client: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(instruments, "MOST", 3)
    assert "random sample of 3" in client.get("/words?lang=en").text
    found = client.get("/words.json").json()
    assert (found["articles_read"], found["articles_meant"] > 3) == (3, True)
