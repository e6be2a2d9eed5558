"""Every golden page gives the Article its authors meant, and every Article keeps the invariants.

A page is a directory: ``page.html``, ``meta.json`` (address, and the one reason it is there) and
``expected.json``, written from the authored text and not by the extractor. A missing expectation
is generated *and fails*, for a person to review.
"""

from __future__ import annotations

import json
import re
import unicodedata
from functools import cache
from pathlib import Path

import pytest

from archive.models import Article
from crawler.layouts import LAYOUTS, extract
from crawler.layouts.furniture import BARE_MEDIA_URL, LINE, RELATED, TAIL
from crawler.page import Page
from crawler.stamps import find_stamp, read_iso

PAGES = Path(__file__).parents[2] / "pages"
GOLDENS = sorted(path.parent for path in PAGES.glob("*/*/meta.json"))

golden = pytest.mark.parametrize(
    "path", GOLDENS, ids=lambda path: f"{path.parent.name}/{path.name}"
)


@cache
def read(path: Path) -> Article:
    meta = json.loads((path / "meta.json").read_text())
    return extract(Page.from_bytes((path / "page.html").read_bytes(), meta["url"]))


@golden
def test_gives_what_the_page_means(path: Path) -> None:
    record = read(path).to_dict()
    expectation = path / "expected.json"
    if not expectation.exists():
        left_out = ("rules", "extractor_version")
        generated = {name: value for name, value in record.items() if name not in left_out}
        expectation.write_text(json.dumps(generated, ensure_ascii=False, indent=1) + "\n")
        pytest.fail(
            f"{expectation} was missing and is now generated: please review it, then run again"
        )
    expected = json.loads(expectation.read_text())
    wrong = {
        name: (record[name], value) for name, value in expected.items() if record[name] != value
    }
    assert not wrong, "\n".join(
        f"{name}: got {got!r}, meant {meant!r}" for name, (got, meant) in wrong.items()
    )


@golden
def test_keeps_the_invariants(path: Path) -> None:
    article = read(path)
    paragraphs = article.paragraphs
    for image in article.images:
        assert image.caption is None or image.caption not in (article.body or "")
        assert image.caption is None or "\n" not in image.caption
        assert 0 <= image.after_paragraph <= len(paragraphs)
    assert [image.position for image in article.images] == list(range(1, len(article.images) + 1))
    before = [image.after_paragraph for image in article.images]
    assert before == sorted(before)
    if article.byline and paragraphs:
        assert paragraphs[-1] != article.byline
    if article.lead:
        assert paragraphs[0] == article.lead
    for paragraph in paragraphs:
        for furniture in (LINE, RELATED, TAIL, BARE_MEDIA_URL):
            assert not furniture.fullmatch(paragraph), paragraph
        assert paragraph == " ".join(paragraph.split())
        assert not re.match(r"\(?[ĐÐD]TO\)?\s*[-–(]", paragraph)
    if article.updated_text and article.updated_at:
        again = find_stamp(article.updated_text)
        moment = again.at if again else None
        if article.rules["updated_at"].endswith(":stated"):  # a machine's stamp, year first
            stated = read_iso(article.updated_text)
            moment = stated.isoformat() if stated else None
        assert moment == article.updated_at
    for name in ("title", "kicker", "lead", "body", "byline", "section", "updated_text"):
        text = getattr(article, name)
        assert text is None or text
        assert text is None or unicodedata.is_normalized("NFC", text)
        assert text is None or "\u00a0" not in text
    assert set(article.rules) <= set(article.to_dict())
    assert all(rule.startswith(f"{article.layout}:") for rule in article.rules.values())


@golden
def test_says_which_rule_gave_each_field(path: Path) -> None:
    article = read(path)
    for name in ("title", "kicker", "lead", "agency", "body", "byline", "images", "tags", "media"):
        assert bool(getattr(article, name)) == (name in article.rules), name


def test_every_layout_has_its_goldens() -> None:
    for layout in LAYOUTS:
        reasons = [
            json.loads(path.read_text())["reason"]
            for path in PAGES.glob(f"{layout.name}/*/meta.json")
        ]
        assert len(reasons) >= 40, layout.name
        assert all(reasons)
