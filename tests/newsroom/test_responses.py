"""Pages as printed: as heavy as real ones, linked from the front page on, the same every time."""

import re
from html import unescape
from urllib.parse import urljoin, urlsplit

import pytest

from archive.models import Article
from crawler.site.paper import DONGTHAP
from crawler.site.urls import read_address
from newsroom import Newspaper
from newsroom.days import LAST_DAY
from newsroom.responses import Responder

HREF = re.compile(r'href="([^"]*)"')


def responder(day: int = 0, articles: int = 180) -> Responder:
    edition = Newspaper(articles).edition(day)
    return Responder(edition, crawl_delay=0, cache_bytes=50_000_000)


def body_at(room: Responder, url: str) -> bytes:
    """The page at *url*, once its once-a-day troubles are over."""
    parts = urlsplit(url)
    target = parts.path + (f"?{parts.query}" if parts.query else "")
    for _ in range(2):
        reply = room.answer(parts.netloc, target, {})
    assert reply.status == 200, url
    return reply.body


@pytest.fixture(scope="module")
def room() -> Responder:
    return responder()


@pytest.fixture(scope="module")
def articles(room: Responder) -> dict[str, Article]:
    return room.edition.expected()


@pytest.fixture(scope="module")
def pages(room: Responder, articles: dict[str, Article]) -> dict[str, bytes]:
    return {key: body_at(room, str(article.url)) for key, article in articles.items()}


def test_article_pages_are_as_heavy_as_real_ones(pages: dict[str, bytes]) -> None:
    sizes = [len(page) for page in pages.values()]
    assert min(sizes) >= 40_000
    assert max(sizes) <= 85_000  # decomposed letters make one page a little larger
    assert sorted(sizes)[len(sizes) // 20] < 55_000
    assert sorted(sizes)[-len(sizes) // 20] > 65_000


def test_pages_print_what_is_meant(pages: dict[str, bytes], articles: dict[str, Article]) -> None:
    for key, article in articles.items():
        if article.updated_text and b"charset=utf-8" in pages[key]:
            text = " ".join(unescape(re.sub(r"<[^>]*>", " ", pages[key].decode())).split())
            assert " ".join(article.title.split()) in text
            assert article.updated_text.rpartition(": ")[2] in text


def test_pages_are_noisy(pages: dict[str, bytes], room: Responder) -> None:
    for key, page in pages.items():
        text = page.decode("utf-8", "replace")
        assert "__VIEWSTATE" in text
        assert ".example/" in text  # sold links to other hosts
        assert text.count("<script") >= 2
        assert len(re.findall(r"\d\d/\d\d/\d{4} \d\d:\d\d", text)) > 8, key  # others' stamps


def test_the_traps_of_generation_c_are_set(pages: dict[str, bytes], room: Responder) -> None:
    by_template: dict[str, str] = {}
    for key, page in pages.items():
        story = room.edition.story(key)
        if story and story.generation == "C" and story.delivery is None:
            by_template.setdefault(story.template, page.decode())
    assert '<html lang="vi">\n</html>' in by_template["c-tayninh"]
    assert by_template["c-cantho"].index('<h1 class="breadcrumb">') < by_template["c-cantho"].index(
        '<h1 class="fw700'
    )
    longan = by_template["c-longan"]
    assert longan.index('class="pubdate"') < longan.index("<h1")
    for text in by_template.values():
        clock = re.search(r'class="clock">(Thứ \w+|Chủ nhật), \d\d-\d\d-\d\d \d\d:\d\d:\d\d<', text)
        assert clock
        assert clock.start() < text.index("<h1")


def test_markup_differs_among_stories_of_one_template(pages: dict[str, bytes]) -> None:
    everything = b"".join(pages.values())
    for piece in (
        b"<P>",
        b'<p class="MsoNormal"',
        b"&ocirc;",
        b"data-src=",
        b"<o:p>",
        b"<figcaption>",
        b'class="note ignore"',
        b'class="image center"',
        b'class="center image"',
        b'<div class="para"><p>',
        b"related-inline",
        b"<!--[if gte mso 9]>",
    ):
        assert piece in everything, piece


@pytest.mark.parametrize("day", [0, LAST_DAY])
def test_every_article_is_linked_from_lists(day: int) -> None:
    room = responder(day, articles=260)
    queue = [("https://baodongthap.vn/", read_address("https://baodongthap.vn/").canonical)]
    seen, found = {queue[0][1]}, set()
    while queue:
        url, _ = queue.pop()
        for href in HREF.findall(body_at(room, url).decode()):
            target = urljoin(url, unescape(href))
            if urlsplit(target).hostname not in DONGTHAP.hosts:
                continue
            address = read_address(target)
            if address.kind == "article":
                found.add(address.canonical)
            elif address.kind == "list" and address.canonical not in seen:
                seen.add(address.canonical)
                reply = room.answer("baodongthap.vn", address.canonical[22:], {})
                if reply.status == 200:
                    queue.append((address.canonical, address.canonical))
    expected = room.edition.expected()
    assert {str(article.url) for article in expected.values()} <= found
    assert {read_address(url).key for url in found} >= {
        key for key, article in expected.items() if read_address(str(article.url)).key == key
    }


def test_articles_are_linked_in_every_manner() -> None:
    room = responder()
    hrefs = [
        href
        for section in room.edition.lists
        for href in HREF.findall(body_at(room, f"https://baodongthap.vn{section.path()}").decode())
    ]
    starts = {href.partition("baodongthap")[0] for href in hrefs if "baodongthap" in href}
    assert {"https://", "https://www.", "http://", "http://www."} <= starts
    assert any(href.startswith("/newsdetails/") for href in hrefs)
    assert any(re.fullmatch(r"/[a-z-]+/\d{6}/.*-\d+", href) for href in hrefs)
    assert any("--a" in href for href in hrefs)
    assert any(href.startswith("/video/xem-video/") for href in hrefs)


def test_one_article_in_two_sections_shows_each_its_own(room: Responder) -> None:
    key = room.edition.paper.key_of("tin-ngan")
    number = key.removeprefix("dto:")
    one = body_at(room, f"https://baodongthap.vn/xa-hoi/x-{number}.aspx").decode()
    two = body_at(room, f"https://baodongthap.vn/giao-duc/x-{number}.aspx").decode()
    assert "Xã hội</a></div>" in one
    assert "Giáo dục</a></div>" in two
    assert room.edition.expected()[key].section == "Giáo dục"  # the first in the alphabet


def test_the_same_bytes_every_time(pages: dict[str, bytes], articles: dict[str, Article]) -> None:
    again = responder()
    for key, article in list(articles.items())[::9]:
        assert body_at(again, str(article.url)) == pages[key]


def test_the_cache_is_bounded(articles: dict[str, Article]) -> None:
    room = Responder(Newspaper(180).edition(0), crawl_delay=0, cache_bytes=300_000)
    for article in articles.values():
        body_at(room, str(article.url))
    assert sum(len(reply.body) for reply in room._cache.values()) <= 300_000


def test_robots_forbid_the_search(room: Responder) -> None:
    text = body_at(room, "https://baodongthap.vn/robots.txt").decode()
    assert "Crawl-delay: 0\n" in text
    assert "Disallow: /tim-kiem\nDisallow: /ketquatimkiem.aspx\n" in text
