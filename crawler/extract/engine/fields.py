"""The fields of an Article, each value with the rule that gave it; the same for all layouts."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Generic, NamedTuple, TypeVar

from archive.models import Author, Image, Precision
from crawler.extract.engine import boilerplate
from crawler.extract.engine.candidate import ArticleCandidate
from crawler.extract.engine.dom import Element
from crawler.extract.engine.head import find_kicker
from crawler.extract.engine.section import find_kind, find_section, find_tags
from crawler.extract.engine.style import class_id
from crawler.extract.stamps import ZONE, Stamp, clock_flags, read_iso
from crawler.extract.text import fold, split_agency

Value = TypeVar("Value", covariant=True)

_MONTH = re.compile(r"/(\d{4})(\d{2})/[^/]+/?$")
#: Wire services: their mark before the text names the source.
_WIRES = frozenset(
    ["TTXVN", "VOV", "VTV", "VNA", "TTX", "NDO", "SGGP", "SGGPO", "TTO", "TNO", "PLO", "QĐND"]
)
#: Letters of a shorter bold first line, which is a subhead.
_SHORT = 60
#: Letters of the page's description that are compared, and letters that are enough for it.
_COMPARED, _ENOUGH = 60, 40


class Found(NamedTuple, Generic[Value]):
    """A value and the name of the rule that found it; an empty rule for none."""

    value: Value
    rule: str = ""


class StampFields(NamedTuple):
    """The dates that the page states."""

    updated_at: str | None = None
    updated_text: str | None = None
    updated_precision: Precision | None = None
    published_at: str | None = None
    flags: tuple[str, ...] = ()


def title(candidate: ArticleCandidate) -> Found[str | None]:
    """The headline as shown."""
    found = candidate.title
    return Found(found.text, found.rule) if found else Found(None)


def kicker(candidate: ArticleCandidate) -> Found[str | None]:
    """The short line above the title."""
    if candidate.title is None:
        return Found(None)
    if candidate.selected.kicker:
        return Found(candidate.selected.kicker, "selector")
    address = candidate.doc.address
    found = find_kicker(
        candidate.doc, candidate.title, candidate.above, address.section_slug if address else None
    )
    return Found(*found) if found else Found(None)


def stamp(candidate: ArticleCandidate) -> Found[StampFields]:
    """The stamp as printed; the page's own statements only where it prints none."""
    updated: tuple[Stamp, str] | None = None
    published: tuple[Stamp, str] | None = None
    for printed, rule in candidate.stamps:
        if printed.is_publication:
            published = published or (printed, rule)
        # Beside "Cập nhật 09:30" a stamp without a label is the time of publication.
        elif updated is None or (printed.label and printed.at and not updated[0].label):
            updated = (printed, rule)
    stated_published = _stated(candidate, "article:published_time", "datePublished")
    flags: tuple[str, ...] = ()
    fetched_at = candidate.doc.page.fetched_at
    if updated is None and published is None:
        moment, text = _stated(candidate, "article:modified_time", "dateModified")
        first, _ = stated_published
        at = moment.isoformat() if moment else None
        precision: Precision = "second" if text and text.count(":") >= 2 else "minute"
        if text and ":" not in text:
            precision = "day"
        if moment is None and first is None:
            return Found(StampFields())
        differs = first is not None and (
            moment is None or first.replace(second=0) != moment.replace(second=0)
        )
        return Found(
            StampFields(
                at,
                text if moment else None,
                precision if moment else None,
                first.isoformat() if differs and first else None,
            ),
            "stated" if moment else "",
        )
    shown, rule = updated or (None, "")
    if shown:
        flags = shown.flags + clock_flags(shown, fetched_at) + _month_flags(candidate, shown)
    published_at = published[0].at if published else None
    if published_at is None and shown is not None and stated_published[0] is not None and shown.at:
        published_at = _apart(stated_published, shown)
    return Found(
        StampFields(
            shown.at if shown else None,
            shown.text if shown else None,
            shown.precision if shown and shown.at else None,
            published_at,
            flags,
        ),
        rule or (published[1] if published else ""),
    )


def _month_flags(candidate: ArticleCandidate, shown: Stamp) -> tuple[str, ...]:
    """Flags of a stamp that is far from the month in the address, if that has one.

    An update may come months later; none comes before the article was filed.
    """
    address = candidate.doc.address
    month = _MONTH.search(address.canonical) if address and shown.at else None
    if month is None or shown.at is None:
        return ()
    apart = (int(shown.at[:4]) - int(month[1])) * 12 + int(shown.at[5:7]) - int(month[2])
    return ("stamp:before-address-month",) if apart < -1 else ()


def _stated(
    candidate: ArticleCandidate, meta: str, name: str
) -> tuple[datetime | None, str | None]:
    text = candidate.doc.metas.get(meta) or candidate.doc.metas.get(name.lower())
    if not text:
        found = candidate.doc.linked_data.get(name)
        text = found if isinstance(found, str) else None
    return (read_iso(text), text.strip()) if text else (None, None)


def _apart(stated: tuple[datetime | None, str | None], shown: Stamp) -> str | None:
    """The stated publication where it is another moment than the printed update; None otherwise.

    A statement of the same wall clock in another zone ("…Z" for local time) is the same moment
    badly written, one after the update contradicts it, and a bare day adds nothing on that very
    day.
    """
    moment, text = stated
    if moment is None or text is None or shown.at is None:
        return None
    printed = datetime.fromisoformat(shown.at)
    if ":" not in text:
        return moment.date().isoformat() if moment.date() < printed.date() else None
    wall = text[:16].replace(" ", "T")
    if wall == shown.at[:16] or (shown.precision == "day" and wall[:10] == shown.at[:10]):
        return None
    if moment.replace(second=0) >= printed.replace(second=0):
        return None
    return moment.astimezone(ZONE).isoformat()


def lead(candidate: ArticleCandidate, *, marked: bool) -> Found[str | None]:
    """The opening summary; None if the page marks none.

    *marked* is for a layout that sets its lead apart: a plain first paragraph is not one.
    """
    if not candidate.body:
        return Found(None)
    at = candidate.lead_index
    for index, block in enumerate(candidate.paragraphs):
        if block.role == "lead":
            if index != at and candidate.paragraphs[at].is_prose:
                candidate.flags.append("lead:selector-disagrees")
            return Found(candidate.body[index], "selector")
    rule = _lead_mark(candidate, at) if marked else _lead_first(candidate, at)
    return Found(candidate.body[at] if rule else None, rule)


def _lead_first(candidate: ArticleCandidate, at: int) -> str:
    """The rule for the first paragraph after title and stamp (docs/site.md §5); empty for none."""
    block = candidate.paragraphs[at]
    if boilerplate.LEAD_CLASSES.search(block.classes):
        return "lead-class"
    is_subhead = block.context.level or (
        block.bold
        and len(block.text) < _SHORT
        and len(candidate.body) > 1
        and not split_agency(block.text, candidate.doc.paper.agency_marks)[0]
    )
    return "" if is_subhead and not block.is_prose else "first-paragraph"


def _lead_mark(candidate: ArticleCandidate, at: int) -> str:
    """How the page marks its lead: a box, bold type, the agency, its own word; empty for not."""
    paragraphs, text = candidate.paragraphs[at:], candidate.body[at]
    block = paragraphs[0]
    if boilerplate.LEAD_CLASSES.search(block.classes):
        return "lead-class"
    if block.bold or block.context.level or block.em:
        return "set-apart" if block.is_prose else ""
    if candidate.agency[0]:
        return "agency-mark"
    if len(paragraphs) > 1 and _stands_apart([one.element for one in paragraphs[:3]]):
        return "own-box"
    metas = candidate.doc.metas
    stated = fold(metas.get("description") or metas.get("og:description") or "")[:_COMPARED]
    if len(stated) >= _ENOUGH and fold(text).startswith(stated):
        return "stated"
    return "only-paragraph" if len(paragraphs) == 1 else ""


def _stands_apart(elements: list[Element]) -> bool:
    """Whether the first paragraph stands outside the box about those after it: about two of them,
    or the text's own by its name.
    """
    first, second, *third = elements
    # Held in a list: lxml makes a new object for an element that is not referenced.
    about = [third[0], *third[0].iterancestors()] if third else []
    for box in (second, *second.iterancestors()):  # itself where the text is bare
        if box in about or (not third and boilerplate.CONTENT_CLASSES.search(class_id(box))):
            return box not in first.iterancestors() and first is not box
    return False


def agency(candidate: ArticleCandidate) -> Found[str | None]:
    """The mark that opens the text."""
    return Found(*candidate.agency)


def body(candidate: ArticleCandidate) -> Found[str | None]:
    """The whole text, paragraphs parted by a blank line."""
    text = "\n\n".join(candidate.body)
    return Found(text or None, f"until-{candidate.reader.ended_by or 'end'}" if text else "")


def images(candidate: ArticleCandidate) -> Found[tuple[Image, ...]]:
    """The pictures in page order, with their captions."""
    found: list[Image] = []
    rules: set[str] = set()
    before = candidate.paragraphs_before if candidate.pictures else {}
    for picture in candidate.pictures:
        url = candidate.doc.resolve(picture.block.url)
        if not url:
            continue
        found.append(
            Image(
                len(found) + 1,
                url,
                picture.caption,
                picture.credit,
                before.get(id(picture.block), 0),  # a cover stands above the title
            )
        )
        if picture.rule:
            rules.add(picture.rule)
    return Found(tuple(found), "+".join(sorted(rules)) or "no-caption" if found else "")


def byline(candidate: ArticleCandidate) -> Found[str | None]:
    """The author line as printed."""
    signed, rule = candidate.byline
    return Found(signed.text if signed else None, rule)


def authors(candidate: ArticleCandidate) -> Found[tuple[Author, ...]]:
    """Whom the byline names."""
    signed, rule = candidate.byline
    return Found(signed.authors, rule) if signed else Found(())


def source(candidate: ArticleCandidate) -> Found[str | None]:
    """The agency credited: in the byline, else by a wire's mark before the text."""
    signed, _ = candidate.byline
    if signed and signed.source:
        return Found(signed.source, "byline")
    mark = candidate.agency[0]
    return Found(mark, "agency-mark") if mark and mark.split("/")[0] in _WIRES else Found(None)


def section(candidate: ArticleCandidate) -> Found[tuple[str | None, str | None]]:
    """The section as shown, and its slug in the address."""
    if candidate.title is None:
        return Found((None, None))
    name, slug, rule = find_section(
        candidate.doc,
        candidate.title.element,
        candidate.selected.section,
        candidate.far_crumbs,
        candidate.labels,
        candidate.paragraphs,
    )
    return Found((name, slug), rule)


def tags(candidate: ArticleCandidate) -> Found[tuple[str, ...]]:
    """The keywords given."""
    text = " ".join([candidate.title.text if candidate.title else "", *candidate.body])
    found, rule = find_tags(candidate.doc, candidate.reader.tags, text)
    own = tuple(tag for tag in found if fold(tag) not in candidate.doc.paper.fixed_tags)
    return Found(own, rule if own else "")


def kind(candidate: ArticleCandidate, section_slug: str | None) -> Found[str]:
    """The kind of the article: text, photo, video …"""
    players = sum(
        1 for url in candidate.media if not url.lower().endswith((".mp3", ".m4a", ".wma"))
    )
    letters = sum(map(len, candidate.body))
    return Found(
        *find_kind(
            candidate.doc,
            section_slug,
            len(candidate.pictures),
            candidate.media,
            bool(players),
            len(candidate.body),
            letters,
        )
    )


def media(candidate: ArticleCandidate) -> Found[tuple[str, ...]]:
    """Addresses of the page's audio and video."""
    return Found(tuple(candidate.media), "page" if candidate.media else "")
