"""How elements are named and set: class and id, alignment, italics, what is hidden."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from crawler.extract.engine.dom import Element

_RIGHT = re.compile(r"text-align\s*:\s*(right|center|end)", re.I)
_ITALIC = re.compile(r"font-style\s*:\s*(?:italic|oblique)", re.I)
_HEAVY = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.I)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_ALIGN_NAMES = re.compile(
    r"(?:^|[\s_-])(?:text-|align-?|t-?)?(right|center|centre)(?:-?text)?(?=$|[\s_-])", re.I
)


class Look(NamedTuple):
    """What an element's attributes say of it and its text."""

    names: str = ""
    """Its class and id in one."""
    align: str = ""
    """How it sets its text: by style, attribute or class; empty for not at all."""
    italic: bool = False
    heavy: bool = False
    hidden: bool = False


_PLAIN = Look()


def look_of(element: Element) -> Look:
    """The look of *element*."""
    items = element.items()  # all attributes cost as much as one
    return _read_look(tuple(items)) if items else _PLAIN


@lru_cache(maxsize=4096)
def _read_look(items: tuple[tuple[str, str], ...]) -> Look:
    """A CMS writes the same few attributes on every page."""
    get = dict(items).get
    style = get("style")
    names = f"{get('class') or ''} {get('id') or ''}".strip()
    own = _stated_align(style, get("align"))
    if not own and names and (found := _ALIGN_NAMES.search(names)):
        own = "right" if found[1].lower() == "right" else "center"
    if not style:
        return Look(names, own)
    return Look(
        names,
        own,
        _ITALIC.search(style) is not None,
        _HEAVY.search(style) is not None,
        _HIDDEN.search(style) is not None,
    )


def _stated_align(style: str | None, align: str | None) -> str:
    """The alignment by style or attribute."""
    if style:
        if found := _RIGHT.search(style):
            return "right" if found[1].lower() == "end" else found[1].lower()
        if "text-align" in style.lower():
            return "left"
    align = (align or "").lower()
    return "center" if align == "middle" else align


def names_of(element: Element) -> str:
    """Its class and id in one."""
    names, name = element.get("class"), element.get("id")
    if names and name:
        return f"{names} {name}".strip()
    return (names or name or "").strip()


def inherited_align(element: Element) -> str:
    """How *element* sets its text, by itself or by what surrounds it."""
    for node in (element, *element.iterancestors()):
        if align := _own_align(node):
            return align
    return ""


def _own_align(element: Element) -> str:
    if not element.keys():
        return "center" if element.tag == "center" else ""
    own = _stated_align(element.get("style"), element.get("align"))
    return own or ("center" if element.tag == "center" else "")
