"""Rejection rules: a page that is not an article is named, never read as one.

A wrong Article is worse than none: a maintenance page read as an article would be a revision of
it, a list would be an article that never was. So a page has to show a headline, something under
it, and a reason to believe that the two belong together: a stamp, the headline's own slug in the
address, or the page's statement.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cached_property

from archive.errors import AnotherArticle, DamagedPage, EmptyArticle, NotAnArticle, UnknownLayout
from crawler.extract.engine import boilerplate
from crawler.extract.engine.candidate import ArticleCandidate
from crawler.extract.engine.metadata import Document
from crawler.extract.engine.other_articles import is_entry, leads_elsewhere, lists_others
from crawler.extract.engine.page_identity import FITS, Identity, identify
from crawler.extract.engine.title import Title
from crawler.extract.text import fold, slug_similarity, slug_words, tidy
from crawler.site.responses import NOTICES, leads_to_the_paper
from crawler.site.urls import first_folder, is_ours

#: Least score of a layout: one class alone must not decide.
ENOUGH = 2
#: Least score on the page of another site: sister papers share a class or two.
_ENOUGH_ELSEWHERE = 4
#: Least points for an article where no layout is known, on our own pages and on others.
_NEEDED, _NEEDED_ELSEWHERE = 3, 4
#: Words of a notice, at most.
_NOTICE = 10
#: Text in place of an article that needs scripts or a login, or was removed.
_PLACEHOLDER = re.compile(
    r"dang tai (?:noi dung|du lieu|trang|bai)|^loading\b|(?:bat|kich hoat|enable) javascript"
    r"|(?:can|vui long|hay) (?:dang nhap|dang ky).{0,30}(?:doc|xem)"
    r"|noi dung dang (?:duoc )?cap nhat|dang cap nhat noi dung"
    r"|(?P<removed>(?:bai viet|noi dung|trang|tin)(?: bai)?(?: nay)?"
    r" (?:da (?:bi|duoc) (?:xoa|go)|khong (?:con )?ton tai))"
)
_SHORT = 20
#: Bylines of the site's own notices.
_OFFICE = re.compile(r"ban (?:bien tap|quan tri)|\bbbt\b|toa soan|quan tri vien|admin")


def is_unknown(doc: Document, score: int) -> bool:
    """Whether no layout knows the page: the nearest has too small a *score*."""
    return score < ENOUGH or (score < _ENOUGH_ELSEWHERE and _is_elsewhere(doc))


def reject_unless_article(
    doc: Document, candidate: ArticleCandidate, layout: str, score: int, shown: int
) -> Identity | None:
    """Raise the error that names what the page is instead of an article.

    *score* is the evidence for *layout*, the nearest one, *shown* what the page shows of it: the
    rest is its address. Returns what the page says of its own
    address; None where it was not asked for at an article's address.
    """
    page = _Page(doc, candidate, layout, score, shown)
    for check in _CHECKS_OF_PAGE:
        check(page)
    if candidate.title is None:
        raise (NotAnArticle if score >= ENOUGH else UnknownLayout)(
            f"{page.where} shows no headline: looked for a heading, for a line before a stamp, and"
            " for the headline that the page states of itself"
        )
    for headline_check in _CHECKS_OF_HEADLINE:
        headline_check(page, candidate.title)
    return page.identity


class _Page:
    """A page under test, and its properties that several checks use."""

    def __init__(
        self, doc: Document, candidate: ArticleCandidate, layout: str, score: int, shown: int
    ) -> None:
        self.doc = doc
        self.candidate = candidate
        self.layout = layout
        self.score = score
        self.shown_points = shown
        self.where = doc.page.url or "the page"
        title = candidate.title
        self.is_stamped = any(stamp.at or stamp.flags for stamp, _ in candidate.stamps)
        self.is_proved_by_slug = title is not None and title.confirmed == "slug"
        self.shown = f"the headline {title.text[:60]!r}" if title else "no headline"

    @cached_property
    def identity(self) -> Identity | None:
        """What the page says of its own address."""
        assert self.candidate.title is not None
        return identify(self.doc, self.candidate.title)

    @property
    def shows_something(self) -> bool:
        """Whether a picture or a player stands in the article."""
        return bool(self.candidate.pictures or self.candidate.media)


def _check_address(page: _Page) -> None:
    address = page.doc.address
    if address is None:
        return
    if address.kind in ("list", "home"):
        raise NotAnArticle(
            f"{page.where} is a {address.kind} page by its address ({address.canonical})"
        )
    if address.kind == "other" and first_folder(address.canonical) in page.doc.paper.other_folders:
        raise NotAnArticle(
            f"{page.where} is not an article's page by its address ({address.canonical})"
        )


def _check_shell(page: _Page) -> None:
    if page.is_stamped or page.is_proved_by_slug:
        return
    doc, title = page.doc, page.candidate.title
    if shell := _shell(doc, page.candidate, title):
        called = title.text if title else doc.head_title or ""
        raise NotAnArticle(f"{page.where} is {shell}: {called[:80]!r}")


def _check_headline(page: _Page, title: Title) -> None:
    doc, candidate = page.doc, page.candidate
    if boilerplate.RELATED.fullmatch(title.text):
        raise NotAnArticle(f"{page.where} is a list: {page.shown} is the name of one")
    if page.is_proved_by_slug:
        return
    if page.is_stamped and candidate.byline[0] and candidate.reader.prose > 1:
        return  # a signed text may tell of an error 404
    if notice := _notice(doc, candidate, title):
        raise NotAnArticle(f"{page.where} is {notice}: {page.shown}")
    if leads_elsewhere(doc, title):
        raise NotAnArticle(f"{page.where} is a list: {page.shown} leads to another article")
    if "-".join(slug_words(title.text)) in doc.paper.section_slugs:
        raise NotAnArticle(f"{page.where} is a list: {page.shown} is the name of a section")


def _check_first_line(page: _Page, title: Title) -> None:
    if not page.is_proved_by_slug and page.candidate.opens_with_link:
        raise NotAnArticle(f"{page.where} is a list: a link to an article follows {page.shown}")


def _check_openings(page: _Page, title: Title) -> None:
    if others := lists_others(page.doc, page.candidate):
        raise NotAnArticle(
            f"{page.where} is a list: under {page.shown} stand the openings of {others} other"
            " articles"
        )


def _check_line_before_stamp(page: _Page, title: Title) -> None:
    """A soft 404 in the site's dress: the only stamps are those of the sidebar's articles."""
    slug = page.doc.slug
    if title.rule == "line-before-stamp" and not title.confirmed and slug.count("-") >= 2:
        raise NotAnArticle(
            f"{page.where} is of another article by its address: no heading is {slug[:60]!r}, and"
            f" {page.shown} only stands before a stamp"
        )


def _check_entry(page: _Page, title: Title) -> None:
    if is_entry(page.doc, title):
        raise NotAnArticle(
            f"{page.where} only lists the article: {page.shown} leads to it, among others"
        )


def _check_identity(page: _Page, title: Title) -> None:
    identity = page.identity
    if identity is None:
        return
    if identity.other:
        raise AnotherArticle(
            f"{page.where} shows {page.shown} and calls itself {identity.other}: it is another"
            " article's page"
        )
    if identity.proof is None and (said := _bare_notice(page.doc, page.candidate, title)):
        raise NotAnArticle(f"{page.where} is {said}: {page.shown}, and no link to the paper")


def _check_text(page: _Page, title: Title) -> None:
    body = page.candidate.body
    if sum(map(len, body)) < 20 and not page.shows_something:
        raise EmptyArticle(
            f"{page.where} shows {page.shown} and no text, picture or player after it"
        )
    if len(body) > 2 or page.shows_something or page.candidate.byline[0]:
        return
    for text in body:
        if len(text.split()) <= _SHORT and (found := _PLACEHOLDER.search(fold(text))):
            what = EmptyArticle if found["removed"] else UnknownLayout
            raise what(f"{page.where} shows {page.shown} and, in place of its text, {text[:80]!r}")


def _check_markup(page: _Page, title: Title) -> None:
    if not is_unknown(page.doc, page.score):
        if not (page.shown_points or page.candidate.reader.prose or page.shows_something):
            raise UnknownLayout(
                f"{page.where} has an article's address and the markup of no known layout, and"
                f" under {page.shown} no paragraph, picture or player"
            )
        return
    points = _points_for_article(page, title)
    needed = _NEEDED_ELSEWHERE if _is_elsewhere(page.doc) else _NEEDED
    if points < needed or not page.candidate.reader.prose:
        raise UnknownLayout(
            f"{page.where} has the markup of no known layout: the nearest is {page.layout} with"
            f" {page.score} points, {ENOUGH} are needed; for an article of an unknown layout it has"
            f" {points} of {needed}; found {page.shown}, {len(page.candidate.body)} paragraphs,"
            f" {'a' if page.is_stamped else 'no'} stamp"
        )


def _points_for_article(page: _Page, title: Title) -> int:
    """How much speaks for an article where no layout is known: the page's own statements, the
    order of headline, stamp and text.
    """
    doc, candidate = page.doc, page.candidate
    stated = doc.metas.get("og:type", "").lower()
    about = {element.tag for element in title.element.iterancestors()}
    marked = any("articlebody" in names.lower() for names in candidate.seen)
    return (
        2 * bool(doc.linked_data)
        + 2 * marked
        + (stated == "article")
        + ("article:published_time" in doc.metas)
        + page.is_stamped
        + bool(title.confirmed)
        + bool({"article", "main"} & about)
        + (candidate.reader.prose > 1)
        - 3 * (doc.is_stated_list or stated.startswith(("product", "video")))
    )


def _check_proof_of_headline(page: _Page, title: Title) -> None:
    if page.is_stamped or page.is_proved_by_slug:
        return
    doc = page.doc
    stated = doc.metas.get("og:type", "").lower() == "article" or bool(doc.linked_data)
    if not title.confirmed or not (stated or page.candidate.reader.prose >= 2):
        raise NotAnArticle(
            f"{page.where} shows {page.shown} without a stamp, and neither its address nor its own"
            " statements confirm the headline"
        )


def _check_end(page: _Page, title: Title) -> None:
    if page.doc.page.is_cut_off and not page.candidate.reader.is_complete:
        raise DamagedPage(
            f"{page.where} is cut off: the document is never closed, and its text has no end"
        )


#: Made in this order; the first that fails names the page.
_CHECKS_OF_PAGE: tuple[Callable[[_Page], None], ...] = (_check_address, _check_shell)
_CHECKS_OF_HEADLINE: tuple[Callable[[_Page, Title], None], ...] = (
    _check_headline,
    _check_first_line,
    _check_openings,
    _check_line_before_stamp,
    _check_entry,
    _check_identity,
    _check_text,
    _check_markup,
    _check_proof_of_headline,
    _check_end,
)


def _shell(doc: Document, candidate: ArticleCandidate, title: Title | None) -> str | None:
    """The notice in a page without stamp and slug; None if there is none."""
    if len(candidate.body) > 3:
        return None
    own = fold(f"{doc.head_title or ''} {title.text if title else ''}")
    headline = fold(title.text) if title else own
    text = fold(" ".join(candidate.body)[:300])
    if title is None:
        text = fold(tidy("".join(doc.body.itertext()))[:300])
    for name, pattern in NOTICES:
        if any(pattern.search(part) for part in (headline, own, text)):
            return name
    return None


def _notice(doc: Document, candidate: ArticleCandidate, title: Title) -> str | None:
    """The notice in the headline or first line, where the headline does not fit the address.

    It may show stamps: a clock, those of the newest articles, the year 1.
    """
    if not doc.slug or slug_similarity(title.text, doc.slug) >= FITS:
        return None
    for text in (title.text, *candidate.body[:1]):
        if len(text.split()) <= _NOTICE:
            for name, pattern in NOTICES:
                if pattern.search(fold(text)):
                    return name
    return None


def _bare_notice(doc: Document, candidate: ArticleCandidate, title: Title) -> str | None:
    """The notice on a page that does not link to the paper; a signed article is not a notice."""
    byline = candidate.byline[0]
    if byline and candidate.reader.prose > 1 and not _OFFICE.search(fold(byline.text)):
        return None
    text = fold(" ".join([title.text, *candidate.body[:2]])[:600])
    for name, pattern in NOTICES:
        if pattern.search(text) and not leads_to_the_paper(doc.page):
            return name
    return None


def _is_elsewhere(doc: Document) -> bool:
    """Whether the page was fetched from another site and states no address of the paper."""
    url = doc.page.url
    if not url or is_ours(url, doc.paper):
        return False
    return not any(
        stated and is_ours(stated, doc.paper) for stated in (doc.canonical, doc.metas.get("og:url"))
    )
