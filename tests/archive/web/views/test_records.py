"""What the pages read: articles, versions, differences, and the counts of facets."""

from __future__ import annotations

import html
import re
from typing import Any
from urllib.parse import quote

from tests.archive.web.conftest import text_of


def test_an_article_reads_in_order_with_captions_in_their_places(client: Any) -> None:
    text = text_of(client.get("/article/dto:80111").text)
    order = [
        "Huyện Hồng Ngự:",
        "phấn khởi",
        "Cập nhật ngày: 12/09/2018 05:41:20",
        "Sáng 12/9",
        "thả lưới trên",
        "Ông Nguyễn Văn Tánh",
        "Chợ cá đồng",
        "bày bán ở chợ Dinh Bà",
        "Chị Trần Thị Mỹ Hòa",
    ]
    text = text[text.index("Huyện Hồng Ngự:") :]
    places = [text.index(piece) for piece in order]
    assert places == sorted(places)


def test_an_older_version_is_shown_as_it_was_and_says_so(client: Any) -> None:
    page = client.get("/article/dto:80111?version=1").text
    assert "31 chiếc lọp" in page
    assert "Đây là phiên bản 1 trong 2" in page
    assert client.get("/article/dto:80111?version=9").status_code == 404


def test_two_versions_are_compared_word_by_word(client: Any) -> None:
    page = client.get("/article/dto:80111/diff?from=1&to=2").text
    assert "<del>31</del><ins>29</ins>" in page
    assert "<del>tất bật</del><ins>phấn khởi</ins>" in page
    removed, added = (
        " ".join(re.findall(rf"<{tag}>(.*?)</{tag}>", page)) for tag in ("del", "ins")
    )
    assert "tất" in removed
    assert "khởi" in added
    assert "Nguyễn Văn Tám" in removed
    assert "sửa lặng lẽ" in page


def test_an_imported_version_says_from_which_file(client: Any) -> None:
    page = client.get("/article/dto:666").text
    [versions] = re.findall(r'<section id="versions".*?</section>', page, re.DOTALL)
    assert "nhập từ" in versions
    assert "imported from" in client.get("/article/dto:666?lang=en").text
    assert "nhập từ" in client.get("/article/dto:666/cite.txt").text
    assert "nhập từ" not in client.get("/article/dto:80111?lang=vi").text


def facet(page: str, name: str) -> dict[str, int]:
    found = re.findall(
        rf'data-facet="{name}" data-value="([^"]*)".*?<span class="n">([\d.]+)', page, re.S
    )
    return {html.unescape(value): int(n.replace(".", "")) for value, n in found}


def test_facets_count_and_narrow(client: Any) -> None:
    page = client.get("/search?q=dan").text
    total = int(re.search(r'data-total="(\d+)"', page)[1])  # type: ignore[index]
    assert sum(facet(page, "year").values()) == total
    assert sum(facet(page, "kind").values()) == total
    for name, value in (
        ("section", "xa-hoi"),
        ("author", "Mỹ Lý"),
        ("year", "2018"),
        ("source", "TTXVN"),
    ):
        expected = facet(page, name)[value]
        narrowed = client.get(f"/search?q=dan&{name}={quote(value)}").text
        assert f'data-total="{expected}"' in narrowed
        assert 'aria-current="true"' in narrowed


def test_facets_without_words_are_those_of_the_whole_archive(client: Any) -> None:
    page = client.get("/search").text
    assert facet(page, "section")["xa-hoi"] == 9
    assert sum(facet(page, "year").values()) == 42
