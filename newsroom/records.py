"""What the newsroom keeps of its own work: a Story and all that it means, before any markup.

Nothing here is read from a page. `expected` turns a Story into the Article that a perfect reader
would make of it; `page_a`, `page_b` and `page_c` print it.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from archive.models import Author, Generation
from newsroom.sections import Section

#: How a picture and its caption are set; each template knows the shapes that its CMS produced.
CaptionShape = Literal[
    "em",  # <em> in the picture's own paragraph (A 2019)
    "em-lines",  # the same, broken over two source lines by <br>
    "em-nodes",  # the same, in two <em> nodes, the second beginning with a comma
    "next",  # the next paragraph, centred
    "table",  # a two-row table, the caption in the second row's cell
    "table-p",  # the same with a <p> in the cell
    "figure",  # <figure> and <figcaption>
    "note",  # the next paragraph, p.note.ignore (C family)
]

#: How one story's address misbehaves over HTTP.
Delivery = Literal[
    "header-lies",  # UTF-8 bytes, Content-Type says windows-1258
    "meta-lies",  # windows-1258 bytes and meta, Content-Type says utf-8
    "nfd",  # every letter decomposed
    "busy-once",  # 503 with Retry-After the first time of each day
    "silent-once",  # no answer the first time of each day
    "torn-once",  # body shorter than Content-Length the first time of each day
]


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture and where it stands."""

    path: str
    """From the root of the host that serves it."""
    caption: str | None = None
    """As one line; never a sentence of the text."""
    after: int = 1
    """How many paragraphs stand before it."""
    shape: CaptionShape | None = None
    """None: whatever the template sets by habit."""
    host: str = "https://baodongthap.vn"
    """Empty: the page gives the address from the root."""
    credit: str | None = None
    """The photographer whom the caption names; the caption keeps the words."""


@dataclass(frozen=True, slots=True)
class Twin:
    """The same story's page after it was imported into generation C."""

    number: int
    section: Section
    template: str
    redirects: bool = False
    """Whether the old address sends its readers to the new one."""


@dataclass(frozen=True, slots=True)
class Story:
    """One article as the newsroom meant it."""

    name: str
    """Its handle in the script of days."""
    section: Section
    template: str
    """Which template prints it: see ``TEMPLATES`` in `edition`."""
    stamp: datetime
    """Vietnamese local time; the page shows what its template shows of it."""
    title: str
    paragraphs: tuple[str, ...]
    subheads: frozenset[int] = frozenset()
    """Which of the paragraphs (counted from 0) are subheads."""
    number: int = 0
    """The CMS's number; 0 until `article_numbers` gives one."""
    slug: str = ""
    """Of the first title: an address stays when the headline is edited."""
    series: Literal["", "video", "podcast", "infographic"] = ""
    """C's small number series of their own."""
    has_lead: bool = True
    """Whether the page marks its first paragraph as the lead."""
    kicker: str | None = None
    agency: str | None = None
    byline: str | None = None
    authors: tuple[Author, ...] = ()
    source: str | None = None
    pictures: tuple[Picture, ...] = ()
    tags: tuple[str, ...] = ()
    kind: str = "article"
    media: tuple[str, ...] = ()
    audio: str | None = None
    """The reading-aloud file whose bare address A prints above the lead."""
    published: datetime | None = None
    """First publication, where the template states it apart from the update."""
    also_in: tuple[Section, ...] = ()
    """Other sections that list it."""
    hex_only: bool = False
    """Linked by its hex address alone (A)."""
    twin: Twin | None = None
    delivery: Delivery | None = None
    modified: datetime | None = None
    """When the file last changed, if a silent edit made that differ from the stamp."""
    style: int = 0
    """Seeds the small differences of markup among stories of one template."""

    @property
    def generation(self) -> Generation:
        """The CMS generation that its number belongs to."""
        return self.section.generation

    @property
    def lead(self) -> str | None:
        """The opening summary, if the page marks one."""
        marked = self.has_lead or self.agency is not None
        return self.paragraphs[0] if marked and self.paragraphs else None


def bare(text: str) -> str:
    """*text* without marks, in small letters, đ as d."""
    decomposed = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def slugify(title: str) -> str:
    """The words of *title* as an address carries them."""
    return re.sub(r"[^a-z0-9]+", "-", bare(title)).strip("-")
