"""The pages say what the archive holds, in the reader's language, and nothing of it as markup."""

from __future__ import annotations

import csv
import html
import io
import json
import re
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from archive.search.parser import parse
from archive.search.query import Query
from archive.web.translations import TRANSLATIONS

csv.field_size_limit(10_000_000)


def text_of(page: str) -> str:
    """A page as a reader sees it, roughly."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())


ATTACKED = (
    "/",
    "/search?q=canh+bao",
    "/search?q=HOSTILE",
    "/article/dto:666",
    "/article/dto:666/diff",
    "/archive/articles?key=dto:666",
    "/archive/articles_flat",
    "/archive/images",
    "/archive/authors",
    "/archive/articles/2",
    f"/archive?sql={quote('select title, byline, source from articles')}",
    "/archive?sql=HOSTILE",
    "/nowhere/HOSTILE",
    "/coverage",
    "/trends?q=HOSTILE",
    "/article/HOSTILE",
    "/archive/busiest_authors",
    "/archive/articles?_facet=source&_facet=byline",
    "/archive/articles?title=HOSTILE",
    "/search?author=HOSTILE",
    "/coverage?section=HOSTILE&year=HOSTILE",
)


@pytest.mark.parametrize("path", ATTACKED)
def test_hostile_words_stay_words(client: Any, newsstand: Any, path: str) -> None:
    answer = client.get(path.replace("HOSTILE", quote(newsstand.HOSTILE, safe="")))
    assert answer.status_code < 500
    assert "<script>alert" not in answer.text
    assert "<img" not in answer.text
    assert '</title>"' not in answer.text
    assert "&{{" not in answer.text or "49" not in answer.text.split("&{{")[0][-20:]
    for address in re.findall(r'(?:href|src|action)="([^"]*)"', answer.text):
        assert not re.match(r"\s*(javascript|data|vbscript):", html.unescape(address), re.I)


def test_every_hostile_field_is_shown_as_text(client: Any, newsstand: Any) -> None:
    page = client.get("/article/dto:666").text
    shown = html.unescape(page)
    assert shown.count(newsstand.HOSTILE) >= 9
    assert "javascript:alert(4)" in shown
    assert "data:text/html" in shown


def test_the_front_page_tells_the_state_of_the_archive(client: Any) -> None:
    page = client.get("/").text
    text = text_of(page)
    assert re.search(r"bài báo 42\b", text)
    assert re.search(r"43 bản lưu trang|bản lưu trang 43", text)
    assert "Mùa nước nổi về sớm, người dân đầu nguồn phấn khởi" in text
    assert page.count("<rect") >= 40


@pytest.mark.parametrize("q", ["dan van", "dân vận", "DÂN VẬN", "da\u0302n va\u0323\u0302n"])
def test_search_finds_and_marks_in_the_papers_own_spelling(client: Any, q: str) -> None:
    page = client.get(f"/search?q={quote(q)}").text
    assert page.count("<mark>dân vận</mark>") == 8


def test_search_with_marks_does_not_find_other_words(client: Any) -> None:
    assert 'data-total="0"' in client.get(f"/search?q={quote('dần vẩn')}").text


@pytest.mark.parametrize(
    "q",
    [
        "",
        '"',
        "*",
        "COVID-19",
        "19/5",
        "TP.HCM",
        "(",
        "a AND",
        "NEAR(",
        "đ",
        "title:",
        "-",
        "%",
        "\x00",
        "a" * 5000,
    ],
)
def test_any_text_is_a_query(client: Any, q: str) -> None:
    assert client.get(f"/search?q={quote(q)}").status_code == 200


def understood(page: str) -> str:
    return text_of(re.search(r"<summary>(?!Lọc).*?</summary>", page, re.S)[0])  # type: ignore[index]


@pytest.mark.parametrize(
    ("q", "said", "quoted"),
    [
        ("dân vận", "Hiểu là: đủ các từ dân vận", False),
        ('"dân vận"', "Hiểu là: nguyên cụm dân vận", True),
        ("dân -lúa", "Hiểu là: dân , không có lúa", False),
        ("lũ OR title:lúa", "Hiểu là: lũ hoặc lúa trong tiêu đề", False),
    ],
)
def test_only_a_phrase_is_understood_as_one(client: Any, q: str, said: str, quoted: bool) -> None:
    page = client.get(f"/search?q={quote(q)}").text
    assert understood(page) == said
    assert ("<q>" in page) == quoted


def test_filters_that_leave_nothing_are_named_and_taken_off(client: Any) -> None:
    page = client.get(f"/search?q={quote('quýt hồng')}&section=xa-hoi").text
    assert "Chuyên mục: Xã hội" in text_of(page)
    assert "xa-hoi" not in text_of(page)
    assert '<a href="?q=qu%C3%BDt%20h%E1%BB%93ng">Bỏ hết bộ lọc: 8 bài</a>' in page
    assert "Bỏ hết bộ lọc" not in client.get("/search?q=zzz&section=xa-hoi").text


def test_what_the_guide_lets_type_means_the_same_in_both_languages(client: Any) -> None:
    def meant(language: str) -> list[Query]:
        page = client.get(f"/guide?lang={language}").text
        typed = re.findall(r"<code>([^<]+)</code></a>", page)
        return [replace(parse(html.unescape(text)), text="") for text in typed]

    assert meant("vi") == meant("en")
    assert len(meant("vi")) == 9
    assert any(query.filters for query in meant("vi"))
    assert any(query.since for query in meant("vi"))
    assert any(term.field for query in meant("vi") for term in query.terms)


def test_what_stands_together_is_one_click_away(client: Any) -> None:
    page = client.get(f"/search?q={quote('nước đầu nguồn')}&sort=recent").text
    assert "<a href" not in page.split('id="total"')[1].split("</p>")[0]  # all of them have it
    page = client.get(f"/search?q={quote('nam moi')}&year=2018").text
    link = re.search(r'class="meta"><a href="([^"]+)"', page)
    assert link
    asked = html.unescape(link[1])
    assert asked == "?year=2018&q=%22nam+moi%22"
    assert "nguyên cụm" in understood(client.get(f"/search{asked}").text)


def test_words_typed_half_with_marks_have_a_reading_of_their_own(client: Any) -> None:
    assert "như đã gõ" in client.get(f"/search?q={quote('văn dan')}").text
    assert "như đã gõ" not in client.get(f"/search?q={quote('văn dân')}").text


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


def test_what_is_no_date_is_said_to_be_none(client: Any) -> None:
    page = client.get(f"/trends?q=dan&since={quote('mùa lũ')}&until=2018").text
    assert "“mùa lũ” không phải là ngày nên bị bỏ qua" in page
    assert "không phải là ngày" not in client.get("/trends?q=dan&since=3/2018&until=").text


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


def test_pages_of_results_hold_every_article_once(client: Any) -> None:
    found: list[str] = []
    for number in (1, 2, 3):
        found += re.findall(
            r'<h2><a href="/article/([^"?]+)', client.get(f"/search?page={number}").text
        )
    assert len(found) == len(set(found)) == 42


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


def test_an_article_is_found_by_number_and_address_too(client: Any) -> None:
    assert client.get("/article/80111").headers["location"] == "/article/dto:80111"
    assert client.get("/article/dto:1").status_code == 404


def test_citations_name_the_version_and_the_capture(client: Any) -> None:
    bib = client.get("/article/dto:80111/cite.bib?version=1")
    assert bib.headers["content-disposition"] == 'attachment; filename="dto-80111.bib"'
    assert "tất bật" in bib.text
    assert "revision 1" in bib.text
    item = json.loads(client.get("/article/dto:80111/cite.json").text)[0]
    assert item["title"] == "Mùa nước nổi về sớm, người dân đầu nguồn phấn khởi"
    assert "sha1:" in client.get("/article/dto:80111/cite.txt").text
    assert client.get("/article/dto:80111/cite.ris").text.startswith("TY  - NEWS")


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


def test_the_results_download_whole(client: Any) -> None:
    page = client.get("/search?q=dan&section=xa-hoi").text
    total = int(re.search(r'data-total="(\d+)"', page)[1])  # type: ignore[index]
    link = html.unescape(re.search(r'id="csv" href="([^"]+)"', page)[1])  # type: ignore[index]
    answer = client.get(link)
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    assert len(rows) == total == 8
    assert {row["section_slug"] for row in rows} == {"xa-hoi"}
    excel = client.get(link.replace("/search.csv", "/search-excel.csv"))
    assert excel.content.startswith(b"\xef\xbb\xbf")
    assert "Xã hội".encode() in excel.content


def test_every_saved_question_answers(client: Any) -> None:
    names = re.findall(r'<h2><a href="/archive/(\w+)"', client.get("/questions").text)
    assert len(names) == 11
    for name in names:
        answer = client.get(f"/archive/{name}?author={quote('Mỹ Lý')}&words={quote('cho Dinh Ba')}")
        assert answer.status_code == 200, answer.text[:500]
        assert 'role="alert"' not in answer.text
    rows = client.get(
        "/archive/articles_by_author.json?author=M%E1%BB%B9+L%C3%BD&_shape=array"
    ).json()
    assert len(rows) == 11
    captions = client.get("/archive/captions_with.json?words=bong+dien+dien&_shape=array").json()
    assert [row["position"] for row in captions] == [2]
    edits = client.get("/archive/silent_edits.json?_shape=array").json()
    assert [row["key"] for row in edits] == ["dto:80111"]


@pytest.mark.parametrize(
    ("path", "place"),
    [
        ("/archive/silent_edits", "/questions"),
        ("/archive/articles", "/archive"),
        ("/trends?q=dan", "/trends"),
        ("/article/dto:80111", None),
    ],
)
def test_the_page_one_is_on_is_marked(client: Any, path: str, place: str | None) -> None:
    nav = client.get(path).text.split("</nav>")[0]
    marked = re.findall(r'<a href="([^"]+)" aria-current="page"', nav)
    assert marked == ([place] if place else [])


@pytest.mark.parametrize(
    "path",
    [
        "/search?year=0000",
        "/search?year=abc&page=x&sort=y&kind=",
        "/search?page=99999999999",
        "/search?q=dan&author=Nobody&author=M%E1%BB%B9+L%C3%BD",
        "/trends?q=&by=century&since=x&until=0000",
        "/trends?q=dan&since=2030&until=2010",
        "/trends?" + "&".join(f"q=t{n}" for n in range(50)),
        "/coverage?year=99999&section=none",
        "/article/dto:80111/diff?from=2&to=1",
    ],
)
def test_an_odd_address_is_answered_all_the_same(client: Any, path: str) -> None:
    assert client.get(path).status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "/article/dto:80111?version=7",
        "/article/dto:80111?version=0",
        "/article/x",
        "/article/dto:80111/diff?to=9",
    ],
)
def test_what_is_not_there_is_not_found(client: Any, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert "Không có trang này" in answer.text


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/article/dto%3Anope", "Trong kho không có bài dto:nope."),
        (
            "/article/dto:80111?version=7",
            "Bài dto:80111 không có phiên bản 7; phiên bản mới nhất là 2.",
        ),
        ("/article/dto:80111?version=7&lang=en", "The article dto:80111 has no version 7"),
        ("/nowhere/c%C3%A1%20tra", "Không có gì ở địa chỉ /nowhere/cá tra."),
        ("/archive/nothing", "Không có gì ở địa chỉ /archive/nothing."),
    ],
)
def test_what_is_missing_is_named_as_the_reader_typed_it(client: Any, path: str, said: str) -> None:
    answer = client.get(path)
    while answer.status_code == 302:
        answer = client.get(answer.headers["location"])
    assert answer.status_code == 404
    assert said in text_of(answer.text)
    assert "~" not in text_of(answer.text)


def test_the_whole_database_downloads(client: Any, tmp_path: Path) -> None:
    answer = client.get("/archive.db")
    assert "attachment" in answer.headers["content-disposition"]
    copy = tmp_path / "archive.db"
    copy.write_bytes(answer.content)
    with closing(sqlite3.connect(copy)) as connection:
        assert connection.execute("SELECT count(*) FROM articles").fetchone() == (42,)
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_braces_in_a_filter_stay_braces(client: Any) -> None:
    answer = client.get("/trends?q=dan&author=%7B%22table%22%3A%7Bx%7D%7D")
    assert answer.status_code == 200
    assert "{&#34;table&#34;:{x}}" in answer.text or "{&quot;table&quot;:{x}}" in answer.text


def test_every_listed_table_is_explained(client: Any) -> None:
    page = client.get("/archive").text.partition("<tbody>")[2].partition("</tbody>")[0]
    listed = re.findall(r'<th scope="row"><a href="/archive/(\w+)">', page)
    assert {"articles", "nights", "revisions"} <= set(listed)
    assert [name for name in listed if f"table.{name}" not in TRANSLATIONS] == []
