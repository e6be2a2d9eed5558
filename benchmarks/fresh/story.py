"""A story: what an article says, before a shell dresses it. Composed from a seed."""

# ruff: noqa: E501 - markup and sentences on one line each

from __future__ import annotations

import random
import re
import unicodedata
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from html import escape
from typing import Literal

from benchmarks.fresh import vocabulary as words

ZONE = timezone(timedelta(hours=7))
DAYS = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ Nhật")


@dataclass(frozen=True)
class Block:
    """One piece of the text in reading order; `html` is the markup inside a paragraph."""

    kind: Literal["p", "sub", "line", "ask", "pic", "pic-above", "table", "related", "html"]
    text: str = ""
    html: str = ""
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass
class Story:
    """An article without its page. `faults` names what its page must hold; `foreign` grows as
    a shell adds text that is not the article's."""

    seed: str
    number: int
    title: str
    lead: str
    blocks: list[Block]
    moment: datetime
    byline: str | None
    section: str
    section_slug: str
    kicker: str | None
    faults: frozenset[str]
    rng: random.Random
    foreign: list[str] = field(default_factory=list)
    captions: list[str] = field(default_factory=list)
    appeal: str = ""
    """Where to send help, as a shell printed it under the byline: it is of the text."""
    generation: str = "C"
    """Whose addresses the links to other articles have."""

    @property
    def slug(self) -> str:
        """The title as in an address."""
        plain = unicodedata.normalize("NFD", self.title.replace("đ", "d").replace("Đ", "D"))
        plain = "".join(c for c in plain if not unicodedata.combining(c)).lower()
        return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")

    @property
    def body(self) -> list[str]:
        """The paragraphs that the Article must have, lead first."""
        found = [self.lead]
        for block in self.blocks:
            if block.kind == "table":
                found += [" | ".join(row) for row in block.rows]
            elif block.kind in ("p", "sub", "line", "ask"):
                found.append(block.text)
        return [*found, self.appeal] if self.appeal else found

    @property
    def published(self) -> datetime:
        """When the page first appeared: before the stamp on pages with E14, else the same."""
        return self.moment - timedelta(minutes=95) if "E14" in self.faults else self.moment

    def day(self) -> str:
        """The name of the day of the stamp."""
        return DAYS[self.moment.weekday()]

    def alien(self, text: str) -> str:
        """Note *text* as foreign to the article and return it escaped."""
        self.foreign.append(text)
        return escape(text)


def compose(seed: str, faults: frozenset[str], year: int = 2018) -> Story:  # noqa: C901 - each fault is one independent step
    """The story of *seed* with what *faults* asks for, dated in *year*."""
    rng = random.Random(seed)
    titles, things, acts, results = words.SUBJECTS[rng.choice(sorted(words.SUBJECTS))]

    def fill(template: str) -> str:
        text = template.format(
            place=rng.choice(words.PLACES), body=rng.choice(words.BODIES),
            man=rng.choice(words.MEN),
            woman=rng.choice(words.WOMEN), when=rng.choice(words.WHEN), thing=rng.choice(things),
            act=rng.choice(acts), res=rng.choice(results),
        )  # fmt: skip
        return text[0].upper() + text[1:]

    used: set[str] = set()

    def fresh(templates: tuple[str, ...]) -> str:
        while True:
            text = fill(rng.choice(templates))
            if text not in used:
                used.add(text)
                return text

    def paragraph() -> Block:
        text = " ".join(fresh(words.SENTENCES) for _ in range(rng.randint(2, 4)))
        return Block("p", text, escape(text))

    section, slug = rng.choice(words.SECTIONS)
    blocks: list[Block] = []
    captions: list[str] = []

    def picture(kind: Literal["pic", "pic-above"] = "pic", *, caption: bool = True) -> None:
        text = fresh(words.CAPTIONS) if caption else ""
        if text:
            captions.append(text)
        blocks.append(Block(kind, text))

    if "no-picture" not in faults:
        picture()
    for place in range(rng.randint(4, 8)):
        if place in (1, 4):
            blocks.append(Block("sub", words.SUBHEADS[place + rng.randint(0, 1)]))
        blocks.append(paragraph())
        if place == 2 and rng.random() < 0.6:
            picture()
    if "E12" in faults:
        picture("pic-above")
        blocks.append(paragraph())
        picture(caption=False)
        blocks.append(paragraph())
    if "E1" in faults:
        for line in rng.sample(words.LINES, 3):
            blocks += [Block("line", line, line), paragraph()]
    if "br" in faults:
        start = fill("{body} {place} tổng kết nhiệm kỳ 2023")
        end = "- 2028."
        blocks.append(Block("p", f"{start} {end}", f"{escape(start)}<br>{end}"))
        blocks.append(paragraph())
    if "link" in faults or "E14" in faults:
        name = fill("{thing}")
        name = name[0].lower() + name[1:]
        link = "theo chuyên mục" if "E14" in faults else "gắn với"
        start = fill("{when}, {body} {place} {act} " + link)
        end = ", và sẽ tiếp tục trong những tháng tới."
        href = f"/{slug}" if "E14" in faults else "/lang-nghe-dan-chieu-vao-vu-tet-a235001.html"
        shown = section if "E14" in faults else name
        blocks.append(
            Block("p", f"{start} {shown}{end}",
                  f'{escape(start)} <a href="{href}"><span style="color:#0000ff">{escape(shown)}</span></a>{end}')
        )  # fmt: skip
        blocks.append(paragraph())
    if "E15" in faults:
        rows = [("Xã", "Diện tích (ha)", "Sản lượng (tấn)")]
        for place_name in rng.sample(words.PLACES, 4):
            rows.append(
                (
                    place_name,
                    f"{rng.randint(20, 90)},5",
                    f"{rng.randint(1, 9)}.{rng.randint(100, 999)}",
                )
            )
        blocks += [Block("table", rows=tuple(rows)), paragraph()]
    if "interview" in faults:
        who = rng.choice(words.MEN)
        for place in range(2):
            ask = f"- PV: {fill('Xin ông cho biết vì sao {thing} {res}?')}"
            answer = paragraph()
            text = f"- Ông {who}: {answer.text}" if not place else f"- {answer.text}"
            blocks += [Block("ask", ask, escape(ask)), Block("p", text, escape(text))]
    if "related-inside" in faults:
        blocks.insert(len(blocks) // 2, Block("related"))
    if "slash-dot" in faults:
        last = paragraph()
        blocks.append(Block("p", last.text[:-1] + "./.", last.html[:-1] + "./."))
    byline = None if "unsigned" in faults else rng.choice(words.BYLINES)
    moment = datetime(year, 1, 1, tzinfo=ZONE) + timedelta(seconds=rng.randrange(86400 * 330))
    lead = fill(
        "{when}, {body} {place} {act}, {res}; {thing} được xem là điểm sáng của địa phương."
    )
    return Story(
        seed, 0, fill(rng.choice(titles)), lead, blocks, moment, byline,
        section, slug, rng.choice(("Huyện Thanh Bình:", "Giải việt dã thanh niên tỉnh Đồng Tháp"))
        if "kicker" in faults else None, faults, rng, captions=captions,
    )  # fmt: skip
