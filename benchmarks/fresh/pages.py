"""The fresh pages: every shell with every kind of fault."""

# ruff: noqa: E501 - markup and sentences on one line each

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, partial
from typing import Any

from benchmarks.fresh import (
    handwritten,
    invented,
    noise,
    shells_ab,
    shells_c,
    shells_cms,
    shells_web,
)
from benchmarks.fresh.parts import menu, others, tail
from benchmarks.fresh.shell import Shell
from benchmarks.fresh.story import Block, compose

SEED = "kho-bao"
SHELLS: tuple[Shell, ...] = (
    *shells_c.SHELLS, *shells_ab.SHELLS, *shells_web.SHELLS, *shells_cms.SHELLS, *invented.SHELLS,
)  # fmt: skip

#: The year of a shell's pages, its first id and its ids a day, as known of each generation.
SERIES = {
    "a-2017": (2018, 72_700, 23),
    "a-2019": (2019, 81_900, 21),
    "b-2018": (2018, 60_000, 12),
    "b-2025": (2025, 145_000, 12),
    "b-today": (2025, 145_000, 12),
    "c-today": (2026, 234_700, 50),
}

#: The shell and the series that a page by hand is dressed in, by its family.
SERIES_OF = {
    "A": (shells_ab.a_2019, SERIES["a-2019"]),
    "B": (shells_ab.b_2025, SERIES["b-2025"]),
    "C": (shells_c.today, SERIES["c-today"]),
}

#: What each page of a shell holds, in turn. E-numbers are kinds of fault that were once found.
PLANS: tuple[tuple[str, ...], ...] = (
    (), ("E1",), ("E2",), ("E5", "kicker"), ("E6", "slash-dot"), ("E7", "unsigned"), ("E8",), ("E9",),
    ("E10",), ("E12",), ("E14",), ("E15",), ("lead-twice",), ("related-before",), ("related-inside",),
    ("br",), ("link",), ("interview",), ("kicker", "link"), ("no-picture",), ("E1", "E15", "br"),
    ("E2", "E8", "E10"), ("E2", "unsigned"), ("E5", "E12", "interview", "related-before"),
)  # fmt: skip


@dataclass(frozen=True)
class FreshPage:
    """One page and what it states."""

    name: str
    shell: str
    invented: bool
    url: str
    html: bytes
    faults: tuple[str, ...]
    foreign: tuple[str, ...]
    expected: dict[str, Any]
    """Fields of the Article's JSON; only those that the page states. Empty: the page is to be
    refused with an ExtractionError."""


@cache
def generate(seed: str = SEED) -> tuple[FreshPage, ...]:
    """All pages of *seed*, in a fixed order."""
    pages = [
        _page(shell, f"{seed}-{shell.name}-{number:02}", frozenset(plan), number)
        for shell in SHELLS
        for number, plan in enumerate(PLANS)
    ]
    pages += [
        _page(
            Shell(name, partial(make, noise=one), noise.Dress()),
            f"{seed}-{name}-{one.name}",
            frozenset(
                {one.name, *(("unsigned",) if number % 4 == 3 and "author" not in one.name else ())}
            ),
            number,
        )
        for name, make in noise.SHELLS
        for number, one in enumerate(noise.NOISES)
    ]
    return (*pages, *map(_by_hand, handwritten.PAGES, range(len(handwritten.PAGES))), *_refused())


def _page(shell: Shell, seed: str, faults: frozenset[str], number: int) -> FreshPage:
    year, first, daily = SERIES.get(shell.name, SERIES["c-today"])
    story = compose(seed, faults, year)
    story.number = first + story.moment.timetuple().tm_yday * daily + number
    printed = shell.print(story)
    precision = printed.precision
    moment = story.moment if precision == "second" else story.moment.replace(second=0)
    expected: dict[str, Any] = {
        "title": story.title,
        "kicker": story.kicker,
        "agency": printed.mark.agency,
        "body": "\n\n".join(story.body),
        "updated_at": moment.isoformat(),
        "updated_precision": precision,
        "byline": story.byline,
        "images": [{"caption": caption} for caption in story.captions],
    }
    expected |= printed.fields
    if printed.section:
        expected["section_slug"] = story.section_slug
    if printed.published and story.published != story.moment:
        expected["published_at"] = story.published.isoformat()
    return FreshPage(
        f"{shell.name}-{number:02}", shell.name, shell.invented, printed.url,
        printed.html.encode("utf-8"), tuple(sorted(faults)), tuple(dict.fromkeys(story.foreign)), expected,
    )  # fmt: skip


def _by_hand(page: handwritten.Written, number: int) -> FreshPage:
    """A page of the family of *page*, as `handwritten` describes it."""
    shell, (year, first, daily) = SERIES_OF[page.family]
    story = compose(f"hand-{page.name}", frozenset(), year)
    story.title, story.byline, story.section_slug, story.kicker = (
        page.title,
        None,
        page.section,
        page.kicker,
    )
    story.section = page.section.replace("-", " ").capitalize()
    story.number = first + story.moment.timetuple().tm_yday * daily + number
    story.blocks = [Block("html", html=page.html)]
    story.lead = ""
    printed = shell(story)
    moment = story.moment if printed.precision == "second" else story.moment.replace(second=0)
    expected = {
        "title": page.title,
        "kicker": page.kicker,
        "agency": None,
        "body": "\n\n".join(page.body),
        "updated_at": moment.isoformat(),
        "updated_precision": printed.precision,
        "byline": page.byline,
        "images": [{"caption": caption} for caption in page.captions if caption],
        "section_slug": page.section,
    }
    return FreshPage(
        f"hand-{page.name}", "by-hand", False, printed.url, printed.html.encode(), (),
        tuple(dict.fromkeys(story.foreign)), expected,
    )  # fmt: skip


def _refused() -> list[FreshPage]:
    """Pages that are no articles, whatever their address says (E4, E5, E13, E16)."""
    story = compose("refused", frozenset())
    listing = "".join(others(story, "item", 6, sapo=True) for _ in range(4))
    shop = "<p>Giá: 450.000 đồng</p><p>Thêm vào giỏ hàng</p><p>Còn 12 sản phẩm</p>"
    cases = (
        ("list", "https://baodongthap.vn/van-hoc-184.aspx?page=9", f"<h1>Văn học</h1>{listing}"),
        ("list-c", "https://baodongthap.vn/tin-moi-a235901.html", f"<h1>Tin mới</h1>{listing}"),
        (
            "shop",
            "https://baodongthap.vn/may-bom-nuoc-a235902.html",
            f"<h1>Máy bơm nước</h1>{shop}",
        ),
        ("shell", "https://baodongthap.vn/xa-hoi/202510/bai-trong-1050990", '<div id="app"></div>'),
    )
    return [
        FreshPage(
            f"refused-{name}", "refused", False, url,
            f"<!DOCTYPE html><html><head><meta charset='utf-8'><title>Báo Đồng Tháp</title></head><body>{menu(story)}{main}{tail(story)}</body></html>".encode(),
            ("E4", "E13", "E16"), (), {},
        )
        for name, url, main in cases
    ]  # fmt: skip
