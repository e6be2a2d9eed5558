"""What a shell is: a dress, an address and a page around a story."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from html import escape
from typing import Any

from benchmarks.fresh.parts import Dress
from benchmarks.fresh.story import Story


@dataclass(frozen=True)
class Mark:
    """The agency mark as printed before the lead, and the agency it names."""

    printed: str
    agency: str | None


NO_MARK = Mark("", None)
A_MARKS = (Mark("ĐTO - ", "ĐTO"), Mark("ĐTO-", "ĐTO"), NO_MARK)
B_MARKS = (Mark("(ABO) ", "ABO"), Mark("(TTXVN) - ", "TTXVN"), NO_MARK)
C_MARKS = (Mark("(ĐTO) ", "ĐTO"), Mark("(TTXVN) - ", "TTXVN"), NO_MARK)


@dataclass
class Printed:
    """A page as a shell printed it."""

    url: str
    html: str
    mark: Mark = NO_MARK
    precision: str | None = "minute"
    section: bool = True
    published: bool = False
    """Whether the page states the publication apart from the stamp."""
    fields: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Shell:
    """One kind of page. `invented` shells belong to no CMS of the paper."""

    name: str
    print: Callable[[Story], Printed]
    dress: Dress
    invented: bool = False


def flat_url(story: Story) -> str:
    """An address of generation C."""
    return f"https://baodongthap.vn/{story.slug}-a{story.number}.html"


def yyyymm_url(story: Story) -> str:
    """An address of generation B."""
    return (
        f"https://baodongthap.vn/{story.section_slug}/{story.moment:%Y%m}/"
        f"{story.slug}-{story.number + 900000}"
    )


def aspx_url(story: Story) -> str:
    """An address of generation A."""
    return f"https://baodongthap.vn/{story.section_slug}/{story.slug}-{story.number}.aspx"


def marked_lead(story: Story, marks: tuple[Mark, ...]) -> tuple[Mark, str]:
    """A mark chosen by the story, and the lead that begins with it, escaped."""
    if not story.lead:
        return NO_MARK, ""
    mark = random.Random(story.seed + "mark").choice(marks)
    return mark, escape(mark.printed + story.lead)


def cut_off(text: str) -> str:
    """An automatic sapo: the first letters of the lead, cut in mid-word."""
    return text[: max(60, len(text) * 2 // 3)] if len(text) > 60 else text
