"""How one reading of a fresh page is judged; all shares are from 0 to 1."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from archive.errors import ExtractionError
from benchmarks.fresh.pages import FreshPage
from crawler.extract import extract

#: Scores of fields, in the order of the tables.
FIELDS = ("title", "stamp", "byline", "captions", "body", "clean", "section", "published")
#: Shells whose date may be given as either of the two points in time.
EITHER = ("semantic", "amp", "mobile")
#: Under this share of the text a page without a flag is a silent loss.
SILENT = 0.9


@dataclass(frozen=True)
class Reading:
    """What came of one page. `right` holds a score's verdict; a score that the page does not
    state is left out."""

    page: FreshPage
    article: dict[str, Any] | None
    error: str | None
    right: dict[str, bool]
    recall: float
    leaks: tuple[str, ...] = ()

    @property
    def flagged(self) -> bool:
        """Whether the Article says that it may be wrong."""
        return bool(self.article and self.article["flags"])

    @property
    def silent_loss(self) -> bool:
        """Stored with too little of its text and without a flag."""
        return self.article is not None and self.recall < SILENT and not self.flagged

    @property
    def misses(self) -> tuple[str, ...]:
        """The scores that are wrong."""
        return tuple(name for name in FIELDS if self.right.get(name) is False)


def read(page: FreshPage) -> Reading:
    """Extract *page* and compare; an ExtractionError is an outcome, any other error is raised."""
    try:
        article = extract(page.html, page.url)
    except ExtractionError as error:
        names = _stated(page)
        right = dict.fromkeys(names, False) if page.expected else {}
        return Reading(page, None, f"{type(error).__name__}: {error}", right, 0.0)
    record = article.to_dict()
    if not page.expected:
        return Reading(page, record, None, {"clean": False}, 0.0)
    want, body = page.expected, (article.body or "").split("\n\n")
    captions = [image.caption for image in article.images if image.caption]
    moments = (article.updated_at, article.published_at)
    if page.invented or page.shell in EITHER or page.shell.startswith(("cms-", "noise-")):
        stamp = any(_minute(m) == _minute(want["updated_at"]) for m in moments)
    else:
        stamp = (
            moments[0] == want["updated_at"]
            and article.updated_precision == want["updated_precision"]
        )
    wrong_text = [text for text in page.foreign if text in (article.body or "")]
    if article.byline is None and want["byline"] in body:
        wrong_text.append(want["byline"])
    verdicts = {
        "title": article.title == want["title"],
        "stamp": stamp,
        "byline": article.byline == want["byline"],
        "captions": captions == [image["caption"] for image in want["images"]],
        "body": article.body == want["body"],
        "clean": not wrong_text,
        "section": article.section_slug == want.get("section_slug"),
        "published": article.published_at == want.get("published_at"),
    }
    right = {name: verdicts[name] for name in _stated(page)}
    return Reading(
        page, record, None, right, recall(want["body"], article.body or ""), tuple(wrong_text)
    )


def _stated(page: FreshPage) -> tuple[str, ...]:
    absent = {"section": "section_slug", "published": "published_at"}
    return tuple(name for name in FIELDS if name not in absent or absent[name] in page.expected)


def _minute(moment: str | None) -> str | None:
    return moment[:16] if moment else None


def recall(expected: str, found: str) -> float:
    """The share of the expected words that the found text holds, counted with repetition."""
    want, have = Counter(expected.split()), Counter(found.split())
    return sum((want & have).values()) / max(1, want.total())


def share(readings: Iterable[Reading], name: str) -> float | None:
    """How many of the readings that state the score *name* are right; None without any."""
    verdicts = [reading.right[name] for reading in readings if name in reading.right]
    return sum(verdicts) / len(verdicts) if verdicts else None
