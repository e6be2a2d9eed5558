"""One page into its Article: the layout with the most evidence reads every field."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from archive.errors import DamagedPage, ExtractionError
from archive.models import Article
from crawler.extract import legacy
from crawler.extract.engine import mojibake
from crawler.extract.engine.candidate import ArticleCandidate, KnownClasses
from crawler.extract.engine.fields import Found
from crawler.extract.engine.metadata import Document
from crawler.extract.engine.page_identity import Identity
from crawler.extract.engine.reject import reject_unless_article
from crawler.extract.layouts import aspx, flat, yyyymm
from crawler.extract.layouts.layout import Layout
from crawler.extract.page import Page
from crawler.extract.version import EXTRACTOR_VERSION

#: The flag of a page that only its address assigns to a layout: no known markup, no stamp.
BY_ADDRESS = "layout:by-address"

LAYOUTS: tuple[Layout, ...] = (aspx.LAYOUT, yyyymm.LAYOUT, flat.LAYOUT)

#: The page is read once, with the classes that any of the layouts knows.
_CLASSES = KnownClasses(
    title=tuple(dict.fromkeys(name for layout in LAYOUTS for name in layout.classes.title)),
    stamp=tuple(dict.fromkeys(name for layout in LAYOUTS for name in layout.classes.stamp)),
    crumbs=tuple(dict.fromkeys(name for layout in LAYOUTS for name in layout.classes.crumbs)),
)
_MARKERS = tuple({marker for layout in LAYOUTS for marker in layout.markers})


def read_page(page: Page) -> Article:
    """The article on *page*; errors as `crawler.extract.extract` raises them."""
    try:
        article = _read(page)
    except ExtractionError:
        # A page in TCVN3 throughout has no word that the layouts know.
        if (encoding := legacy.mend(page.tree)) is None:
            raise
    else:
        text = f"{article.title}\n{article.body}"
        encoding = legacy.mend(page.tree) if legacy.is_likely(text) else None
        if encoding is None:
            return article
    article = _read(page)
    return replace(article, flags=(*article.flags, f"text:{encoding}"))


def _read(page: Page) -> Article:
    doc = Document(page)
    candidate = ArticleCandidate(doc, _CLASSES)
    layout, score, only_address = _choose(candidate)
    identity = reject_unless_article(doc, candidate, layout.name, score)
    article = _assemble(doc, layout, candidate, identity)
    if only_address and article.kind == "article" and not candidate.stamps:
        # No layout knows the page: its stamp and byline may stand among the paragraphs.
        return replace(article, flags=(*article.flags, BY_ADDRESS))
    return article


def _choose(candidate: ArticleCandidate) -> tuple[Layout, int, bool]:
    """(the layout with the most evidence, how much there is, whether the address is all of it)."""
    markup = _score(frozenset().union(*map(_markers_in, candidate.seen)))
    address = candidate.doc.address
    generation = address.generation if address and address.kind == "article" else None
    best: tuple[int, int, Layout] | None = None
    for by_markup, layout in zip(markup, LAYOUTS):
        shown = by_markup + layout.words(candidate)
        score = shown + (layout.by_address if layout.generation == generation else 0)
        if best is None or score > best[0]:
            best = score, shown, layout
    assert best is not None
    return best[2], best[0], not best[1]


@lru_cache(maxsize=256)
def _score(met: frozenset[str]) -> tuple[int, ...]:
    """The score of each layout's markup, by the markers *met* around and in the article."""
    return tuple(layout.markup(met) for layout in LAYOUTS)


@lru_cache(maxsize=4096)
def _markers_in(names: str) -> frozenset[str]:
    """The layouts' markers in a class, id or address; a site has the same few on every page."""
    names = names.lower()
    return frozenset(marker for marker in _MARKERS if marker in names)


def _assemble(
    doc: Document, layout: Layout, candidate: ArticleCandidate, identity: Identity | None
) -> Article:
    """The Article: every field by its function, with the rule that gave it."""
    title = layout.title(candidate)
    kicker = layout.kicker(candidate)
    stamp = layout.stamp(candidate)
    lead = layout.lead(candidate)
    agency = layout.agency(candidate)
    body = layout.body(candidate)
    images = layout.images(candidate)
    byline = layout.byline(candidate)
    authors = layout.authors(candidate)
    source = layout.source(candidate)
    section = layout.section(candidate)
    section_name, section_slug = section.value
    tags = layout.tags(candidate)
    kind = layout.kind(candidate, section_slug)
    media = layout.media(candidate)
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
    flags = [*doc.page.flags, *stamp.value.flags]
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
