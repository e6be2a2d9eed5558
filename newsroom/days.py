# ruff: noqa: E501 — the text of articles is not broken to fit a column.
"""The script of days: what the newspaper does to its pages after day 0.

To add an event, append a line to `DAYS` (and the story it names to a file in ``texts``). To add a
kind of disappearance, add its name to `Vanishing` and print it in `responses`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Literal

from newsroom.records import Story

#: How an article goes: the words of `Archive.mark_gone`.
Vanishing = Literal["404", "410", "redirect-home", "soft-404", "empty-shell"]


@dataclass(frozen=True, slots=True)
class Edit:
    """The paper alters an article: text, stamp, or both."""

    name: str
    kind: Literal["stamped", "silent", "bump"]
    minutes: int
    """How long after the last stamp; a silent edit leaves the stamp alone."""
    title: str | None = None
    swap: tuple[str, str] | None = None
    """A piece of the text, and what stands there now."""
    added: str | None = None
    """A paragraph added at the end."""

    def apply(self, story: Story) -> Story:
        """*story* as it stands after the edit."""
        when = (story.modified or story.stamp) + timedelta(minutes=self.minutes)
        paragraphs = story.paragraphs
        if self.swap:
            old, new = self.swap
            if not any(old in text for text in paragraphs):
                raise ValueError(f"the edit of {self.name!r} swaps {old!r}, which it does not say")
            paragraphs = tuple(text.replace(old, new) for text in paragraphs)
        if self.added:
            paragraphs = (*paragraphs, self.added)
        return replace(
            story,
            title=self.title or story.title,
            paragraphs=paragraphs,
            stamp=story.stamp if self.kind == "silent" else when,
            modified=when,
        )


@dataclass(frozen=True, slots=True)
class Vanish:
    """An article is no longer served; *how* is what its address answers."""

    name: str
    how: Vanishing


@dataclass(frozen=True, slots=True)
class Return:
    """A vanished article is back, unchanged."""

    name: str


@dataclass(frozen=True, slots=True)
class Shut:
    """For this day, the article's address shows the maintenance page with status 200."""

    name: str


Event = Edit | Vanish | Return | Shut

#: New articles need no line here: ``texts/fresh.toml`` says on which day each is published.
DAYS: dict[int, tuple[Event, ...]] = {
    1: (
        Edit(
            "sat-lo",
            "stamped",
            1130,
            title="Sạt lở uy hiếp tuyến đường ven sông Tiền, di dời 23 hộ dân",
            swap=("khiến 17 hộ dân", "khiến 23 hộ dân"),
            added="Đến chiều cùng ngày, tỉnh đã hỗ trợ mỗi hộ phải di dời 20 triệu đồng để thuê chỗ ở tạm.",
        ),
        Edit("cho-que", "silent", 1405, swap=("67 tuổi", "76 tuổi")),
        Edit("chung-ket", "bump", 640),
        Vanish("tin-don", "404"),
    ),
    2: (
        Edit("xet-xu", "stamped", 1500, swap=("hơn 200 hành khách", "hơn 260 hành khách")),
        Edit("cho-que", "stamped", 960, swap=("45 tiểu thương", "52 tiểu thương")),
        Edit("hoi-quan", "silent", 2000, title="Mười năm hội quán: khi nông dân ngồi lại với nhau"),
        Vanish("quang-cao", "410"),
        Vanish("ban-viec", "redirect-home"),
        Shut("diem-truong"),
    ),
    3: (
        # Edits of old articles in the other two layouts: only a full crawl looks at these again so soon.
        Edit("go-thap", "stamped", 90000, swap=("hơn nghìn năm tuổi", "gần hai nghìn năm tuổi")),
        Edit("dau-thuyen", "silent", 50000, swap=("chín đội ghe", "mười một đội ghe")),
        Edit("khai-truong", "bump", 700000),
        Vanish("moi-1-0", "soft-404"),
        Vanish("nguoi-tot", "empty-shell"),
        Return("tin-don"),
    ),
}

#: Re-posts under another number: the copy, its original, and whether a word was changed.
COPIES: tuple[tuple[str, str, Literal["exact", "near"]], ...] = (
    ("dang-lai", "cu-tri", "exact"),
    ("dang-lai-co-sua", "guong-bac", "near"),
    ("nguoi-tot-2", "nguoi-tot", "exact"),
    ("diem-truong-2", "diem-truong", "near"),
)

#: The last day that the script knows; later days are like it.
LAST_DAY = max(DAYS)
