"""The article that a page may hold: the steps that all layouts share, each run once."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from archive.errors import TooLarge
from archive.models import Author
from crawler.extract.bylines import Byline, looks_like_byline, read_byline_lines
from crawler.extract.engine import boilerplate
from crawler.extract.engine.block import Block
from crawler.extract.engine.byline import split_byline
from crawler.extract.engine.captions import Picture, assign_captions
from crawler.extract.engine.content import read_content
from crawler.extract.engine.dom import Element
from crawler.extract.engine.head import (
    find_head_stamps,
    lead_media,
    lines_before,
    stamps_above,
    stamps_below,
)
from crawler.extract.engine.metadata import Document
from crawler.extract.engine.selectors import APART, Near, Selected, Selection, Selector
from crawler.extract.engine.sorter import BlockSorter
from crawler.extract.engine.style import class_id
from crawler.extract.engine.title import Title, find_titles
from crawler.extract.engine.walker import DomWalker
from crawler.extract.stamps import Stamp, find_stamp
from crawler.extract.text import fold, split_agency

#: The longest essays and tables of the paper have some hundreds.
MAX_BLOCKS = 20_000

#: First lines of a serial's part, and of the editors' introduction.
_NOTE = re.compile(
    r"\A[(\[]?\s*+(?:(?:tiếp\s+theo|xem\s+từ)\b|(?P<editors>lts\b|lời\s+(?:t(?:òa|oà)\s+soạn|giới\s+thiệu)))",
    re.I,
)

#: Blocks after the title among which the stamp and the author may stand.
_HEAD = 8


@dataclass(frozen=True, slots=True)
class Hints:
    """Classes and ids in the layouts' selectors: evidence for the engine; none is needed."""

    title: tuple[str, ...] = ()
    stamp: tuple[str, ...] = ()


class ArticleCandidate:
    """The article of a page as blocks, sorted into head, text, pictures and byline."""

    def __init__(self, doc: Document, hints: Hints) -> None:
        self.doc = doc
        self.hints = hints
        self.selected = Selected()
        """What the selectors of the layout took; nothing until a layout is chosen."""
        self.selectors: Mapping[str, Selector] = {}
        self.flags: list[str] = []
        """Where selector and engine give something else."""

    @cached_property
    def titles(self) -> list[Title]:
        """Headline candidates, best first."""
        return find_titles(self.doc, self.hints.title)

    @cached_property
    def title(self) -> Title | None:
        """The best headline candidate that an article follows."""
        best = self.titles[0] if self.titles else None
        if best is None or best.score >= 4 or len(self.titles) == 1:
            return best
        # Nothing confirms the first: the one that a stamp and text follow is the headline.
        for title in self.titles[:4]:
            if title.score < best.score - 2.5:
                break
            reader = DomWalker(self.doc.own).read_after(title.element)
            stamps, _ = find_head_stamps(reader.blocks, title.element)
            if stamps and reader.prose:
                return title
        return best

    @cached_property
    def seen(self) -> dict[str, list[Element]]:
        """The elements about and inside the article by class and id; the pictures by address."""
        if self.title is None:
            return {}
        seen = dict(self.reader.seen)
        seen.update((block.url, []) for block in self.reader.blocks if block.kind == "image")
        around = [self.title.element, *self.title.element.iterancestors()]
        for element in (*around, *(block.element for block in self.above)):
            if classes := class_id(element):
                seen[classes] = [*seen.get(classes, ()), element]
        return seen

    @cached_property
    def reader(self) -> DomWalker:
        """The blocks from the title on."""
        reader = DomWalker(self.doc.own)
        if self.title:
            reader.read_after(self.title.element)
        if len(reader.blocks) > MAX_BLOCKS:  # some rules look at each beside all the others
            raise TooLarge(
                f"{self.doc.page.url or 'the page'} holds {len(reader.blocks):,} paragraphs and"
                f" pictures; no article has more than {MAX_BLOCKS:,}"
            )
        return reader

    @cached_property
    def blocks(self) -> list[Block]:
        """The blocks from the title on, without those of a selector that are not of the text."""
        roles = self.selected.roles
        if not roles:
            return self.reader.blocks
        for block in self.reader.blocks:
            block.role = roles.get(block.element, "")
        blocks = [block for block in self.reader.blocks if block.role not in APART]
        if self.selected.lead and not any(block.role == "lead" for block in blocks):
            # It stands above the title, or in a box of other content.
            walker = DomWalker(self.doc.own)
            for element in self.selected.lead:
                walker.read_one(element)
            for block in walker.blocks:
                block.role = roles.get(block.element, "")
            blocks = [*(block for block in walker.blocks if block.role == "lead"), *blocks]
        return blocks

    def with_selectors(
        self, selectors: Mapping[str, Selector], named: Mapping[str, list[Element]]
    ) -> ArticleCandidate:
        """The article as a layout's *selectors* give it, the engine reading the rest.

        *named* are the elements around and in the article by the layouts' names.
        """
        missed = {"content"}
        if self.title is None or not self.title.confirmed:
            missed.add("title")
        if not self.stamps:
            missed.add("stamp")
        near = Near(self.doc, named, lambda: self._box)
        selection = Selection(near, self.hints.title, frozenset(missed), self.title)
        selected = selection.take(selectors)
        if selected == Selected() and "section" not in selectors:
            return self
        chosen = ArticleCandidate(self.doc, self.hints)
        chosen.selected = selected
        chosen.selectors = selectors
        chosen._take_over(self)
        return chosen

    def far_crumbs(self) -> list[Element]:
        """The elements of the section's selector wherever they stand on the page."""
        selector = self.selectors.get("section")
        return selector.find_far(self.doc) if selector else []

    def _take_over(self, engine: ArticleCandidate) -> None:
        """Take what *engine* read, unless a selector gave something else."""
        given, found = self.selected, engine.title
        self.titles, self.title = engine.titles, found
        if given.title is None or (found and fold(found.text) == fold(given.title.text)):
            if found and given.title:
                self.title = replace(found, rule="selector")
            self.reader, self.above = engine.reader, engine.above
        else:
            self.titles, self.title = [given.title, *engine.titles], given.title
            if found:
                self.flags.append("title:selector-disagrees")
        if given.content and self.title:
            self.reader, differs = read_content(
                self.reader, self.title.element, given.content, self.doc
            )
            if differs:
                self.flags.append("body:selector-disagrees")
        if given.stamps:
            kinds = {stamp.is_publication for stamp in given.stamps}
            self.stamps = [(stamp, "selector") for stamp in given.stamps]
            for stamp, rule in engine.stamps:
                if stamp.is_publication not in kinds and stamp.label:
                    self.stamps.append((stamp, rule))
                elif stamp.at not in [one.at for one in given.stamps]:
                    self.flags.append("updated_at:selector-disagrees")
                    break
        elif self.title is found:
            self.stamps = engine.stamps

    @cached_property
    def _box(self) -> Element:
        """The smallest box about the title, the lines above it and the end of the article."""
        if self.title is None or not self.reader.blocks:
            return self.doc.body
        ends = [self.reader.blocks[-1].element, *(block.element for block in self.above[:1])]
        if self.reader.end is not None:
            ends.append(self.reader.end)
        about = [{end, *end.iterancestors()} for end in ends]
        for box in self.title.element.iterancestors():
            if all(box in boxes for boxes in about):
                return box
        return self.doc.body

    @cached_property
    def above(self) -> list[Block]:
        """The few blocks just above the title."""
        return lines_before(self.title.element, self.doc.own) if self.title else []

    @cached_property
    def _head(self) -> tuple[list[tuple[int, Stamp]], int]:
        if self.title is None:
            return [], 0
        return find_head_stamps(self.blocks, self.title.element)

    @cached_property
    def stamps(self) -> list[tuple[Stamp, str]]:
        """The article's stamps and the rules that found them, the likeliest first."""
        found = [(stamp, "after-title") for _, stamp in self._head[0]]
        if not found:
            found = [(stamp, "below-lead") for stamp in stamps_below(self.blocks)]
        if not found and self.title:
            above = stamps_above(self.above, self.title.element)
            found = [(stamp, "before-title") for stamp in above]
        if not found:
            for name in self.hints.stamp:
                for element in self.doc.named(name):
                    stamp = find_stamp("".join(element.itertext())[:300])
                    if stamp:
                        found.append((stamp, f"name:{name}"))
        return found

    @property
    def labels(self) -> list[Block]:
        """The lines by the title that may name the section: just above it, and the stamps' own."""
        return [*reversed(self.above), *(self.blocks[at] for at, _ in self._head[0])]

    @cached_property
    def _sorted(self) -> BlockSorter | None:
        """The blocks of text and head apart; None without a title."""
        if self.title is None:
            return None
        stamps = (stamp.text for stamp, _ in self.stamps)
        has_prose = self.reader.prose > 0
        sorter = BlockSorter(self.doc, self.title, self._head, stamps, has_prose=has_prose)
        return sorter.sort(self.blocks)

    @cached_property
    def _text(self) -> list[Block]:
        """Paragraphs, captions and pictures of the text, in page order."""
        return self._sorted.text if self._sorted else []

    @cached_property
    def _captioned(self) -> tuple[list[Picture], set[int]]:
        """The pictures of the text, and which of its blocks are captions."""
        return assign_captions(self._text)

    @property
    def opens_with_link(self) -> bool:
        """Whether what follows the title is a link to an article, as on a list."""
        for block in self.blocks:
            if block.kind == "text":
                return bool(block.link and boilerplate.ARTICLE_LINK.search(block.link))
        return False

    @cached_property
    def pictures(self) -> list[Picture]:
        """The pictures of the article, in page order."""
        pictures, _ = self._captioned
        covers = [
            cover
            for cover in assign_captions(self._lead_media)[0]
            if boilerplate.PICTURE_TREE.search(cover.block.url) or cover.caption
        ]
        return [*covers, *pictures] if covers else pictures

    @cached_property
    def media(self) -> list[str]:
        """Addresses of players: in the text, else right above the title."""
        if self._sorted and self._sorted.media:
            return list(self._sorted.media)
        players = (
            self.doc.resolve(block.url) for block in self._lead_media if block.kind == "media"
        )
        return list(dict.fromkeys(url for url in players if url))

    @cached_property
    def _lead_media(self) -> list[Block]:
        return lead_media(self.title.element, self.above) if self.title else []

    @cached_property
    def _signed(self) -> tuple[list[Block], list[str], str]:
        pictures, captions = self._captioned
        texts = [
            block
            for at, block in enumerate(self._text)
            if block.kind == "text" and at not in captions
        ]
        head_authors = self._sorted.authors if self._sorted else []
        shows = bool(pictures or (self._sorted and self._sorted.media))
        unsigned = texts
        texts, lines, rule = split_byline(texts, alone=shows)
        if len(texts) > 1 and texts[0].text in lines:
            texts = texts[1:]  # the author's name, under the stamp as well
        if lines:  # then a line above the text that is set like a byline is text
            above = (one for one in head_authors if one.text not in lines)
            texts = [
                *(one for one in above if not boilerplate.AUTHOR_CLASSES.search(one.classes)),
                *texts,
            ]
        else:
            for named in (
                [block.text for block in head_authors],
                self.reader.named_authors,
                self._printed_authors(),
            ):
                lines = [text for text in named if looks_like_byline(text, marked=True)]
                if lines:
                    lines, rule = [*dict.fromkeys(lines)], "head-author"
                    break
        if self.selected.byline:
            return self._sign(unsigned, texts, lines, rule)
        return texts, lines, rule

    def _printed_authors(self) -> list[str]:
        """The authors that the page states in its metadata, as a line of its head prints them."""
        for block in (*self.above, *self.blocks[:_HEAD]):
            names = [name for name in self.doc.stated_authors if name in block.text]
            if names and not block.is_prose:
                first = min(block.text.index(name) for name in names)
                last = max(block.text.index(name) + len(name) for name in names)
                return [block.text[first:last]]
        return []

    def _sign(
        self, unsigned: list[Block], texts: list[Block], lines: list[str], rule: str
    ) -> tuple[list[Block], list[str], str]:
        """The byline that the selector gave; what the engine found if that is none.

        *texts*, *lines* and *rule* are the engine's answer for the *unsigned* text.
        """
        given = [block.text for block in unsigned if block.role == "byline"]
        if not given:
            for element in self.selected.byline:
                blocks = DomWalker(self.doc.own).read_box(element).blocks
                given += [block.text for block in blocks if block.text]
        if not given or " ".join(given) in " ".join(lines):
            return texts, lines, rule
        if not all(looks_like_byline(line, marked=True) for line in given):
            return texts, lines, rule
        if lines:
            self.flags.append("byline:selector-disagrees")
        return [block for block in unsigned if block.role != "byline"], given, "selector"

    @cached_property
    def byline(self) -> tuple[Byline | None, str]:
        """(the byline, the rule that found it)."""
        _, lines, rule = self._signed
        byline = read_byline_lines(lines) if lines else None
        if byline and byline.source and not byline.authors and self._is_paper(byline.source):
            byline = replace(byline, authors=(Author(byline.source),), source=None)
        return byline, rule

    def _is_paper(self, name: str) -> bool:
        """Whether *name* is the paper's own: it signs as an author, not as an outlet."""
        return self.doc.paper.signature.fullmatch(name) is not None

    @cached_property
    def _opened(self) -> tuple[list[Block], list[str], str | None, str]:
        """(paragraphs, their texts, the agency's mark that opened one of them, its rule)."""
        blocks, marks = self._signed[0], self.doc.paper.agency_marks
        marked = [split_agency(block.text, marks) for block in blocks[:2]]
        if len(marked) == 2:
            # A sister paper prints the lead in its own box and again as the first paragraph.
            (mark, first), (other_mark, second) = marked
            if abs(len(first) - len(second)) <= 4 and fold(first) == fold(second):
                drop = 0 if other_mark and not mark else 1
                blocks = [*blocks[:drop], *blocks[drop + 1 :]]
                marked = [split_agency(block.text, marks) for block in blocks[:2]]
        texts = [block.text for block in blocks]
        for at, (mark, rest) in enumerate(marked):
            if mark:
                texts[at] = rest
                return blocks, texts, mark, ("first-paragraph", "second-paragraph")[at]
        return blocks, texts, None, ""

    @property
    def paragraphs(self) -> list[Block]:
        """The text's paragraphs, lead first, each once."""
        return self._opened[0]

    @cached_property
    def lead_index(self) -> int:
        """Index of the lead: not a serial's "continued from", nor the editors' note over a
        paragraph with the agency's mark.
        """
        _, texts, _, rule = self._opened
        note = _NOTE.match(texts[0]) if len(texts) > 1 else None
        if note is None:
            return 0
        return int(rule == "second-paragraph" if note["editors"] else len(texts[0]) < 60)

    @property
    def body(self) -> list[str]:
        """The paragraphs' texts without the agency mark."""
        return self._opened[1]

    @cached_property
    def agency(self) -> tuple[str | None, str]:
        """(the mark that opens the text, the rule)."""
        _, _, mark, rule = self._opened
        if mark:
            return mark, rule
        for alt in self._sorted.logos if self._sorted else ():
            if alt and len(alt) <= 6 and alt.isupper():
                return alt, "image-mark"
        return None, ""

    @property
    def paragraphs_before(self) -> dict[int, int]:
        """How many paragraphs of the body stand before each picture, by the id of its block."""
        mine = {id(block) for block in self.paragraphs}
        before: dict[int, int] = {}
        count = 0
        for block in self._text:
            if block.kind == "image":
                before[id(block)] = count
            elif id(block) in mine:
                count += 1
        return before
