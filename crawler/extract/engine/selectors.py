"""The selectors of a layout, and what they take from a page.

A selector gives a field or nothing: an element without a date is not a stamp, the placeholder
"Bút danh" is not a byline. The engine reads the fields that no selector gave.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import NamedTuple

from lxml import etree

from crawler.extract.engine.dom import INLINE, Element, string
from crawler.extract.engine.metadata import Document
from crawler.extract.engine.title import Title, weigh
from crawler.extract.stamps import Stamp, find_stamp, with_moment
from crawler.extract.text import tidy

_BRACKETS = re.compile(r"\[[^\]]*\]")
_COMBINED = re.compile(r"\S\s+\S|[>+~:]")
_SIMPLE = re.compile(r"(?P<tag>[a-z][a-z0-9-]{0,30})?(?P<sign>[.#])(?P<name>[\w-]+)")
_NAME = re.compile(r"[.#]([\w-]+)|\[(?:class|id|itemprop|rel)[~|^$*]?=[\"']?([\w-]+)")
#: The text of a block is that of the elements selected in it if they hold this share of it.
_WHOLE = 0.9
#: Letters in the element of a stamp, a kicker or a byline, at most: more is a box of others.
_LINE = 300
#: What a layout may select, in the order in which it is taken.
FIELDS = (
    "title", "kicker", "stamp", "lead", "content", "caption", "byline", "section", "skip"
)  # fmt: skip
#: Blocks of these are not of the text, wherever they stand.
APART = frozenset(("title", "kicker", "stamp", "section", "skip"))


class _Part:
    """One of the alternatives in a selector."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.is_path = is_path(text)
        #: Classes and ids of which a match has one; empty if it may match without any.
        self.names = frozenset() if self.is_path else _names_in(text)
        simple = _SIMPLE.fullmatch(text)
        #: (tag, attribute, name) of ``tag.class`` or ``tag#id``; None for anything else.
        self.simple = (
            (simple["tag"], "class" if simple["sign"] == "." else "id", simple["name"])
            if simple
            else None
        )
        #: Whether boxes around the element matter, so that all of the page is searched.
        self.is_combined = self.is_path or bool(_COMBINED.search(_BRACKETS.sub("", text)))

    @cached_property
    def find(self) -> Callable[[Element], list[Element]]:
        """Finds the elements in a box."""
        from parsel.csstranslator import HTMLTranslator  # imported when a page needs it

        path = self.text if self.is_path else HTMLTranslator().css_to_xpath(self.text)
        return etree.XPath(path, smart_strings=False)

    def among(self, elements: Iterable[Element]) -> list[Element]:
        """Those of *elements* that a simple part selects: ten times as fast as to search."""
        assert self.simple
        tag, attribute, name = self.simple
        return [
            element
            for element in elements
            if (not tag or element.tag == tag) and name in (element.get(attribute) or "").split()
        ]


class Selector:
    """A CSS selector; an XPath expression if it begins with ``/``, ``./`` or ``(``."""

    def __init__(self, text: str) -> None:
        parts = [text] if is_path(text) else text.split(",")
        self._parts = [_Part(part.strip()) for part in parts]
        self.names = frozenset[str]().union(*(part.names for part in self._parts))

    def find(self, near: Near) -> list[Element]:
        """The elements that it selects *near* the article."""
        found: list[Element] = []
        for part in self._parts:
            elements = [
                element for name in part.names for element in near.named.get(name.lower(), ())
            ]
            if part.simple and part.names:
                found += part.among(elements)
            elif elements or not part.names:
                found += part.find(near.doc.body if part.is_combined else near.box())
        return found

    def find_far(self, doc: Document) -> list[Element]:
        """The elements on the whole page, if its source holds a name of the selector."""
        source = doc.page.source
        return [
            element
            for part in self._parts
            if any(name.encode() in source for name in part.names)
            for element in part.find(doc.body)
        ]


class Near(NamedTuple):
    """Where the fields of an article stand."""

    doc: Document
    named: Mapping[str, list[Element]]
    """The elements around and in the article by the layouts' names that they bear."""
    box: Callable[[], Element]
    """The smallest box about the title and the end of the article."""


def is_path(text: str) -> bool:
    """Whether a selector is an XPath expression."""
    return text.startswith(("/", "./", "("))


def _names_in(part: str) -> frozenset[str]:
    return frozenset(one or other for one, other in _NAME.findall(part))


@dataclass
class Selected:
    """What the selectors of a layout took from a page; empty for what they do not give."""

    title: Title | None = None
    kicker: str | None = None
    stamps: list[Stamp] = field(default_factory=list)
    lead: list[Element] = field(default_factory=list)
    byline: list[Element] = field(default_factory=list)
    section: list[Element] = field(default_factory=list)
    content: list[Element] = field(default_factory=list)
    """The boxes of the text, none inside another."""
    roles: dict[Element, str] = field(default_factory=dict)
    """The field of each element that a selector took, and of the elements inside it."""


class Selection:
    """Applies a layout's selectors to one page."""

    def __init__(
        self, near: Near, hints: tuple[str, ...], missed: frozenset[str], title: Title | None
    ) -> None:
        self._near = near
        self._doc = near.doc
        self._hints = hints
        self._missed = missed
        self._title = title
        self.selected = Selected()

    def take(self, selectors: Mapping[str, Selector]) -> Selected:
        """The fields that *selectors*, by field, give."""
        selected = self.selected
        for name, selector in selectors.items():
            if elements := self._find(name, selector):
                getattr(self, f"_take_{name}")(elements)
        return selected

    def _find(self, name: str, selector: Selector) -> list[Element]:
        """The elements of a field near the article; on the whole page if the engine missed it."""
        found = selector.find(self._near)
        return found or (selector.find_far(self._doc) if name in self._missed else [])

    def _mark(self, elements: Iterable[Element], role: str) -> None:
        """Give the blocks of *elements* their role, so that the engine reads none of them."""
        inline: dict[Element, int] = {}
        for element in elements:
            for one in element.iter():
                self.selected.roles[one] = role
            block = element
            while block.tag in INLINE and (about := block.getparent()) is not None:
                block = about
            if block is not element:  # a span is the block if it holds all of its text
                inline[block] = inline.get(block, 0) + len(tidy(string(element)))
        for block, letters in inline.items():
            if letters >= _WHOLE * len(tidy(string(block))):
                self.selected.roles[block] = role

    # -- one method for each field ---------------------------------------------------------------

    def _take_title(self, elements: list[Element]) -> None:
        engine = self._title
        for element in elements:
            if engine and (element is engine.element or element in engine.element.iterancestors()):
                title: Title | None = replace(engine, rule="selector")
            else:
                title = weigh(self._doc, element, self._hints, "selector")
            if title:
                self.selected.title = title
                self._mark([element], "title")
                return

    def _take_kicker(self, elements: list[Element]) -> None:
        text = tidy(string(elements[0]))
        if text and len(text) <= _LINE:
            self.selected.kicker = text
            self._mark(elements[:1], "kicker")

    def _take_stamp(self, elements: list[Element]) -> None:
        for element in elements:
            if stamp := stamp_of(element):
                self.selected.stamps.append(stamp)
                self._mark([element], "stamp")

    def _take_lead(self, elements: list[Element]) -> None:
        self.selected.lead = elements
        self._mark(elements, "lead")

    def _take_byline(self, elements: list[Element]) -> None:
        self.selected.byline = elements
        self._mark(elements, "byline")

    def _take_caption(self, elements: list[Element]) -> None:
        self._mark(elements, "caption")

    def _take_section(self, elements: list[Element]) -> None:
        self.selected.section = elements
        self._mark(elements, "section")

    def _take_skip(self, elements: list[Element]) -> None:
        self._mark(elements, "skip")

    def _take_content(self, elements: list[Element]) -> None:
        self.selected.content = list(_outermost(elements))


def stamp_of(element: Element) -> Stamp | None:
    """The stamp that *element* prints, or states in its ``datetime``; None without one."""
    text = tidy(string(element))
    if element.tag == "time" and len(text) <= _LINE:
        text = with_moment(text, text, element.get("datetime") or "")
    printed = find_stamp(text) if len(text) <= _LINE else None
    if printed is None or printed.at is None:
        stated = element.get("datetime") or element.get("content") or ""
        printed = find_stamp(stated[:_LINE]) or printed
    name = element.get("itemprop") or ""
    if printed and printed.label is None and name.startswith("date"):
        return replace(printed, label=name)
    return printed


def _outermost(elements: list[Element]) -> Iterator[Element]:
    """*elements* without those that stand in another of them."""
    taken: set[Element] = set()
    for element in elements:
        if taken.isdisjoint(element.iterancestors()):
            taken.add(element)
            yield element
