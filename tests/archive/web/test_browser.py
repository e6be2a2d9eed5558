"""The room in a real browser. After each test: no script error, no policy broken, nothing fetched
from elsewhere (see `Visit` in conftest)."""

from __future__ import annotations

import csv
from typing import Any
from unicodedata import normalize
from urllib.parse import quote

import pytest


def test_words_without_marks_find_and_mark_the_papers_own(visit: Any) -> None:
    visit.go("/")
    visit.page.fill("#q", "dan van")
    visit.page.press("#q", "Enter")
    visit.page.wait_for_selector(".hit")
    marked = visit.page.locator(".hit h2 mark").all_inner_texts()
    assert marked.count("dân vận") == 8
    colour = visit.page.locator(".hit mark").first.evaluate(
        "e => getComputedStyle(e).backgroundColor"
    )
    assert colour == "rgb(255, 229, 154)"


def forms(*texts: str) -> list[str]:
    """Each text as a phrase, composed and decomposed."""
    return [normalize(form, f'"{text}"') for text in texts for form in ("NFC", "NFD")]


#: What finds the article on the flood (which has Thủy văn, Mỹ Hòa, đầu nguồn), and what does not.
FOUND = {
    "tone placement": forms("Trạm Thủy văn", "Trạm Thuỷ văn", "Trần Thị Mỹ Hòa", "Trần Thị Mỹ Hoà"),
    "no marks": forms("tram thuy van", "tran thi my hoa", "dau nguon", "dien dien"),
    "marks and none": [text.strip('"') for text in forms("đầu nguon", "điên dien", "Trạm thuy")],
}
NOT_FOUND = {
    "other tones": forms("Trạm Thúy văn", "Trần Thị Mỹ Hóa", "đấu nguồn"),
    "other letters": forms("dầu nguồn", "điện dien", "đau nguon"),
}


@pytest.mark.parametrize(
    ("queries", "hit"),
    [*((q, True) for q in FOUND.values()), *((q, False) for q in NOT_FOUND.values())],
    ids=[*FOUND, *NOT_FOUND],
)
def test_every_form_finds_what_it_should_and_nothing_else(
    visit: Any, queries: list[str], hit: bool
) -> None:
    wrong = []
    for query in queries:
        visit.go("/search?q=" + quote(query))
        titles = visit.page.locator(".hit h2").all_inner_texts()
        if any("đầu nguồn" in title for title in titles) != hit:
            wrong.append(query)
    assert wrong == []


def test_a_facet_narrows_and_is_taken_off_again(visit: Any) -> None:
    visit.go("/search?q=dan")
    before = int(visit.page.get_attribute("#total", "data-total"))
    link = visit.page.locator('a[data-facet="section"][data-value="xa-hoi"]')
    expected = int(link.locator(".n").inner_text())
    link.click()
    visit.page.wait_for_url("**section=xa-hoi**")
    assert int(visit.page.get_attribute("#total", "data-total")) == expected < before
    sections = set(visit.page.locator(".hit .eyebrow span:first-child").all_inner_texts())
    assert len(sections - {"Xã hội"}) <= 1  # the hostile article calls its section something else
    visit.page.locator(".facets a.on").click()
    visit.page.wait_for_url(lambda url: "section" not in url)
    assert int(visit.page.get_attribute("#total", "data-total")) == before


def test_an_article_with_two_versions_shows_what_changed(visit: Any) -> None:
    visit.go("/article/dto:80111")
    visit.page.get_by_role("link", name="Xem chỗ sửa").click()
    visit.page.wait_for_selector(".diff")
    assert "31" in visit.page.locator(".diff del").all_inner_texts()
    assert "29" in visit.page.locator(".diff ins").all_inner_texts()
    assert visit.page.locator(".badge.silent").inner_text() == "sửa lặng lẽ"


def test_captions_stand_beside_their_places(visit: Any) -> None:
    visit.page.set_viewport_size({"width": 1280, "height": 900})
    visit.go("/article/dto:80111")
    picture = visit.page.locator("#image-2").bounding_box()
    paragraph = visit.page.get_by_text("Chị Trần Thị Mỹ Hòa").bounding_box()
    assert picture["x"] > paragraph["x"] + paragraph["width"]
    assert abs(picture["y"] - paragraph["y"]) < 40
    visit.page.set_viewport_size({"width": 390, "height": 844})
    picture = visit.page.locator("#image-2").bounding_box()
    paragraph = visit.page.get_by_text("Chị Trần Thị Mỹ Hòa").bounding_box()
    assert picture["y"] + picture["height"] <= paragraph["y"]


def test_the_chart_is_read_with_the_keyboard(visit: Any) -> None:
    visit.go(f"/trends?by=year&q={quote('dân vận')}&q={quote('quýt hồng')}")
    lines = visit.page.locator(".series")
    assert lines.count() == 2
    readout = visit.page.locator(".readout")
    assert "phím mũi tên" in readout.inner_text()
    visit.page.locator(".drawing").focus()
    visit.page.keyboard.press("ArrowRight")
    assert readout.inner_text() == (
        "2016 (thu thập một phần) · dân vận: 1 trong 5 bài (20 % ~)"
        " · quýt hồng: 1 trong 5 bài (20 % ~)"
    )
    assert visit.page.locator(".period.at").count() == 1
    visit.page.keyboard.press("End")
    assert readout.inner_text().startswith("2023")
    visit.page.get_by_role("button", name="quýt hồng").click()
    assert [line.is_visible() for line in lines.all()] == [True, False]
    visit.page.get_by_role("link", name="Số bài", exact=True).click()
    visit.page.wait_for_url("**measure=count**")
    assert visit.page.get_by_text("số bài mỗi năm").is_visible()


def test_the_chart_is_read_with_the_pointer(visit: Any) -> None:
    visit.go(f"/trends?by=year&q={quote('dân vận')}")
    visit.page.locator(".period").nth(1).hover()
    assert visit.page.locator(".readout").inner_text().startswith("2017")


@pytest.mark.parametrize(
    "path", ["/search?q=dan&section=xa-hoi", "/archive/articles", "/archive/silent_edits"]
)
def test_the_csv_downloads_with_as_many_rows_as_the_page_says(visit: Any, path: str) -> None:
    visit.go(path)
    total = int(visit.page.get_attribute("#total", "data-total"))
    with visit.page.expect_download() as download:
        visit.page.click("#csv")
    with open(download.value.path(), encoding="utf-8", newline="") as file:
        assert len(list(csv.DictReader(file))) == total > 0


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/article/dto:666",
        "/search?q=canh+bao",
        "/archive/articles",
        "/archive/articles/2",
        "/archive/images",
        "/archive?sql=select+title,+byline,+lead+from+articles",
        "/coverage?year=2019",
        "/archive/busiest_authors",
    ],
)
def test_a_hostile_headline_stays_text(visit: Any, newsstand: Any, path: str) -> None:
    visit.go(path)
    assert visit.page.locator("main img").count() == 0
    assert (
        visit.page.evaluate("document.querySelectorAll('script:not([src]):not([type])').length")
        == 0
    )
    # In the growth chart the links are SVG's.
    schemes = visit.page.locator("a[href]").evaluate_all(
        "links => links.map((a) => new URL(a.href.baseVal ?? a.href, location).protocol)"
    )
    assert set(schemes) <= {"http:", "https:"}
    if "coverage" not in path:
        assert newsstand.HOSTILE[:25] in visit.page.inner_text("body")


def test_hostile_terms_stay_text_in_the_chart(visit: Any, newsstand: Any) -> None:
    visit.go(f"/trends?q={quote(newsstand.HOSTILE)}&q=dan")
    assert newsstand.HOSTILE[:25] in visit.page.text_content(".drawing")


def test_everything_is_reached_by_keyboard(visit: Any) -> None:
    visit.go("/")
    visit.page.keyboard.press("Tab")
    assert visit.page.evaluate("document.activeElement.className") == "skip"
    visit.page.keyboard.press("Enter")
    assert visit.page.evaluate("document.activeElement.id") == "main"
    visit.page.keyboard.press("/")
    assert visit.page.evaluate("document.activeElement.id") == "q"
    visit.page.keyboard.type("quyt hong")
    visit.page.keyboard.press("Enter")
    visit.page.wait_for_selector(".hit")
    first = visit.page.locator(".hit a").first
    first.focus()
    outline = first.evaluate("e => getComputedStyle(e).outlineStyle")
    assert outline == "solid"
    visit.page.keyboard.press("Enter")
    visit.page.wait_for_selector("article.story")


_NAMELESS = """() => [...document.querySelectorAll(
    'main :is(a[href], button, input, select, textarea)')]
  .filter((e) => e.type !== 'hidden' && e.offsetParent !== null)
  .filter((e) => !(e.labels && e.labels.length) && !e.getAttribute('aria-label'))
  .filter((e) => !e.textContent.trim() && !e.querySelector('title'))
  .map((e) => e.outerHTML)"""


def test_every_control_has_a_name(visit: Any) -> None:
    for path in (
        "/",
        "/search?q=dan",
        "/article/dto:80111",
        "/article/dto:80111/diff",
        "/trends?q=dan",
        "/coverage",
        "/archive",
        "/archive/articles",
        "/archive/articles_by_author",
    ):
        visit.go(path)
        nameless = visit.page.evaluate(_NAMELESS)
        assert nameless == [], path
        assert visit.page.locator("h1").count() == 1, path


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/search?q=dan",
        "/article/dto:80111",
        "/article/dto:666",
        "/article/dto:80111/diff",
        "/trends?q=dan",
        "/coverage",
        "/questions",
        "/guide",
        "/archive",
        "/archive/articles",
        "/archive/articles/1",
    ],
)
def test_a_phone_need_not_be_scrolled_sideways(visit: Any, path: str) -> None:
    visit.page.set_viewport_size({"width": 360, "height": 740})
    visit.go(path)
    assert visit.page.evaluate("document.documentElement.scrollWidth") <= 360


@pytest.mark.parametrize("width", [320, 360])
def test_every_page_is_in_sight_on_a_phone(visit: Any, width: int) -> None:
    visit.page.set_viewport_size({"width": width, "height": 740})
    for path in ("/?lang=vi", "/?lang=en"):
        visit.go(path)
        for link in visit.page.locator(".masthead nav a").all():
            box = link.bounding_box()
            assert box["x"] + box["width"] <= width - 15, link.inner_text()
        for year in visit.page.locator(".growth text").all():
            box = year.bounding_box()
            assert box["x"] + box["width"] <= width - 15, year.text_content()


@pytest.mark.parametrize("width", [320, 360])
def test_no_query_of_the_guide_is_broken_on_a_phone(visit: Any, width: int) -> None:
    visit.page.set_viewport_size({"width": width, "height": 740})
    for path in ("/guide?lang=vi", "/guide?lang=en"):
        visit.go(path)
        lines = "e => [e.textContent, e.getClientRects().length]"
        found = [code.evaluate(lines) for code in visit.page.locator(".guide code").all()]
        assert [text for text, number in found if number != 1] == []


@pytest.mark.parametrize("width", [720, 960, 1100, 1280])
def test_the_button_of_the_trends_stands_beside_the_dates(visit: Any, width: int) -> None:
    visit.page.set_viewport_size({"width": width, "height": 740})
    for path in ("/trends?lang=vi", "/trends?lang=en"):
        visit.go(path)
        until = visit.page.locator(".ask [name=until]").bounding_box()
        button = visit.page.locator(".ask button").bounding_box()
        assert until["y"] <= button["y"] + button["height"] / 2 <= until["y"] + until["height"]


def test_sql_is_typed_into_an_editor_and_runs(visit: Any) -> None:
    visit.go("/archive")
    visit.page.wait_for_selector(".CodeMirror")
    visit.page.evaluate(
        "document.querySelector('.CodeMirror').CodeMirror"
        ".setValue('select key from articles limit 7')"
    )
    visit.page.locator("form.sql button").click()
    visit.page.wait_for_selector("table.rows")
    assert visit.page.get_attribute("#total", "data-total") == "7"
    visit.page.wait_for_selector(".CodeMirror")
    visit.page.locator("table.rows td a").first.click()
    visit.page.wait_for_selector("article.story")


def test_the_reader_chooses_dark_and_it_stays(visit: Any) -> None:
    visit.go("/")
    background = "getComputedStyle(document.body).backgroundColor"
    assert visit.page.evaluate(background) == "rgb(251, 248, 242)"
    visit.page.click("#theme")
    assert visit.page.evaluate(background) == "rgb(22, 20, 18)"
    visit.go("/guide")
    assert visit.page.evaluate(background) == "rgb(22, 20, 18)"


def test_text_stands_out_from_its_ground(visit: Any) -> None:
    contrast = """() => {
      const light = (c) => { const [r, g, b] = c.match(/[\\d.]+/g).map((v) => { v /= 255; return v <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4; }); return .2126 * r + .7152 * g + .0722 * b; };
      const ground = (e) => { while (e) { const c = getComputedStyle(e).backgroundColor; if (!/, 0\\)$|transparent/.test(c)) return c; e = e.parentElement; } return 'rgb(255,255,255)'; };
      return [...document.querySelectorAll('main *, header *, footer *')].filter((e) => [...e.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim()) && e.getClientRects().length && !e.closest('svg, .visually-hidden, .CodeMirror, option'))
        .map((e) => { const a = light(getComputedStyle(e).color), b = light(ground(e)); return [(Math.max(a, b) + .05) / (Math.min(a, b) + .05), e.tagName + '.' + e.className + ': ' + e.textContent.trim().slice(0, 40)]; })
        .filter(([ratio]) => ratio < 4.5);
    }"""
    for scheme in ("light", "dark"):
        visit.page.emulate_media(color_scheme=scheme)
        for path in (
            "/",
            "/search?q=dan",
            "/article/dto:80111?version=1",
            "/article/dto:80111/diff",
            "/coverage",
            "/guide",
            "/archive/articles?_facet=kind",
            f"/trends?q={quote('dân')}",
        ):
            visit.go(path)
            assert visit.page.evaluate(contrast) == [], (scheme, path)


def test_the_other_language_is_one_click_away_and_stays(visit: Any) -> None:
    visit.go("/search?q=dan")
    visit.page.get_by_role("link", name="English").click()
    visit.page.wait_for_selector("html[lang=en]")
    assert visit.page.input_value("#q") == "dan"
    visit.go("/coverage")
    assert visit.page.get_attribute("html", "lang") == "en"


def test_new_articles_are_there_without_a_restart(visit: Any, newsstand: Any, served: Any) -> None:
    visit.go("/search?q=%22bai+khac+so%22")
    assert visit.page.get_attribute("#total", "data-total") == "0"
    assert served.refresh() is False
    newsstand.save_another(served.archive, 95001)
    assert served.refresh() is True
    visit.page.reload()
    assert visit.page.get_attribute("#total", "data-total") == "1"


def test_a_concordance_is_asked_with_the_keyboard_and_aligned(visit: Any) -> None:
    visit.page.set_viewport_size({"width": 1280, "height": 900})
    visit.go("/concordance")
    visit.page.keyboard.press("/")
    visit.page.keyboard.type("dân vận")
    visit.page.keyboard.press("Enter")
    visit.page.wait_for_selector(".kwic mark")
    cells = visit.page.locator(".kwic .left").evaluate_all(
        "cells => cells.map(c => [c.getBoundingClientRect().right,"
        " c.firstChild.getBoundingClientRect().right])"
    )
    # Every left context ends beside its mention, whatever does not fit is cut at its far end.
    assert len({round(right) for right, _ in cells}) == 1
    assert all(0 <= right - end < 12 for right, end in cells)
    visit.page.set_viewport_size({"width": 390, "height": 844})
    assert visit.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    visit.page.locator(".kwic a").first.press("Enter")
    visit.page.wait_for_url("**/article/**")
