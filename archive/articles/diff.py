"""Two versions of an article, compared word by word. Pure.

A list of changed words says little about an edit. So a comparison also names the numbers and names
that were added or removed, and says whether the headline changed.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any, Literal

from archive.models import Article

Operation = Literal["same", "removed", "added"]

_WORDS = re.compile(r"\s+|[^\W_]+(?:[.,/:-][^\W_]+)*|.", re.DOTALL)
_PARAGRAPHS = re.compile(r"[^\n]+|\n+")
# Two changes with only a blank or one syllable between them are one change to a reader: most
# Vietnamese words have two syllables, so a replaced word is two changes with a blank between.
_BETWEEN = re.compile(r"[^\S\n]*(?P<syllable>[^\W_]+(?:[.,/:-][^\W_]+)*)?[^\S\n]*")
_COMPARABLE = 4_000_000
_NUMBER = re.compile(r"\d+(?:[.,/:-]\d+)*(?:\s?%)?")
# A name is two or more capitalised words in a row: Nguyễn Văn An, Đồng Tháp. One alone may merely
# open a sentence.
_CAPITAL = "".join(chr(code) for code in range(0x41, 0x1F00) if chr(code).isupper())
_NAME = re.compile(rf"\b[{_CAPITAL}][^\W\d_]*(?: [{_CAPITAL}][^\W\d_]*)+")


@dataclass(frozen=True, slots=True)
class Change:
    """A part of the text that stayed, was removed or was added."""

    operation: Operation
    text: str


@dataclass(frozen=True, slots=True)
class FieldDiff:
    """One field in both versions."""

    field: str
    before: str
    after: str
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Diff:
    """What changed from one version to another."""

    fields: tuple[FieldDiff, ...]
    numbers_removed: tuple[str, ...]
    numbers_added: tuple[str, ...]
    names_removed: tuple[str, ...]
    names_added: tuple[str, ...]

    @property
    def headline_changed(self) -> bool:
        """Whether the title differs."""
        return any(field.field == "title" for field in self.fields)

    @property
    def text_changed(self) -> bool:
        """Whether anything differs but the stamp."""
        return any(field.field not in _STAMP for field in self.fields)

    def to_dict(self) -> dict[str, Any]:
        """A JSON-ready mapping."""
        return {
            "fields": [
                {
                    "field": field.field,
                    "before": field.before,
                    "after": field.after,
                    "changes": [[change.operation, change.text] for change in field.changes],
                }
                for field in self.fields
            ],
            "headline_changed": self.headline_changed,
            "text_changed": self.text_changed,
            "numbers_removed": list(self.numbers_removed),
            "numbers_added": list(self.numbers_added),
            "names_removed": list(self.names_removed),
            "names_added": list(self.names_added),
        }


_STAMP = ("updated_text", "updated_at", "published_at")
_TEXTS = ("kicker", "title", "updated_text", "lead", "body", "captions", "byline", "source")


def compare(before: Article, after: Article) -> Diff:
    """The differences that a reader of both versions would see."""
    fields = []
    for name in _TEXTS:
        old, new = _text(before, name), _text(after, name)
        if name == "lead" and _in_body(before) and _in_body(after):
            continue  # the change shows in the body
        if old != new:
            fields.append(FieldDiff(name, old, new, tuple(word_changes(old, new))))
    old_text, new_text = _whole(before), _whole(after)
    return Diff(
        tuple(fields),
        *_gone_and_come(_NUMBER, old_text, new_text),
        *_gone_and_come(_NAME, old_text, new_text),
    )


def word_changes(before: str, after: str) -> Iterator[Change]:
    """The parts that are the same, removed and added from *before* to *after*; whole words only.

    >>> [(c.operation, c.text) for c in word_changes("có 31 hộ nghèo", "có 29 hộ nghèo")]
    [('same', 'có '), ('removed', '31'), ('added', '29'), ('same', ' hộ nghèo')]
    >>> [(c.operation, c.text) for c in word_changes("dân tất bật", "dân phấn khởi")]
    [('same', 'dân '), ('removed', 'tất bật'), ('added', 'phấn khởi')]
    """
    for old, new in _blocks(_PARAGRAPHS.findall(before), _PARAGRAPHS.findall(after)):
        if old == new:
            yield Change("same", "".join(old))
            continue
        # Most edits touch a paragraph or two; only those are compared word by word.
        for removed, added in _whole_runs("".join(old), "".join(new)):
            if removed == added:
                yield Change("same", removed)
                continue
            if removed:
                yield Change("removed", removed)
            if added:
                yield Change("added", added)


def _whole_runs(before: str, after: str) -> list[tuple[str, str]]:
    """Old and new parts in pairs; changes with almost nothing between them are one pair."""
    runs: list[tuple[str, str]] = []
    for old, new in _blocks(_WORDS.findall(before), _WORDS.findall(after)):
        change = "".join(old), "".join(new)
        if old != new and len(runs) > 1 and _is_one(runs[-2], runs[-1][0], change):
            (gone, come), (between, _) = runs[-2:]
            runs[-2:] = [(gone + between + change[0], come + between + change[1])]
        else:
            runs.append(change)
    return runs


def _is_one(first: tuple[str, str], between: str, second: tuple[str, str]) -> bool:
    """Whether a reader sees two changes and what stayed between them as one change."""
    found = _BETWEEN.fullmatch(between)
    if not found:
        return False
    if found["syllable"]:
        # Of two mere insertions, the syllable between would be shown as removed and added again.
        return all((*first, *second))
    return bool(first[0] + second[0]) and bool(first[1] + second[1])


def _blocks(old: list[str], new: list[str]) -> Iterator[tuple[list[str], list[str]]]:
    """The two lists in pairs of blocks: equal blocks, and old blocks with their replacements."""
    if len(old) * len(new) > _COMPARABLE:
        # Two long texts with nothing in common would take minutes, and show nothing in the end.
        yield old, new
        return
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for _, start, end, other, last in matcher.get_opcodes():
        yield old[start:end], new[other:last]


def _text(article: Article, name: str) -> str:
    if name == "captions":
        return "\n".join(image.caption for image in article.images if image.caption)
    return getattr(article, name) or ""


def _in_body(article: Article) -> bool:
    return article.lead is None or article.lead in article.paragraphs


def _whole(article: Article) -> str:
    names = ("kicker", "title", "lead", "captions", "byline")
    texts = [_text(article, name) for name in names if not (name == "lead" and article.body)]
    return "\n".join([*texts, article.body or ""])


def _gone_and_come(
    pattern: re.Pattern[str], before: str, after: str
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    old, new = Counter(pattern.findall(before)), Counter(pattern.findall(after))
    return tuple(sorted(old - new)), tuple(sorted(new - old))
