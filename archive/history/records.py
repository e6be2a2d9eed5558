"""Records as JSON, and how one differs from another.

The text of an article stands once, in its rows: the view ``article_records`` gives the latest state
as JSON. Revisions and extractions of single pages keep only their differences from it, as a merge
patch (RFC 7396). The views ``revisions`` and ``statements`` apply it to the record of the article.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from typing import Any

_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))

Record = Mapping[str, Any]


def record_of(connection: sqlite3.Connection, article_id: int) -> Record:
    """The record of an article as its rows have it."""
    (text,) = connection.execute(
        "SELECT article FROM article_records WHERE id = ?", (article_id,)
    ).fetchone()
    record: dict[str, Any] = json.loads(text)
    return record


def changes(base: Record, record: Record) -> str | None:
    """The merge patch that makes *record* of *base*, as JSON; None if they are equal.

    >>> changes({"body": "Sen", "rules": {"a": "x", "b": "y"}}, {"rules": {"a": "x"}, "kind": "p"})
    '{"rules":{"b":null},"kind":"p","body":null}'
    """
    patch = _patch(base, record)
    return _ENCODER.encode(patch) if patch else None


def _patch(base: Record, record: Record) -> dict[str, Any]:
    patch: dict[str, Any] = {}
    for name, value in record.items():
        known = base.get(name)
        if known == value:
            continue
        if isinstance(known, dict) and isinstance(value, dict):
            value = _patch(known, value)
        patch[name] = value
    return patch | dict.fromkeys(base.keys() - record.keys())
