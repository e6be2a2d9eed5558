"""The records that all modules exchange.

All of them are frozen: a record is made once, by the layout that read the page or by the code that
read the row, and never altered in place. Text is NFC with tidied whitespace; an
absent value is ``None`` (or an empty tuple), never ``""``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, Self, TypeAlias

Role = Literal["text", "photo", "text+photo", "editor"]
Precision = Literal["second", "minute", "day"]
#: The letter of a CMS generation; a later letter is a newer one (crawler/site/generations.py).
Generation: TypeAlias = str


@dataclass(frozen=True, slots=True)
class Image:
    """One picture of an article, in page order."""

    position: int
    """1 for the first picture of the page."""
    url: str
    """Absolute address, as the page gives it after resolving."""
    caption: str | None = None
    """The text under it, one line; None if the page prints none."""
    credit: str | None = None
    """The photographer, if the caption names one apart (``Ảnh: …``)."""
    after_paragraph: int = 0
    """How many paragraphs of the body stand before it (0: above the text)."""


@dataclass(frozen=True, slots=True)
class Author:
    """One person (or desk) named in the byline. Vietnamese names are never cut in pieces."""

    name: str
    role: Role | None = None


@dataclass(frozen=True, slots=True)
class Article:
    """One article, as one page states it. What the page does not say is None.

    ``url``, ``key``, ``site_id`` and ``generation`` come from the address (`crawler.site`); they
    are None only for a page read from a file that names no address of its own.
    """

    title: str
    """The headline as shown (tít)."""
    url: str | None = None
    """Canonical address."""
    key: str | None = None
    """Citable name minted from the address: ``dto:84085``, ``dto:b1050912``, ``dto:a235582``."""
    site_id: str | None = None
    """The CMS's own number as text: ``84085``, ``1050912``, ``a235582``."""
    generation: Generation | None = None
    """The CMS generation of the *address* (docs/site.md §0); the layout may be another's."""
    kicker: str | None = None
    """The short line above the title (tít dẫn)."""
    lead: str | None = None
    """The opening summary (sapo), without the agency mark."""
    agency: str | None = None
    """The mark that opens the text: ``ĐTO``, ``ABO``, ``TTXVN`` …"""
    body: str | None = None
    """The whole text, lead included, paragraphs parted by one blank line."""
    updated_at: str | None = None
    """ISO 8601 with ``+07:00``, from "Cập nhật ngày" or the layout's own stamp."""
    updated_text: str | None = None
    """The stamp as printed."""
    updated_precision: Precision | None = None
    published_at: str | None = None
    """Only if the page states it apart from the update."""
    byline: str | None = None
    """The author line as printed, whitespace tidied."""
    authors: tuple[Author, ...] = ()
    source: str | None = None
    """The agency or outlet credited, if the article is not the paper's own."""
    section: str | None = None
    """The section as shown (chuyên mục)."""
    section_slug: str | None = None
    """The section in the address."""
    tags: tuple[str, ...] = ()
    images: tuple[Image, ...] = ()
    kind: str = "article"
    """``article`` · ``photo`` · ``video`` · ``podcast`` · ``infographic`` · ``emagazine``."""
    media: tuple[str, ...] = ()
    """Addresses of audio and video files the page plays."""
    layout: str | None = None
    """The layout that read the page."""
    extractor_version: str | None = None
    rules: Mapping[str, str] = field(default_factory=dict)
    """Which rule gave each field: ``{"lead": "aspx:first-paragraph", …}``."""
    flags: tuple[str, ...] = ()
    """Warnings about the page: ``stamp:weekday-mismatch``, ``text:mojibake`` …"""

    @property
    def paragraphs(self) -> list[str]:
        """The body's paragraphs, in reading order."""
        return self.body.split("\n\n") if self.body else []

    def to_dict(self) -> dict[str, Any]:
        """A JSON-ready mapping of every field, in declaration order; tuples become lists."""
        # dataclasses.asdict gives the same and takes 8 times as long, with every article saved.
        record: dict[str, Any] = {name: getattr(self, name) for name in self.__dataclass_fields__}
        record["rules"] = dict(self.rules)
        for name in ("tags", "media", "flags"):
            record[name] = list(record[name])
        for name in ("authors", "images"):
            record[name] = [
                {part: getattr(one, part) for part in one.__dataclass_fields__}
                for one in record[name]
            ]
        return record

    @classmethod
    def from_dict(cls, record: Mapping[str, Any]) -> Self:
        """The article that `to_dict` made *record* of; unknown names are ignored."""
        values = {name: record[name] for name in cls.__dataclass_fields__ if name in record}
        values["authors"] = tuple(Author(**author) for author in values.get("authors", ()))
        values["images"] = tuple(Image(**image) for image in values.get("images", ()))
        for name in ("tags", "media", "flags"):
            values[name] = tuple(values.get(name, ()))
        return cls(**values)


@dataclass(frozen=True, slots=True)
class Capture:
    """One fetched response at one time, and where its bytes are."""

    url: str
    """The address as the site's own (never a mirror's)."""
    fetched_at: str
    """UTC, ``2026-11-24T06:47:55.123Z`` (the record's WARC-Date)."""
    status: int
    warc_file: str
    """Path below the archive folder: ``captures/2026/….warc.gz``."""
    warc_offset: int
    warc_length: int
    payload_digest: str
    """``sha1:`` and base32, of the body with its content encoding (WARC-Payload-Digest)."""
    record_type: Literal["response", "revisit"] = "response"
    record_id: str | None = None
    mime: str | None = None
    redirect_to: str | None = None
    """The Location of a redirect, absolute."""
    origin: str = "live"
    """``live``, ``wayback``, ``commoncrawl`` or ``import:<file name>``."""
    id: int | None = None
    """The row in ``captures``, once there is one."""


@dataclass(frozen=True, slots=True)
class Revision:
    """One distinct content of an article, and what the newspaper changed to make it."""

    number: int
    """1 for the first."""
    seen_at: str
    """When this content was first seen (UTC)."""
    article: Article
    changed_fields: tuple[str, ...] = ()
    """Empty for the first revision."""
    edit: str | None = None
    """``stamped`` (text and stamp changed) · ``silent`` (text only) · ``bump`` (stamp only)."""
    capture_id: int | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """An address that a page names."""

    url: str
    """Canonical."""
    kind: Literal["article", "list"]
    key: str | None = None
    section_slug: str | None = None
    listed_on: str | None = None
    """The day the list states beside it."""
    address: str | None = None
    """As the page wrote it, if not canonical: an old article may be served on an old host only."""
