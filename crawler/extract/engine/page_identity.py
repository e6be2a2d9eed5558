"""Which article's page it is: the page's own statements against the address it was asked at.

A cache, a broken server or an error page in the site's dress may give another article's page, or
one page for every address. So a page has to prove its article: by its canonical address, by what it
posts to or shares, by its number, or by a headline that is the address's. Links in lists and
sidebars say nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote

from crawler.extract.engine.metadata import Document, Element
from crawler.extract.engine.title import Title
from crawler.extract.text import slug_similarity, slug_words
from crawler.site.urls import Address, is_ours

#: From this similarity on, headline and address belong together.
AGREES = 0.5
#: Below this similarity, headline and address are of two articles.
FITS = 0.3

#: Names of form fields that hold the article's own number (SEEN: ``txtnewsid``, ``hdNewsID``).
_NUMBER_FIELD = re.compile(r"(?:news|article|post|content|item|bai_?viet|tin)_?id", re.I)
#: Links that a page makes to itself: to share it, to print it, to answer it.
_TO_ITSELF = re.compile(
    r"sharer|share|intent/tweet|zalo|^mailto:|print|in-?bai|comment|binh-?luan|#", re.I
)
#: Elements that are looked at, at most: more cost time and prove nothing.
_MANY = 400


@dataclass(frozen=True, slots=True)
class Identity:
    """The page's statements about its article."""

    proof: str | None = None
    """The proof that it is the page of the address asked for; None without one."""
    other: str | None = None
    """The address or number of another article that it says it is."""


def identify(doc: Document, title: Title) -> Identity | None:
    """The article that *doc* belongs to; None where the address asked for is not an article's."""
    url = doc.page.url
    if (asked := doc.article_at(url)) is None:
        return None
    head = [*_stated_in_head(doc)]
    fit = max(slug_similarity(text, asked.slug or "") for text in _headlines(doc, title))
    if any(stated.key == asked.key for stated in head):
        return Identity("stated")
    if fit >= AGREES or any(_is_cut_off(asked.slug or "", text) for text in _headlines(doc, title)):
        return Identity("slug")
    if any(slug_similarity(one.slug or "", asked.slug or "") >= AGREES for one in head):
        return Identity("former-address")
    # Only for the rare page that has said nothing yet: all of it must have been seen.
    others = [one.canonical for one in head]
    for stated in _stated_in_body(doc, asked):
        if stated == asked.key:
            return Identity("own-link")
        others.append(stated)
    return Identity(other=others[0] if others and fit < FITS else None)


def _headlines(doc: Document, title: Title) -> Iterator[str]:
    yield title.text
    if title.kicker:
        yield f"{title.kicker} {title.text}"
    yield from doc.stated_titles


def _is_cut_off(slug: str, headline: str) -> bool:
    """Whether *slug* is the beginning of *headline*, three words of it at least."""
    words, beginning = slug_words(headline), slug_words(slug)
    return len(beginning) >= 3 and words[: len(beginning)] == beginning


def _stated_in_head(doc: Document) -> Iterator[Address]:
    """The articles' addresses that the page's meta elements call its own."""
    data = doc.linked_data
    page = data.get("mainEntityOfPage")
    stated = [
        doc.canonical,
        doc.metas.get("og:url"),
        data.get("url"),
        data.get("@id"),
        page.get("@id") if isinstance(page, dict) else page,
    ]
    for href in stated:
        if isinstance(href, str) and (address := _article_at(doc, href)):
            yield address


def _article_at(doc: Document, href: str) -> Address | None:
    return doc.article_at(doc.resolve(href))


def _stated_in_body(doc: Document, asked: Address) -> Iterator[str]:
    """Keys in the page's forms, share links and number fields: the asked article's, or another."""
    number = (asked.site_id or "").lstrip("a")
    for form in _first(doc, "form"):
        if (form.get("method") or "").lower() == "post" and (
            address := _article_at(doc, form.get("action") or "")
        ):
            yield address.key or address.canonical
    for field in _first(doc, "input"):
        value = (field.get("value") or "").strip()
        named = f"{field.get('name') or ''} {field.get('id') or ''}"
        if value.isascii() and value.isdigit() and _NUMBER_FIELD.search(named):
            yield (asked.key or "") if value == number else f"number {value[:20]}"
    for link in _first(doc, "a"):
        href = link.get("href") or ""
        if _TO_ITSELF.search(href):
            yield from _shared(doc, unquote(href[:2000]), asked, number)
    for name in ("data-href", "data-url", "data-share-url"):
        for element in doc.body.iterfind(f".//*[@{name}]"):
            yield from _shared(doc, element.get(name) or "", asked, number)


def _shared(doc: Document, href: str, asked: Address, number: str) -> Iterator[str]:
    """The article that a link to share, print or answer names."""
    one = href[max(0, href.rfind("http")) :].partition("&")[0]
    if address := _article_at(doc, one):
        yield address.key or address.canonical
    elif re.search(rf"(?<!\d){number or '-'}(?!\d)", one) and is_ours(
        doc.resolve(one) or "", doc.paper
    ):
        yield asked.key or ""


def _first(doc: Document, tag: str) -> Iterator[Element]:
    for count, element in enumerate(doc.body.iter(tag)):
        if count >= _MANY:
            return
        yield element
