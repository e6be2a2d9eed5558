"""What a capture means: a pure function of the capture and its bytes.

The same for a live response, a record left by a killed crawl, a file made by other tools, and a
rebuild; so an archive that is made again from its captures is the same archive.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from archive.errors import (
    AnotherArticle,
    EmptyArticle,
    ExtractionError,
    NotAnArticle,
    UnknownLayout,
)
from archive.models import Article, Capture
from archive.warc.exchange import StoredResponse
from crawler.extract.article import read_page
from crawler.extract.links import count_articles
from crawler.extract.page import Page
from crawler.extract.time_limit import LONGEST, limited
from crawler.site import responses
from crawler.site.paper import DONGTHAP, Paper
from crawler.site.urls import Address, paper_of, read_address

logger = logging.getLogger(__name__)

#: ``failed`` is a page that could not be read, ``error`` one that the server did not deliver.
Kind = Literal[
    "article", "unchanged", "redirect", "gone", "blocked", "failed", "error", "list", "other"
]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one capture turned out to be."""

    kind: Kind
    canonical: str
    """The canonical form of the address that was asked for."""
    article: Article | None = None
    why: str | None = None
    """How an article disappeared, what blocked or what failed."""
    target: str | None = None
    """Where a redirect to another page of the paper leads."""
    unknown_layout: bool = False
    unknown_shape: str | None = None
    """An address of the paper, of a shape that no generation had, to which an article has moved."""
    named: int | None = None
    """How many articles a list names, by its bytes alone: a rebuild counts the same."""
    mistake: bool = False
    """Reading the page raised an error other than `ExtractionError`."""


def classify(
    capture: Capture,
    stored: StoredResponse,
    papers: tuple[Paper, ...] = (DONGTHAP,),
    *,
    cut_short: bool | None = None,
) -> Outcome:
    """What *stored*, the response that *capture* points at, means.

    *papers* are those of the archive; the host tells which one's page it is. *cut_short* is what
    the HTTP client noticed; otherwise the record's own headers tell.
    """
    paper = paper_of(capture.url, papers) or papers[0]
    address = read_address(capture.url, paper)
    url, status = address.canonical, stored.status

    def outcome(kind: Kind, why: str | None = None, target: str | None = None) -> Outcome:
        return Outcome(kind, url, why=why, target=target)

    if address.kind == "other":
        return outcome("other")
    if 300 <= status < 400 and status != 304:
        return _redirected(capture, address, paper)
    if status in responses.BLOCKED_STATUSES:
        return outcome("blocked", f"status {status}")
    if stored.problem is not None and status == 200:
        return outcome("failed", stored.problem)
    if address.kind != "article":
        return (
            _list(capture, stored, url, paper)
            if status == 200
            else outcome("error", f"status {status}")
        )
    if status == 304:
        return outcome("unchanged")
    if status in (404, 410):
        return outcome("gone", str(status))
    if status != 200:
        return outcome("error", f"status {status}")
    torn = stored.is_cut_short if cut_short is None else cut_short
    if torn and not responses.is_whole(stored.body):
        return outcome("error", "the body is shorter than the server announced")
    return _read(capture, stored, url, paper)


def _redirected(capture: Capture, address: Address, paper: Paper) -> Outcome:
    """What a redirect from *address* means."""
    url, target = address.canonical, capture.redirect_to
    match responses.redirect_meaning(capture.url, target, paper):
        case "follow":
            return Outcome("redirect", url, target=target)
        case "redirect-home" | "soft-404" as how:
            return Outcome("gone", url, why=how)
        case "trouble":
            return Outcome("blocked", url, why=f"redirect to {target}, a page for trouble")
        case "unknown-shape":
            why = f"redirect to {target}, an address of no known shape"
            return Outcome("failed", url, why=why, unknown_shape=target)
        case "another":
            return Outcome("error", url, why=f"redirect to {target}, another article's address")
        case _:
            return Outcome("error", url, why=f"redirect to {target}, not a page of the paper")


@lru_cache(maxsize=1)
def page_of(
    body: bytes, url: str, content_type: str | None, fetched_at: str, paper: Paper = DONGTHAP
) -> Page:
    """The page in *body*; raises DamagedPage.

    The last page is kept, so that reading its links after its article parses it only once.
    """
    return Page.from_bytes(body, url, content_type, fetched_at, paper)


def _list(capture: Capture, stored: StoredResponse, canonical: str, paper: Paper) -> Outcome:
    """The outcome of a list's address: a list, unless it names no article and is a notice."""
    is_list = paper.article_in_markup.search(stored.body) is not None
    try:
        page = page_of(stored.body, capture.url, stored.content_type, capture.fetched_at, paper)
        named = _named_on(page)
        if is_list:
            return Outcome("list", canonical, named=named)
        shown = responses.stand_in(page)
    except ExtractionError as error:
        if is_list:
            return Outcome("list", canonical)
        return Outcome("blocked", canonical, why=str(error))
    if shown.kind == "blocked":
        return Outcome("blocked", canonical, why=shown.reason)
    why = shown.reason if shown.kind == "drawn" else None
    return Outcome("list", canonical, why=why, named=named)


def _named_on(page: Page) -> int | None:
    """How many articles a list names; None if its links cannot be read."""
    try:
        return count_articles(page)
    except ExtractionError:
        raise
    except Exception:  # one list must not stand in the way of every page after it
        logger.exception("the links on %s cannot be read", page.url)
        return None


def _read(capture: Capture, stored: StoredResponse, canonical: str, paper: Paper) -> Outcome:
    """The outcome of an article's address."""
    try:
        with limited(LONGEST):
            return _page(capture, stored, canonical, paper)
    except ExtractionError as error:
        return Outcome("failed", canonical, why=str(error))
    except Exception as error:
        # A mistake of ours must not stand in the way of every page after it, nor of the next run,
        # which would come to the same capture first. The capture is marked, the run exits with 1.
        logger.exception("reading %s failed", capture.url)
        return Outcome("failed", canonical, why=f"khobao's own mistake: {error!r}", mistake=True)


def _page(capture: Capture, stored: StoredResponse, canonical: str, paper: Paper) -> Outcome:
    # Read at its canonical address, or relative pictures would lie at whichever of the site's hosts
    # the page was found on first, and the order of discovery would show in the archive.
    page = page_of(stored.body, canonical, stored.content_type, capture.fetched_at, paper)
    try:
        article = read_page(page)
        if article.key is None:  # the archive could not say which article it is
            return Outcome("failed", canonical, why="the page's address is no article's")
        return Outcome("article", canonical, article=article)
    except AnotherArticle as error:
        return Outcome("failed", canonical, why=str(error))
    except (NotAnArticle, UnknownLayout) as error:
        return _without_article(page, canonical, error)


def _without_article(page: Page, canonical: str, error: ExtractionError) -> Outcome:
    """The outcome of a page without an article: only a page that says so is a disappearance.

    A page that scripts fill in, and one that nothing is known of, may be a new design.
    """
    shown = responses.stand_in(page)
    if shown.kind == "blocked":
        return Outcome("blocked", canonical, why=f"{shown.reason}; {error}")
    if shown.kind == "gone":
        return Outcome("gone", canonical, why=shown.reason)
    if isinstance(error, EmptyArticle) and shown.kind != "drawn":
        return Outcome("gone", canonical, why="empty-shell")
    return Outcome("failed", canonical, why=f"{shown.reason}; {error}", unknown_layout=True)


def read_article(
    capture: Capture, stored: StoredResponse, papers: tuple[Paper, ...] = (DONGTHAP,)
) -> Article | None:
    """The article that *stored* holds, read with today's layouts; None if it holds none."""
    return classify(capture, stored, papers).article
