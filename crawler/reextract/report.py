"""What reading everything again would change: by field, with examples, before it is done."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from archive.models import Article
from crawler.ingest.classify import Outcome

#: Examples kept of each kind of change.
EXAMPLES = 3

#: What an Article says of the reading, which moves with every version and is no change of meaning.
_OF_THE_READING = {"extractor_version", "rules"}


@dataclass(frozen=True, slots=True)
class Example:
    """One article in which a field changes."""

    article: str
    before: Any
    after: Any


@dataclass
class Change:
    """A field, and the articles in which it would say something else."""

    articles: set[str] = field(default_factory=set)
    examples: list[Example] = field(default_factory=list)


@dataclass
class ChangeReport:
    """Everything that would change."""

    read: int = 0
    """Captures read again."""
    changed: int = 0
    """Captures that say something else, be it only which version of the extractor read them."""
    unreadable: list[str] = field(default_factory=list)
    fields: defaultdict[str, Change] = field(default_factory=partial(defaultdict, Change))

    def add(
        self, outcome: Outcome, *, before: str | None, said: Article | None, article: str | None
    ) -> None:
        """Count a capture that was *before*, *said* that, and belongs to *article*."""
        self.changed += outcome.article != said or outcome.kind != before
        if outcome.kind != before:
            name = article or (outcome.article.key if outcome.article else None)
            told = f"{outcome.kind} ({outcome.why})" if outcome.why else outcome.kind
            self._note("(outcome)", name or outcome.canonical, before, told)
        if outcome.article is None or said is None:
            return
        name = article or outcome.article.key or outcome.canonical
        for each in Article.__dataclass_fields__:
            old, new = getattr(said, each), getattr(outcome.article, each)
            if each not in _OF_THE_READING and old != new:
                self._note(each, name, old, new)

    def merge(self, other: ChangeReport) -> None:
        """Take in what another process counted."""
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


def plain(value: Any) -> Any:
    """*value* as JSON can hold it."""
    if isinstance(value, tuple):
        return [plain(one) for one in value]
    if hasattr(value, "__dataclass_fields__"):
        return {name: getattr(value, name) for name in value.__dataclass_fields__}
    return value
