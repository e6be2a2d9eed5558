"""A layout is one file, one line in `LAYOUTS` and five golden pages: tried with an invented CMS."""

import json
from pathlib import Path

import pytest

from archive.errors import UnknownLayout
from crawler.extract.article import read_page
from crawler.extract.layouts import LAYOUTS
from crawler.extract.layouts.layout import Layout
from crawler.extract.page import Page
from tests.crawler.extract.layouts import eyebrow

PAGES = sorted((Path(__file__).parent / "pages").iterdir())


def page(path: Path) -> Page:
    url = json.loads((path / "meta.json").read_text())["url"]
    return Page.from_bytes((path / "page.html").read_bytes(), url)


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_a_new_layout_reads_every_field_of_an_invented_cms(path):
    expected = json.loads((path / "expected.json").read_text())
    record = read_page(page(path), (*LAYOUTS, eyebrow.LAYOUT)).to_dict()
    assert {name: record[name] for name in expected} == expected


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_a_new_layout_needs_no_other_layout(path):
    expected = json.loads((path / "expected.json").read_text())
    assert read_page(page(path), (eyebrow.LAYOUT,)).body == expected["body"]


def test_a_new_layout_takes_as_little_code_as_the_docs_say():
    source = Path(eyebrow.__file__).read_text()
    assert len(source.splitlines()) <= 30
    assert len(PAGES) == 5


def test_points_are_for_markup_and_for_words():
    layout = Layout("x", "C", evidence={"pubdate": 2, "/image/": 1}, words={r"thứ \w+,": 3, "x": 1})
    assert layout.points(frozenset(), []) == 0
    assert layout.points(frozenset({"pubdate", "other"}), ["12/01/2026"]) == 2
    assert layout.points(frozenset({"/image/"}), ["Thứ Sáu, 13/02/2026", "x"]) == 4


def test_the_names_in_selectors_are_looked_for():
    layout = Layout("x", "C", evidence={"pubdate": 2}, title="h1.Big", skip="[id$=Ads]")
    assert layout.parts == {"pubdate", "big", "ads"}
    assert set(layout.selectors) == {"title", "skip"}


def test_an_address_alone_is_not_enough():
    layout = Layout("x", "C", evidence={"pubdate": 2}, by_address=1)
    html = "<html><body><h1>Mùa nước nổi về</h1><p>{}</p></body></html>".format("Nước về. " * 20)
    with pytest.raises(UnknownLayout):
        read_page(Page.from_text(html, "https://baodongthap.vn/mua-nuoc-noi-ve-a1.html"), (layout,))
