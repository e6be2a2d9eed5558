"""Records as JSON, and how one differs from another.

The text of an article stands once, in its rows: the view ``article_records`` gives the latest state
as JSON. Revisions and extractions of single pages keep only their differences from it, as a merge
patch (RFC 7396). The views ``revisions`` and ``statements`` apply it to the record of the article.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any, TypeVar

from archive.models import Article
from archive.text import sha256

Record = Mapping[str, Any]
_T = TypeVar("_T")

#: `json.dumps` with an option makes one of these each time.
_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def once(count: Callable[[Article], _T]) -> Callable[[Article], _T]:
    """Remember the latest result: saving an article needs it several times.

    By identity, because an article has no hash: its rules are a mapping.
    """
    latest: tuple[Article, _T] | None = None

    @wraps(count)
    def remembered(article: Article) -> _T:
        nonlocal latest
        known = latest
        if known is None or known[0] is not article:
            latest = known = (article, count(article))
        return known[1]

    return remembered


@once
def record(article: Article) -> Record:
    """The record of *article*: a JSON-ready mapping; equal articles give equal text."""
    found = article.to_dict()
    found["rules"] = dict(sorted(found["rules"].items()))
    return found


@once
def extraction_digest(article: Article) -> str:
    """The digest of everything that one page says, the address and the rules included."""
    return sha256(record_json(article))


def record_json(article: Article) -> str:
    """*article* as the JSON that the views ``revisions`` and ``statements`` give."""
    return _ENCODER.encode(record(article))


def record_of(connection: sqlite3.Connection, article_id: int) -> Record:
    """The record of an article as its rows have it."""
    (text,) = connection.execute(
        "SELECT article FROM article_records WHERE id = ?", (article_id,)
    ).fetchone()
    found: dict[str, Any] = json.loads(text)
    return found


def changes(base: Record, other: Record) -> str | None:
    """The merge patch that makes *other* of *base*, as JSON; None if they are equal.

    >>> changes({"body": "Sen", "rules": {"a": "x", "b": "y"}}, {"rules": {"a": "x"}, "kind": "p"})
    '{"rules":{"b":null},"kind":"p","body":null}'
    """
    patch = _patch(base, other)
    return _ENCODER.encode(patch) if patch else None


def _patch(base: Record, other: Record) -> dict[str, Any]:
    patch: dict[str, Any] = {}
    for name, value in other.items():
        known = base.get(name)
        if known == value:
            continue
        if isinstance(known, dict) and isinstance(value, dict):
            value = _patch(known, value)
        patch[name] = value
    return patch | dict.fromkeys(base.keys() - other.keys())
