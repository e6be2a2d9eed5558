"""What one response proves: trouble is never an article and never a disappearance."""

import dataclasses

import pytest

from archive.models import Capture
from archive.warc.exchange import Exchange, StoredResponse
from crawler.ingest.classify import classify
from tests.crawler.trouble_pages import ARTICLE, GOOD, LISTED_ONLY, TROUBLE, article, site

NOW = "2026-11-30T20:17:00.000Z"
LIST = "https://baodongthap.vn/xa-hoi"


def classified(url, html="", *, status=200, target=None):
    exchange = Exchange(
        url=url,
        fetched_at=NOW,
        method="GET",
        request_headers=[],
        status=status,
        reason="OK",
        protocol="HTTP/1.1",
        response_headers=[(b"Content-Type", b"text/html; charset=utf-8")],
        body=html.encode(),
        ip=None,
    )
    known = {"url": url, "fetched_at": NOW, "status": status, "redirect_to": target}
    names = [field.name for field in dataclasses.fields(Capture)]
    capture = Capture(**{name: known.get(name) for name in names})
    return classify(capture, StoredResponse.of_exchange(exchange), cut_short=False)


@pytest.mark.parametrize("name", TROUBLE)
def test_trouble_is_named_for_what_it_is(name):
    page, kinds = TROUBLE[name]
    outcome = classified(ARTICLE, page)
    assert outcome.kind in kinds, outcome
    assert outcome.why


@pytest.mark.parametrize(("url", "page"), LISTED_ONLY)
def test_a_sidebar_that_lists_the_article_is_not_the_article(url, page):
    assert classified(url, page).kind in ("gone", "failed")


@pytest.mark.parametrize("status", [202, 401, 403, 429, 451, 503])
def test_a_server_that_refuses_is_a_block_whatever_it_sends(status):
    """Firewalls send a challenge with 202, and an article's page with it proves nothing."""
    for url in (ARTICLE, LIST):
        outcome = classified(url, article(), status=status)
        assert (outcome.kind, outcome.why) == ("blocked", f"status {status}")
        assert outcome.article is None


@pytest.mark.parametrize("name", GOOD)
def test_odd_articles_are_articles(name):
    url, page, headline = GOOD[name]
    outcome = classified(url, page)
    assert (outcome.kind, outcome.article and outcome.article.title) == ("article", headline)


@pytest.mark.parametrize("name", ["react", "next", "vue-spinner", "shell-in-dress", "skeleton"])
def test_a_page_that_scripts_draw_is_an_unknown_layout(name):
    assert classified(ARTICLE, TROUBLE[name][0]).unknown_layout


@pytest.mark.parametrize(
    ("name", "flagged"),
    [
        ("plain", False),
        ("edited-headline", False),
        ("edited-headline-by-number", False),
        ("moved-canonical", False),
        ("edited-headline-unproved", True),
        ("bao-tri-edited-headline", True),
    ],
)
def test_a_page_that_does_not_say_whose_it_is_is_flagged(name, flagged):
    url, page, _ = GOOD[name]
    assert ("address:unproved" in classified(url, page).article.flags) is flagged


def test_another_article_s_page_names_the_other():
    outcome = classified(ARTICLE, TROUBLE["another-article"][0])
    assert (outcome.kind, outcome.unknown_layout) == ("failed", False)
    assert "gia-lua-he-thu-tang-84086" in outcome.why


def test_a_stamp_that_is_the_server_s_clock_is_flagged():
    page = article().replace("05/08/2019 05:14:51", "01/12/2026 03:17:22")
    assert "stamp:now" in classified(ARTICLE, page).article.flags
    assert "stamp:now" not in classified(ARTICLE, article()).article.flags


@pytest.mark.parametrize("name", ["database", "parked", "cookie-challenge", "meta-refresh", "dot"])
def test_a_list_that_is_a_notice_is_no_list(name):
    assert classified(LIST, TROUBLE[name][0]).kind == "blocked"
    assert classified("https://baodongthap.vn/", TROUBLE[name][0]).kind == "blocked"


def test_a_list_without_articles_in_the_paper_s_dress_is_a_list():
    assert classified(LIST, site("<p>Chưa có tin</p>", sidebar="")).kind == "list"
    assert classified(LIST, site("<p>Chưa có tin</p>", sidebar="")).named == 0


def test_a_list_tells_how_many_articles_it_names():
    links = "".join(
        f'<a href="{href}">Tin</a>'
        for href in (
            "/xa-hoi/mua-lu-57543.aspx",
            "https://www.baodongthap.vn/xa-hoi/mua-lu-57543.aspx",  # the same article
            "trao-qua-a236888.html",
            "/kinh-te",
            "https://elsewhere.example/tin-a236889.html",
        )
    )
    assert classified(LIST, site(links, sidebar="")).named == 2
    assert classified(LIST, TROUBLE["parked"][0]).named is None
    assert classified(ARTICLE, article()).named is None


@pytest.mark.parametrize(
    ("target", "kind", "shape"),
    [
        ("https://baodongthap.vn/", "gone", None),
        ("https://baodongthap.vn/bao-tri.html", "blocked", None),
        ("https://baodongthap.vn/2027/03/14/cho-noi", "failed", "/2027/03/14/cho-noi"),
        ("https://parking.example/", "error", None),
    ],
)
def test_redirects(target, kind, shape):
    outcome = classified(ARTICLE, status=302, target=target)
    assert outcome.kind == kind
    assert (outcome.unknown_shape or "").endswith(shape or "")
    assert bool(outcome.unknown_shape) is bool(shape)
