"""A page read up to a cut gives the article of the whole page, or says that it needs more."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from archive.errors import ExtractionError
from archive.models import Article
from benchmarks.pages import newsroom_pages
from crawler.extract import extract, read
from crawler.extract.engine.horizon import Unfinished, find_cut, makes_statements
from crawler.extract.engine.metadata import Document
from crawler.extract.page import Page

PAGES = Path(__file__).parents[3] / "pages"
GOLDENS = sorted(path for path in PAGES.glob("*/*") if path.is_dir())
CUTS = 12

#: A list of other articles, as long as pages have them, and no paragraph in it.
SIDEBAR = "".join(
    f'<li><a href="/tin-trong-ngay-a{number}.html">Tin trong ngày số {number}</a>'
    f" <span>0{number % 9 + 1}/03/2026</span></li>"
    for number in range(1000, 1300)
)
PARAGRAPH = "<p>" + "Bà con nông dân xã Tân Thuận Đông vào vụ xoài cát chu. " * 8 + "</p>"
STAMP = "<div class=date>Cập nhật ngày: 03/01/2018 10:12:28</div>"
TITLE = "Xoài cát chu vào vụ"
URL = "https://baodongthap.vn/xoai-cat-chu-vao-vu-a236888.html"


def article_page(text: str, behind: str = f"<ul>{SIDEBAR}</ul>", head: str = "") -> Page:
    """A heavy page with *text* in its box and a list *behind* it."""
    return Page.from_text(
        f"<html><head><title>{TITLE}</title>{head}</head><body><div class=detail><h1>{TITLE}</h1>"
        f"{STAMP}<div id=newscontents>{text}</div></div><div class=right>{behind}</div></body>",
        URL,
    )


@pytest.mark.parametrize("crowded", [False, True], ids=["as it is", "with a list behind"])
@pytest.mark.parametrize("path", GOLDENS, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_no_cut_changes_an_article(path: Path, crowded: bool) -> None:
    body = (path / "page.html").read_bytes()
    if crowded:
        body = re.sub(rb"(?i)</body", f"<ul>{SIDEBAR}</ul>".encode() + rb"\g<0>", body)
    page = Page.from_bytes(body, json.loads((path / "meta.json").read_text())["url"])
    whole = read(page)
    assert extract(page) == whole
    tags = [found.start() for found in re.finditer(b"<", page.body)]
    for cut in random.Random(path.name).sample(tags, min(CUTS, len(tags))):
        if not makes_statements(page.body.lower(), cut):
            try:
                assert read(page.until(cut)) == whole, cut
            except (Unfinished, ExtractionError):
                continue


def test_heavy_pages_are_read_from_their_beginning() -> None:
    pages = [Page.from_bytes(body, url) for url, body in newsroom_pages(60)]
    read_so = [page for page in pages if _read_beginning(page) is not None]
    assert len(read_so) >= 0.9 * len(pages)
    for page in read_so:
        assert _read_beginning(page) == read(page) == extract(page)
    parsed = sum(find_cut(page.body) or 0 for page in read_so)
    assert parsed < sum(len(page.body) for page in read_so) / 2


def _read_beginning(page: Page) -> Article | None:
    cut = find_cut(page.body)
    if cut is None:
        return None
    try:
        return read(page.until(cut))
    except Unfinished:
        return None


@pytest.mark.parametrize(
    "between",
    [
        f"<div class=related><ul>{SIDEBAR}</ul></div>",
        "<p><img src=/uploads/anh.jpg></p><p><em>Vườn xoài bên sông</em></p>" * 200,
        "<table>" + "<tr><td>Cao Lãnh</td><td>12,5</td></tr>" * 400 + "</table>",
    ],
    ids=["a list", "pictures", "a table"],
)
def test_text_that_goes_on_far_below(between: str) -> None:
    page = article_page(PARAGRAPH * 3 + between + PARAGRAPH.replace("vào vụ", "hết vụ"))
    cut = find_cut(page.body)
    assert cut is not None
    assert b"h\xe1\xba\xbft v\xe1\xbb\xa5" not in page.body[:cut]
    with pytest.raises(Unfinished):
        read(page.until(cut))
    assert "hết vụ" in (extract(page).body or "")


def test_where_a_page_is_cut() -> None:
    page = article_page(PARAGRAPH * 3)
    cut = find_cut(page.body)
    assert cut is not None
    assert page.body[cut:].startswith(b"<")
    assert page.body[:cut].count(PARAGRAPH.encode()) == 3
    with_list_inside = article_page(PARAGRAPH * 3 + "<ul>" + SIDEBAR[:2000] + "</ul>" + PARAGRAPH)
    cut = find_cut(with_list_inside.body)
    assert cut is not None
    assert with_list_inside.body[:cut].count(PARAGRAPH.encode()) == 4


@pytest.mark.parametrize(
    "page",
    [
        article_page(PARAGRAPH * 3, "<ul></ul>"),
        article_page(f"<p>{PARAGRAPH[3:90]}.</p>"),
        article_page(PARAGRAPH, f"<ul>{SIDEBAR}</ul><meta name=keywords content=xoài>"),
        article_page(PARAGRAPH, f"<ul>{SIDEBAR}</ul><script type=application/ld+json></script>"),
    ],
    ids=["a light page", "no prose", "a meta element behind", "a statement behind"],
)
def test_pages_that_are_not_cut(page: Page) -> None:
    assert find_cut(page.body) is None
    assert extract(page) == read(page)


@pytest.mark.parametrize("first", [b"</html>", b"</HTML>"])
@pytest.mark.parametrize("last", [b"</html>", b"</HTML>"])
def test_a_page_that_is_closed_at_once(first: bytes, last: bytes) -> None:
    body = article_page(PARAGRAPH * 2).body.replace(b"<html>", b"<html>" + first) + last
    page, cut = Page.from_bytes(body, URL), find_cut(body)
    assert cut is not None
    assert [Document(one).head_title for one in (page, page.until(cut))] == [TITLE, TITLE]


def test_what_the_head_of_a_page_says() -> None:
    """Its address and name stand before the first heading, or are another's."""
    base = (
        '<link rel=canonical href="https://baodongthap.vn/khac-a1.html"><base href=//example.org>'
    )
    page = article_page(PARAGRAPH * 2 + "<p><img src=/anh.jpg></p>", base)
    article = extract(page)
    assert article.url == URL
    assert article.images[0].url == "https://baodongthap.vn/anh.jpg"


def test_a_list_between_a_long_lead_and_the_text() -> None:
    links = "".join(f"<li><a href=/tin-{n}-a10{n}.html>Tin số {n}</a></li>" for n in range(12))
    page = article_page(PARAGRAPH * 3).body.decode()
    lead = PARAGRAPH.replace("vào vụ", "được mùa")
    page = page.replace(
        STAMP, f"{STAMP}{lead}{lead.replace('mùa', 'giá')}</div><ul>{links}</ul><div>"
    )
    article = extract(Page.from_text(page, URL))
    assert "được giá" in (article.body or "")
    assert "vào vụ" in (article.body or "")


@pytest.mark.parametrize("box", ["<div class=tags>", "<div>Từ khóa: "])
def test_a_dozen_keywords_under_the_text(box: str) -> None:
    tags = [f"xoài {number}" for number in range(12)]
    links = ", ".join(f"<a href=/tim-kiem?q={number}>{tag}</a>" for number, tag in enumerate(tags))
    html = article_page(PARAGRAPH * 3).body.decode()
    page = Page.from_text(html.replace("<div class=right>", f"{box}{links}</div><div class=right>"))
    assert extract(page).tags == tuple(tags)


@pytest.mark.parametrize(
    ("old", "new"),
    [(b"Xo\xc3\xa0i", b"Xo\xe0i"), (b"<p>", b"<p>" + b"\0" * 200)],
    ids=["another encoding", "NUL"],
)
def test_a_doubtful_beginning_is_read_whole(old: bytes, new: bytes) -> None:
    body = article_page(PARAGRAPH * 3).body.replace(old, new, 1)
    page = Page.from_bytes(body, URL)
    assert find_cut(page.body) is not None
    assert outcome(page) == outcome(page, extract)


def test_a_page_without_a_body_is_read_whole() -> None:
    """BeautifulSoup reads it (the fuzzer's: a second head with an element new to it in place of the body)."""
    body = article_page(PARAGRAPH * 3).body.replace(b"<body>", b"<head><header>", 1)
    page, cut = Page.from_bytes(body, URL), find_cut(body)
    assert cut is not None
    with pytest.raises(Unfinished):
        Document(page.until(cut))
    assert outcome(page) == outcome(page, extract)


def outcome(page: Page, way: Callable[[Page], Article] = read) -> Article | str:
    """What reading *page* gives or says."""
    try:
        return way(page)
    except ExtractionError as error:
        return str(error)
