"""One page into its Article: the layout with the most evidence reads every field."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

from archive.errors import DamagedPage, ExtractionError
from archive.models import Article
from crawler.extract import legacy
from crawler.extract.engine import fields, mojibake
from crawler.extract.engine.candidate import ArticleCandidate, Hints
from crawler.extract.engine.dom import Element
from crawler.extract.engine.fields import Found
from crawler.extract.engine.loss import LEAD_LEFT_OUT, LEFT_OVER, loss_flags
from crawler.extract.engine.metadata import Document
from crawler.extract.engine.page_identity import Identity
from crawler.extract.engine.reject import is_unknown, reject_unless_article
from crawler.extract.layouts import LAYOUTS, UNKNOWN
from crawler.extract.layouts.layout import Layout
from crawler.extract.page import Page
from crawler.extract.version import EXTRACTOR_VERSION

#: The flag of a page that only its address assigns to a layout: no known markup, no stamp.
BY_ADDRESS = "layout:by-address"
#: The flag of a page that nothing assigns to a layout.
UNKNOWN_LAYOUT = "layout:unknown"
UNKNOWN_MARKUP = frozenset((BY_ADDRESS, UNKNOWN_LAYOUT))
#: Flags of an article that may have lost text or a field.
LOSS = frozenset(
    (
        LEFT_OVER,
        LEAD_LEFT_OUT,
        *(
            f"{name}:selector-disagrees"
            for name in ("title", "updated_at", "lead", "body", "byline")
        ),
    )
)


class _Names(NamedTuple):
    """The names in a set of layouts: a page is read once, with those of all of them."""

    hints: Hints
    parts: frozenset[str]


@lru_cache(maxsize=8)
def _names_of(layouts: tuple[Layout, ...]) -> _Names:
    def names(field: str) -> tuple[str, ...]:
        known = [layout.selectors[field] for layout in layouts if field in layout.selectors]
        return tuple(dict.fromkeys(name for one in known for name in sorted(one.names)))

    parts = frozenset[str]().union(*(layout.parts for layout in (*layouts, UNKNOWN)))
    return _Names(Hints(names("title"), names("stamp")), parts)


def read_page(page: Page, layouts: tuple[Layout, ...] = LAYOUTS) -> Article:
    """The article on *page*; errors as `crawler.extract.extract` raises them."""
    try:
        article = _read(page, layouts)
    except ExtractionError:
        # A page in TCVN3 throughout has no word that the layouts know.
        if (encoding := legacy.mend(page.tree)) is None:
            raise
    else:
        text = f"{article.title}\n{article.body}"
        encoding = legacy.mend(page.tree) if legacy.is_likely(text) else None
        if encoding is None:
            return article
    article = _read(page, layouts)
    return replace(article, flags=(*article.flags, f"text:{encoding}"))


def _read(page: Page, layouts: tuple[Layout, ...]) -> Article:
    doc = Document(page)
    hints, parts = _names_of(layouts)
    engine = ArticleCandidate(doc, hints)
    named: dict[str, list[Element]] = {}
    for names, elements in engine.seen.items():
        for part in _parts_in(names, parts):
            named.setdefault(part, []).extend(elements)
    layout, score, shown = _choose(engine, layouts, frozenset(named))
    unknown = is_unknown(doc, score)
    selectors = UNKNOWN.selectors if unknown or not shown else layout.selectors
    candidate = engine.with_selectors(selectors, named)
    identity = reject_unless_article(doc, candidate, layout.name, score, shown)
    article = _assemble(doc, UNKNOWN if unknown else layout, candidate, identity)
    if (unknown or not shown) and article.kind == "article":
        # No layout knows the page: its stamp and byline may stand among the paragraphs.
        flag = UNKNOWN_LAYOUT if unknown else BY_ADDRESS
        return replace(article, flags=(*article.flags, flag))
    return article


def _choose(
    candidate: ArticleCandidate, layouts: tuple[Layout, ...], met: frozenset[str]
) -> tuple[Layout, int, int]:
    """(the layout with the most evidence, how much there is, how much of it the page shows)."""
    address = candidate.doc.address
    # At an address of a new shape the form of a stamp says little: any paper may print it so.
    is_new = address is not None and address.kind == "other"
    stamps = [] if is_new else [stamp.text for stamp, _ in candidate.stamps]
    generation = address.generation if address and address.kind == "article" else None
    best: tuple[int, int, Layout] | None = None
    for layout in layouts:
        shown = layout.points(met, stamps)
        score = shown + (layout.by_address if layout.generation == generation else 0)
        if best is None or score > best[0]:
            best = score, shown, layout
    assert best is not None
    return best[2], best[0], best[1]


@lru_cache(maxsize=4096)
def _parts_in(names: str, parts: frozenset[str]) -> frozenset[str]:
    """Which *parts* are in a class, id or address; a site has the same few on every page."""
    names = names.lower()
    return frozenset(part for part in parts if part in names)


def _assemble(
    doc: Document, layout: Layout, candidate: ArticleCandidate, identity: Identity | None
) -> Article:
    """The Article: every field by its function, with the rule that gave it."""
    title = fields.title(candidate)
    kicker = fields.kicker(candidate)
    stamp = fields.stamp(candidate)
    lead = fields.lead(candidate, marked=layout.marks_lead)
    agency = fields.agency(candidate)
    body = fields.body(candidate)
    images = fields.images(candidate)
    byline = fields.byline(candidate)
    authors = fields.authors(candidate)
    source = fields.source(candidate)
    section = fields.section(candidate)
    section_name, section_slug = section.value
    tags = fields.tags(candidate)
    kind = fields.kind(candidate, section_slug)
    media = fields.media(candidate)
    found: dict[str, Found[object]] = {
        "title": title,
        "kicker": kicker,
        "updated_at": stamp,
        "lead": lead,
        "agency": agency,
        "body": body,
        "images": images,
        "byline": byline,
        "authors": authors,
        "source": source,
        "tags": tags,
        "kind": kind,
        "media": media,
    }
    if section_name or section_slug:
        found["section"] = section
    rules = {name: f"{layout.name}:{one.rule}" for name, one in found.items() if one.rule}
    flags = [*doc.page.flags, *stamp.value.flags, *candidate.flags]
    if kind.value == "article":
        flags += loss_flags(candidate)
    text = "\n".join(each for each in (title.value, kicker.value, body.value, byline.value) if each)
    unsound, odd = mojibake.what_is_wrong(text)
    if "text:mojibake" in flags and ("áº" in text or "á»" in text):
        unsound = "it holds UTF-8 that was encoded twice and cannot be undone"
    if unsound:
        raise DamagedPage(
            f"{doc.page.url or 'the page'}: the article's text is not sound: {unsound}"
        )
    flags += odd
    if identity is not None and identity.proof is None:
        flags.append("address:unproved")
    address = doc.address
    ours = address if address and address.kind == "article" else None
    assert title.value is not None
    return Article(
        title=title.value,
        url=ours.canonical if ours else (doc.page.url or doc.canonical),
        key=ours.key if ours else None,
        site_id=ours.site_id if ours else None,
        generation=ours.generation if ours else None,
        kicker=kicker.value,
        lead=lead.value,
        agency=agency.value,
        body=body.value,
        updated_at=stamp.value.updated_at,
        updated_text=stamp.value.updated_text,
        updated_precision=stamp.value.updated_precision,
        published_at=stamp.value.published_at,
        byline=byline.value,
        authors=authors.value,
        source=source.value,
        section=section_name,
        section_slug=section_slug,
        tags=tags.value,
        images=images.value,
        kind=kind.value,
        media=media.value,
        layout=layout.name,
        extractor_version=EXTRACTOR_VERSION,
        rules=rules,
        flags=tuple(flags),
    )
