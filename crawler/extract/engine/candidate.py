"""The article that a page may hold: the steps that all layouts share, each run once."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from archive.errors import TooLarge
from crawler.extract.bylines import Byline, looks_like_byline, read_byline_lines
from crawler.extract.engine import boilerplate
from crawler.extract.engine.block import Block
from crawler.extract.engine.byline import split_byline
from crawler.extract.engine.captions import Picture, assign_captions
from crawler.extract.engine.head import (
    find_head_stamps,
    lead_media,
    lines_before,
    stamps_above,
    stamps_below,
)
from crawler.extract.engine.metadata import Document
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


@dataclass(frozen=True, slots=True)
class KnownClasses:
    """Classes and ids a layout knows. Each is evidence; none is needed."""

    title: tuple[str, ...] = ()
    stamp: tuple[str, ...] = ()
    crumbs: tuple[str, ...] = ()


class ArticleCandidate:
    """The article of a page as blocks, sorted into head, text, pictures and byline."""

    def __init__(self, doc: Document, classes: KnownClasses) -> None:
        self.doc = doc
        self.classes = classes
        self.titles = find_titles(doc, classes.title)

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
    def seen(self) -> set[str]:
        """Every class and id about and inside the article, and where its pictures lie."""
        if self.title is None:
            return set()
        seen = {picture.block.url for picture in self.pictures}
        seen.add(class_id(self.title.element))
        seen.update(map(class_id, self.title.element.iterancestors()))
        return seen | self.reader.seen

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
    def above(self) -> list[Block]:
        """The few blocks just above the title."""
        return lines_before(self.title.element, self.doc.own) if self.title else []

    @cached_property
    def _head(self) -> tuple[list[tuple[int, Stamp]], int]:
        if self.title is None:
            return [], 0
        return find_head_stamps(self.reader.blocks, self.title.element)

    @cached_property
    def stamps(self) -> list[tuple[Stamp, str]]:
        """The article's stamps and the rules that found them, the likeliest first."""
        found = [(stamp, "after-title") for _, stamp in self._head[0]]
        if not found:
            found = [(stamp, "below-lead") for stamp in stamps_below(self.reader.blocks)]
        if not found and self.title:
            above = stamps_above(self.above, self.title.element)
            found = [(stamp, "before-title") for stamp in above]
        if not found:
            for name in self.classes.stamp:
                for element in self.doc.named(name):
                    stamp = find_stamp("".join(element.itertext())[:300])
                    if stamp:
                        found.append((stamp, f"name:{name}"))
        return found

    @property
    def labels(self) -> list[Block]:
        """The lines by the title that may name the section: just above it, and the stamps' own."""
        return [*reversed(self.above), *(self.reader.blocks[at] for at, _ in self._head[0])]

    @cached_property
    def _sorted(self) -> BlockSorter | None:
        """The blocks of text and head apart; None without a title."""
        if self.title is None:
            return None
        stamps = (stamp.text for stamp, _ in self.stamps)
        has_prose = self.reader.prose > 0
        sorter = BlockSorter(self.doc, self.title, self._head, stamps, has_prose=has_prose)
        return sorter.sort(self.reader.blocks)

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
        for block in self.reader.blocks:
            if block.kind == "text":
                return bool(block.link and boilerplate.ARTICLE_LINK.search(block.link))
        return False

    @cached_property
    def pictures(self) -> list[Picture]:
        """The pictures of the article, in page order."""
        pictures, _ = self._captioned
        covers = [
            Picture(block)
            for block in self._lead_media
            if block.kind == "image" and boilerplate.PICTURE_TREE.search(block.url)
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
            named = [block.text for block in head_authors] or self.reader.named_authors
            lines = [text for text in named if looks_like_byline(text, marked=True)]
            rule = "head-author" if lines else ""
        return texts, lines, rule

    @cached_property
    def byline(self) -> tuple[Byline | None, str]:
        """(the byline, the rule that found it)."""
        _, lines, rule = self._signed
        return (read_byline_lines(lines) if lines else None), rule

    @cached_property
    def _opened(self) -> tuple[list[Block], list[str], str | None, str]:
        """(paragraphs, their texts, the agency's mark that opened one of them, its rule)."""
        blocks = self._signed[0]
        marked = [split_agency(block.text) for block in blocks[:2]]
        if len(marked) == 2:
            # A sister paper prints the lead in its own box and again as the first paragraph.
            (mark, first), (other_mark, second) = marked
            if abs(len(first) - len(second)) <= 4 and fold(first) == fold(second):
                drop = 0 if other_mark and not mark else 1
                blocks = [*blocks[:drop], *blocks[drop + 1 :]]
                marked = [split_agency(block.text) for block in blocks[:2]]
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
