"""The newsroom in the dress of a sister paper: its hosts, names, marks, sections and addresses.

Only the stories of the one CMS generation that the sister has are served. Everything that a reader
sees, and all that is expected of a crawl, is the newspaper's own text with other words in it.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass

from archive.models import Article, Generation

_MONTH_ADDRESS = re.compile(rb"(/[a-z0-9-]+/\d{6}/[^\"'/<>\s]+-\d+)(?=[\"'])")


@dataclass(frozen=True, slots=True)
class Dress:
    """How a sister paper differs."""

    generation: Generation
    words: tuple[tuple[str, str], ...]
    """(ours, the sister's), in the order in which they are replaced."""
    ending: str = ""
    """What the sister's article addresses end in besides (generation B)."""

    def on_page(self, body: bytes) -> bytes:
        """A page of the newspaper as the sister prints it."""
        for ours, theirs in self.words:
            body = body.replace(ours.encode(), theirs.encode())
        return _MONTH_ADDRESS.sub(rb"\1" + self.ending.encode(), body) if self.ending else body

    def off(self, target: str) -> str:
        """The newspaper's own address for the sister's *target*."""
        for ours, theirs in self.words:
            target = target.replace(theirs, ours)
        return target.replace(self.ending, "") if self.ending else target

    def on_article(self, article: Article) -> Article:
        """The article as the sister means it."""
        text = json.dumps(article.to_dict(), ensure_ascii=False)
        for ours, theirs in self.words:
            text = text.replace(ours, theirs)
        return Article.from_dict(json.loads(text))


def _sister(
    generation: Generation,
    *,
    host: str,
    name: str,
    mark: str,
    code: str,
    culture: tuple[str, str],
    ending: str = "",
) -> Dress:
    """The dress of a sister; *culture* is the slug and the name of its culture section."""
    return Dress(
        generation,
        (
            ("baodongthap.com.vn", host),
            ("baodongthap.vn", host),
            ("Báo Đồng Tháp", name),
            ("Tin tức Đồng Tháp", name.replace("Báo", "Tin tức")),
            ("ĐTO", mark),
            ("dto:", f"{code}:"),
            ("van-hoa-nghe-thuat", culture[0]),
            ("Văn hóa - Nghệ thuật", culture[1]),
        ),
        ending,
    )


#: The sisters by the names of their definition files.
SISTERS = {
    "baoangiang": _sister(
        "C",
        host="baoangiang.com.vn",
        name="Báo An Giang",
        mark="AGO",
        code="bag",
        culture=("van-hoa-giai-tri", "Văn hóa - Giải trí"),
    ),
    "baoapbac": _sister(
        "B",
        host="baoapbac.vn",
        name="Báo Ấp Bắc",
        mark="ABO",
        code="bab",
        culture=("van-hoa-van-nghe", "Văn hóa - Văn nghệ"),
        ending="/index.htm",
    ),
}
