"""Pages into Articles: one layout per CMS generation, chosen by what the markup and the words say.

`extract` is pure: no network, no database, the same Article for the same Page. To follow a redesign of
the site, add one file beside `flat_html` and one name to `LAYOUTS`.
"""

from __future__ import annotations

import re

from archive.errors import DamagedPage, NotAnArticle, UnknownLayout
from archive.models import Article
from crawler.layouts import aspx, flat_html, yyyymm
from crawler.layouts.document import Document
from crawler.layouts.fields import Found
from crawler.layouts.layout import Layout
from crawler.layouts.reading import Names, Reading
from crawler.page import Page
from crawler.site import is_ours
from crawler.text import tidy

__all__ = ["EXTRACTOR_VERSION", "LAYOUTS", "extract"]

#: Raised whenever the same page may give another Article; `reextract` goes by it.
EXTRACTOR_VERSION = "1"

LAYOUTS: tuple[Layout, ...] = (aspx.LAYOUT, yyyymm.LAYOUT, flat_html.LAYOUT)

#: The page is read once, with what any of the layouts knows.
_NAMES = Names(
    title=tuple(dict.fromkeys(name for layout in LAYOUTS for name in layout.names.title)),
    stamp=tuple(dict.fromkeys(name for layout in LAYOUTS for name in layout.names.stamp)),
    crumbs=tuple(dict.fromkeys(name for layout in LAYOUTS for name in layout.names.crumbs)),
)

#: Evidence below which a page is nobody's: one class name alone must not decide.
_ENOUGH = 2

_CHALLENGE = re.compile(
    r"just a moment|attention required|checking your browser|verify you are (?:a )?human|enable javascript and cookies|ddos protection|access denied"
    r"|captcha|xác (?:minh|nhận) (?:bạn|rằng bạn|con người)|request rejected|403 forbidden|web application firewall",
    re.I,
)
_MAINTENANCE = re.compile(
    r"bảo\s+trì|đang\s+nâng\s+cấp|maintenance|tạm\s+ngưng|tạm\s+ngừng|service unavailable|bad gateway|gateway time|quá\s+tải",
    re.I,
)
_MISSING = re.compile(
    r"không\s+(?:tìm\s+thấy|tồn\s+tại)|\b404\b|not\s+found|lỗi\s+(?:hệ\s+thống|trang)|runtime error|server error|đã\s+bị\s+(?:xóa|xoá|gỡ)|page\s+error",
    re.I,
)
_LOGIN = re.compile(r"đăng\s+nhập|đăng\s+ký|log\s*in|sign\s*in|quên\s+mật\s+khẩu", re.I)


def extract(page: Page) -> Article:
    """The article on *page*.

    Raises UnknownLayout for a page of no known markup, NotAnArticle for a list, a shell, a login or
    challenge page, and DamagedPage for one that is cut off or undecodable; never returns a wrong Article.
    """
    doc = Document(page)
    reading = Reading(doc, _NAMES)
    layout, score = _choose(reading)
    _refuse_what_is_no_article(doc, reading, layout, score)
    return _assemble(doc, layout, reading)


def _choose(reading: Reading) -> tuple[Layout, int]:
    """The layout with the most evidence, and how much there is."""
    scores = [(layout.markup(reading) + layout.words(reading), layout) for layout in LAYOUTS]
    score, layout = max(scores, key=lambda pair: pair[0])
    return layout, score


def _refuse_what_is_no_article(doc: Document, reading: Reading, layout: Layout, score: int) -> None:
    """Raise the error class that names what the page is instead; nothing if it is an article."""
    where = doc.page.url or "the page"
    title = reading.title
    stamped = any(stamp.at or stamp.flags for stamp, _ in reading.stamps)
    paragraphs, letters = len(reading.body), sum(map(len, reading.body))
    content = bool(letters >= 20 or reading.pictures or reading.media)
    shown = tidy(f"{doc.head_title or ''} {title.text if title else ''}")
    confirmed = bool(title and title.confirmed)
    # Both an address and words of the site's own furniture: the page says what it is.
    if not stamped and paragraphs <= 3:
        for pattern, what in (
            (_CHALLENGE, "a challenge page"),
            (_MAINTENANCE, "a maintenance page"),
            (_MISSING, "an error page"),
            (_LOGIN, "a login page"),
        ):
            body = " ".join(reading.body)
            if pattern.search(shown) or (not confirmed and pattern.search(body[:300])):
                if not confirmed or not content:
                    raise NotAnArticle(f"{where} is {what}: {shown[:80]!r}")
        if (
            not confirmed
            and next(doc.body.iter("h1", "h2", "p"), None) is None
            and _CHALLENGE.search(doc.page.html[:20_000])
        ):
            raise NotAnArticle(f"{where} is a challenge page")
    address = doc.address
    if title is None:
        if address and address.kind in ("list", "home"):
            raise NotAnArticle(
                f"{where} is a {address.kind} page by its address, and shows no headline"
            )
        raise (NotAnArticle if score >= _ENOUGH else UnknownLayout)(
            f"{where} shows no headline: looked for a heading, a line before a stamp, and the headline the page states of itself"
        )
    if (
        address
        and address.kind in ("list", "home")
        and not (stamped and confirmed and paragraphs >= 1)
    ):
        raise NotAnArticle(f"{where} is a {address.kind} page by its address ({address.canonical})")
    if not content:
        raise NotAnArticle(
            f"{where} shows the headline {title.text!r} and no text, picture or player after it"
        )
    stated_type = doc.metas.get("og:type", "").lower() == "article" or bool(doc.linked_data)
    if score < _ENOUGH or (
        score < 4 and doc.page.url and not is_ours(doc.page.url) and not _family(doc)
    ):
        raise UnknownLayout(
            f"{where} has the markup of no known layout: best is {layout.name} with {score} of {_ENOUGH} points; "
            f"headline {title.text[:60]!r}, {paragraphs} paragraphs, {'a' if stamped else 'no'} stamp"
        )
    if not stamped and not confirmed and not stated_type:
        raise NotAnArticle(
            f"{where} shows {title.text[:60]!r} without a stamp, and neither address nor page state that headline"
        )
    if (
        not stamped
        and not confirmed
        and paragraphs < 2
        and not reading.pictures
        and not reading.media
    ):
        raise NotAnArticle(f"{where} shows {title.text[:60]!r}, one line of text and no stamp")
    if address and address.kind in ("other",) and not stamped and not stated_type:
        raise NotAnArticle(
            f"{where} is no article's address, and its headline {title.text[:60]!r} has no stamp"
        )
    if doc.page.is_cut_off and reading.reader.ended_by not in (
        "tail",
        "comment-form",
        "footer",
        "foot",
    ):
        raise DamagedPage(
            f"{where} is cut off: the document is never closed, and its text has no end"
        )


def _family(doc: Document) -> bool:
    """Whether the page states an address of the paper although it was fetched elsewhere."""
    return any(url and is_ours(url) for url in (doc.canonical, doc.metas.get("og:url")))


def _assemble(doc: Document, layout: Layout, reading: Reading) -> Article:
    """Every field by its reader, with the rule that gave it."""
    rules: dict[str, str] = {}

    def note(name: str, found: Found[object]) -> None:
        if found.rule:
            rules[name] = f"{layout.name}:{found.rule}"

    title = layout.title(reading)
    kicker = layout.kicker(reading)
    stamp = layout.stamp(reading)
    lead = layout.lead(reading)
    agency = layout.agency(reading)
    body = layout.body(reading)
    images = layout.images(reading)
    byline = layout.byline(reading)
    authors = layout.authors(reading)
    source = layout.source(reading)
    section = layout.section(reading)
    section_name, section_slug = section.value
    tags = layout.tags(reading)
    kind = layout.kind(reading, section_slug)
    media = layout.media(reading)
    for name, found in (
        ("title", title), ("kicker", kicker), ("updated_at", stamp), ("lead", lead), ("agency", agency), ("body", body),
        ("images", images), ("byline", byline), ("authors", authors), ("source", source), ("tags", tags), ("kind", kind),
        ("media", media),
    ):  # fmt: skip
        note(name, found)
    if section_name or section_slug:
        note("section", section)
    flags = [*doc.page.flags, *stamp.value.flags]
    text = f"{title.value} {kicker.value} {body.value} {byline.value}"
    if "\ufffd" in text or ("text:mojibake" in flags and ("áº" in text or "á»" in text)):
        raise DamagedPage(
            f"{doc.page.url or 'the page'}: the article's text holds bytes that no one encoding gives ({', '.join(flags)})"
        )
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
