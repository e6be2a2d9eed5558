"""A block: one paragraph, picture or player of an article, with its markup."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from crawler.extract.engine.dom import PROSE, Element


class Context(NamedTuple):
    """The elements around a block that say what it is."""

    level: int = 0
    """1-6 inside a heading."""
    table: Element | None = None
    figure: Element | None = None
    in_caption: bool = False
    """Inside ``figcaption`` or a table's ``caption``."""
    in_list: bool = False
    is_row: bool = False
    """The whole row of a data table."""


#: In the running text.
RUNNING_TEXT = Context()


@dataclass(slots=True)
class Block:
    """One paragraph, picture or player, and how it is marked up."""

    kind: str
    """``text`` · ``image`` · ``media``"""
    element: Element
    """The paragraph (or other block) it stands in; the same object means the same paragraph."""
    text: str = ""
    url: str = ""
    classes: str = ""
    """Classes and ids of the element and of wrappers that hold hardly anything else."""
    align: str = ""
    context: Context = RUNNING_TEXT
    em: bool = False
    bold: bool = False
    link: str | None = None
    """Where the text leads if all of it is a link."""
    alt: str = ""
    after_break: bool = False
    """A line break stands before it in its paragraph."""
    role: str = ""
    """The field whose selector took it: ``lead``, ``caption`` …; empty for none."""

    @property
    def is_marked(self) -> bool:
        """Whether it is set as bylines are: to the right, or bold without being a heading."""
        return self.align == "right" or (self.bold and not self.context.level)

    @property
    def is_prose(self) -> bool:
        """Whether it reads as running text."""
        return (
            self.kind == "text"
            and not self.link
            and (len(self.text) >= PROSE or (len(self.text) >= 30 and self.text[-1] in '.!?…”"'))
        )
