"""What a layout is: names it knows, evidence that a page is its own, and one reader per field."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from archive.models import Author, Generation, Image
from crawler.extract.engine import fields
from crawler.extract.engine.candidate import ArticleCandidate, KnownClasses
from crawler.extract.engine.fields import Found, StampFields


@dataclass(frozen=True, slots=True)
class Layout:
    """One CMS generation's article page. A field's reader is replaced where the generation
    differs.
    """

    name: str
    generation: Generation
    classes: KnownClasses
    markers: Mapping[str, int]
    """Parts of classes, ids and picture addresses, and how loudly each speaks for this layout."""
    words: Callable[[ArticleCandidate], int]
    """How loudly the article's own words do: the form of its stamp, its order."""
    by_address: int = 0
    """How loudly an address of its generation does. What only that tells is flagged."""
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
        """How much of the markup is this layout's, by the markers *met* about and inside the
        article.
        """
        return sum(self.markers[marker] for marker in met & self.markers.keys())
