"""The head of an article: the lines above the title, and the stamps between it and the text."""

from __future__ import annotations

import re
from collections.abc import Container

from crawler.extract.bylines import is_labelled, looks_like_byline
from crawler.extract.engine import boilerplate
from crawler.extract.engine.block import Block
from crawler.extract.engine.dom import INLINE, Element, Own, string
from crawler.extract.engine.figures import lists_data
from crawler.extract.engine.metadata import Document
from crawler.extract.engine.style import class_id
from crawler.extract.engine.title import Title
from crawler.extract.engine.walker import DomWalker
from crawler.extract.stamps import SHORTEST, Stamp, find_stamp, is_label, is_stamp_line
from crawler.extract.text import fold, slug_words, tidy

_TODAY = re.compile(r"hôm\s+nay\b", re.I)


def lines_before(element: Element, own: Own, levels: int = 4, want: int = 3) -> list[Block]:
    """Up to *want* blocks that stand just before *element*, in page order."""
    blocks: list[Block] = []
    node = _bare_of_spans(element)
    met = False
    for _ in range(levels):
        parent = node.getparent()
        if parent is None or node.tag == "body":
            break
        for sibling in node.itersiblings(preceding=True):
            reader = DomWalker(own)
            reader.read_one(sibling)
            blocks = [*reader.blocks, *blocks]
            if len(blocks) >= want:
                break
            # A breadcrumb or a menu was met: what is farther up does not belong to the headline.
            if (
                not blocks
                and sibling.tag not in ("script", "style", "br", "input")
                and (sibling.text or len(sibling))
                and not string(sibling).isspace()
            ):
                met = True
                break
        else:
            if parent.text and not parent.text.isspace():
                blocks = [*DomWalker(own).read_text(parent).blocks, *blocks]
        if blocks or met:
            break
        node = parent
    return blocks[-want:]


def _bare_of_spans(element: Element) -> Element:
    """The outermost of the inline elements that hold the headline in *element* and nothing else: a
    span in a font in a span is no step away from it.
    """
    while (
        element.tag in INLINE
        and (wrapper := element.getparent()) is not None
        and len(wrapper) == 1
        and not (wrapper.text or "").strip()
    ):
        element = wrapper
    return element


def _just_above(above: list[Block]) -> list[Block]:
    """The blocks *above* the title down from the last that is of another article.

    A sapo, or a headline that leads elsewhere: a date beside it is that article's.
    """
    for back, block in enumerate(reversed(above)):
        elsewhere = block.link and len(block.text) > 30
        if block.is_prose or (elsewhere and boilerplate.ARTICLE_LINK.search(block.link or "")):
            # The date of a list's entry follows its headline.
            return above[len(above) - back + (1 if elsewhere else 0) :]
    return above


def lead_media(title: Element, above: list[Block]) -> list[Block]:
    """The pictures and players right above *title*, in the same box: a cover and its caption, a
    film.
    """
    box = title.getparent()
    media: list[Block] = []
    for block in reversed(above):
        if block.kind == "text" and not block.context.in_caption:
            break
        if block.element is box or (box is not None and box in block.element.iterancestors()):
            media.insert(0, block)
    return media


def find_kicker(
    doc: Document, title: Title, before: list[Block], section_slug: str | None
) -> tuple[str, str] | None:
    """(kicker, rule): the plain short line just above the title."""
    if title.kicker:
        return title.kicker, "inside-title"
    for block in reversed(before):
        if block.kind != "text":
            break
        text, classes = block.text, block.classes
        if (
            block.link
            or is_stamp_line(text)
            or boilerplate.DATE_CLASSES.search(classes)
            or _TODAY.match(text)
        ):
            continue
        if len(text) > 120 or doc.paper.heading.fullmatch(text) or fold(title.text) in fold(text):
            break
        if (stamp := find_stamp(text)) and stamp.at and not stamp.is_bare_day:
            break  # an entry of a list
        if boilerplate.KICKER_CLASSES.search(classes):  # "top-title", say
            return text, "named"
        if (
            boilerplate.SITE_HEAD_CLASSES.search(classes)
            or boilerplate.CRUMB_CLASSES.search(classes)
            or in_site_head(block.element, title.element)
        ):
            break
        slug = "-".join(slug_words(text))
        if (
            slug in doc.paper.section_slugs
            or slug == section_slug
            or (section_slug and slug == section_slug.strip("-"))
        ):
            break
        if (
            re.search(r"[»›|>]|(?<!\d)/|/(?!\d)", text)
            or text.endswith((".", "!"))
            or not any(char.isalpha() for char in text)
        ):
            break
        if _is_menu_entry(doc, text):
            break
        return text, "line-above-title"
    return None


def in_site_head(element: Element, title: Element) -> bool:
    """Whether *element* stands in a head of the site, which does not hold the *title*.

    A head that stands beside the title in its box is the article's; a clock is the site's anywhere.
    """
    mine = set(title.iterancestors())
    near = title.getparent()
    for node in (element, *element.iterancestors()):
        if node in mine:
            return False
        classes = class_id(node)
        if node.tag == "nav" or boilerplate.CLOCK_CLASSES.search(classes):
            return True
        beside = near is not None and near.tag != "body" and node.getparent() is near
        if not beside and (node.tag == "header" or boilerplate.SITE_HEAD_CLASSES.search(classes)):
            return True
    return False


def _is_menu_entry(doc: Document, text: str) -> bool:
    """Whether the same words are a link elsewhere on the page: a section's name."""
    return any(
        link.text is not None and len(link.text) < 130 and tidy(link.text) == text
        for link in doc.body.iter("a")
    )


def find_head_stamps(blocks: list[Block], title: Element) -> tuple[list[tuple[int, Stamp]], int]:
    """The stamps between *title* and the first prose, and how many blocks that head has."""
    found: list[tuple[int, list[Stamp]]] = []
    end = len(blocks)
    for at, block in enumerate(blocks):
        if block.kind != "text":
            continue
        if is_stamp_line(block.text) and not block.link:
            before = blocks[at - 1].text if at else ""
            found.append((at, _read_stamps(block.text, before)))
        elif block.is_prose:
            end = at
            break
    stamps: list[tuple[int, Stamp]] = []
    for at, read in found:
        paragraph = blocks[end].element if end < len(blocks) else None
        if not _is_of_text(blocks[at], read, stamps, paragraph, title):
            stamps += [(at, stamp) for stamp in read]
    return stamps, end


def _is_of_text(
    block: Block,
    read: list[Stamp],
    met: list[tuple[int, Stamp]],
    paragraph: Element | None,
    title: Element,
) -> bool:
    """Whether a line that could be a stamp, or stamps, as *read*, is the first of the text: a
    schedule's day. It is set as the first *paragraph* is, and others were *met* before it, or it
    says no more than a day.
    """
    if paragraph is None or boilerplate.DATE_CLASSES.search(block.classes):
        return False
    if not (met or all(stamp.is_bare_day for stamp in read)):
        return False
    if any(stamp.at == other.at for stamp in read for _, other in met):
        return False  # printed twice
    return _stands_with(block.element, paragraph, title) or (
        block.context.table is not None and lists_data(block.context.table, title)
    )


def _read_stamps(line: str, before: str) -> list[Stamp]:
    """Every stamp that *line* holds; *before*, the line above, may be the label of the first.

    "Cập nhật ngày:" and its date are two blocks in some settings; "Đăng ngày: … | Cập nhật: …" are
    two stamps in one.
    """
    first = find_stamp(line)
    if first is None:
        return []
    stamps = [first]
    if not first.label and first.text == line and is_label(before):
        whole = find_stamp(f"{before} {line}")
        if whole and whole.text == f"{before} {line}":
            stamps = [whole]
    rest = line.partition(first.text)[2]
    while len(rest) > SHORTEST and (more := find_stamp(rest)) and more.label:
        stamps.append(more)
        rest = rest.partition(more.text)[2]
    return stamps


def stamps_below(blocks: list[Block]) -> list[Stamp]:
    """The stamps under the text, or between lead and text: lines that are nothing else."""
    stamps = []
    for block in blocks:
        if (
            block.kind == "text"
            and is_stamp_line(block.text)
            and not block.context.in_list
            and not block.link
        ):
            stamp = find_stamp(block.text)
            if (
                stamp
                and len(block.text) - len(stamp.text) <= 5
                and (stamp.label or boilerplate.DATE_CLASSES.search(block.classes))
            ):
                stamps.append(stamp)
    return stamps


def stamps_above(above: list[Block], title: Element) -> list[Stamp]:
    """The stamps just above *title*, the nearest first; never the clock in the site's head."""
    stamps = []
    for block in reversed(_just_above(above)):
        if (
            block.kind == "text"
            and is_stamp_line(block.text)
            and not in_site_head(block.element, title)
        ):
            stamp = find_stamp(block.text)
            if stamp and not _TODAY.match(block.text):
                stamps.append(stamp)
    return stamps


def opens_text(
    block: Block,
    following: list[Block],
    title: Element,
    sections: Container[str],
    *,
    after_stamp: bool,
) -> bool:
    """Whether a short line before the first paragraph is of the text: a verse, a salutation, a
    subhead, a table's cell. Sections, breadcrumbs and boxes with a class are the page's.

    *following* are the blocks from there to the first paragraph, *sections* the slugs of the
    paper's sections. Bare text in the title's own box
    is the page's, too, unless it stands *after_stamp*.
    """
    if not following or not following[-1].is_prose:
        return False
    paragraph = following[-1].element
    if "-".join(slug_words(block.text)) in sections or any(
        sign in block.text for sign in "»›"
    ):  # a section, a breadcrumb
        return False
    if block.element is paragraph or block.element in paragraph.iterancestors():  # bare, or a line
        return after_stamp or paragraph.tag == "p" or block.element not in title.iterancestors()
    parent = block.element.getparent()
    if (
        _stands_with(block.element, paragraph, title)
        or (block.context.level > 1 and parent is not None and parent in paragraph.iterancestors())
        or (block.context.table is not None and lists_data(block.context.table, title))
    ):
        return True
    if len(following) > 1 or looks_like_byline(block.text, marked=True):
        return False
    if block.text[-1] in ".!?…" and len(block.text.split()) > 2:  # "Kính gửi Tòa soạn!"
        return True
    return block.element.tag in ("p", "h2", "h3", "h4") and (block.bold or block.context.level > 0)


def signs_above(block: Block) -> bool:
    """Whether a line between title and text is a byline: by its label, or set to the right."""
    return looks_like_byline(block.text, marked=True) and (
        block.align == "right" or is_labelled(block.text)
    )


def _stands_with(element: Element, paragraph: Element, title: Element) -> bool:
    """Whether *element* is another paragraph of the box that holds *paragraph*, each perhaps in a
    division of its own (docs/site.md §15): a ``p`` without a name, or set as the other is.

    In the *title*'s own box the page's lines stand too, in divisions that have names.
    """
    about = list(paragraph.iterancestors())
    mine: list[Element] = []
    box: Element | None = element
    while box is not None and box not in about:
        mine.append(box)
        box = box.getparent()
    if box is None or not mine:
        return False
    how = [*map(_set_how, mine)]
    if not {tag for tag, _ in how} <= {"p", "div"}:
        return False
    if how[0] == ("p", "") or not any(classes for _, classes in how):
        return True
    its = [*map(_set_how, [paragraph, *about[: about.index(box)]])]
    return how == its and (how[0][0] == "p" or box is None or box not in title.iterancestors())


def _set_how(element: Element) -> tuple[str, str]:
    """Tag, and class and id; an office program's class says nothing."""
    classes = class_id(element)
    return str(element.tag), "" if classes.lower().startswith("mso") else classes
