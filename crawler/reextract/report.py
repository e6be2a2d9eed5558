"""The changes that a re-extraction makes, counted by field and with examples."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from archive.models import Article
from crawler.ingest.classify import Outcome

#: Examples kept of each kind of change.
EXAMPLES = 3

#: Fields that describe the extraction: they change with every version, and the article does not.
_OF_THE_EXTRACTION = {"extractor_version", "rules"}


@dataclass(frozen=True, slots=True)
class Example:
    """One article in which a field changes."""

    article: str
    before: Any
    after: Any


@dataclass
class Change:
    """The articles in which one field changes."""

    articles: set[str] = field(default_factory=set)
    examples: list[Example] = field(default_factory=list)


@dataclass
class ChangeReport:
    """All changes."""

    read: int = 0
    """Captures read."""
    changed: int = 0
    """Captures with any change, even if only the version of the extractor changes."""
    unreadable: list[str] = field(default_factory=list)
    fields: defaultdict[str, Change] = field(default_factory=partial(defaultdict, Change))

    def add(
        self, outcome: Outcome, before: str | None, article: Article | None, key: str | None
    ) -> None:
        """Count a capture that changes.

        *before* describes its former outcome, *article* is what its page said, and *key* names the
        article that it belongs to.
        """
        self.changed += 1
        name = key or (outcome.article and outcome.article.key) or outcome.canonical
        now = describe(outcome.kind, outcome.why, outcome.named)
        if now != before:
            self._note("(outcome)", name, before, now)
        if outcome.article is None or article is None:
            return
        for each in Article.__dataclass_fields__:
            old, new = getattr(article, each), getattr(outcome.article, each)
            if each not in _OF_THE_EXTRACTION and old != new:
                self._note(each, name, old, new)

    def merge(self, other: ChangeReport) -> None:
        """Add the counts of another process."""
        self.read += other.read
        self.changed += other.changed
        self.unreadable += other.unreadable
        for name, change in other.fields.items():
            mine = self.fields[name]
            fresh = [one for one in change.examples if one.article not in mine.articles]
            mine.examples += fresh[: EXAMPLES - len(mine.examples)]
            mine.articles |= change.articles

    def _note(self, name: str, article: str, before: Any, after: Any) -> None:
        change = self.fields[name]
        if article not in change.articles and len(change.examples) < EXAMPLES:
            change.examples.append(Example(article, plain(before), plain(after)))
        change.articles.add(article)

    def to_dict(self) -> dict[str, Any]:
        """The report as JSON has it."""
        return {
            "captures_read": self.read,
            "captures_changed": self.changed,
            "unreadable": self.unreadable,
            "fields": {
                name: {
                    "articles": len(change.articles),
                    "examples": [
                        {"article": e.article, "before": e.before, "after": e.after}
                        for e in change.examples
                    ],
                }
                for name, change in sorted(
                    self.fields.items(), key=lambda pair: (-len(pair[1].articles), pair[0])
                )
            },
        }


def describe(outcome: str | None, reason: str | None, named: int | None) -> str | None:
    """An outcome in words.

    >>> describe("gone", "404", None), describe("list", None, 12)
    ('gone (404)', 'list (12 articles)')
    """
    detail = reason or (f"{named} articles" if named is not None else None)
    return f"{outcome} ({detail})" if detail else outcome


def plain(value: Any) -> Any:
    """*value* as JSON can hold it."""
    if isinstance(value, tuple):
        return [plain(one) for one in value]
    if hasattr(value, "__dataclass_fields__"):
        return {name: getattr(value, name) for name in value.__dataclass_fields__}
    return value
