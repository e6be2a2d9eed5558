"""Computed style of elements: class and id, alignment, italics, bold, hidden."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from crawler.extract.engine.dom import Element

_RIGHT = re.compile(r"text-align\s*:\s*(right|center|end)", re.I)
_ITALIC = re.compile(r"font-style\s*:\s*(?:italic|oblique)", re.I)
_HEAVY = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.I)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_ALIGN_CLASSES = re.compile(
    r"(?:^|[\s_-])(?:text-|align-?|t-?)?(right|center|centre)(?:-?text)?(?=$|[\s_-])", re.I
)


_VEILS = frozenset(
    ("hidden", "hide", "d-none", "invisible", "sr-only", "screen-reader-text", "visually-hidden")
)
# On larger or smaller screens: "hidden md:block", "d-none d-lg-flex", "hide visible-xs".
_SHOWN_AGAIN = re.compile(
    r"\bvisible\b|:(?:block|flex|inline|grid)|\bd-\w+-(?:block|flex|inline|grid)"
)


class ComputedStyle(NamedTuple):
    """Class, id and style of an element, by its attributes."""

    class_id: str = ""
    """Its class, id, itemprop and rel in one."""
    align: str = ""
    """How it sets its text: by style, attribute or class; empty for not at all."""
    italic: bool = False
    heavy: bool = False
    hidden: bool = False
    veiled: bool = False
    """Whether a class says that it is hidden, on screens of every size."""


_PLAIN = ComputedStyle()

#: Attributes that name an element.
_NAMES = ("class", "id", "itemprop", "rel")


def computed_style(element: Element) -> ComputedStyle:
    """The style of *element* by its tag and its own attributes."""
    items = element.items()  # all attributes cost as much as one
    tag = _name_of_tag(element.tag)
    return _read_style(tag, tuple(items)) if items or tag else _PLAIN


def _name_of_tag(tag: object) -> str:
    """What the *tag* itself says, as a class would: ``<address>`` is for whoever wrote the article,
    and a web component is named for what it holds: ``<news-byline>``.
    """
    if tag in ("address", "time"):
        return "author" if tag == "address" else "time"
    return tag if isinstance(tag, str) and "-" in tag else ""


@lru_cache(maxsize=4096)
def _read_style(tag: str, items: tuple[tuple[str, str], ...]) -> ComputedStyle:
    """A CMS writes the same few attributes on every page."""
    get = dict(items).get
    style = get("style")
    classes = " ".join(filter(None, (*map(get, _NAMES), tag))).strip()
    own = _stated_align(style, get("align"))
    if not own and classes and (found := _ALIGN_CLASSES.search(classes)):
        own = "right" if found[1].lower() == "right" else "center"
    veiled = get("hidden") is not None or _is_veiled(classes)
    if not style:
        return ComputedStyle(classes, own, veiled=veiled)
    return ComputedStyle(
        classes,
        own,
        _ITALIC.search(style) is not None,
        _HEAVY.search(style) is not None,
        _HIDDEN.search(style) is not None,
        veiled,
    )


def _is_veiled(classes: str) -> bool:
    """Whether *classes* hide what has them: "d-none", but not "d-none d-md-block"."""
    return bool(_VEILS & set(classes.lower().split())) and not _SHOWN_AGAIN.search(classes)


def _stated_align(style: str | None, align: str | None) -> str:
    """The alignment by style or attribute."""
    if style:
        if found := _RIGHT.search(style):
            return "right" if found[1].lower() == "end" else found[1].lower()
        if "text-align" in style.lower():
            return "left"
    align = (align or "").lower()
    return "center" if align == "middle" else align


def class_id(element: Element) -> str:
    """What names *element*: its class, its id, and what it says semantically.

    ``itemprop="author"`` and ``rel="author"`` say what a class would, and so may the tag.
    """
    return " ".join(filter(None, (*map(element.get, _NAMES), _name_of_tag(element.tag)))).strip()
