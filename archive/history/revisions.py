"""Builds revisions: the changes that the newspaper made. Pure: observations in, revisions out.

The revisions of an article are a function of its observations in the order of time, whatever the
order in which they reached the archive: `build_revisions` is that function. Within it every layout
is compared with what *that layout* said before, so that two templates which print the same article
differently never look like an editor going back and forth.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any, Literal

from archive.database.records import once
from archive.models import Article
from archive.text import loose, sha256, strict

Edit = Literal["stamped", "silent", "bump"]

#: The fields that an editor edits. An address or a template decides the others (section, tags,
#: kind, agency mark, picture addresses), or our extractor does.
TEXT_FIELDS = ("title", "kicker", "lead", "body", "byline", "source", "images")
STAMP_FIELDS = ("updated_at", "published_at")
_OF_THE_ADDRESS = ("url", "key", "site_id", "generation")
_LISTS = ("tags", "media", "images")

#: `json.dumps` with an option makes one of these each time.
_DIGESTED = json.JSONEncoder(ensure_ascii=False)
#: How much of an ISO time each precision tells.
_TOLD = {"day": 10, "minute": 16, "second": 19}


@once
def content_digest(article: Article) -> str:
    """The digest of what the newspaper wrote: every field that can make a revision, no other."""
    fields = [_unit(article, name, strict) for name in (*TEXT_FIELDS, *STAMP_FIELDS)]
    return sha256(_DIGESTED.encode(fields))


@dataclass(frozen=True, slots=True)
class Observation:
    """What one capture showed at one address."""

    seen_at: str
    address: str
    kind: Literal["article", "unchanged", "gone"]
    """``unchanged``: the server said so (304), and sent no page."""
    capture_id: int
    page: Article | None = None
    how: str | None = None
    origin: str = "live"
    doubt: str | None = None
    """Why it may not count: see `archive.history.nights`."""


@dataclass(slots=True)
class RevisionDraft:
    """A revision that is being built."""

    number: int
    seen_at: str
    last_seen_at: str
    article: Article
    capture_id: int
    changed_fields: tuple[str, ...] = ()
    edit: Edit | None = None


def build_revisions(
    observations: Iterable[Observation],
) -> tuple[list[RevisionDraft], dict[int, int]]:
    """Build the revisions from *observations*, which are in the order of time.

    Returns them, and the number of the revision that each capture shows.
    """
    drafts: list[RevisionDraft] = []
    revision_of: dict[int, int] = {}
    said_by_layout: dict[str | None, Article] = {}
    said_at: dict[str, Article] = {}
    newest = ""
    for seen in observations:
        if seen.kind == "gone":
            continue
        page = said_at.get(seen.address) if seen.kind == "unchanged" else seen.page
        if page is None:  # "not modified" since before the archive began
            continue
        said_at[seen.address] = page
        before = said_by_layout.get(page.layout)
        said_by_layout[page.layout] = page
        # Of the article, not of its latest revision, which may have been seen at an older address.
        is_newest = (page.generation or "") >= newest
        newest = max(newest, page.generation or "")
        if not drafts:
            drafts.append(RevisionDraft(1, seen.seen_at, seen.seen_at, page, seen.capture_id))
        else:
            latest = drafts[-1]
            merged, changed = reconcile(latest.article, page, before, is_newest)
            if changed:
                drafts.append(
                    RevisionDraft(
                        latest.number + 1,
                        seen.seen_at,
                        seen.seen_at,
                        replace(
                            merged,
                            url=page.url,
                            key=page.key,
                            site_id=page.site_id,
                            generation=page.generation,
                        ),
                        seen.capture_id,
                        changed,
                        edit_of(changed),
                    )
                )
            else:
                latest.article = merged
                latest.last_seen_at = seen.seen_at
        revision_of[seen.capture_id] = drafts[-1].number
    return drafts, revision_of


def edit_of(changed: Iterable[str]) -> Edit:
    """What kind of edit a change of these fields is."""
    fields = set(changed)
    if not fields & set(TEXT_FIELDS):
        return "bump"
    return "stamped" if fields & set(STAMP_FIELDS) else "silent"


def reconcile(
    current: Article, page: Article, before: Article | None, is_newest: bool
) -> tuple[Article, tuple[str, ...]]:
    """Put *page* on top of what is *current*; say which fields the newspaper changed.

    *before* is what the page's own layout said last, if it spoke of this article before. A
    field that this layout repeats is no edit, whatever another layout makes of it. A layout that
    speaks for the first time may add what others do not show, may be vaguer or finer than they,
    and takes nothing away. What belongs to the template (picture addresses, typography, the
    rubric's name) is the newest generation's, whichever page was seen first: *is_newest* says
    whether the page is of that generation.
    """
    first, second = (page, current) if is_newest else (current, page)
    changed = []
    taken: dict[str, Any] = {}
    for name in (*TEXT_FIELDS, *STAMP_FIELDS):
        said, known = _unit(page, name, strict), _unit(current, name, strict)
        if name in STAMP_FIELDS:
            if said is None or said == known:
                continue
            if known is None or _same_moment(page, current, name):
                # A stamp that appears is a template's doing: no paper starts to date an article.
                if known is None or _finer(page, current, name):
                    taken |= _stamp(page, name)
                continue
            if before is not None and said == _unit(before, name, strict):
                continue
            taken |= _stamp(page, name)
        else:
            if said == known or (before is not None and said == _unit(before, name, strict)):
                continue
            if before is None:
                if said is None:
                    continue
                if known is None:
                    taken |= _parts(page, name)
                    continue
                if _unit(page, name, loose) == _unit(current, name, loose):
                    if is_newest:
                        taken |= _parts(page, name)
                    continue
            taken |= _parts(page, name)
        changed.append(name)
    return (
        replace(
            current,
            **{
                **{name: getattr(first, name) for name in _OF_THE_ADDRESS},
                "agency": first.agency or second.agency,
                "section": first.section or second.section,
                "section_slug": first.section_slug or second.section_slug,
                "authors": first.authors or second.authors,
                **{name: _list(name, current, page, before, is_newest) for name in _LISTS},
                "kind": first.kind if first.kind != "article" else second.kind,
                "layout": first.layout,
                "extractor_version": first.extractor_version,
                "rules": {**second.rules, **first.rules},
                "flags": first.flags,
                **taken,
            },
        ),
        tuple(changed),
    )


def _unit(article: Article, name: str, normal: Callable[[str | None], str | None]) -> Any:
    """The value of field *name* in the form in which it is compared; None if it is not stated."""
    if name == "images":
        # Captions are text. Picture addresses are a server's: the last import renamed them all.
        captions = [[normal(i.caption), normal(i.credit)] for i in article.images if i.caption]
        return captions or None
    if name == "updated_at":
        return article.updated_at or strict(article.updated_text)
    return normal(getattr(article, name)) or None


def _parts(page: Article, name: str) -> dict[str, Any]:
    """The fields that are replaced together with field *name*."""
    if name == "byline":
        return {"byline": page.byline, "authors": page.authors}
    return {name: getattr(page, name)}


def _stamp(page: Article, name: str) -> dict[str, Any]:
    names = ("updated_at", "updated_text", "updated_precision") if name == "updated_at" else (name,)
    return {part: getattr(page, part) for part in names}


def _same_moment(one: Article, other: Article, name: str) -> bool:
    first, second = getattr(one, name), getattr(other, name)
    if first is None or second is None:
        return False
    told = min(_told(one, name), _told(other, name))
    return bool(first[:told] == second[:told])


def _finer(one: Article, other: Article, name: str) -> bool:
    return _told(one, name) > _told(other, name)


def _told(article: Article, name: str) -> int:
    if name == "updated_at" and article.updated_precision:
        return _TOLD[article.updated_precision]
    return min(len(getattr(article, name) or ""), 19)


def _list(
    name: str, current: Article, page: Article, before: Article | None, is_newest: bool
) -> Any:
    """Tags, pictures, media: not an editor's text, but kept by the same rule."""
    said, known = getattr(page, name), getattr(current, name)
    if before is not None:
        return known if said == getattr(before, name) else said
    if name == "images" and said and known:
        # Of two templates the one that shows more pictures, then more captions, is believed.
        shown = [(len(images), sum(bool(i.caption) for i in images)) for images in (said, known)]
        return said if shown[0] > shown[1] or (shown[0] == shown[1] and is_newest) else known
    if said and known and not is_newest:
        return known
    return said or known
