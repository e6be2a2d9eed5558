"""A layout: the classes it knows, the evidence for it, and one function for each field."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from archive.models import Author, Generation, Image
from crawler.extract.engine import fields
from crawler.extract.engine.candidate import ArticleCandidate, KnownClasses
from crawler.extract.engine.fields import Found, StampFields


@dataclass(frozen=True, slots=True)
class Layout:
    """The article page of one CMS generation. A field's function is replaced where it differs."""

    name: str
    generation: Generation
    classes: KnownClasses
    markers: Mapping[str, int]
    """Parts of classes, ids and picture addresses, and the points of each for this layout."""
    words: Callable[[ArticleCandidate], int]
    """Points for the article's words: the form of its stamp, its order."""
    by_address: int = 0
    """Points for an address of its generation. An article with no other evidence is flagged."""
    title: Callable[[ArticleCandidate], Found[str | None]] = fields.title
    kicker: Callable[[ArticleCandidate], Found[str | None]] = fields.kicker
    stamp: Callable[[ArticleCandidate], Found[StampFields]] = fields.stamp
    lead: Callable[[ArticleCandidate], Found[str | None]] = fields.lead
    agency: Callable[[ArticleCandidate], Found[str | None]] = fields.agency
    body: Callable[[ArticleCandidate], Found[str | None]] = fields.body
    images: Callable[[ArticleCandidate], Found[tuple[Image, ...]]] = fields.images
    byline: Callable[[ArticleCandidate], Found[str | None]] = fields.byline
    authors: Callable[[ArticleCandidate], Found[tuple[Author, ...]]] = fields.authors
    source: Callable[[ArticleCandidate], Found[str | None]] = fields.source
    section: Callable[[ArticleCandidate], Found[tuple[str | None, str | None]]] = fields.section
    tags: Callable[[ArticleCandidate], Found[tuple[str, ...]]] = fields.tags
    kind: Callable[[ArticleCandidate, str | None], Found[str]] = fields.kind
    media: Callable[[ArticleCandidate], Found[tuple[str, ...]]] = fields.media

    def markup(self, met: frozenset[str]) -> int:
        """Points for the markers *met* around and in the article."""
        return sum(self.markers[marker] for marker in met & self.markers.keys())
