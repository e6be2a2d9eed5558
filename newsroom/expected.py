"""Story → the Article that a perfect reader would make of its page. Never made from a page.

One reading is ours to state: A and B mark no lead with a class, their first paragraph is the lead
by habit (docs/site.md §5, §11); C's templates have a box for it, so a C page without it marks none,
unless the agency's mark opens the text: that mark is a lead's prefix.
"""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from datetime import datetime

from archive.models import Article, Image, Precision
from newsroom.addresses import HOME, key, linked_paths, path
from newsroom.records import Picture, Story

_WEEKDAYS = ("Hai", "Ba", "Tư", "Năm", "Sáu", "Bảy")


def printed_stamp(story: Story) -> str | None:
    """The stamp as the story's template prints it."""
    stamp, template = story.stamp, story.template
    if template.startswith("a-"):
        return f"Cập nhật ngày: {stamp:%d/%m/%Y %H:%M:%S}"
    if template == "b":
        short = f"{stamp:%H:%M, %d/%m/%Y}"
        return short if story.style % 2 else f"Cập nhật: {short} (GMT+7)"
    if template == "c-video":
        return None
    if template in ("c-angiang", "c-longan"):
        return f"{stamp:%d/%m/%Y - %H:%M}"
    if template == "c-tayninh":
        return f"{weekday(stamp).capitalize()}: {stamp:%H:%M} ngày {stamp:%d/%m/%Y}"
    return f"{weekday(stamp)}, {stamp:%d/%m/%Y, %H:%M} (GMT+7)"


def weekday(day: datetime) -> str:
    """``Thứ Hai`` … ``Chủ Nhật``."""
    return f"Thứ {_WEEKDAYS[day.weekday()]}" if day.weekday() < 6 else "Chủ Nhật"


def shows_kicker(story: Story) -> bool:
    """Whether the story's template prints a kicker: only A's do."""
    return story.template.startswith("a-")


def iso(when: datetime) -> str:
    """*when* as the archive writes the paper's own times."""
    return f"{when:%Y-%m-%dT%H:%M:%S}+07:00"


def expected_article(story: Story) -> Article:
    """What *story* means, where it stands at its best address."""
    if story.twin is None:
        return _page(story, min(_addresses(story)))
    new = _page(imported(story), HOME + path(imported(story)))
    if story.twin.redirects:  # nobody sees the old page any more, only that it leads here
        return replace(new, key=key(story))
    old = _page(story, min(_addresses(story)))
    # The old page says more: seconds and a kicker. The new one says where the article now stands.
    return replace(
        new,
        key=old.key,
        kicker=old.kicker,
        updated_at=old.updated_at,
        updated_text=old.updated_text,
        updated_precision=old.updated_precision,
    )


def imported(story: Story) -> Story:
    """*story* as C prints it after the import: new number, section and picture addresses."""
    if story.twin is None:
        raise ValueError(f"{story.name} was never imported")
    day = story.stamp
    pictures = tuple(
        replace(
            picture,
            path=f"/image/news/{day:%Y/%Y%m%d}/fckimage/{picture.path.rsplit('/', 1)[1]}",
            host="https://cdn2.baodongthap.vn",
            shape=None,
        )
        for picture in story.pictures
    )
    return replace(
        story,
        section=story.twin.section,
        template=story.twin.template,
        number=story.twin.number,
        pictures=pictures,
        also_in=(),
        twin=None,
    )


def _addresses(story: Story) -> list[str]:
    paths = linked_paths(story)
    slugs = [each for each in paths if not each.startswith("/newsdetails/")]
    return [HOME + each for each in slugs or paths]


def _page(story: Story, url: str) -> Article:
    text = printed_stamp(story)
    precision: Precision = "second" if story.template.startswith("a-") else "minute"
    moment = story.stamp if precision == "second" else story.stamp.replace(second=0)
    filed = next(
        (s for s in (story.section, *story.also_in) if f"/{s.slug}/" in url), story.section
    )
    article = Article(
        title=story.title,
        url=url,
        key=key(story),
        site_id=f"a{story.number}"
        if story.generation == "C" and not story.series
        else str(story.number),
        generation=story.generation,
        kicker=story.kicker if shows_kicker(story) else None,
        lead=story.lead,
        agency=story.agency,
        body="\n\n".join(story.paragraphs),
        updated_at=iso(moment) if text else None,
        updated_text=text,
        updated_precision=precision if text else None,
        published_at=iso(story.published) if story.published else None,
        byline=story.byline,
        authors=story.authors,
        source=story.source,
        section=filed.name,
        section_slug=filed.slug,
        tags=story.tags,
        images=tuple(_image(number, each) for number, each in enumerate(story.pictures, 1)),
        kind=story.kind,
        media=(*((story.audio,) if story.audio else ()), *story.media),
    )
    if article.body and unicodedata.normalize("NFC", article.body) != article.body:
        raise ValueError(f"{story.name} is not written in NFC")
    return article


def _image(position: int, picture: Picture) -> Image:
    return Image(
        position=position,
        url=(picture.host or HOME) + picture.path,
        caption=picture.caption,
        credit=picture.credit,
        after_paragraph=picture.after,
    )
