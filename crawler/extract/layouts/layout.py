"""A layout as it is declared: the evidence for it, and the selectors of its fields."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from archive.models import Generation
from crawler.extract.engine.selectors import FIELDS, Selector


@dataclass(frozen=True, eq=False)
class Layout:
    """The article page of one CMS.

    A selector is CSS, or XPath if it begins with ``/``, ``./`` or ``(``. It gives a field or
    nothing, and costs nothing on a page without its classes. The engine reads what no selector
    gave; where both give something else, the Article has the flag ``FIELD:selector-disagrees``.
    """

    name: str
    generation: Generation | None
    """None for a layout that is not of one generation."""
    evidence: Mapping[str, int] = field(default_factory=dict)
    """Parts of classes, ids and picture addresses around and in the article, and their points."""
    words: Mapping[str, int] = field(default_factory=dict)
    """Patterns of the printed stamp, and their points."""
    by_address: int = 0
    """Points for an address of its generation; alone they are never enough without a flag."""
    marks_lead: bool = False
    """Whether its lead is marked: a plain first paragraph is not a lead."""
    content: str = ""
    """The boxes of the text."""
    title: str = ""
    kicker: str = ""
    stamp: str = ""
    lead: str = ""
    caption: str = ""
    byline: str = ""
    section: str = ""
    """The breadcrumb, or the link to the section."""
    skip: str = ""
    """What is not of the article, though it stands in its boxes."""

    @cached_property
    def selectors(self) -> Mapping[str, Selector]:
        """The selectors by field."""
        stated = {name: getattr(self, name) for name in FIELDS}
        return {name: Selector(text) for name, text in stated.items() if text}

    @cached_property
    def parts(self) -> frozenset[str]:
        """The parts of names to look for: evidence, and the names in selectors."""
        names = (selector.names for selector in self.selectors.values())
        return frozenset(self.evidence) | {name.lower() for name in frozenset().union(*names)}

    @cached_property
    def _words(self) -> list[tuple[re.Pattern[str], int]]:
        return [(re.compile(text, re.I), points) for text, points in self.words.items()]

    def points(self, met: frozenset[str], stamps: list[str]) -> int:
        """Points for the *parts* met around and in the article, and for its printed *stamps*."""
        by_words = max(
            (
                points
                for pattern, points in self._words
                if any(pattern.match(text) for text in stamps)
            ),
            default=0,
        )
        return by_words + sum(self.evidence[part] for part in met & self.evidence.keys())
