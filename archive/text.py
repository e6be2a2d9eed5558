"""Texts as they are compared. Pure.

Two forms: `strict` within one layout, `loose` across layouts, which set case and typography each in
its own way. Neither is shown or kept.
"""

from __future__ import annotations

import hashlib
import unicodedata
from functools import lru_cache

_INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff\u00ad"
#: Dashes and quotation marks: a template's typography, not an editor's. One `str.replace` each
#: takes 2 µs on an article's text; `str.translate` with the same table takes 110.
_TYPOGRAPHY = (
    *((mark, "-") for mark in "‐‑‒–—−"),
    *((mark, '"') for mark in "“”„«»"),
    *((mark, "'") for mark in "‘’‚′"),
)


@lru_cache(maxsize=256)
def strict(text: str | None) -> str | None:
    """*text* as it is compared within one layout: NFC, one space for any whitespace.

    Case, punctuation and dashes count: ``1.000`` and ``10.00`` differ, and a capital put right in a
    name is an edit.
    """
    if text is None:
        return None
    text = unicodedata.normalize("NFC", text).replace("\n", " ")
    if text.isprintable() and "   " not in text:
        # Every other white space and every invisible mark is "not printable". What `extract` gives
        # is tidy but for its line ends, and this takes a quarter of the time of taking it apart.
        return text.replace("  ", " ").strip(" ")
    for mark in _INVISIBLE:
        text = text.replace(mark, "")
    return " ".join(text.split())


@lru_cache(maxsize=256)
def loose(text: str | None) -> str | None:
    """*text* as it is compared across layouts: without case and typography, which templates set."""
    tidy = strict(text)
    if tidy is None:
        return None
    for mark, plain in _TYPOGRAPHY:
        tidy = tidy.replace(mark, plain)
    return tidy.casefold()


@lru_cache(maxsize=16)
def text_digest(title: str, body: str | None) -> str:
    """The digest by which one text is known again at another address.

    Over the `loose` form: one piece in two templates is one text, and no two articles of a paper
    differ in case alone.
    """
    return sha256(f"{loose(title)}\n{loose(body) or ''}")


def sha256(text: str) -> str:
    """The SHA-256 of *text* in UTF-8, in hexadecimal."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()
